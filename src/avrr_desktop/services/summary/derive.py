"""Means, medians and numbers of terms: figures that derive from additive cells (rule 14)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from avrr_desktop.services.summary.cells import BY_AGE, BY_DELAY, NOT_STATED
from avrr_desktop.services.summary.measures import (
    DELAY_LEFT_OUT,
    LEFT_OUT,
    MEAN_AGE,
    MEDIAN_DELAY,
    Measure,
)

Sizes = Callable[[str], Mapping[str, int]]  # a measure's name -> its totals by term


def derived_value(measure: Measure, sizes: Sizes, persons: int) -> int | float | None:
    """A derived figure of a section; None when there is nothing to derive it from."""
    suffix = measure.population.suffix
    if measure.counts_terms_of:
        totals = sizes(measure.counts_terms_of)
        return sum(1 for term, total in totals.items() if total and term != NOT_STATED)
    name = measure.name.removesuffix(suffix)
    ages = _histogram(sizes(f"{BY_AGE}{suffix}"))
    delays = _histogram(sizes(f"{BY_DELAY}{suffix}"))
    values: dict[str, Callable[[], int | float | None]] = {
        MEAN_AGE: lambda: mean(ages),
        LEFT_OUT: lambda: persons - sum(ages.values()),
        MEDIAN_DELAY: lambda: median(delays),
        DELAY_LEFT_OUT: lambda: persons - sum(delays.values()),
    }
    return values[name]()


def mean(histogram: Mapping[int, int]) -> float | None:
    """The mean of a histogram, with one decimal, halves away from zero."""
    count = sum(histogram.values())
    if not count:
        return None
    total = sum(value * number for value, number in histogram.items())
    return float((Decimal(total) / count).quantize(Decimal("0.1"), ROUND_HALF_UP))


def median(histogram: Mapping[int, int]) -> int | None:
    """The median of a histogram of whole numbers, halves rounded up."""
    count = sum(histogram.values())
    if not count:
        return None
    low, high = (_nth(histogram, place) for place in ((count - 1) // 2, count // 2))
    return (low + high + 1) // 2


def percent(part: int | float, whole: int | float) -> int | None:
    """Whole percents, halves away from zero; None when the whole is 0."""
    if not whole:
        return None
    ratio = Decimal(str(part)) * 100 / Decimal(str(whole))
    return int(ratio.to_integral_value(ROUND_HALF_UP))


def _nth(histogram: Mapping[int, int], place: int) -> int:
    for value in sorted(histogram):
        place -= histogram[value]
        if place < 0:
            return value
    raise IndexError(place)


def _histogram(totals: Mapping[str, int]) -> dict[int, int]:
    return {int(term): total for term, total in totals.items() if total}
