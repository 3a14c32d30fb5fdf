"""Counting a period together with its identities, in one reading of the register."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.identities.checking import checks
from avrr_desktop.services.identities.model import Check
from avrr_desktop.services.live import Counted, planned_in
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import rolls_of, summary_of

ReportProgress = Callable[[int, int], None]
STEPS = 3


@dataclass(frozen=True, slots=True)
class Guarded:
    """A full count and what was checked of it."""

    counted: Counted
    checks: tuple[Check, ...]

    @property
    def broken(self) -> tuple[Check, ...]:
        """The identities that are red."""
        return tuple(check for check in self.checks if not check.holds)

    def require(self) -> None:
        """Refuse the figures when something is red.

        Raises:
            UserError: ``identity_broken``, with the first identity that is red.
        """
        for check in self.broken:
            period = self.counted.summary.period.code
            raise UserError("identity_broken", identity=check.key, period=period)


@needs(Permission.FIGURES)
def guarded_count(
    register: Register, period: Period, progress: ReportProgress | None = None
) -> Guarded:
    """Count a period, read everyone behind its figures, check both against each other.

    ``progress`` is called between two steps and may raise.
    """
    tell = progress or (lambda _done, _total: None)
    lists = register.vocabularies
    with register.database.reading() as connection:
        tell(0, STEPS)
        summary = summary_of(connection, lists, register.clock, period)
        planned = planned_in(connection, period)
        tell(1, STEPS)
        rolls = rolls_of(connection, lists, period, summary.as_of_day)
    tell(2, STEPS)
    return Guarded(Counted(summary, planned), checks(summary, rolls))
