"""Identities of the lists behind the figures: their sizes, and who is in them (rules 7, 8, 15)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM, DIRECTIONS
from avrr_desktop.core.ages import CHILDREN, TOTAL
from avrr_desktop.services.identities.figures import populations
from avrr_desktop.services.identities.model import (
    CHILDREN_ONLY,
    DIRECTIONS_APART,
    LIST_IS_FIGURE,
    SUBSETS_INSIDE,
    TERMS_WITHIN,
    Bound,
    Offence,
)
from avrr_desktop.services.summary import Roll, Summary
from avrr_desktop.services.summary.cells import COHORT, DEPARTED, UNACCOMPANIED, CellKey
from avrr_desktop.services.summary.measures import measure_of

Offences = Iterator[Offence]
_NAMED: Final = 50  # persons an offence names; the figure opens the rest


@dataclass(frozen=True)
class Rolls:
    """Everyone behind the figures of a period, by section and measure."""

    summary: Summary
    rolls: tuple[Roll, ...]

    @cached_property
    def _ids(self) -> Mapping[tuple[str, str], frozenset[str]]:
        return {
            (roll.section, roll.measure): frozenset(unit for _, unit in roll.members)
            for roll in self.rolls
        }

    def ids(self, section: str, measure: str) -> frozenset[str]:
        """The persons, events or cases of a measure, whatever their term."""
        return self._ids.get((section, measure), frozenset())

    def roll(self, section: str, measure: str) -> Roll | None:
        """One roll, if the period has it."""
        wanted = (section, measure)
        return next((r for r in self.rolls if (r.section, r.measure) == wanted), None)


def list_is_figure(rolls: Rolls) -> Offences:
    """Every figure is as large as its list, and every list has its figure (rule 15)."""
    sizes: dict[CellKey, int] = {}
    for roll in rolls.rolls:
        sizes.update(sizes_of(roll))
    cells = rolls.summary.cells
    for key in sorted(cells.keys() | sizes.keys(), key=str):
        value, size = cells.get(key, 0), sizes.get(key, 0)
        if value != size:
            yield Offence(key, value, size)


def sizes_of(roll: Roll) -> dict[CellKey, int]:
    """The cells a roll makes."""
    place = (roll.section, roll.measure)
    terms = Counter(term for term, _ in roll.members)
    sizes = {CellKey(*place, term, TOTAL): size for term, size in terms.items()}
    if (groups := roll.groups) is not None:
        grouped = Counter((term, groups[unit]) for term, unit in roll.members)
        sizes.update({CellKey(*place, *pair): size for pair, size in grouped.items()})
    return sizes


def terms_within(rolls: Rolls) -> Offences:
    """Everyone under a term of a list is in the section (rule 4)."""
    for roll in rolls.rolls:
        measure = measure_of(roll.section, roll.measure)
        if measure is None or roll.measure == measure.base or roll.section not in SECTIONS:
            continue
        base = measure_of(roll.section, measure.base)
        if base is None or base.unit is not roll.unit:
            continue
        whole = rolls.ids(roll.section, measure.base)
        if strangers := rolls.ids(roll.section, roll.measure) - whole:
            by_term: defaultdict[str | None, set[str]] = defaultdict(set)
            for term, unit in roll.members:
                if unit in strangers:
                    by_term[term].add(unit)
            for term, units in by_term.items():
                key = CellKey(roll.section, roll.measure, term)
                yield _offence(rolls, key, units, Bound.AT_MOST)


def subsets_inside(rolls: Rolls) -> Offences:
    """Whoever is in a part is in its whole, one by one."""
    for part, whole in _parts():
        if strangers := rolls.ids(*part) - rolls.ids(*whole):
            yield _offence(rolls, CellKey(*part), strangers, Bound.AT_MOST)


def _parts() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for key, population in populations():
        yield (key, f"families{population.suffix}"), (key, f"cases{population.suffix}")
        for whole in SECTIONS[key][1].populations:
            if population.where is not None and whole.where is None:
                for name in ("persons", "services", "cases", "families"):
                    yield (key, f"{name}{population.suffix}"), (key, f"{name}{whole.suffix}")
    for key in SECTIONS:
        yield (key, UNACCOMPANIED), (key, "persons")
    yield (COHORT, DEPARTED), (COHORT_FROM, "persons")


def children_only(rolls: Rolls) -> Offences:
    """The group of each unaccompanied or separated person is that of a child (rule 8)."""
    children = {group.value for group in CHILDREN}
    for key in SECTIONS:
        roll = rolls.roll(key, UNACCOMPANIED)
        if roll is None or roll.groups is None:
            continue
        groups = roll.groups
        adults = {unit for _, unit in roll.members if groups[unit] not in children}
        if adults:
            yield _offence(rolls, CellKey(key, UNACCOMPANIED), adults, Bound.AT_MOST)


def directions_apart(rolls: Rolls) -> Offences:
    """No event is behind the figures of both directions (rule 7)."""
    for sections in DIRECTIONS:
        one, other = (_events_of(rolls, section) for section in sections)
        if shared := one & other:
            section, name = sections[0], _services_of(sections[0])[0]
            size = len(rolls.ids(section, name))
            yield Offence(CellKey(section, name), size, size - len(shared), Bound.AT_MOST)


def _services_of(section: str) -> tuple[str, ...]:
    return tuple(f"services{p.suffix}" for p in SECTIONS[section][1].populations)


def _events_of(rolls: Rolls, section: str) -> frozenset[str]:
    return frozenset().union(*(rolls.ids(section, name) for name in _services_of(section)))


def _offence(rolls: Rolls, key: CellKey, units: Iterable[str], bound: Bound) -> Offence:
    """A figure and those who should not be in it."""
    strangers = sorted(units)
    roll = rolls.roll(key.section, key.measure)
    size = sizes_of(roll).get(key, 0) if roll else 0
    of_persons = roll is not None and roll.unit == "persons"
    persons = tuple(strangers[:_NAMED]) if of_persons else ()
    return Offence(key, size, size - len(strangers), bound, persons)


OF_ROLLS: Final[Mapping[str, Callable[[Rolls], Offences]]] = {
    TERMS_WITHIN: terms_within,
    SUBSETS_INSIDE: subsets_inside,
    CHILDREN_ONLY: children_only,
    DIRECTIONS_APART: directions_apart,
    LIST_IS_FIGURE: list_is_figure,
}
