"""The stories themselves: repeatable, spread over the years, and fit to be entered."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY
from avrr_desktop.core.births import parse_birth
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import Severity
from avrr_desktop.core.folding import fold
from avrr_desktop.core.periods import semester_of
from avrr_desktop.paths import paths_in
from avrr_desktop.services.demo import names
from avrr_desktop.services.demo.births import birth_turning_adult
from avrr_desktop.services.demo.generate import tell_default
from avrr_desktop.services.demo.quotas import ASSISTED, DEPARTED, END, REGISTERED, START
from avrr_desktop.services.demo.spread import generate_spread
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import create_register

COUNTING_DATE = {activity.key: activity.dated_by for activity in ACTIVITIES}
LATER = FixedClock(datetime(2025, 3, 3, 9, tzinfo=UTC))


def events_of(drafts: list[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.record in ACTIVITY_BY_KEY]


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5])
def test_totals_hold_with_every_seed(seed: int) -> None:
    told = tell_default(seed)
    mistakes = {deletion.id for deletion in told.deletions}
    persons: dict[str, set[object]] = defaultdict(set)
    for draft in events_of(told.drafts):
        day = draft.values.get(COUNTING_DATE[draft.record])
        if isinstance(day, date) and START <= day <= END and draft.new_id not in mistakes:
            persons[draft.record].add(draft.values["person_id"])
    assert len(persons["registration"]) == sum(REGISTERED.values())
    assert len(persons["return_from_morocco"]) == sum(DEPARTED.values())
    assert len(persons["direct_assistance"]) == sum(ASSISTED.values())


def test_same_seed_same_stories() -> None:
    assert tell_default(3) == tell_default(3)
    assert tell_default(3) != tell_default(4)
    assert list(generate_spread(300, 3)) == list(generate_spread(300, 3))
    assert list(generate_spread(300, 3)) != list(generate_spread(300, 4))


def test_keys_and_numbers_come_once() -> None:
    drafts = tell_default(1).drafts
    assert len({draft.new_id for draft in drafts}) == len(drafts)
    numbers = [
        line["number"]
        for draft in drafts
        if isinstance(lines := draft.values.get("document"), tuple)
        for line in lines
    ]
    assert len(numbers) == len(set(numbers)) > 1_000


def test_spread_fills_the_forty_semesters() -> None:
    drafts = list(generate_spread(4_000, 1))
    assert Counter(draft.record for draft in drafts)["person"] == 4_000
    events = events_of(drafts)
    assert 4.5 < len(events) / 4_000 < 5.5
    assert {draft.record for draft in events} == set(ACTIVITY_BY_KEY)
    days = [draft.values.get(COUNTING_DATE[draft.record]) for draft in events]
    semesters = {semester_of(day).code for day in days if isinstance(day, date)}
    assert len(semesters) == 40
    assert min(semesters) == "2005-S1"
    assert max(semesters) == "2024-S2"


def test_some_returned_twice() -> None:
    drafts = tell_default(1).drafts
    returns = Counter(
        draft.values["person_id"]
        for draft in drafts
        if isinstance(draft.values.get("departed_on"), date) and "flight" in draft.values
    )
    assert sum(1 for times in returns.values() if times > 1) >= 5


def test_stories_seldom_ask_to_be_confirmed(tmp_path: Path) -> None:
    register = create_register(paths_in(tmp_path), LATER, is_demo=True)
    try:
        drafts = list(generate_spread(150, 2))
        found = Records(register).check(*drafts)
    finally:
        register.close()
    findings = [finding for each in found for finding in each]
    assert not [finding for finding in findings if finding.severity is Severity.ERROR]
    assert len(findings) <= len(drafts) // 100


@pytest.mark.parametrize("day", [date(2023, 3, 31), date(2024, 2, 29), date(2023, 5, 2)])
def test_eighteenth_birthday(day: date) -> None:
    birth = parse_birth(birth_turning_adult(day), date(2025, 1, 1))
    assert birth.first is not None
    assert birth.first.year == day.year - 18
    assert abs((birth.first.replace(year=day.year) - day).days) <= 3


@pytest.mark.parametrize(
    "country", ["GN", "SN", "ML", "CI", "CD", "NG", "TG", "GW", "LK", "SY", "MA"]
)
def test_names_stand_in_both_scripts(country: str) -> None:
    known = names.names_of(country)
    for pool in (known.family, known.men, known.women):
        assert len(pool) >= 16
        for latin, arabic in pool:
            assert latin[0].isupper()
            assert fold(arabic)
            assert all("\u0600" <= letter <= "\u06ff" or letter == " " for letter in arabic)
