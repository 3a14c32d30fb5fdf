"""Ages in completed years, groups and age bands on a day (counting rules 4 and 5)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

ADULT_AGE = 18
LEAST_AGE, MOST_AGE = 0, 200  # of somebody whose birth nobody knows


class Group(StrEnum):
    """The five columns of every table, always in this order."""

    MEN = "men"
    WOMEN = "women"
    BOYS = "boys"
    GIRLS = "girls"
    UNDETERMINED = "undetermined"


TOTAL = "total"
GROUPS: tuple[Group, ...] = tuple(Group)
CHILDREN = (Group.BOYS, Group.GIRLS)

# (code, first age, last age), in completed years
AGE_BANDS: tuple[tuple[str, int, int], ...] = (
    ("0_4", 0, 4),
    ("5_12", 5, 12),
    ("13_17", 13, 17),
    ("18_39", 18, 39),
    ("40_59", 40, 59),
    ("60_plus", 60, MOST_AGE),
)
UNDETERMINED_BAND = "undetermined"
AGE_BAND_CODES = (*(code for code, _, _ in AGE_BANDS), UNDETERMINED_BAND)


def age_on(birth: date, day: date) -> int:
    """Completed years; born on 29 February, a year is completed on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def age_on_iso(birth: str, day: str) -> int:
    """``age_on`` of ISO texts: a count reads very many of them."""
    return int(day[:4]) - int(birth[:4]) - (day[5:] < birth[5:])


def ages_between(birth_first: date | None, birth_last: date | None, day: date) -> tuple[int, int]:
    """Lowest and highest possible age on ``day``; (0, 200) when nothing is known."""
    lowest = max(0, age_on(birth_last, day)) if birth_last else LEAST_AGE
    highest = age_on(birth_first, day) if birth_first else MOST_AGE
    return lowest, highest


def group_of(sex: str | None, lowest_age: int, highest_age: int) -> Group:
    """The group of a person whose age lies between two bounds, in completed years.

    Undetermined when the sex is unknown, even for a sure child, or when the bounds straddle 18.
    """
    if sex not in _BY_SEX:
        return Group.UNDETERMINED
    adult, child = _BY_SEX[sex]
    if lowest_age >= ADULT_AGE:
        return adult
    return child if highest_age < ADULT_AGE else Group.UNDETERMINED


def band_of(lowest_age: int, highest_age: int) -> str:
    """The age band both bounds fall in, or ``undetermined``."""
    for code, first, last in AGE_BANDS:
        if first <= lowest_age <= last:
            return code if highest_age <= last else UNDETERMINED_BAND
    return UNDETERMINED_BAND


_BY_SEX = {
    "man": (Group.MEN, Group.BOYS),
    "woman": (Group.WOMEN, Group.GIRLS),
}
