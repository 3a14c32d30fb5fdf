"""Rows and tables of the summary's document: which terms, in which order, with which cells."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import GAP_BEFORE, SUBSET_SHOWN, TERMS_SHOWN
from avrr_desktop.core.ages import GROUPS, TOTAL
from avrr_desktop.core.translation import Translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary.cells import UNACCOMPANIED, CellKey
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary.measures import (
    MONTHS,
    Measure,
    measure_of,
    measures_of,
)
from avrr_desktop.services.summary_document import (
    NOT_APPLICABLE,
    Cell,
    Number,
    Row,
    RowKind,
    SectionPart,
    Table,
    Tables,
)
from avrr_desktop.services.summary_labels import (
    lowered,
    measure_label,
    population_row_label,
    section_label,
    term_label,
)

COUNTRY_LIST = "country"


@dataclass(frozen=True)
class Rows:
    """Makes rows from a summary in one language; what is not counted yet stays blank.

    While ``counted`` names some sections, the period before is not counted at all.
    """

    summary: Summary
    vocabularies: Vocabularies
    say: Translator
    counted: Collection[str] | None = None

    def is_counted(self, section: str) -> bool:
        """Whether the section's figures are known."""
        return self.counted is None or section in self.counted

    def cell(self, measure: Measure, term: str | None = None, group: str = TOTAL) -> Cell:
        """One cell; not applicable when the measure has no such group."""
        if group not in measure.groups:
            return NOT_APPLICABLE
        key = CellKey(measure.section, measure.name, term, group)
        return Cell(key, self.summary.value(*key) if self.is_counted(key.section) else None)

    def row(self, kind: RowKind, label: str, measure: Measure, term: str | None = None) -> Row:
        """One line of a measure, of one of its terms or without."""
        place = (measure.section, measure.name, term)
        groups = tuple(self.cell(measure, term, group.value) for group in GROUPS)
        is_whole = self.counted is None
        change, change_percent = self.summary.change(*place) if is_whole else (None, None)
        return Row(
            kind=kind,
            label=label,
            code=term or measure.section,
            groups=groups if any(cell.is_applicable for cell in groups) else (),
            total=self.cell(measure, term),
            previous=self.summary.previous_value(*place) if is_whole else None,
            change=change,
            change_percent=change_percent,
            percent=self.summary.percent(*place) if is_whole and term is not None else None,
            services=self._services(measure, term),
        )

    def _services(self, measure: Measure, term: str | None) -> Cell | None:
        beside = services_beside(measure)
        return self.cell(beside, term) if beside is not None else None

    def section_row(self, key: str) -> Row:
        """The published figure of a section."""
        measure = _measure(key, "persons")
        return self.row(RowKind.MAIN, population_row_label(measure, self.say.language), measure)

    def sub_rows(self, key: str) -> tuple[Row, ...]:
        """The lines under a section: a subset, its other populations, the terms of a list."""
        return (*self._subsets(key), *self._populations(key), *self._terms_shown(key))

    def _subsets(self, key: str) -> Iterator[Row]:
        if key in SUBSET_SHOWN:
            measure = _measure(key, UNACCOMPANIED)
            yield self.row(RowKind.SUB, measure_label(measure).text(self.say.language), measure)

    def _populations(self, key: str) -> Iterator[Row]:
        for population in SECTIONS[key][1].populations[1:]:
            label = population.label.text(self.say.language)
            yield self.row(RowKind.SUB, label, _measure(key, f"persons{population.suffix}"))

    def _terms_shown(self, key: str) -> Iterator[Row]:
        """The terms counted in this period or in the one before."""
        if key not in TERMS_SHOWN or not self.is_counted(key):
            return
        measure = _measure(key, f"persons_by_{TERMS_SHOWN[key]}")
        for term in self.summary.terms(key, measure.name):
            row = self.row(RowKind.SUB, self._term(measure, term), measure, term)
            if row.total.value or row.previous:
                yield row

    def main(self) -> tuple[Row, ...]:
        """The bulletin's table, with a gap between populations that are never added."""
        rows: list[Row] = []
        for key in SECTIONS:
            if key in GAP_BEFORE:
                rows.append(Row(RowKind.GAP, ""))
            rows += [self.section_row(key), *self.sub_rows(key)]
        return tuple(rows)

    def part(self, key: str) -> SectionPart:
        """Everything about a section."""
        return SectionPart(
            key=key,
            label=section_label(key).text(self.say.language),
            icon=SECTIONS[key][0].icon,
            row=self.section_row(key),
            subs=self.sub_rows(key),
            facts=tuple(self._facts(key)),
            tables=self._tables(key),
        )

    def _facts(self, key: str) -> Iterator[Row]:
        for measure in measures_of(key):
            is_figure = measure.is_derived or measure.unit is not Unit.PERSONS
            is_subset = measure.name == UNACCOMPANIED and key not in SUBSET_SHOWN
            if (is_figure or is_subset) and not measure.vocabulary:
                yield self.row(RowKind.SUB, self._titled(measure), measure)

    def _tables(self, key: str) -> Tables:
        titles = {
            measure.name: self._titled(measure)
            for measure in measures_of(key)
            if measure.vocabulary and measure.unit is Unit.PERSONS
        }
        return Tables(titles, lambda name: self.table(_measure(key, name)))

    def table(self, measure: Measure) -> Table:
        """A section cut by a list."""
        rows = [
            self.row(RowKind.TERM, self._term(measure, term), measure, term)
            for term in self.summary.terms(measure.section, measure.name)
        ]
        is_long = measure.vocabulary == COUNTRY_LIST
        if is_long:
            rows.sort(key=lambda row: (-_size(row), row.label))
        base = _measure(measure.section, measure.base)
        total = self.row(RowKind.TOTAL, self.say.tr("Total"), base)
        is_additive = self.summary.is_additive(measure.section, measure.name)
        note = self.not_additive_note(measure) if not is_additive else ""
        return Table(
            section=measure.section,
            measure=measure.name,
            key=list_key(measure),
            title=self._titled(measure),
            rows=tuple(rows),
            total=total,
            is_additive=is_additive,
            note=note,
            is_long=is_long,
            is_by_month=measure.vocabulary == MONTHS,
            has_services=any(row.services is not None for row in rows),
        )

    def not_additive_note(self, measure: Measure) -> str:
        """How far the terms of a list are from adding up to the persons (rule 3)."""
        section = measure.section
        terms = self.summary.terms(section, measure.name, zeros=False)
        by_term = sum(int(self.summary.value(section, measure.name, t) or 0) for t in terms)
        return self.say.tr(
            "{list}: not additive. The terms sum to {sum}, for {persons} persons and"
            " {services} events.",
            list=measure_label(measure).text(self.say.language),
            sum=number(by_term),
            persons=number(self.summary.value(section, measure.base)),
            services=number(self.summary.value(section, _services_base(measure))),
        )

    def _titled(self, measure: Measure) -> str:
        """The name of a measure, with its population when it is not the published one."""
        name = measure_label(measure).text(self.say.language)
        if not measure.population.suffix:
            return name
        return f"{name} ({lowered(measure.population.label.text(self.say.language))})"

    def _term(self, measure: Measure, term: str) -> str:
        return term_label(measure, term, self.vocabularies, self.say.language)


def list_key(measure: Measure) -> str:
    """What a table is cut by: the key of its list, month, age_band or vulnerability."""
    return measure.name.partition("_by_")[2]


def services_beside(measure: Measure) -> Measure | None:
    """The measure that counts events where ``measure`` counts persons of a list."""
    if not measure.vocabulary or measure.unit is not Unit.PERSONS:
        return None
    name = f"{Unit.SERVICES.value}{measure.name.removeprefix(Unit.PERSONS.value)}"
    return measure_of(measure.section, name)


def number(value: Number) -> str:
    """A number in a sentence, thousands apart."""
    if value is None:
        return "–"
    whole = f"{abs(value):,}".replace(",", "\u202f").replace(".", ",")
    return f"\u2212{whole}" if value < 0 else whole


def _services_base(measure: Measure) -> str:
    return f"{Unit.SERVICES.value}{measure.population.suffix}"


def _measure(section: str, name: str) -> Measure:
    measure = measure_of(section, name)
    assert measure is not None
    return measure


def _size(row: Row) -> float:
    return row.total.value or 0
