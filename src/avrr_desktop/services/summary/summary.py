"""The summary of a period: its cells with their zeros, changes and percentages (rules 14, 16)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypedDict

from sqlalchemy import Connection

from avrr_desktop.activities.across import HEADLINE
from avrr_desktop.core.ages import TOTAL
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.summary.cells import (
    COUNTED,
    OPENING,
    RULES_VERSION,
    RUNNING_TOTALS,
    CellKey,
    add,
)
from avrr_desktop.services.summary.count import counted_cells
from avrr_desktop.services.summary.derive import derived_value, percent
from avrr_desktop.services.summary.measures import Measure, all_measures, measure_of
from avrr_desktop.services.summary.running import read_balances
from avrr_desktop.services.summary.terms import terms_of

if TYPE_CHECKING:
    from avrr_desktop.services.register import Register

FUNDS = "fund"


class CellValue(TypedDict):
    """One cell as the summary prints it."""

    section: str
    measure: str
    term: str | None
    group: str
    value: int | float


@dataclass(frozen=True)
class Summary:
    """The figures of a period at one instant. Cells that are zero are not kept."""

    period: Period
    cells: Mapping[CellKey, int]
    previous: Mapping[CellKey, int]  # the same cells, of the period before
    openings: Mapping[str, int]  # opening balances, by code
    previous_openings: Mapping[str, int]
    counted_at: datetime
    as_of_day: date
    vocabularies: Vocabularies
    rules_version: str = RULES_VERSION

    def value(
        self, section: str, measure: str, term: str | None = None, group: str = TOTAL
    ) -> int | float | None:
        """One figure; None (blank) for a mean or a median of nothing."""
        known = measure_of(section, measure)
        if known is None or not known.is_derived:
            return self.cells.get(CellKey(section, measure, term, group), 0)
        return self._derived(known, term)

    def terms(self, section: str, measure: str, *, zeros: bool = True) -> tuple[str, ...]:
        """The terms of a measure in their list's order, with those at zero (rule 16)."""
        known = measure_of(section, measure)
        if known is None:
            return ()
        counted = self._sizes.get((section, measure), {})
        if section == RUNNING_TOTALS:
            counted = self._sizes.get((section, COUNTED), {}) | dict(self.openings)
        return terms_of(known, counted, self.period, self.vocabularies, zeros=zeros)

    def change(
        self, section: str, measure: str, term: str | None = None, group: str = TOTAL
    ) -> tuple[int | float | None, int | None]:
        """The difference with the period before, and in percent: blank when the base is 0."""
        now = self.value(section, measure, term, group)
        before = self._before.value(section, measure, term, group)
        if now is None or before is None:
            return None, None
        return round(now - before, 1), percent(now - before, before)

    def previous_value(
        self, section: str, measure: str, term: str | None = None, group: str = TOTAL
    ) -> int | float | None:
        """The same figure of the period before."""
        return self._before.value(section, measure, term, group)

    def percent(
        self, section: str, measure: str, term: str | None = None, group: str = TOTAL
    ) -> int | None:
        """Whole percents of the total of the persons (services, cases) counted (rule 3)."""
        known = measure_of(section, measure)
        value = self.value(section, measure, term, group)
        base = self.value(section, known.base) if known else None
        return None if value is None or base is None else percent(value, base)

    def is_additive(self, section: str, measure: str) -> bool:
        """Whether the terms of a list add up to the total it is cut from (rule 3)."""
        known = measure_of(section, measure)
        base = self.value(section, known.base) if known else None
        return sum(self._sizes.get((section, measure), {}).values()) == base

    def donors(self) -> tuple[str, ...]:
        """The funds with a counting event in the period."""
        lists = [m for m in all_measures() if m.vocabulary == FUNDS]
        used = {term for m in lists for term in self._sizes.get((m.section, m.name), {})}
        return tuple(t.code for t in self.vocabularies.terms(FUNDS) if t.code in used)

    def iter_cells(self) -> Iterator[CellValue]:
        """Every cell, every term with its zero (rule 16); blanks are left out."""
        for measure in all_measures():
            terms: tuple[str | None, ...] = (None,)
            if measure.vocabulary:
                terms = self.terms(measure.section, measure.name)
            for term in terms:
                for group in measure.groups:
                    value = self.value(measure.section, measure.name, term, group)
                    if value is not None:
                        yield CellValue(
                            section=measure.section,
                            measure=measure.name,
                            term=term,
                            group=group,
                            value=value,
                        )

    @cached_property
    def _sizes(self) -> Mapping[tuple[str, str], dict[str, int]]:
        """Totals by term of each measure that has terms."""
        sizes: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for key, value in self.cells.items():
            if key.group == TOTAL and key.term is not None:
                sizes[key.section, key.measure][key.term] = value
        return sizes

    @cached_property
    def _before(self) -> Summary:
        return replace(
            self,
            period=self.period.previous,
            cells=self.previous,
            openings=self.previous_openings,
            previous={},
        )

    def _derived(self, measure: Measure, term: str | None) -> int | float | None:
        if measure.section == RUNNING_TOTALS:
            opening = self.openings.get(term or "", 0)
            if measure.name == OPENING:
                return opening
            return opening + self.cells.get(CellKey(RUNNING_TOTALS, COUNTED, term), 0)
        persons = self.cells.get(CellKey(measure.section, measure.base), 0)
        return derived_value(
            measure, lambda name: self._sizes.get((measure.section, name), {}), persons
        )


def summary_of(
    connection: Connection, vocabularies: Vocabularies, clock: Clock, period: Period
) -> Summary:
    """Count a period and the one before it."""
    today, before = clock.today(), period.previous
    cells, previous = (
        counted_cells(connection, vocabularies, each, today) for each in (period, before)
    )
    return Summary(
        period=period,
        cells=cells,
        previous=previous,
        openings=_openings(connection, period),
        previous_openings=_openings(connection, before),
        counted_at=clock.now(),
        as_of_day=today,
        vocabularies=vocabularies,
    )


def _openings(connection: Connection, period: Period) -> dict[str, int]:
    return {code: b.value for code, b in read_balances(connection, period.end).items()}


@needs(Permission.FIGURES)
def summarise(register: Register, period: Period) -> Summary:
    """Count a period of the open register."""
    with register.database.reading() as connection:
        return summary_of(connection, register.vocabularies, register.clock, period)


@needs(Permission.FIGURES)
def headline(register: Register, period: Period) -> Summary:
    """The first figures only, for a quick start: persons and services of a few sections.

    Neither the period before nor the opening balances are read.
    """
    clock, vocabularies = register.clock, register.vocabularies
    today = clock.today()
    with register.database.reading() as connection:
        cells = counted_cells(
            connection, vocabularies, period, today, sections=HEADLINE, details=False
        )
    return Summary(
        period=period,
        cells=cells,
        previous={},
        openings={},
        previous_openings={},
        counted_at=clock.now(),
        as_of_day=today,
        vocabularies=vocabularies,
    )


def changed(
    summary: Summary,
    delta: Mapping[CellKey, int],
    previous_delta: Mapping[CellKey, int] | None = None,
) -> Summary:
    """The summary with the difference a save made (rule 14); what derives follows."""
    return replace(
        summary,
        cells=add(summary.cells, delta),
        previous=add(summary.previous, previous_delta or {}),
    )
