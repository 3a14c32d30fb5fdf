"""Écart depuis la publication: published, recomputed, and each difference person by person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITY_BY_KEY, SECTIONS
from avrr_desktop.core.permissions import Permission
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.closing.causes import (
    Cause,
    Causes,
    Kind,
    causes_since,
    first_kind,
    is_of_person,
)
from avrr_desktop.services.closing.closings import Published, frozen_of, published
from avrr_desktop.services.closing.frozen import rolls_frozen
from avrr_desktop.services.closing.held import Closing
from avrr_desktop.services.closing.watch import opening_cells
from avrr_desktop.services.register import Register, read_setting
from avrr_desktop.services.summary import (
    CellKey,
    Cells,
    Roll,
    Summary,
    cells_of_rolls,
    difference,
    rolls_of,
    touched_closure,
)
from avrr_desktop.services.summary.cells import OPENING, RUNNING_TOTALS
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary.running import read_balances

THRESHOLD = "substantial_difference"  # the setting: persons from which a difference is substantial
DEFAULT_THRESHOLD = 1

Place = tuple[str, str]  # section, measure


@dataclass(frozen=True, slots=True)
class Move:
    """One person, service or case that counts otherwise than was published.

    ``cells`` are those it left (−1) and those it entered (+1).
    """

    section: str
    unit: Unit
    id: str
    persons: tuple[str, ...]
    cells: Cells
    kind: Kind
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A closed semester against a recount by today's register, at the closing's own date."""

    published: Published
    recomputed: Summary
    difference: Cells
    moves: tuple[Move, ...]
    threshold: int

    @property
    def closing(self) -> Closing:
        """The closing it is measured from."""
        return self.published.closing

    @property
    def is_substantial(self) -> bool:
        """Whether a section's number of persons moved by the office's threshold or more."""
        return any(
            abs(by) >= self.threshold
            for key, by in self.difference.items()
            if key.measure == "persons" and key.term is None
        )

    def moves_of(self, key: CellKey) -> tuple[Move, ...]:
        """What explains the difference of one cell."""
        return tuple(move for move in self.moves if key in move.cells)


def explained(moves: Iterable[Move]) -> Cells:
    """The sum of what moves explain; published + explained = recomputed, for every cell."""
    total: defaultdict[CellKey, int] = defaultdict(int)
    for move in moves:
        for key, by in move.cells.items():
            total[key] += by
    return {key: by for key, by in total.items() if by}


@needs(Permission.FIGURES)
def gap_of(register: Register, closing: Closing) -> Gap:
    """Recount a closed semester and explain every difference.

    Raises:
        UserError: ``closing_altered``.
    """
    given = published(register, closing)
    lists, period = register.vocabularies, closing.period
    with register.database.reading() as connection:
        then = rolls_frozen(frozen_of(connection, closing).members)
        now = rolls_of(connection, lists, period, closing.counted_on)
        balances = read_balances(connection, period.end)
        causes = causes_since(connection, closing.as_of)
        moves = _Moves(connection, causes, then, now).found()
        moves += _balance_moves(given.counted.summary, opening_cells(connection, closing), causes)
        threshold = read_setting(connection, THRESHOLD)
    before = given.counted.summary
    recomputed = replace(
        before,
        cells=cells_of_rolls(now),
        openings={code: balance.value for code, balance in balances.items()},
        counted_at=register.clock.now(),
        vocabularies=lists,
    )
    return Gap(
        given,
        recomputed,
        difference(_with_openings(before), _with_openings(recomputed)),
        tuple(moves),
        threshold if isinstance(threshold, int) else DEFAULT_THRESHOLD,
    )


def _with_openings(summary: Summary) -> Cells:
    return {**summary.cells, **_opening_keys(summary.openings)}


def _opening_keys(openings: Mapping[str, int]) -> Cells:
    return {CellKey(RUNNING_TOTALS, OPENING, code): v for code, v in openings.items() if v}


def _balance_moves(before: Summary, after: Cells, causes: Causes) -> list[Move]:
    """Opening balances belong to no person: what was signed anew since."""
    moved = difference(_opening_keys(before.openings), after)
    return [
        Move(
            RUNNING_TOTALS,
            Unit.PERSONS,
            key.term or "",
            (),
            {key: by},
            first_kind(causes.of_balances),
            causes.of_balances,
        )
        for key, by in moved.items()
    ]


class _Moves:
    """Compares two rolls of everyone, unit by unit."""

    def __init__(
        self,
        connection: Connection,
        causes: Causes,
        then: Sequence[Roll],
        now: Sequence[Roll],
    ) -> None:
        self._connection = connection
        self._causes = causes
        self._then = {(roll.section, roll.measure): roll for roll in then}
        self._now = {(roll.section, roll.measure): roll for roll in now}
        self._merged = _merged(connection)

    def found(self) -> list[Move]:
        """Every unit whose cells differ, in the order of the sections."""
        moved: defaultdict[tuple[str, Unit, str], Cells] = defaultdict(dict)
        for place in dict.fromkeys((*self._then, *self._now)):
            self._compare(place, moved)
        moves = [
            self._move(section, unit, unit_id, cells)
            for (section, unit, unit_id), cells in moved.items()
        ]
        order = {key: place for place, key in enumerate(SECTIONS)}
        return sorted(
            moves, key=lambda m: (order.get(m.section, len(order)), m.section, m.unit, m.id)
        )

    def _compare(self, place: Place, moved: dict[tuple[str, Unit, str], Cells]) -> None:
        then, now = self._then.get(place), self._now.get(place)
        left, entered = _placed(then), _placed(now)
        for by, gone in ((-1, left - entered), (1, entered - left)):
            for key, unit in gone:
                roll = now or then
                assert roll is not None
                moved[place[0], roll.unit, unit][key] = by

    def _move(self, section: str, unit: Unit, unit_id: str, cells: Cells) -> Move:
        causes = self._causes_of(section, unit, unit_id)
        persons = {unit_id} if unit is Unit.PERSONS else set[str]()
        for cause in causes:
            person = (cause.after or cause.before).get("person_id")
            persons |= {str(person)} if unit is not Unit.PERSONS and person else set()
        if section == RUNNING_TOTALS:  # a balance moves the day its own count begins
            causes = causes or self._causes.of_balances
        causes = causes or self._causes.of_lists
        return Move(
            section, unit, unit_id, tuple(sorted(persons)), cells, first_kind(causes), causes
        )

    def _causes_of(self, section: str, unit: Unit, unit_id: str) -> tuple[Cause, ...]:
        """The lines about the unit, those of its own section and its person first."""
        if unit is Unit.PERSONS:
            lines = self._of_person(unit_id)
            near = [c for c in lines if is_of_person(c) or _is_of_section(c, section)]
            return _once(near) or _once(lines)
        if unit is Unit.SERVICES:
            lines = [*self._causes.of_events.get(unit_id, ())]
            for person in self._persons_of_event(section, unit_id):
                lines += [c for c in self._of_person(person) if is_of_person(c)]
            return _once(lines)
        persons = touched_closure(self._connection, (), (unit_id,))
        return _once(self._causes.of_cases.get(unit_id, ())) or _once(
            c for person in sorted(persons) for c in self._of_person(person)
        )

    def _of_person(self, person: str) -> list[Cause]:
        files = (person, *self._merged.get(person, ()))
        return [cause for file in files for cause in self._causes.of_persons.get(file, ())]

    def _persons_of_event(self, section: str, event: str) -> list[str]:
        table = table_of(SECTIONS[section][0].model)
        query = select(table.c.person_id).where(table.c.id == event)
        return list(self._connection.execute(query).scalars())


def _is_of_section(cause: Cause, section: str) -> bool:
    """Whether a line is about an event of the section; figures across sections read them all."""
    if section not in SECTIONS:
        return cause.table in ACTIVITY_BY_KEY
    return cause.table == SECTIONS[section][0].key


def _placed(roll: Roll | None) -> set[tuple[CellKey, str]]:
    if roll is None:
        return set()
    return {(key, member[1]) for member in roll.members for key in roll.cells_of(member)}


def _once(causes: Iterable[Cause]) -> tuple[Cause, ...]:
    by_sequence = {cause.sequence: cause for cause in causes}
    return tuple(by_sequence[sequence] for sequence in sorted(by_sequence))


def _merged(connection: Connection) -> Mapping[str, list[str]]:
    person = table_of(Person)
    files: defaultdict[str, list[str]] = defaultdict(list)
    query = select(person.c.id, person.c.merged_into_id).where(person.c.merged_into_id > "")
    for file, survivor in connection.execute(query):
        files[survivor].append(file)
    return files
