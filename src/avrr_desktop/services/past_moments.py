"""The moments of the time machine: as they are typed, as they are said, whether any was known."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Final

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.past import sequence_at
from avrr_desktop.services.register import Register

_TIME: Final = r"[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?"
_MOMENT: Final = re.compile(rf"\d{{4}}-\d\d-\d\d({_TIME}(Z|[+-]\d\d:\d\d)?)?")
_DAY_LENGTH: Final = 10


def read_moment(text: str, clock: Clock) -> datetime:
    """The instant of ``2023-07-15T10:00``, of the computer's zone unless one is given (``Z``).

    Seconds may follow. A day alone is its end; today alone is now.

    Raises:
        UserError: ``bad_moment``.
    """
    typed = text.strip()
    if not _MOMENT.fullmatch(typed):
        raise UserError("bad_moment", text=text)
    try:
        if len(typed) == _DAY_LENGTH:
            return end_of(date.fromisoformat(typed), clock)
        return datetime.fromisoformat(typed).astimezone(UTC)
    except (ValueError, OverflowError, OSError) as error:  # the 30th of February, the year 0001
        raise UserError("bad_moment", text=text) from error


def end_of(day: date, clock: Clock) -> datetime:
    """The last instant of a civil day; now when it is today."""
    if day == clock.today():
        return clock.now()
    return datetime.combine(day, time.max).astimezone(UTC)


def check_moment(register: Register, instant: datetime) -> None:
    """Refuse a moment of which nothing can be said.

    Raises:
        UserError: ``future_moment``, ``moment_before_register``.
    """
    if instant > register.clock.now():
        raise UserError("future_moment")
    begun = register.info.created_at
    if instant < begun and not sequence_at(register, instant):
        raise UserError("moment_before_register", day=begun.astimezone().date())


def moment_words(instant: datetime, say: Translator) -> str:
    """« Chiffres connus le 15/07/2023 à 10:00 », in the computer's zone."""
    local = instant.astimezone()
    said = f"{local:%H:%M:%S}" if local.second else f"{local:%H:%M}"
    return say.tr("Figures as known on {day} at {time}", day=f"{local:%d/%m/%Y}", time=said)
