"""What a change moves in closed semesters, seen before it is written (rules 12 and 13)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from avrr_desktop.services import summary
from avrr_desktop.services.closing.held import Closing, in_force
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, Cells, counted_cells, difference
from avrr_desktop.services.summary.cells import OPENING, RUNNING_TOTALS
from avrr_desktop.services.summary.running import read_balances

_MOST_PERSONS = 500  # beyond, everyone is counted


@dataclass(frozen=True, slots=True)
class Moved:
    """A closed semester whose figures a change moves, and by how much."""

    closing: Closing
    cells: Cells


class ClosedWatch:
    """Counts the touched persons in every closed semester, before and after one transaction.

    A save that moves nothing closed goes through silently, and costs two counts of a few persons
    for each closed semester.
    """

    def __init__(self, register: Register, connection: Connection) -> None:
        self._register = register
        self._connection = connection
        self._closings = in_force(connection)
        self._persons: frozenset[str] | None = frozenset()
        self._before: list[Cells] = []

    def before(
        self, persons: Iterable[str], cases: Iterable[str] = (), *, everyone: bool = False
    ) -> None:
        """Count those about to be touched; ``everyone`` when a balance is about to change."""
        if not self._closings:
            return
        touched = set(persons)
        if everyone or len(touched) > _MOST_PERSONS:
            self._persons = None
        else:
            self._persons = summary.touched_closure(self._connection, touched, cases)
        self._before = [self._count(closing) for closing in self._closings]

    def after(self, persons: Iterable[str]) -> tuple[Moved, ...]:
        """The closed semesters whose figures have moved."""
        if not self._closings:
            return ()
        if self._persons is not None:
            self._persons |= summary.touched_closure(self._connection, set(persons))
        moved = []
        for closing, before in zip(self._closings, self._before, strict=True):
            if delta := difference(before, self._count(closing)):
                moved.append(Moved(closing, delta))
        return tuple(moved)

    def _count(self, closing: Closing) -> Cells:
        cells = counted_cells(
            self._connection,
            self._register.vocabularies,
            closing.period,
            closing.counted_on,
            persons=self._persons,
        )
        return cells | opening_cells(self._connection, closing)


def opening_cells(connection: Connection, closing: Closing) -> Cells:
    """The opening balances of a closed semester as cells; they belong to no person."""
    balances = read_balances(connection, closing.period.end)
    return {
        CellKey(RUNNING_TOTALS, OPENING, code): balance.value
        for code, balance in balances.items()
        if balance.value
    }
