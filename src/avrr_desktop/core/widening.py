"""A birth date widened as far as no group and no age band changes on the days that count.

What an anonymised file keeps of it: wide enough to say little, narrow enough for every figure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from avrr_desktop.core.ages import ADULT_AGE, AGE_BANDS, MOST_AGE, Group, ages_between, group_of
from avrr_desktop.core.births import UNKNOWN_BIRTH, Birth, Precision, years_before

_OLDEST = 120  # years: where a range begins that nothing bounds


def widened(first: date | None, last: date | None, sex: str | None, days: Iterable[date]) -> Birth:
    """The coarsest range that holds ``first`` to ``last`` with the same figures on every day.

    ``days`` are those of the person's counted events. Nothing is known any more when no day
    asks for anything; the typed text is then empty, else the years of both ends.
    """
    firsts, lasts = [], []
    counted = sorted(days)
    for day in counted:
        least, most = _kept_ages(sex, *_ages(first, last, day))
        if least > 0:
            lasts.append(years_before(day, least))
        if most < MOST_AGE:
            firsts.append(years_before(day, most + 1) + timedelta(days=1))
    if not firsts and not lasts:
        return UNKNOWN_BIRTH
    end = min(lasts) if lasts else max(last or counted[-1], counted[-1])
    start = max(firsts) if firsts else min(first or end, date(end.year - _OLDEST, 1, 1))
    return Birth(f"{start.year}–{end.year}", Precision.ESTIMATED, start, end)


def _ages(first: date | None, last: date | None, day: date) -> tuple[int, int]:
    lowest, highest = ages_between(first, last, day)
    return lowest, max(lowest, highest)  # an event before a birth: age 0


def _kept_ages(sex: str | None, lowest: int, highest: int) -> tuple[int, int]:
    """The ages between which group and band stay as they are; what is undetermined stays so."""
    for _, least, most in AGE_BANDS:
        if least <= lowest and highest <= most:
            return least, most
    group = group_of(sex, lowest, highest)
    if group in (Group.MEN, Group.WOMEN):
        return ADULT_AGE, MOST_AGE
    return 0, ADULT_AGE - 1 if group in (Group.BOYS, Group.GIRLS) else MOST_AGE
