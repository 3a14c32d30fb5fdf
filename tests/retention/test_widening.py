"""The widened birth date against every day it could be, one by one."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.core.births import Precision
from avrr_desktop.core.widening import widened
from avrr_desktop.services.summary.statuses import status_on

births = st.dates(date(1920, 1, 1), date(2023, 12, 31))
days = st.lists(st.dates(date(2000, 1, 1), date(2023, 12, 31)), max_size=4)
spans = st.integers(0, 3000).map(lambda count: timedelta(days=count))
sexes = st.sampled_from([None, "man", "woman"])


def figures(sex: str | None, first: date | None, last: date | None, on: list[date]) -> list[object]:
    iso = [day.isoformat() if day else None for day in (first, last)]
    statuses = [status_on("", day.isoformat(), sex, *iso) for day in on]
    return [(status.group, status.band) for status in statuses]


@given(first=births, span=spans, sex=sexes, on=days)
def test_no_group_and_no_band_changes(
    first: date, span: timedelta, sex: str | None, on: list[date]
) -> None:
    last = first + span
    kept = widened(first, last, sex, on)
    assert figures(sex, kept.first, kept.last, on) == figures(sex, first, last, on)


@given(first=births, span=spans, sex=sexes, on=days)
def test_one_day_more_on_a_bounded_side_would_change_one(
    first: date, span: timedelta, sex: str | None, on: list[date]
) -> None:
    last = first + span
    kept = widened(first, last, sex, on)
    if kept.first is None or kept.last is None:
        assert kept.precision is Precision.UNKNOWN
        return
    assert kept.first <= first
    assert kept.last >= last
    before = figures(sex, first, last, on)
    day = timedelta(days=1)
    is_open_before = figures(sex, None, kept.last, on) == before
    is_open_after = figures(sex, kept.first, None, on) == before
    assert is_open_before or figures(sex, kept.first - day, kept.last, on) != before
    assert is_open_after or figures(sex, kept.first, kept.last + day, on) != before


def test_nothing_counted_leaves_nothing_known() -> None:
    assert widened(date(1990, 1, 1), date(1990, 1, 1), "man", []).precision is Precision.UNKNOWN


def test_an_unknown_birth_stays_unknown() -> None:
    assert widened(None, None, "woman", [date(2020, 1, 1)]).first is None


def test_an_adult_of_one_day_keeps_her_band() -> None:
    kept = widened(date(1985, 9, 7), date(1985, 9, 7), "woman", [date(2012, 5, 24)])
    assert (kept.first, kept.last) == (date(1972, 5, 25), date(1994, 5, 24))
    assert kept.typed == "1972–1994"
