"""From a person or an event to the figures: where they count, in what role, and why (rule 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import TOTAL
from avrr_desktop.core.periods import Period, semester_of
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.cells import COHORT, DEPARTED, CellKey
from avrr_desktop.services.summary.facts import source_of
from avrr_desktop.services.summary.figures import EventBehind, event_behind, persons_behind
from avrr_desktop.services.summary.listings import columns_of
from avrr_desktop.services.summary.persons import survivors_of
from avrr_desktop.services.summary.reading import CountedFacts, Reading, read_section
from avrr_desktop.services.summary.verdicts import RawRecord, Verdict, read_records, verdict_on

COUNTED, ALREADY_COUNTED, STEP = "counted", "already_counted", "step"
PLANNED, EXITED, OTHER = "planned", "exited", "other"
_ROLES = {"exited": EXITED, "planned": PLANNED, "no_counting_date": STEP}  # by verdict's code
_NEVER = ("deleted", "person_deleted", "other_section")


@dataclass(frozen=True, slots=True)
class Place:
    """A figure of persons in which a person counts: its cell, by group, and the events behind."""

    cell: CellKey
    day: date
    events: tuple[EventBehind, ...]


@dataclass(frozen=True, slots=True)
class EventRole:
    """What one event does in its semester.

    ``counted`` (its person counts by it), ``already_counted`` (by an earlier event of the
    semester), ``step`` (no counting date yet), ``planned``, ``exited`` or ``other``.
    """

    event_id: str
    activity: str
    section: str
    role: str
    period: Period | None  # the semester in which it counts
    day: date | None  # its counting date
    group: str  # on its own date; empty without one


@dataclass(frozen=True, slots=True)
class Check:
    """A condition of a figure and whether a person meets it: a code and its values.

    ``has_record`` (count), ``in_section`` (the verdict on the record that comes nearest, as
    ``verdict`` and its values, and ``record_id``), ``group`` (wanted, group, on, lowest, highest),
    ``in_figure`` (the cell's measure and term).
    """

    code: str
    is_met: bool
    values: Mapping[str, object]


def counts_of(
    connection: Connection, vocabularies: Vocabularies, period: Period, today: date, person: str
) -> tuple[Place, ...]:
    """Where a person counts in a period: every section and population, and the cohort."""
    reading = _reading_of(connection, vocabularies, period, today, person)
    places: list[Place] = []
    for key in SECTIONS:
        places.extend(_places(reading, read_section(reading, key)))
    departed = CellKey(COHORT, DEPARTED)
    for row in persons_behind(
        connection, vocabularies, period, today, departed, persons=[person]
    ).rows:
        places.append(Place(departed._replace(group=row.group), row.day, row.events))
    return tuple(places)


def _reading_of(
    connection: Connection, vocabularies: Vocabularies, period: Period, today: date, person: str
) -> Reading:
    survivors = survivors_of(connection, [person])
    return Reading(connection, vocabularies, period, today, survivors)


def _places(reading: Reading, counted: CountedFacts) -> Iterator[Place]:
    key = counted.section.key
    for population in counted.section.populations:
        kept = set(columns_of(counted.facts, population, reading.vocabularies).events)
        rows = [row for row in counted.facts.rows if row[0] in kept]
        if rows:
            group = counted.statuses[rows[0][1]].group
            cell = CellKey(key, f"persons{population.suffix}", None, group)
            events = tuple(event_behind(key, row) for row in rows)
            yield Place(cell, events[0].day, events)


def event_roles(
    connection: Connection, vocabularies: Vocabularies, person: str
) -> dict[str, EventRole]:
    """The role of every event of a person that is not deleted, by its id."""
    roles: dict[str, EventRole] = {}
    for key in SECTIONS:
        for role in _roles_in(connection, vocabularies, key, person):
            known = roles.get(role.event_id)
            if known is None or known.role == OTHER:
                roles[role.event_id] = role
    return roles


def _roles_in(
    connection: Connection, vocabularies: Vocabularies, key: str, person: str
) -> Iterator[EventRole]:
    activity, section = SECTIONS[key]
    counted: set[Period] = set()
    for record in _records_of(connection, key, person):
        day = record.values[section.dated_by]
        period = semester_of(day) if day else None
        verdict = verdict_on(record, key, vocabularies, period or semester_of(date.min))
        if verdict.code in _NEVER:
            continue
        role = _ROLES.get(verdict.code, OTHER)
        if verdict.counts and period:
            role = ALREADY_COUNTED if period in counted else COUNTED
            counted.add(period)
        counts_in = period if verdict.counts else None
        group = record.status_on(day).group if day else ""
        yield EventRole(record.id, activity.key, key, role, counts_in, day, group)


def _records_of(connection: Connection, key: str, person: str) -> list[RawRecord]:
    """A person's records of a section's activity, by counting date; undated ones last."""
    dated_by = SECTIONS[key][1].dated_by
    files = sorted(survivors_of(connection, [person]))
    records = read_records(connection, key, source_of(key).events.c.person_id.in_(files))
    return sorted(records, key=lambda r: (r.values[dated_by] or date.max, r.id))


def why(
    connection: Connection,
    vocabularies: Vocabularies,
    period: Period,
    today: date,
    *,
    cell: CellKey,
    person: str,
) -> tuple[Check, ...]:
    """The conditions of a figure in turn, and whether a person meets each."""
    figure = persons_behind(connection, vocabularies, period, today, cell, persons=[person])
    named = {"measure": cell.measure, "term": cell.term}
    result = Check("in_figure", bool(figure.rows), named)
    if cell.section not in SECTIONS:
        return (result,)
    records = _records_of(connection, cell.section, person)
    checks = [Check("has_record", bool(records), {"count": len(records)})]
    verdicts = [verdict_on(r, cell.section, vocabularies, period) for r in records]
    if records:
        place = min(range(len(records)), key=lambda i: _distance(verdicts[i]))
        verdict, record = verdicts[place], records[place]
        said = {**verdict.values, "verdict": verdict.code, "record_id": record.id}
        checks.append(Check("in_section", verdict.counts, said))
        day = record.values[SECTIONS[cell.section][1].dated_by]
        if isinstance(day, date):
            checks.append(_group_check(record, day, cell.group))
    return (*checks, result)


def _group_check(record: RawRecord, day: date, wanted: str) -> Check:
    status = record.status_on(day)
    values = {
        "wanted": wanted,
        "group": status.group,
        "on": day,
        "lowest": status.lowest_age,
        "highest": status.highest_age,
    }
    return Check("group", wanted in (TOTAL, status.group), values)


# The nearer to counting, the lower.
_DISTANCES = {"counts": 0, "other_period": 1, "planned": 2, "no_counting_date": 3, "exited": 4}


def _distance(verdict: Verdict) -> int:
    return _DISTANCES.get(verdict.code, len(_DISTANCES))
