"""The list behind a figure: exactly what its cell counts, from the same listings (rule 15)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM, COHORT_TO
from avrr_desktop.core.ages import TOTAL
from avrr_desktop.core.periods import Period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.across import changing_group_of, cohort_events
from avrr_desktop.services.summary.cells import (
    ACROSS,
    BY_AGE,
    BY_DELAY,
    COHORT,
    NOT_STATED,
    OPENING,
    RUNNING_TOTALS,
    CellKey,
)
from avrr_desktop.services.summary.facts import FIXED, SectionFacts, list_columns
from avrr_desktop.services.summary.listings import Listing, Unit, columns_of
from avrr_desktop.services.summary.measures import (
    LEFT_OUT,
    MEAN_AGE,
    MEDIAN_DELAY,
    MONTHS,
    Measure,
    measure_of,
)
from avrr_desktop.services.summary.persons import survivors_of
from avrr_desktop.services.summary.reading import (
    CountedFacts,
    Reading,
    listings_of,
    read_section,
    surroundings_of,
)
from avrr_desktop.services.summary.running import running_events
from avrr_desktop.services.summary.statuses import Status, first_statuses, status_on

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventBehind:
    """An event behind a figure, with the group of its own date (rule 4)."""

    section: str
    activity: str
    id: str
    day: date
    group: str


@dataclass(frozen=True, slots=True)
class RowBehind:
    """One person, service or case that a figure counts; a case shows its first person.

    Group and ages are those of the person's first counting event of the section.
    """

    id: str
    person_id: str
    case_id: str | None
    day: date
    group: str
    lowest_age: int
    highest_age: int
    events: tuple[EventBehind, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """The rows behind a cell, as many as its value; by day."""

    cell: CellKey
    unit: Unit
    rows: tuple[RowBehind, ...]


def persons_behind(
    connection: Connection,
    vocabularies: Vocabularies,
    period: Period,
    today: date,
    cell: CellKey,
    *,
    persons: Iterable[str] | None = None,
) -> Figure:
    """What ``cell`` counts, of everyone or of ``persons``; behind a mean, those it is made of."""
    survivors = None if persons is None else survivors_of(connection, persons)
    reading = Reading(connection, vocabularies, period, today, survivors)
    if cell.section == COHORT:
        return _behind_cohort(reading, cell)
    if cell.section == ACROSS:
        return _behind_changing_group(reading, cell)
    if cell.section == RUNNING_TOTALS:
        return _behind_running_total(reading, cell)
    return _behind_section(reading, cell)


def event_behind(section_key: str, row: Row) -> EventBehind:
    """An event read by ``read_facts``, with the group of its own date."""
    event, _, day, _, sex, birth_first, birth_last, *_ = row
    status = status_on(event, day, sex, birth_first, birth_last)
    activity = SECTIONS[section_key][0].key
    return EventBehind(section_key, activity, event, date.fromisoformat(day), status.group)


def _behind_section(reading: Reading, cell: CellKey) -> Figure:
    counted = read_section(reading, cell.section)
    listings = listings_of(reading, counted, surroundings_of(reading, [counted]))
    measure = measure_of(cell.section, cell.measure)
    wanted = _wanted(listings, measure, cell, counted.statuses)
    unit = next((x.unit for x in listings if x.measure == cell.measure), Unit.PERSONS)
    place = {Unit.PERSONS: 1, Unit.SERVICES: 0, Unit.CASES: 3}[unit]
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in _carrying(reading, counted.facts, measure, cell.term):
        if row[place] in wanted:
            rows[row[place]].append(row)
    return Figure(cell, unit, _rows(cell.section, rows, counted.statuses))


def _wanted(
    listings: Sequence[Listing],
    measure: Measure | None,
    cell: CellKey,
    statuses: Mapping[str, Status],
) -> set[str]:
    """The ids that the cell counts."""
    if measure is not None and measure.is_derived:
        return _behind_derived(listings, measure)
    listing = next((x for x in listings if x.measure == cell.measure), None)
    ids = {unit for term, unit in listing.members if term == cell.term} if listing else set()
    if cell.group == TOTAL:
        return ids
    if listing is None or not listing.grouped:
        return set()
    return {person for person in ids if statuses[person].group == cell.group}


def _behind_derived(listings: Sequence[Listing], measure: Measure) -> set[str]:
    suffix = measure.population.suffix
    ids = {x.measure: {unit for _, unit in x.members} for x in listings}
    everyone = ids.get(measure.base, set())
    aged, delayed = ids.get(f"{BY_AGE}{suffix}", set()), ids.get(f"{BY_DELAY}{suffix}", set())
    if measure.counts_terms_of:
        pairs = next(x.members for x in listings if x.measure == measure.counts_terms_of)
        return {unit for term, unit in pairs if term != NOT_STATED}
    name = measure.name.removesuffix(suffix)
    if name in (MEAN_AGE, LEFT_OUT):
        return aged if name == MEAN_AGE else everyone - aged
    return delayed if name == MEDIAN_DELAY else everyone - delayed


def _carrying(
    reading: Reading, facts: SectionFacts, measure: Measure | None, term: str | None
) -> list[Row]:
    """The events of the measure's population that carry the term."""
    if measure is None:
        return list(facts.rows)
    kept = set(columns_of(facts, measure.population, reading.vocabularies).events)
    rows = [row for row in facts.rows if row[0] in kept]
    if measure.vocabulary == MONTHS:
        return [row for row in rows if row[2][:7] == term]
    if measure.breakdown is None or measure.is_derived:
        return rows
    if not measure.breakdown.several:
        place = len(FIXED) + list_columns(facts.section.key).index(measure.breakdown.column)
        return [row for row in rows if (row[place] or NOT_STATED) == term]
    terms: defaultdict[str, set[str]] = defaultdict(set)
    for event, code in facts.several.get(measure.breakdown.key, ()):
        terms[event].add(code)
    return [row for row in rows if term in (terms.get(row[0]) or {NOT_STATED})]


def _rows(
    section_key: str, rows: Mapping[str, Sequence[Row]], statuses: Mapping[str, Status]
) -> tuple[RowBehind, ...]:
    found = []
    for unit, events in rows.items():
        shown = tuple(event_behind(section_key, row) for row in events)
        found.append(_row(unit, events[0], statuses[events[0][1]], shown))
    return tuple(sorted(found, key=_rank))


def _row(unit: str, first: Row, status: Status, events: tuple[EventBehind, ...]) -> RowBehind:
    return RowBehind(
        id=unit,
        person_id=first[1],
        case_id=first[3],
        day=date.fromisoformat(first[2]),
        group=status.group,
        lowest_age=status.lowest_age,
        highest_age=status.highest_age,
        events=events,
    )


def _rank(row: RowBehind) -> tuple[date, str]:
    return row.day, row.id


def _behind_cohort(reading: Reading, cell: CellKey) -> Figure:
    """Each person's first registration of the period and their departures since (rule 6)."""
    counted = read_section(reading, COHORT_FROM)
    statuses = counted.statuses
    firsts = {row[1]: row for row in reversed(counted.facts.rows)}
    departures: defaultdict[str, list[Row]] = defaultdict(list)
    for row in cohort_events(reading, statuses):
        if cell.group in (TOTAL, statuses[row[1]].group):
            departures[row[1]].append(row)
    rows = []
    for person, departed in departures.items():
        first = firsts[person]
        events = [event_behind(COHORT_FROM, first)]
        events += [event_behind(COHORT_TO, row) for row in departed]
        rows.append(_row(person, first, statuses[person], tuple(events)))
    return Figure(cell, Unit.PERSONS, tuple(sorted(rows, key=_rank)))


def _behind_changing_group(reading: Reading, cell: CellKey) -> Figure:
    """Each person's first counting event of every section of the period (rule 4)."""
    sections = [read_section(reading, key) for key in SECTIONS]
    wanted = {person for _, person in changing_group_of(sections).members}
    found: defaultdict[str, list[tuple[CountedFacts, Row]]] = defaultdict(list)
    for counted in sections:
        firsts = {row[1]: row for row in reversed(counted.facts.rows)}
        for person in wanted & firsts.keys():
            found[person].append((counted, firsts[person]))
    rows = []
    for person, places in found.items():
        places.sort(key=lambda place: place[1][2])
        counted, row = places[0]
        events = tuple(event_behind(each.section.key, first) for each, first in places)
        rows.append(_row(person, row, counted.statuses[person], events))
    return Figure(cell, Unit.PERSONS, tuple(sorted(rows, key=_rank)))


def _behind_running_total(reading: Reading, cell: CellKey) -> Figure:
    """The register's own persons of a running total; nobody is behind a balance (rule 10)."""
    events = [] if cell.measure == OPENING else running_events(reading, cell.term or "")
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for row in events:
        rows[row[1]].append(row)
    section_key = (cell.term or "").partition(":")[0]
    return Figure(cell, Unit.PERSONS, _rows(section_key, rows, first_statuses(events)))
