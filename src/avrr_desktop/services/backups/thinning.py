"""Which backups stay: one an hour for a day, then one a day, a week, a month, for a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from avrr_desktop.services.backups.copies import Backup, Reason

HOURS, DAYS, WEEKS, MONTHS = 24, 7, 4, 12
LEAST: Final = 7  # good copies that stay whatever the clock says
_A_DAY: Final = timedelta(days=1)
_A_YEAR: Final = timedelta(days=366)


def superfluous(copies: Iterable[Backup], now: datetime) -> tuple[Backup, ...]:
    """The backups to delete.

    Only good copies take the place of others: a damaged one keeps nothing out, and goes once
    three good ones are newer. A clock set back deletes nothing; one set forward leaves the newest
    good copies.
    """
    newest_first = sorted(copies, key=lambda copy: copy.made_at, reverse=True)
    good = [copy for copy in newest_first if not copy.is_damaged]
    if not good or good[0].made_at > now:
        return ()
    kept = {copy.id for copy in good[:LEAST]}
    for copies_of_span, slots in (
        (_slots(good, now, "%Y-%m-%d %H", _A_DAY), HOURS),
        (_slots(good, now, "%Y-%m-%d", timedelta(days=DAYS)), DAYS),
        (_slots(good, now, "%G-%V", timedelta(weeks=WEEKS)), WEEKS),
        (_slots(good, now, "%Y-%m", _A_YEAR), MONTHS),
    ):
        kept |= set(copies_of_span[: slots + 1])  # the span may begin inside a slot
    kept |= {
        copy.id for copy in good if copy.reason is Reason.SET_ASIDE and now - copy.made_at < _A_YEAR
    }
    enough = good[2].made_at if len(good) > 2 else None  # noqa: PLR2004 (the third)
    return tuple(
        copy
        for copy in newest_first
        if copy.id not in kept
        and (not copy.is_damaged or (enough is not None and copy.made_at < enough))
    )


def _slots(good: list[Backup], now: datetime, span: str, reach: timedelta) -> list[str]:
    """The newest copy of each day, week or month within reach, the newest first."""
    found: dict[str, str] = {}
    for copy in good:
        if now - copy.made_at < reach:
            found.setdefault(copy.made_at.strftime(span), copy.id)
    return list(found.values())
