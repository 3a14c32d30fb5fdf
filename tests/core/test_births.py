from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.core.ages import age_on, ages_between
from avrr_desktop.core.births import Precision, aged_on, parse_birth
from avrr_desktop.core.errors import UserError

TODAY = date(2023, 7, 5)


@pytest.mark.parametrize(
    ("typed", "precision", "first", "last", "kept"),
    [
        ("12/03/1994", Precision.EXACT, date(1994, 3, 12), date(1994, 3, 12), "12/03/1994"),
        ("120394", Precision.EXACT, date(1994, 3, 12), date(1994, 3, 12), "12/03/1994"),
        ("12.3.1994", Precision.EXACT, date(1994, 3, 12), date(1994, 3, 12), "12/03/1994"),
        ("1994-03-12", Precision.EXACT, date(1994, 3, 12), date(1994, 3, 12), "12/03/1994"),
        ("010223", Precision.EXACT, date(2023, 2, 1), date(2023, 2, 1), "01/02/2023"),
        ("010250", Precision.EXACT, date(1950, 2, 1), date(1950, 2, 1), "01/02/1950"),
        ("03/1994", Precision.MONTH, date(1994, 3, 1), date(1994, 3, 31), "03/1994"),
        ("12/1994", Precision.MONTH, date(1994, 12, 1), date(1994, 12, 31), "12/1994"),
        ("1994", Precision.YEAR, date(1994, 1, 1), date(1994, 12, 31), "1994"),
        ("~16", Precision.ESTIMATED, date(2006, 7, 6), date(2007, 7, 5), "~16 (05/07/2023)"),
        ("16 ans", Precision.ESTIMATED, date(2006, 7, 6), date(2007, 7, 5), "~16 (05/07/2023)"),
        (
            "~16 (02/05/2023)",
            Precision.ESTIMATED,
            date(2006, 5, 3),
            date(2007, 5, 2),
            "~16 (02/05/2023)",
        ),
        ("", Precision.UNKNOWN, None, None, ""),
        ("inconnue", Precision.UNKNOWN, None, None, ""),
    ],
)
def test_parse_birth_reads_what_is_typed(
    typed: str, precision: Precision, first: date | None, last: date | None, kept: str
) -> None:
    birth = parse_birth(typed, TODAY)
    assert (birth.precision, birth.first, birth.last) == (precision, first, last)
    assert birth.typed == kept
    assert parse_birth(birth.typed, date(2030, 1, 1)) == birth


@pytest.mark.parametrize("typed", ["31/02/1994", "13/1994", "abc", "1/2", "~200", "99/99/99"])
def test_parse_birth_refuses_what_is_no_date(typed: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_birth(typed, TODAY)
    assert caught.value.code == "bad_birth_date"


def test_parse_birth_refuses_the_future() -> None:
    with pytest.raises(UserError) as caught:
        parse_birth("06/07/2023", TODAY)
    assert caught.value.code == "future_birth_date"


@given(st.integers(0, 119), st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_aged_on_is_every_day_that_gives_that_age(age: int, day: date) -> None:
    birth = aged_on(age, day)
    assert birth.first is not None
    assert birth.last is not None
    assert age_on(birth.first, day) == age == age_on(birth.last, day)
    assert age_on(date.fromordinal(birth.first.toordinal() - 1), day) == age + 1
    assert age_on(date.fromordinal(birth.last.toordinal() + 1), day) == age - 1


def test_born_on_29_february_is_eighteen_on_1_march() -> None:
    born = date(2004, 2, 29)
    assert age_on(born, date(2022, 2, 28)) == 17
    assert age_on(born, date(2022, 3, 1)) == 18


def test_ages_between_knows_nothing_without_dates() -> None:
    assert ages_between(None, None, TODAY) == (0, 200)
