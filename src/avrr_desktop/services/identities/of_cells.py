"""Identities that the figures alone can break (rules 3, 4, 6, 7, 8 and 10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM
from avrr_desktop.core.ages import CHILDREN, TOTAL
from avrr_desktop.services.identities.figures import Figures, listed_measures, populations
from avrr_desktop.services.identities.model import (
    CHILDREN_ONLY,
    DIRECTIONS_APART,
    GROUPS_ADD_UP,
    LISTS_FLAGGED,
    PERSONS_WITHIN_SERVICES,
    RUNNING_PARTS,
    SUBSETS_INSIDE,
    TERMS_REACH_TOTAL,
    TERMS_WITHIN,
    Bound,
    Offence,
)
from avrr_desktop.services.summary.cells import (
    BY_AGE,
    BY_DELAY,
    COHORT,
    COUNTED,
    DEPARTED,
    OPENING,
    RUNNING_TOTAL,
    RUNNING_TOTALS,
    UNACCOMPANIED,
    CellKey,
)
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary.measures import (
    AGE_BANDS_LIST,
    ALL_GROUPS,
    ONLY_TOTAL,
    Measure,
    all_measures,
    measure_of,
)

Offences = Iterator[Offence]
VULNERABILITY: Final = "vulnerability"
_NAMED_GROUPS: Final = tuple(group for group in ALL_GROUPS if group != TOTAL)
_CHILDREN: Final = frozenset(group.value for group in CHILDREN)


def groups_add_up(figures: Figures) -> Offences:
    """Every grouped cell: its total is the sum of its groups."""
    for measure in all_measures():
        if measure.groups == ONLY_TOTAL or measure.is_derived:
            continue
        for term, groups in figures.terms(measure).items():
            total = groups.get(TOTAL, 0)
            parts = sum(value for group, value in groups.items() if group != TOTAL)
            if total != parts:
                yield Offence(CellKey(measure.section, measure.name, term), total, parts)


def terms_reach_total(figures: Figures) -> Offences:
    """Where every event has a term: the terms reach the total, and make it if each has one."""
    for measure in listed_measures():
        if measure.vocabulary == VULNERABILITY:
            continue
        sums = _sums(figures, measure)
        for group in measure.groups:
            total, by_term = figures.base(measure, group), sums.get(group, 0)
            key = CellKey(measure.section, measure.base, None, group)
            if by_term < total:
                yield Offence(key, total, by_term, Bound.AT_MOST)
            elif by_term > total and _has_one_term(measure):
                yield Offence(key, total, by_term)


def _has_one_term(measure: Measure) -> bool:
    """Whether what a measure counts has exactly one term of its list."""
    if measure.vocabulary == AGE_BANDS_LIST:
        return True
    breakdown = measure.breakdown
    if breakdown is None:
        return False
    is_service = measure.unit is Unit.SERVICES
    return breakdown.of_person or (is_service and not breakdown.several)


def lists_flagged(figures: Figures) -> Offences:
    """A list is marked not additive exactly when its terms do not make the total (rule 3)."""
    summary = figures.summary
    for measure in listed_measures():
        by_term, total = _sums(figures, measure).get(TOTAL, 0), figures.base(measure)
        if summary.is_additive(measure.section, measure.name) != (by_term == total):
            key = CellKey(measure.section, measure.base)
            yield Offence(key, total, by_term, Bound.UNMARKED)


def _sums(figures: Figures, measure: Measure) -> dict[str, int]:
    """The terms of a list added up, by group."""
    sums: dict[str, int] = {}
    for groups in figures.terms(measure).values():
        for group, value in groups.items():
            sums[group] = sums.get(group, 0) + value
    return sums


def terms_within(figures: Figures) -> Offences:
    """No term's group exceeds the section's: a person has one group in a section (rule 4)."""
    for measure in listed_measures():
        for term, groups in figures.terms(measure).items():
            for group, value in groups.items():
                if value > (most := figures.base(measure, group)):
                    key = CellKey(measure.section, measure.name, term, group)
                    yield Offence(key, value, most, Bound.AT_MOST)


def subsets_inside(figures: Figures) -> Offences:
    """Unaccompanied children, a narrower population, families, the cohort: inside their whole."""
    for key, population in populations():
        suffix = population.suffix
        yield from _inside(figures, (key, f"families{suffix}"), (key, f"cases{suffix}"))
        persons = figures.at(key, f"persons{suffix}")
        for inner in (BY_AGE, BY_DELAY):
            yield from _histogram_inside(figures, key, f"{inner}{suffix}", persons)
        if population.where is None:
            continue
        for whole in SECTIONS[key][1].populations:
            if whole.where is None:
                for name in ("persons", "services", "cases", "families"):
                    inside = (key, f"{name}{suffix}"), (key, f"{name}{whole.suffix}")
                    yield from _inside(figures, *inside)
    for key in SECTIONS:
        yield from _inside(figures, (key, UNACCOMPANIED), (key, "persons"), _NAMED_GROUPS)
    yield from _inside(figures, (COHORT, DEPARTED), (COHORT_FROM, "persons"))


def _inside(
    figures: Figures,
    part: tuple[str, str],
    whole: tuple[str, str],
    groups: tuple[str, ...] = ALL_GROUPS,
) -> Offences:
    for group in groups:
        value, most = (figures.at(*place, None, group) for place in (part, whole))
        if value > most:
            yield Offence(CellKey(*part, None, group), value, most, Bound.AT_MOST)


def _histogram_inside(figures: Figures, section: str, name: str, persons: int) -> Offences:
    """Each person has at most one age and one delay: the rest is left out of the mean."""
    cells = figures.by_term(section, name)
    if (known := sum(groups.get(TOTAL, 0) for groups in cells.values())) > persons:
        yield Offence(CellKey(section, "persons"), persons, known, Bound.AT_LEAST)


def children_only(figures: Figures) -> Offences:
    """The unaccompanied or separated are the section's boys and girls, nobody else (rule 8)."""
    for section in SECTIONS:
        groups = figures.by_term(section, UNACCOMPANIED).get(None, {})
        for group, value in groups.items():
            if group != TOTAL and group not in _CHILDREN and value:
                key = CellKey(section, UNACCOMPANIED, None, group)
                yield Offence(key, value, 0, Bound.ABSENT)
        children = sum(figures.at(section, "persons", None, group) for group in _CHILDREN)
        if (total := groups.get(TOTAL, 0)) > children:
            yield Offence(CellKey(section, UNACCOMPANIED), total, children, Bound.AT_MOST)


def running_parts(figures: Figures) -> Offences:
    """A running total is its opening balance and the register's own count (rule 10)."""
    summary = figures.summary
    for code in summary.terms(RUNNING_TOTALS, RUNNING_TOTAL):
        opening = summary.openings.get(code, 0)
        parts = opening + figures.at(RUNNING_TOTALS, COUNTED, code)
        for name, wanted in ((OPENING, opening), (RUNNING_TOTAL, parts)):
            value = summary.value(RUNNING_TOTALS, name, code) or 0
            if value != wanted:
                yield Offence(CellKey(RUNNING_TOTALS, name, code), value, wanted)


def directions_apart(figures: Figures) -> Offences:
    """Every figure is of one declared measure of one section: none adds two (rule 7)."""
    for key, value in figures.summary.cells.items():
        if not _is_declared(key):
            yield Offence(key, value, 0, Bound.ABSENT)


def _is_declared(key: CellKey) -> bool:
    if key.measure.startswith((BY_AGE, BY_DELAY)):
        return key.section in SECTIONS
    if measure_of(key.section, key.measure) is None:
        return False
    if key.section == RUNNING_TOTALS:
        return (key.term or "").partition(":")[0] in SECTIONS
    return True


def persons_within_services(figures: Figures) -> Offences:
    """A person counted has at least one event, a case too; so has each under a term."""
    for key, population in populations():
        suffix = population.suffix
        services = figures.at(key, f"services{suffix}")
        for name in (f"persons{suffix}", f"cases{suffix}"):
            if (value := figures.at(key, name)) > services:
                yield Offence(CellKey(key, name), value, services, Bound.AT_MOST)
    for measure in listed_measures():
        if measure.unit is not Unit.SERVICES:
            continue
        name = f"{Unit.PERSONS}{measure.name.removeprefix(Unit.SERVICES)}"
        for term in figures.by_term(measure.section, name):
            value, most = (figures.at(measure.section, n, term) for n in (name, measure.name))
            if value > most:
                yield Offence(CellKey(measure.section, name, term), value, most, Bound.AT_MOST)


OF_CELLS: Final[Mapping[str, Callable[[Figures], Offences]]] = {
    GROUPS_ADD_UP: groups_add_up,
    TERMS_REACH_TOTAL: terms_reach_total,
    LISTS_FLAGGED: lists_flagged,
    TERMS_WITHIN: terms_within,
    SUBSETS_INSIDE: subsets_inside,
    CHILDREN_ONLY: children_only,
    RUNNING_PARTS: running_parts,
    DIRECTIONS_APART: directions_apart,
    PERSONS_WITHIN_SERVICES: persons_within_services,
}
