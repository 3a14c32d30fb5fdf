from datetime import date

import pytest

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, PeriodKind, free_range, parse_period, semester_of


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("2023-S1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-S2", date(2023, 7, 1), date(2023, 12, 31)),
        ("2023-Q2", date(2023, 4, 1), date(2023, 6, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-01-15..2023-03-02", date(2023, 1, 15), date(2023, 3, 2)),
        ("2023\u2011S1", date(2023, 1, 1), date(2023, 6, 30)),
        ("2023-s1", date(2023, 1, 1), date(2023, 6, 30)),
    ],
)
def test_parse_period_reads_every_kind(code: str, start: date, end: date) -> None:
    period = parse_period(code)
    assert (period.start, period.end) == (start, end)
    assert parse_period(period.code) == period


@pytest.mark.parametrize(
    "code", ["", "2023-S3", "2023-Q5", "2023-13", "23-S1", "hier", "2023-02-30..2023-03-01", ".."]
)
def test_parse_period_refuses_what_is_none(code: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(code)
    assert caught.value.code == "unknown_period"


def test_range_backwards_is_refused() -> None:
    with pytest.raises(UserError) as caught:
        free_range(date(2023, 3, 2), date(2023, 1, 15))
    assert caught.value.code == "period_backwards"


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("2023-S1", "2022-S2", "2023-S2"),
        ("2023-Q1", "2022-Q4", "2023-Q2"),
        ("2023-01", "2022-12", "2023-02"),
        ("2023", "2022", "2024"),
        ("2023-01-11..2023-01-20", "2023-01-01..2023-01-10", "2023-01-21..2023-01-30"),
    ],
)
def test_previous_and_following_are_the_same_kind(code: str, before: str, after: str) -> None:
    period = parse_period(code)
    assert period.previous.code == before
    assert period.following.code == after


def test_a_year_earlier_keeps_the_cut() -> None:
    assert parse_period("2023-S1").a_year_earlier.code == "2022-S1"
    leap = Period(PeriodKind.RANGE, date(2024, 2, 29), date(2024, 3, 1)).a_year_earlier
    assert leap.start == date(2023, 2, 28)


def test_months_are_all_those_touched() -> None:
    assert parse_period("2023-01-15..2023-03-02").months == ("2023-01", "2023-02", "2023-03")


def test_both_ends_belong_to_the_period() -> None:
    period = semester_of(date(2023, 6, 30))
    assert date(2023, 1, 1) in period
    assert date(2023, 6, 30) in period
    assert date(2023, 7, 1) not in period
    assert None not in period
