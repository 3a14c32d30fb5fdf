from datetime import date

import pytest
from tests.services.conftest import CONSENT, person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.services.bin import read_bin
from avrr_desktop.services.case_page import leave_case, read_case
from avrr_desktop.services.deletion_effect import deletion_effect
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.history import history_of
from avrr_desktop.services.person_page import read_person
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import CellKey

HEAD, CHILD = "a" * 32, "b" * 32
CASE = "c" * 32


@pytest.fixture
def period() -> Period:
    return parse_period("2023-S1")


@pytest.fixture
def family(register: Register, records: Records, actor: Actor) -> Register:
    """A woman and her sister of seventeen in one case; a return made and one planned."""
    consent = ({**CONSENT, "representative": "KONÉ Aïcha"},)
    child = person_draft(CHILD, given_name="Fatou", birth_typed="19/08/2005", consent=consent)
    members = (
        {"person_id": HEAD, "place": "head", "from_on": date(2023, 2, 14)},
        {"person_id": CHILD, "place": "sibling", "from_on": date(2023, 2, 14)},
    )
    case = {"office": "RBA", "opened_on": date(2023, 2, 14), "membership": members}
    returned = {
        "person_id": HEAD,
        "case_id": CASE,
        "office": "RBA",
        "country": "CI",
        "document_requested_on": date(2023, 3, 22),
        "planned_on": date(2023, 5, 20),
        "departed_on": date(2023, 5, 24),
    }
    planned = {"person_id": CHILD, "office": "RBA", "country": "CI"}
    records.save(
        actor,
        person_draft(HEAD),
        child,
        Draft("case_file", case, new_id=CASE),
        registration_draft(HEAD, case_id=CASE),
        registration_draft(CHILD, case_id=CASE),
        Draft("return_from_morocco", returned),
        Draft("return_from_morocco", {**planned, "planned_on": date(2023, 9, 1)}),
        confirm_all="test",
    )
    return register


def test_timeline_has_events_and_steps_latest_first(family: Register, period: Period) -> None:
    view = read_person(family, HEAD, period)
    found = [(m.day, m.dated_by.name if m.dated_by else "", m.is_main) for m in view.timeline]
    assert found == [
        (date(2023, 5, 24), "departed_on", True),
        (date(2023, 3, 22), "document_requested_on", False),
        (date(2023, 2, 14), "registered_on", True),
        (date(2023, 2, 4), "contacted_on", False),
    ]


def test_counted_events_know_their_period_and_group(family: Register, period: Period) -> None:
    roles = [m.role for m in read_person(family, HEAD, period).timeline if m.role]
    assert [(r.role, r.period.code if r.period else "", r.group) for r in roles] == [
        ("counted", "2023-S1", "women"),
        ("counted", "2023-S1", "women"),
    ]


def test_planned_return_lies_ahead_and_does_not_count(family: Register, period: Period) -> None:
    first = read_person(family, CHILD, period).timeline[0]
    assert first.is_ahead
    assert first.role is not None
    assert first.role.role == "planned"


def test_household_tells_who_comes_of_age(family: Register, period: Period) -> None:
    (household,) = read_person(family, HEAD, period).households
    assert [member.name.given for member in household.members] == ["Aïcha", "Fatou"]
    assert [member.adult_on for member in household.members] == [None, date(2023, 8, 19)]


def test_places_are_the_figures_of_the_period(family: Register, period: Period) -> None:
    cells = {place.cell for place in read_person(family, HEAD, period).places}
    assert CellKey("returns_from_morocco", "persons", None, "women") in cells
    assert CellKey("registrations", "persons", None, "women") in cells


def test_unknown_person_is_said(family: Register, period: Period) -> None:
    with pytest.raises(UserError) as caught:
        read_person(family, "f" * 32, period)
    assert caught.value.code == "no_such_record"


def test_history_tells_before_and_after(family: Register, records: Records, actor: Actor) -> None:
    records.save(actor, Draft("person", {"given_name": "Aïssata"}, id=HEAD))
    first, *others = history_of(family, HEAD)
    changed = [(f.field.name, f.before, f.after) for f in first.fields]
    assert changed == [("given_name", "Aïcha", "Aïssata")]
    assert all(change.is_new for change in others)
    assert "registration" in {change.record.key for change in others}


def test_leaving_a_case_keeps_past_events(
    family: Register, records: Records, actor: Actor, period: Period
) -> None:
    case = read_case(family, CASE)
    assert case.events[0].activity.key == "return_from_morocco"
    leave_case(records, actor, case, case.members[1].membership_id, date(2023, 6, 1))
    after = read_case(family, CASE)
    assert [member.to_on for member in after.members] == [None, date(2023, 6, 1)]
    assert after.events == case.events
    assert len(read_person(family, HEAD, period).households[0].members) == 1
    assert read_person(family, CHILD, period).households == ()


def test_deletion_effect_counts_without_deleting(
    family: Register, actor: Actor, period: Period
) -> None:
    effect = deletion_effect(family, actor, "person", HEAD, period)
    assert effect.events == 2
    assert effect.cells[CellKey("returns_from_morocco", "persons")] == -1
    assert not read_person(family, HEAD, period).is_deleted


def test_bin_shows_a_person_once_with_their_events(
    family: Register, records: Records, actor: Actor
) -> None:
    records.delete(actor, "person", HEAD, "entered twice")
    (item,) = read_bin(family)
    assert (item.name.latin, item.events, item.reason) == ("KONÉ Aïcha", 2, "entered twice")
    assert item.actor == actor.name
    records.restore(actor, "person", HEAD)
    assert read_bin(family) == ()
