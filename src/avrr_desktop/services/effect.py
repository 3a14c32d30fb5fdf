"""What a change moves in the figures: the touched persons counted before and after (rule 14)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.periods import Period
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import Membership
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
        if self._period is None:
            return
        touched = set(persons) | self._persons_of(sorted(set(cases)))
        if len(touched) > _MOST_PERSONS:
            self._period = None
            return
        self._persons = summary.touched_closure(self._connection, touched)
        self._cells = self._count()

    def after(self, persons: Iterable[str]) -> Cells | None:
        """The difference the change made; None when not watched or too many were touched."""
        if self._period is None:
            return None
        self._persons |= summary.touched_closure(self._connection, set(persons))
        return difference(self._cells, self._count())

    def _count(self) -> Cells:
        assert self._period is not None
        return summary.counted_cells(
            self._connection,
            self._register.vocabularies,
            self._period,
            self._register.clock.today(),
            persons=self._persons,
        )

    def _persons_of(self, cases: list[str]) -> set[str]:
        found: set[str] = set()
        if cases:
            for model in (Membership, *(activity.model for activity in ACTIVITIES)):
                table = table_of(model)
                query = select(table.c.person_id).where(table.c.case_id.in_(cases))
                found.update(self._connection.execute(query).scalars())
        return found
