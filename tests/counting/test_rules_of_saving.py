"""What the counting rules ask of saves: dates that may lie ahead, consents that move nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.services.conftest import CONSENT, person_draft, registration_draft

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import Refused
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.specs import Activity
from avrr_desktop.paths import paths_in
from avrr_desktop.services.bulletin.export import make_bulletin
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.services.summary import summarise

CLOCK = FixedClock(datetime(2023, 7, 18, 10, tzinfo=UTC))
TOMORROW = date(2023, 7, 19)
PERIOD = parse_period("2023-S1")
SOMEBODY = "a" * 32


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    made = create_register(paths_in(tmp_path / "register"), CLOCK, is_demo=True)
    yield made
    made.close()


@pytest.fixture
def records(register: Register) -> Records:
    return Records(register)


def codes_of(records: Records, register: Register, draft: Draft) -> set[tuple[str, str]]:
    """Field and code of every fault a save finds."""
    with pytest.raises(Refused) as refused:
        records.save(register.local_actor, person_draft(), draft, confirm_all="test")
    return {(found.field, found.code) for found in refused.value.findings}


@pytest.mark.parametrize("activity", ACTIVITIES, ids=lambda activity: activity.key)
def test_rule_01_counting_date_after_today_is_refused(
    register: Register, records: Records, activity: Activity
) -> None:
    draft = Draft(activity.key, {"person_id": SOMEBODY, activity.dated_by: TOMORROW})
    assert (activity.dated_by, "future_date") in codes_of(records, register, draft)


def test_rule_01_only_what_is_planned_may_lie_ahead(register: Register, records: Records) -> None:
    draft = Draft("return_from_morocco", {"person_id": SOMEBODY, "planned_on": TOMORROW})
    assert "future_date" not in {code for _, code in codes_of(records, register, draft)}


@pytest.mark.parametrize("withdrawn_on", [None, date(2023, 5, 1)])
def test_consent_never_changes_a_count(
    register: Register, records: Records, withdrawn_on: date | None
) -> None:
    purposes = ("return", "statistics") if withdrawn_on else ("return",)
    consent = {**CONSENT, "purposes": purposes, "withdrawn_on": withdrawn_on}
    records.save(
        register.local_actor,
        person_draft(SOMEBODY, consent=(consent,)),
        registration_draft(SOMEBODY),
        confirm_all="test",
    )
    assert summarise(register, PERIOD).value("registrations", "persons") == 1


def test_rule_16_small_figures_are_masked_in_what_is_published_alone(
    register: Register, records: Records
) -> None:
    records.save(register.local_actor, person_draft(), registration_draft())
    before = list(summarise(register, PERIOD).iter_cells())
    hidden = str(make_bulletin(register, PERIOD, Language.FR, is_masked=True).blocks)
    assert "<5" in hidden
    assert "<5" not in str(make_bulletin(register, PERIOD, Language.FR, is_masked=False).blocks)
    after = list(summarise(register, PERIOD).iter_cells())
    assert after == before
    values = {cell["value"] for cell in after}
    assert 1 in values
    assert not any(isinstance(value, str) for value in values)
