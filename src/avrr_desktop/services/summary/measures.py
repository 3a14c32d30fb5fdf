"""The catalogue: every measure the summary shows, its unit, its terms' list and its groups."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import CHILDREN, GROUPS, TOTAL
from avrr_desktop.core.specs import EVERYONE, Breakdown, CountedSection, Population
from avrr_desktop.services.summary.cells import (
    ACROSS,
    CHANGING_GROUP,
    COHORT,
    COUNTED,
    DEPARTED,
    OPENING,
    RUNNING_TOTAL,
    RUNNING_TOTALS,
    UNACCOMPANIED,
)
from avrr_desktop.services.summary.listings import Unit, lists_of

MEAN_AGE = "mean_age"
LEFT_OUT = "mean_age_left_out"
MEDIAN_DELAY = "median_days_from_registration"
DELAY_LEFT_OUT = "median_days_from_registration_left_out"

AGE_BANDS_LIST = "age_band"
MONTHS = "month"  # terms of no vocabulary: the months of the period
RUNNING = "running"  # terms of no vocabulary: sections, and terms of their lists

ALL_GROUPS = (*(group.value for group in GROUPS), TOTAL)
ONLY_TOTAL = (TOTAL,)
OF_CHILDREN = (*(group.value for group in CHILDREN), TOTAL)

# The list whose terms are counted by a derived figure.
_NUMBERS_OF = {
    "country": "number_of_countries",
    "host_country": "number_of_countries",
    "nationality": "number_of_nationalities",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a section; ``vocabulary`` is empty when it has no terms."""

    section: str
    name: str
    unit: Unit
    groups: tuple[str, ...] = ONLY_TOTAL
    vocabulary: str = ""
    population: Population = EVERYONE
    breakdown: Breakdown | None = None
    counts_terms_of: str = ""  # a derived figure: how many terms of this measure are not zero
    is_derived: bool = False

    @property
    def base(self) -> str:
        """The measure whose total is a hundred percent (rule 3)."""
        return f"{self.unit.value}{self.population.suffix}"


@cache
def measures_of(section_key: str) -> tuple[Measure, ...]:
    """The measures of a section in the order they are shown; of the pseudo-sections too."""
    if section_key == COHORT:
        return (Measure(COHORT, DEPARTED, Unit.PERSONS, ALL_GROUPS),)
    if section_key == ACROSS:
        return (Measure(ACROSS, CHANGING_GROUP, Unit.PERSONS),)
    if section_key == RUNNING_TOTALS:
        names = (OPENING, COUNTED, RUNNING_TOTAL)
        return tuple(
            Measure(RUNNING_TOTALS, n, Unit.PERSONS, vocabulary=RUNNING, is_derived=n != COUNTED)
            for n in names
        )
    section = SECTIONS[section_key][1]
    return tuple(m for population in section.populations for m in _measures(section, population))


@cache
def measure_of(section_key: str, name: str) -> Measure | None:
    """One measure, or None for a name the section does not have."""
    if section_key not in (*SECTIONS, COHORT, ACROSS, RUNNING_TOTALS):
        return None
    return next((m for m in measures_of(section_key) if m.name == name), None)


SECTION_KEYS: tuple[str, ...] = (*SECTIONS, COHORT, ACROSS, RUNNING_TOTALS)


def all_measures() -> Iterator[Measure]:
    """Every measure of every section."""
    for key in SECTION_KEYS:
        yield from measures_of(key)


def _measures(section: CountedSection, population: Population) -> Iterator[Measure]:
    key, suffix = section.key, population.suffix
    yield Measure(key, f"persons{suffix}", Unit.PERSONS, ALL_GROUPS, population=population)
    if not suffix:
        yield Measure(key, UNACCOMPANIED, Unit.PERSONS, OF_CHILDREN)
    for unit, name in (
        (Unit.SERVICES, "services"),
        (Unit.CASES, "cases"),
        (Unit.CASES, "families"),
    ):
        yield Measure(key, f"{name}{suffix}", unit, population=population)
    yield from _derived(section, population)
    for name, vocabulary in (
        ("month", MONTHS),
        ("age_band", AGE_BANDS_LIST),
        ("vulnerability", "vulnerability"),
    ):
        full = f"persons{suffix}_by_{name}"
        yield Measure(key, full, Unit.PERSONS, ALL_GROUPS, vocabulary, population)
    for each in lists_of(section, population):
        yield from _by_list(key, population, each)


def _by_list(key: str, population: Population, breakdown: Breakdown) -> Iterator[Measure]:
    for unit, groups in ((Unit.PERSONS, ALL_GROUPS), (Unit.SERVICES, ONLY_TOTAL)):
        if unit is Unit.SERVICES and not breakdown.services:
            continue
        name = f"{unit.value}{population.suffix}_by_{breakdown.key}"
        yield Measure(key, name, unit, groups, breakdown.vocabulary, population, breakdown)


def _derived(section: CountedSection, population: Population) -> Iterator[Measure]:
    suffix = population.suffix
    names = [f"{MEAN_AGE}{suffix}", f"{LEFT_OUT}{suffix}"]
    if section.days_since_registration:
        names += [f"{MEDIAN_DELAY}{suffix}", f"{DELAY_LEFT_OUT}{suffix}"]
    for name in names:
        yield Measure(section.key, name, Unit.PERSONS, population=population, is_derived=True)
    for breakdown in lists_of(section, population):
        if breakdown.key in _NUMBERS_OF:
            yield Measure(
                section.key,
                f"{_NUMBERS_OF[breakdown.key]}{suffix}",
                Unit.PERSONS,
                population=population,
                breakdown=breakdown,
                counts_terms_of=f"persons{suffix}_by_{breakdown.key}",
                is_derived=True,
            )
