"""Listings: for each measure of a section, which persons, services or cases it counts, by term.

Cells are the sizes of listings and the list behind a figure is its listing: one pass, one truth.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import compress

from avrr_desktop.core.ages import CHILDREN
from avrr_desktop.core.specs import Breakdown, CountedSection, Population
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.cells import BY_AGE, BY_DELAY, NOT_STATED, UNACCOMPANIED
from avrr_desktop.services.summary.facts import FIXED, SectionFacts, list_columns
from avrr_desktop.services.summary.statuses import Spell, Status, in_force

UNACCOMPANIED_TAG = "unaccompanied"
FAMILY_SIZE = 2


class Unit(StrEnum):
    """What a figure counts (rule 3)."""

    PERSONS = "persons"
    SERVICES = "services"
    CASES = "cases"


@dataclass(frozen=True, slots=True)
class Listing:
    """The distinct (term, id) pairs a measure counts; ids are persons, events or cases."""

    measure: str
    unit: Unit
    members: Collection[tuple[str | None, str]]
    grouped: bool = False  # counted by group too


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a count needs beside the events of the section."""

    vulnerabilities: Mapping[str, Sequence[Spell]]  # of persons
    members: Mapping[str, Sequence[Spell]]  # of cases
    delays: Mapping[str, Mapping[str, int]]  # section -> person -> days from registration


@dataclass(frozen=True, slots=True)
class Columns:
    """The events of one population, column by column."""

    events: Sequence[str]
    persons: Sequence[str]
    days: Sequence[str]
    cases: Sequence[str | None]
    lists: Mapping[str, Sequence[str | None]]


def columns_of(facts: SectionFacts, population: Population, vocabularies: Vocabularies) -> Columns:
    """The events of the section that its population keeps (rule 2, own funds)."""
    names = list_columns(facts.section.key)
    rows: Iterable[tuple[str, ...]] = facts.rows
    if where := population.where:
        codes = vocabularies.codes_tagged(where.vocabulary, where.tag)
        place = len(FIXED) + names.index(where.column)
        rows = compress(rows, [(row[place] in codes) != where.negated for row in facts.rows])
    columns = list(zip(*rows, strict=True)) or [()] * (len(FIXED) + len(names))
    return Columns(
        events=columns[0],
        persons=columns[1],
        days=columns[2],
        cases=columns[3],
        lists=dict(zip(names, columns[len(FIXED) :], strict=True)),
    )


def totals_of(population: Population, columns: Columns) -> Iterator[Listing]:
    """Distinct persons, and services (rule 3)."""
    persons = {(None, person) for person in columns.persons}
    yield Listing(f"persons{population.suffix}", Unit.PERSONS, persons, grouped=True)
    services = [(None, event) for event in columns.events]
    yield Listing(f"services{population.suffix}", Unit.SERVICES, services)


def details_of(
    facts: SectionFacts,
    population: Population,
    columns: Columns,
    statuses: Mapping[str, Status],
    around: Surroundings,
) -> Iterator[Listing]:
    """Everything a population is cut by: cases, lists, months, ages, vulnerabilities, delays."""
    suffix = population.suffix
    yield from _cases(suffix, columns, around)
    for breakdown in lists_of(facts.section, population):
        yield from _by_list(suffix, breakdown, columns, facts)
    months = [day[:7] for day in columns.days]
    members = set(zip(months, columns.persons, strict=True))
    yield Listing(f"persons{suffix}_by_month", Unit.PERSONS, members, grouped=True)
    own = {person: statuses[person] for person in columns.persons}
    yield from _by_status(suffix, own, around)
    delays = around.delays.get(facts.section.key, {})
    delayed = [(str(delays[person]), person) for person in own.keys() & delays.keys()]
    if facts.section.days_since_registration:
        yield Listing(f"{BY_DELAY}{suffix}", Unit.PERSONS, delayed)


def lists_of(section: CountedSection, population: Population) -> tuple[Breakdown, ...]:
    """The lists a population of a section is cut by."""
    wanted = population.breakdowns
    return tuple(b for b in section.breakdowns if wanted is None or b.key in wanted)


def _cases(suffix: str, columns: Columns, around: Surroundings) -> Iterator[Listing]:
    """Distinct cases, and families: two or more members on an event's date (rule 3)."""
    with_day = {(case, day) for case, day in zip(columns.cases, columns.days, strict=True) if case}
    cases = {(None, case) for case, _ in with_day}
    families = {
        (None, case)
        for case, day in with_day
        if len(spells := around.members.get(case, ())) >= FAMILY_SIZE
        and len(in_force(spells, day)) >= FAMILY_SIZE
    }
    yield Listing(f"cases{suffix}", Unit.CASES, cases)
    yield Listing(f"families{suffix}", Unit.CASES, families)


def _by_list(
    suffix: str, breakdown: Breakdown, columns: Columns, facts: SectionFacts
) -> Iterator[Listing]:
    """Distinct persons and, if the list says so, services with an event of each term (rule 3)."""
    persons: Collection[tuple[str | None, str]]
    if breakdown.several:
        person_of = dict(zip(columns.events, columns.persons, strict=True))
        services = {(t, e) for e, t in facts.several.get(breakdown.key, ()) if e in person_of}
        stated = {event for _, event in services}
        services |= {(NOT_STATED, event) for event in columns.events if event not in stated}
        persons = {(term, person_of[event]) for term, event in services}
    else:
        terms = [term or NOT_STATED for term in columns.lists[breakdown.column]]
        persons = set(zip(terms, columns.persons, strict=True))
        services = set(zip(terms, columns.events, strict=True)) if breakdown.services else set()
    yield Listing(f"persons{suffix}_by_{breakdown.key}", Unit.PERSONS, persons, grouped=True)
    if breakdown.services:
        yield Listing(f"services{suffix}_by_{breakdown.key}", Unit.SERVICES, services)


def _by_status(suffix: str, own: Mapping[str, Status], around: Surroundings) -> Iterator[Listing]:
    """Ages and vulnerabilities on the first counting event of the section (rules 4 and 8)."""
    bands = [(status.band, person) for person, status in own.items()]
    ages = [(str(s.lowest_age), p) for p, s in own.items() if s.lowest_age == s.highest_age]
    vulnerable = [
        (code, person)
        for person in own.keys() & around.vulnerabilities.keys()
        for code in in_force(around.vulnerabilities[person], own[person].day)
    ]
    yield Listing(f"persons{suffix}_by_age_band", Unit.PERSONS, bands, grouped=True)
    yield Listing(f"persons{suffix}_by_vulnerability", Unit.PERSONS, vulnerable, grouped=True)
    yield Listing(f"{BY_AGE}{suffix}", Unit.PERSONS, ages)


def unaccompanied_of(
    vulnerable: Listing, statuses: Mapping[str, Status], vocabularies: Vocabularies
) -> Listing:
    """Children unaccompanied or separated on the day of their first event (rule 8)."""
    codes = vocabularies.codes_tagged("vulnerability", UNACCOMPANIED_TAG)
    flagged = {person for code, person in vulnerable.members if code in codes}
    children = {(None, person) for person in flagged if statuses[person].group in CHILDREN}
    return Listing(UNACCOMPANIED, Unit.PERSONS, children, grouped=True)
