"""One reading of the register for a count: its events and what surrounds them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlalchemy import Connection

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import DELAY_FROM
from avrr_desktop.core.periods import Period
from avrr_desktop.core.specs import CountedSection
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.facts import SectionFacts, Window, read_facts
from avrr_desktop.services.summary.listings import (
    Listing,
    Surroundings,
    columns_of,
    details_of,
    totals_of,
    unaccompanied_of,
)
from avrr_desktop.services.summary.persons import Survivors, merged_files
from avrr_desktop.services.summary.statuses import (
    Status,
    first_statuses,
    read_members,
    read_vulnerabilities,
)


@dataclass(frozen=True)
class Reading:
    """What is counted: a period, as seen on a day, of everyone or of some persons."""

    connection: Connection
    vocabularies: Vocabularies
    period: Period
    today: date
    survivors: Survivors | None = None

    @cached_property
    def merged(self) -> Mapping[str, str]:
        """Merged files and their survivors (rule 12)."""
        if self.survivors is None:
            return merged_files(self.connection, None)
        return {file: person for file, person in self.survivors.items() if file != person}

    def facts(self, section_key: str, window: Window | None = None) -> SectionFacts:
        """The counting events of a section in the period, or in another window."""
        window = window or Window(self.period.start, self.period.end)
        section = SECTIONS[section_key][1]
        return read_facts(self.connection, self.vocabularies, section, window, self.survivors)

    def facts_of(self, section_key: str, persons: Iterable[str], window: Window) -> SectionFacts:
        """The counting events of some of the persons between two days, without their lists."""
        survivors = {person: person for person in persons}
        merged = [(file, person) for file, person in self.merged.items() if person in survivors]
        survivors.update(merged)
        section = SECTIONS[section_key][1]
        return read_facts(
            self.connection, self.vocabularies, section, window, survivors, lists=False
        )


@dataclass(frozen=True)
class CountedFacts:
    """The counting events of a section in the period, each person with their one status."""

    facts: SectionFacts
    statuses: Mapping[str, Status]

    @property
    def section(self) -> CountedSection:
        """The section that is counted."""
        return self.facts.section


def read_section(reading: Reading, section_key: str) -> CountedFacts:
    """The events of a section and the status of its persons (rule 4)."""
    facts = reading.facts(section_key)
    return CountedFacts(facts, first_statuses(facts.rows))


def surroundings_of(reading: Reading, sections: Iterable[CountedFacts]) -> Surroundings:
    """Vulnerabilities of the persons, members of the cases, delays from registration."""
    counted = list(sections)
    persons = {person for each in counted for person in each.statuses}
    cases = {row[3] for each in counted for row in each.facts.rows if row[3]}
    return Surroundings(
        read_vulnerabilities(reading.connection, persons, reading.merged),
        read_members(reading.connection, cases),
        {
            each.section.key: _delays(reading, each.statuses)
            for each in counted
            if each.section.days_since_registration
        },
    )


def _delays(reading: Reading, statuses: Mapping[str, Status]) -> dict[str, int]:
    """Days from each person's latest registration to their first counting event."""
    window = Window(date.min, reading.period.end)
    days: defaultdict[str, list[str]] = defaultdict(list)
    for row in reading.facts_of(DELAY_FROM, statuses, window).rows:
        days[row[1]].append(row[2])
    delays = {}
    for person, registered in days.items():
        day = statuses[person].day
        if place := bisect_right(registered, day):
            since = date.fromisoformat(registered[place - 1])
            delays[person] = (date.fromisoformat(day) - since).days
    return delays


def listings_of(
    reading: Reading, counted: CountedFacts, around: Surroundings | None
) -> list[Listing]:
    """Every listing of a section; only persons and services when nothing surrounds it."""
    listings: list[Listing] = []
    for population in counted.section.populations:
        columns = columns_of(counted.facts, population, reading.vocabularies)
        listings.extend(totals_of(population, columns))
        if around is None:
            continue
        details = list(details_of(counted.facts, population, columns, counted.statuses, around))
        listings.extend(details)
        if not population.suffix:
            vulnerable = next(x for x in details if x.measure == "persons_by_vulnerability")
            listings.append(unaccompanied_of(vulnerable, counted.statuses, reading.vocabularies))
    return listings
