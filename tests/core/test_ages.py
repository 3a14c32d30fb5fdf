from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.core.ages import Group, age_on, age_on_iso, band_of, group_of

DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@given(DAYS, DAYS)
def test_age_of_iso_texts_is_that_of_the_days(birth: date, day: date) -> None:
    assert age_on_iso(birth.isoformat(), day.isoformat()) == age_on(birth, day)


@pytest.mark.parametrize(
    ("sex", "lowest", "highest", "group"),
    [
        ("man", 18, 18, Group.MEN),
        ("woman", 18, 40, Group.WOMEN),
        ("man", 17, 17, Group.BOYS),
        ("woman", 0, 17, Group.GIRLS),
        ("man", 17, 18, Group.UNDETERMINED),
        (None, 3, 3, Group.UNDETERMINED),
        (None, 40, 40, Group.UNDETERMINED),
    ],
)
def test_group_is_sex_and_age_of_the_day(
    sex: str | None, lowest: int, highest: int, group: Group
) -> None:
    assert group_of(sex, lowest, highest) is group


@pytest.mark.parametrize(
    ("lowest", "highest", "band"),
    [
        (0, 4, "0_4"),
        (5, 5, "5_12"),
        (13, 17, "13_17"),
        (18, 18, "18_39"),
        (59, 59, "40_59"),
        (60, 60, "60_plus"),
        (4, 5, "undetermined"),
        (0, 200, "undetermined"),
    ],
)
def test_band_needs_both_ends_inside(lowest: int, highest: int, band: str) -> None:
    assert band_of(lowest, highest) == band
