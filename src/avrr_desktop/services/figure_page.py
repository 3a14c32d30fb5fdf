"""The list behind a figure and its near-misses: ids at once, names for the rows in sight.

As known at a moment gone by (``known_at``), names are read with the ids: the register is put back
once, not for every row one scrolls to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from avrr_desktop.activities import ACTIVITY_BY_KEY, SECTIONS
from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Activity
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services import summary
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.lists import Age, PersonName, Row
from avrr_desktop.services.lists.rows import counted_persons, name_of, read_rows
from avrr_desktop.services.past import past, sequence_at
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import RUNNING_TOTALS, CellKey
from avrr_desktop.services.summary.figures import RowBehind
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary.near_misses import NearMiss
from avrr_desktop.services.summary.whereabouts import Check

_REASONS = (
    *("planned", "no_counting_date", "other_period", "exited", "second_event"),
    *("wrong_kind", "outside_population", "not_child_that_day", "deleted", "person_deleted"),
)


@dataclass(frozen=True, slots=True)
class FigureView:
    """What a figure counts; ``groups`` add up to the rows."""

    cell: CellKey
    period: Period
    unit: Unit
    rows: tuple[RowBehind, ...]
    groups: Mapping[str, int]
    lines: Mapping[str, Row] | None = None  # by row id, of a moment gone by


@dataclass(frozen=True, slots=True)
class NearView:
    """What a figure nearly counts; ``reasons`` with their counts, what can be mended first."""

    misses: tuple[NearMiss, ...]
    groups: Mapping[str, int]
    reasons: Mapping[str, int]
    lines: Mapping[str, MissLine] | None = None  # by person, of a moment gone by


@dataclass(frozen=True, slots=True)
class MissLine:
    """Who a near-miss is about."""

    name: PersonName
    nationality: str


@dataclass(frozen=True, slots=True)
class _Seen:
    """The register of now, or as it was known at a moment."""

    connection: Connection
    vocabularies: Vocabularies
    today: date


@contextmanager
def _seen(register: Register, known_at: datetime | None) -> Iterator[_Seen]:
    if known_at is None:
        with register.database.reading() as connection:
            yield _Seen(connection, register.vocabularies, register.clock.today())
        return
    with past(register, sequence_at(register, known_at)) as view:
        yield _Seen(view.connection, view.vocabularies, known_at.astimezone().date())


def activity_of(cell: CellKey) -> Activity | None:
    """The activity whose records a figure counts; None when it counts several."""
    key = cell.section
    if key == RUNNING_TOTALS:
        key = (cell.term or "").partition(":")[0]
    return SECTIONS[key][0] if key in SECTIONS else None


@needs(Permission.NAMES)
def read_figure(
    register: Register, period: Period, cell: CellKey, known_at: datetime | None = None
) -> FigureView:
    """Everything a figure counts, without names; slow for a large one."""
    with _seen(register, known_at) as seen:
        figure = summary.persons_behind(
            seen.connection, seen.vocabularies, period, seen.today, cell
        )
        lines = None if known_at is None else _lines(seen.connection, register, figure.rows)
    groups = _groups(row.group for row in figure.rows)
    return FigureView(cell, period, figure.unit, figure.rows, groups, lines)


@needs(Permission.NAMES)
def read_near(
    register: Register, period: Period, cell: CellKey, known_at: datetime | None = None
) -> NearView:
    """Everything a figure nearly counts, by reason then day; slow for a large one."""
    with _seen(register, known_at) as seen:
        misses = summary.near_misses(seen.connection, seen.vocabularies, period, cell.section, cell)
        lines = None if known_at is None else _miss_lines(seen.connection, misses)
    found = Counter(miss.reason for miss in misses)
    reasons = {reason: found[reason] for reason in _REASONS if found[reason]}
    order = {reason: place for place, reason in enumerate(reasons)}
    ordered = tuple(sorted(misses, key=lambda miss: (order[miss.reason], miss.day)))
    return NearView(ordered, _groups(miss.group for miss in misses), reasons, lines)


@needs(Permission.NAMES)
def read_lines(register: Register, rows: Sequence[RowBehind]) -> dict[str, Row]:
    """Rows of the list of their first event, by the figure's own row id.

    Group and age are those of the figure: of the first counting event of its section.
    """
    with register.database.reading() as connection:
        return _lines(connection, register, rows)


def _lines(connection: Connection, register: Register, rows: Sequence[RowBehind]) -> dict[str, Row]:
    events = _events(connection, register, rows)
    found = {}
    for row in rows:
        event = events.get(row.events[0].id)
        if event is not None:
            age = Age(row.lowest_age, row.highest_age)
            own = {"group": row.group, "age": age, "figure_day": row.day}
            found[row.id] = Row(event.id, row.person_id, {**event.values, **own})
    return found


@needs(Permission.NAMES)
def read_misses(register: Register, misses: Sequence[NearMiss]) -> dict[str, MissLine]:
    """Who near-misses are about, by person, deleted ones too."""
    with register.database.reading() as connection:
        return _miss_lines(connection, misses)


def _miss_lines(connection: Connection, misses: Sequence[NearMiss]) -> dict[str, MissLine]:
    persons = counted_persons(connection, [miss.person_id for miss in misses])
    return {
        key: MissLine(name_of(person), str(person["nationality"]))
        for key, person in persons.items()
    }


@needs(Permission.NAMES)
def read_why(
    register: Register,
    period: Period,
    cell: CellKey,
    person_id: str,
    known_at: datetime | None = None,
) -> tuple[Check, ...]:
    """The conditions of a figure, and whether a person meets each."""
    with _seen(register, known_at) as seen:
        return summary.why(
            seen.connection,
            seen.vocabularies,
            period,
            seen.today,
            cell=cell,
            person=person_id,
        )


def _events(
    connection: Connection, register: Register, rows: Sequence[RowBehind]
) -> dict[str, Row]:
    by_activity: dict[str, list[str]] = {}
    for row in rows:
        first = row.events[0]
        by_activity.setdefault(first.activity, []).append(first.id)
    found = {}
    for key, ids in by_activity.items():
        assert key in ACTIVITY_BY_KEY
        found.update({row.id: row for row in read_rows(connection, register, key, ids)})
    return found


def _groups(groups: Iterable[str]) -> dict[str, int]:
    counted = Counter(groups)
    return {group.value: counted.get(group.value, 0) for group in GROUPS}
