from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from avrr_desktop.services.backups.copies import Backup, Reason
from avrr_desktop.services.backups.thinning import LEAST, superfluous

NOW = datetime(2023, 7, 5, 12, tzinfo=UTC)


def copy(hours: float, *, is_damaged: bool = False, reason: Reason = Reason.SESSION) -> Backup:
    at = NOW - timedelta(hours=hours)
    name = f"{at.isoformat()}{is_damaged}"
    return Backup(Path(), name, "a", at, reason, 1, 1, 1, is_protected=True, is_damaged=is_damaged)


AGES = st.lists(
    st.tuples(st.integers(0, 24 * 500), st.booleans()), unique_by=lambda pair: pair[0], max_size=80
)


@given(AGES)
def test_good_copies_are_never_fewer_for_a_bad_one(ages: list[tuple[int, bool]]) -> None:
    copies = [copy(hours, is_damaged=bad) for hours, bad in ages]
    good = [each for each in copies if not each.is_damaged]
    with_bad = {each.id for each in superfluous(copies, NOW) if not each.is_damaged}
    assert with_bad == {each.id for each in superfluous(good, NOW)}


@given(AGES)
def test_the_newest_good_copies_stay(ages: list[tuple[int, bool]]) -> None:
    copies = [copy(hours, is_damaged=bad) for hours, bad in ages]
    gone = {each.id for each in superfluous(copies, NOW)}
    good = sorted((h for h, bad in ages if not bad))
    assert not gone & {copy(hours).id for hours in good[:LEAST]}


@given(AGES, st.integers(-5000, 5000))
def test_a_clock_that_moves_leaves_good_copies(ages: list[tuple[int, bool]], hours: int) -> None:
    copies = [copy(age, is_damaged=bad) for age, bad in ages]
    gone = superfluous(copies, NOW + timedelta(days=hours))
    good = [each for each in copies if not each.is_damaged]
    left = [each for each in good if each not in gone]
    assert len(left) >= min(LEAST, len(good))


def test_a_clock_set_back_deletes_nothing() -> None:
    copies = [copy(hours) for hours in range(0, 24 * 60, 5)]
    assert superfluous(copies, NOW - timedelta(days=90)) == ()


def test_an_hourly_year_is_thinned_to_days_weeks_and_months() -> None:
    copies = [copy(hours) for hours in range(0, 24 * 500, 3)]
    gone = superfluous(copies, NOW)
    left = sorted((each.made_at for each in copies if each not in gone), reverse=True)
    assert len([at for at in left if NOW - at < timedelta(days=1)]) == 8
    assert len({at.date() for at in left if NOW - at < timedelta(days=7)}) >= 7
    assert len(left) <= 8 + 7 + 4 + 12 + 4
    assert timedelta(days=300) < NOW - left[-1] <= timedelta(days=366)


def test_what_a_restore_set_aside_stays_a_year() -> None:
    copies = [copy(hours) for hours in range(20)]
    aside = copy(24 * 100 + 1, reason=Reason.SET_ASIDE)
    old = copy(24 * 400, reason=Reason.SET_ASIDE)
    gone = superfluous([*copies, aside, old], NOW)
    assert aside not in gone
    assert old in gone
