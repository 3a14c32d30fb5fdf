"""The lists of a proof pack: a line an event, with what counting needs and nothing else."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from io import StringIO

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM
from avrr_desktop.core.specs import CountedSection, Population
from avrr_desktop.services.proof.pseudonyms import Pseudonyms
from avrr_desktop.services.summary.across import cohort_events
from avrr_desktop.services.summary.facts import FIXED, list_columns
from avrr_desktop.services.summary.listings import FAMILY_SIZE, Surroundings, columns_of
from avrr_desktop.services.summary.reading import (
    CountedFacts,
    Reading,
    read_section,
    surroundings_of,
)
from avrr_desktop.services.summary.running import (
    counts_needed,
    read_balances,
    running_own_events,
)
from avrr_desktop.services.summary.statuses import in_force

SEVERAL = "|"  # between the terms of one cell
_FIRST = ("event", "person", "case", "family", "month", "group", "age_band")
DELAY = "days_from_registration"

Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """One list: its name, the heads of its columns, its lines in no order that tells anything."""

    name: str
    heads: Line
    lines: tuple[Line, ...]

    def csv(self) -> bytes:
        """As a file that spreadsheets open: UTF-8 with its mark, commas."""
        text = StringIO()
        writer = csv.writer(text)
        writer.writerow(self.heads)
        writer.writerows(self.lines)
        return text.getvalue().encode("utf-8-sig")


def list_heads(section: CountedSection) -> dict[str, str]:
    """The heads of a section's own columns, and the column of the event each one reads."""
    heads = {each.key: each.column for each in section.breakdowns}
    for population in section.populations:
        where = population.where
        if where is not None and where_head(section, population) == where.column:
            heads[where.column] = where.column
    return heads


def where_head(section: CountedSection, population: Population) -> str | None:
    """The head of the column that says whether a population counts a line; None: it takes all."""
    if population.where is None:
        return None
    column = population.where.column
    same = (b.key for b in section.breakdowns if b.column == column and not b.several)
    return next(same, column)


class Lists:
    """Makes the lists from one reading of the register, as it was at the closing."""

    def __init__(self, reading: Reading, pseudonyms: Pseudonyms) -> None:
        self._reading = reading
        self._names = pseudonyms
        self.counted = {key: read_section(reading, key) for key in SECTIONS}

    @cached_property
    def _around(self) -> Surroundings:
        return surroundings_of(self._reading, self.counted.values())

    @cached_property
    def person_of(self) -> dict[str, str]:
        """The person of every event."""
        return {row[0]: row[1] for each in self.counted.values() for row in each.facts.rows}

    @cached_property
    def running(self) -> tuple[tuple[str, str], ...]:
        """The running totals and everyone in them."""
        balances = read_balances(self._reading.connection, self._reading.period.end)
        members = {
            (code, row[1])
            for own in counts_needed(balances)
            for code, row in running_own_events(self._reading, own)
        }
        return tuple(members)

    @property
    def persons(self) -> set[str]:
        """Everyone in any list."""
        return {person for _, person in self.running}.union(*(c.statuses for c in self._each))

    @property
    def _each(self) -> tuple[CountedFacts, ...]:
        return tuple(self.counted.values())

    def cases_kept(self, key: str, withheld: Set[str]) -> dict[str, set[str]]:
        """The cases, and the families, that lines of a section tell of, by measure."""
        counted = self.counted[key]
        kept: dict[str, set[str]] = {}
        for population in counted.section.populations:
            columns = columns_of(counted.facts, population, self._reading.vocabularies)
            told = {
                (case, day)
                for case, day, person in zip(
                    columns.cases, columns.days, columns.persons, strict=True
                )
                if case and person not in withheld
            }
            kept[f"cases{population.suffix}"] = {case for case, _ in told}
            families = {case for case, day in told if self._is_family(case, day)}
            kept[f"families{population.suffix}"] = families
        return kept

    def made(self, withheld: Set[str]) -> Iterator[Listed]:
        """Every list, without those ``withheld``."""
        for key in SECTIONS:
            yield self._section(key, withheld)
        yield self._made("ages", ("section", "person", "counted_in", "age"), self._ages(withheld))
        heads = ("section", "person", "counted_in", "group", "vulnerability")
        yield self._made("vulnerabilities", heads, self._vulnerabilities(withheld))
        yield self._made("cohort", ("person", "departed_in"), self._cohort(withheld))
        yield self._made("running_totals", ("total", "person"), self._running(withheld))

    def _made(self, name: str, heads: Line, lines: Iterator[Line]) -> Listed:
        return Listed(name, heads, tuple(sorted(lines, key=self._shuffled)))

    def _shuffled(self, line: Line) -> str:
        return self._names.of("order", SEVERAL.join(line))

    def _section(self, key: str, withheld: Set[str]) -> Listed:
        section = self.counted[key].section
        delay = (DELAY,) if section.days_since_registration else ()
        heads = (*_FIRST, *delay, *list_heads(section))
        return self._made(key, heads, self._events(key, withheld))

    def _events(self, key: str, withheld: Set[str]) -> Iterator[Line]:
        counted = self.counted[key]
        delays, terms = self._around.delays.get(key, {}), _Terms(counted)
        has_delay = counted.section.days_since_registration
        for row in counted.facts.rows:
            event, person, day, case = row[:4]
            if person in withheld:
                continue
            status = counted.statuses[person]
            delay = (str(delays.get(person, "")),) if has_delay else ()
            yield (
                self._names.of("event", event),
                self._names.of("person", person),
                self._names.of("case", case) if case else "",
                "1" if case and self._is_family(case, day) else "0",
                day[:7],
                status.group,
                status.band,
                *delay,
                *terms.of(row),
            )

    def _is_family(self, case: str, day: str) -> bool:
        spells = self._around.members.get(case, ())
        return len(spells) >= FAMILY_SIZE and len(in_force(spells, day)) >= FAMILY_SIZE

    def _counted_in(self, key: str) -> dict[str, str]:
        """The measures of a section that count a person, as one cell."""
        counted = self.counted[key]
        found: defaultdict[str, list[str]] = defaultdict(list)
        for population in counted.section.populations:
            columns = columns_of(counted.facts, population, self._reading.vocabularies)
            for person in dict.fromkeys(columns.persons):
                found[person].append(f"persons{population.suffix}")
        return {person: SEVERAL.join(measures) for person, measures in found.items()}

    def _ages(self, withheld: Set[str]) -> Iterator[Line]:
        """Ages stand apart: joined with the months of several events they would tell a birth."""
        for key, counted in self.counted.items():
            for person, measures in self._counted_in(key).items():
                status = counted.statuses[person]
                if person not in withheld and status.lowest_age == status.highest_age:
                    named = self._names.of(f"age in {key}", person)
                    yield key, named, measures, str(status.lowest_age)

    def _vulnerabilities(self, withheld: Set[str]) -> Iterator[Line]:
        """So do vulnerabilities, which nobody needs beside a country and a month."""
        for key, counted in self.counted.items():
            for person, measures in self._counted_in(key).items():
                spells = self._around.vulnerabilities.get(person, ())
                status = counted.statuses[person]
                for code in () if person in withheld else in_force(spells, status.day):
                    named = self._names.of(f"vulnerable in {key}", person)
                    yield key, named, measures, status.group, code

    def _cohort(self, withheld: Set[str]) -> Iterator[Line]:
        """The first departure of everyone in the cohort."""
        registered = self.counted[COHORT_FROM].statuses
        months: dict[str, str] = {}
        for row in sorted(cohort_events(self._reading, registered), key=lambda r: r[2]):
            months.setdefault(row[1], row[2][:7])
        for person, month in months.items():
            if person not in withheld:
                yield self._names.of("person", person), month

    def _running(self, withheld: Set[str]) -> Iterator[Line]:
        for code, person in self.running:
            if person not in withheld:
                yield code, self._names.of("total", person)


class _Terms:
    """Gives the terms of an event, in the order of ``list_heads``."""

    def __init__(self, counted: CountedFacts) -> None:
        section = counted.section
        names = list_columns(section.key)
        several = {each.key for each in section.breakdowns if each.several}
        self._parts: list[int | Mapping[str, Sequence[str]]] = []
        for head, column in list_heads(section).items():
            if head in several:
                self._parts.append(_by_event(counted.facts.several.get(head, ())))
            else:
                self._parts.append(len(FIXED) + names.index(column))

    def of(self, row: Line) -> Iterator[str]:
        """One cell a list."""
        for part in self._parts:
            if isinstance(part, int):
                yield row[part] or ""
            else:
                yield SEVERAL.join(sorted(part.get(row[0], ())))


def _by_event(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for event, term in pairs:
        found[event].append(term)
    return found
