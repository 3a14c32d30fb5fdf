"""What a change moves in the figures: the touched persons counted before and after (rule 14)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from avrr_desktop.core.periods import Period
from avrr_desktop.services import summary
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import Cells, difference

_MOST_PERSONS = 500  # beyond, a full recount costs less


class EffectWatch:
    """Counts the touched persons of one transaction in the watched period.

    The set is closed over the cases touched, so that cases and families add up too; a person the
    change creates counted for nothing before.
    """

    def __init__(self, register: Register, connection: Connection, period: Period | None) -> None:
        self._register = register
        self._connection = connection
        self._period = period
        self._persons: frozenset[str] = frozenset()
        self._cells: Cells = {}

    def before(self, persons: Iterable[str], cases: Iterable[str] = ()) -> None:
        """Count those about to be touched: persons, and everyone of the cases."""
        touched = set(persons)
        if len(touched) > _MOST_PERSONS:
            self._period = None
        if self._period is not None:
            self._persons = summary.touched_closure(self._connection, touched, cases)
            self._cells = self._count(self._period)

    def after(self, persons: Iterable[str]) -> Cells | None:
        """The difference the change made; None when not watched or too many were touched."""
        if self._period is None:
            return None
        self._persons |= summary.touched_closure(self._connection, set(persons))
        return difference(self._cells, self._count(self._period))

    def _count(self, period: Period) -> Cells:
        return summary.counted_cells(
            self._connection,
            self._register.vocabularies,
            period,
            self._register.clock.today(),
            persons=self._persons,
        )
