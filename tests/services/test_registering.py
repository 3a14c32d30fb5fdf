"""A person or a family registered at once."""

from __future__ import annotations

from datetime import date

import pytest
from tests.services.conftest import CONSENT, TODAY

from avrr_desktop.core.actors import Actor
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.registering import (
    NewCase,
    NewMember,
    is_child_on,
    read_birth,
    registration_drafts,
)

A, B, CASE = "a" * 32, "b" * 32, "c" * 32
HEAD = {"family_name": "KONÉ", "given_name": "Aïcha", "nationality": "CI", "birth_typed": "1993"}
CHILD = {"family_name": "KONÉ", "given_name": "Fatou", "nationality": "CI", "birth_typed": "~6"}
CONTACT = {
    "office": "RBA",
    "contacted_on": date(2023, 2, 4),
    "registered_on": date(2023, 2, 14),
    "channel": "word_of_mouth",
}


def drafts_of(*members: NewMember, case: NewCase | None = None) -> tuple[Draft, ...]:
    return registration_drafts(members, CONSENT, CONTACT, case or NewCase(CASE), TODAY)


def consent_of(draft: Draft) -> dict[str, object]:
    rows = draft.values["consent"]
    assert isinstance(rows, tuple)
    return dict(rows[0])


def lines_of(draft: Draft) -> list[dict[str, object]]:
    rows = draft.values["membership"]
    assert isinstance(rows, tuple)
    return [dict(row) for row in rows]


def test_person_alone_gets_a_case_of_their_own(records: Records, actor: Actor) -> None:
    drafts = drafts_of(NewMember(A, HEAD))
    assert [draft.record for draft in drafts] == ["person", "case_file", "registration"]
    assert lines_of(drafts[1])[0]["place"] == "alone"
    records.save(actor, *drafts)
    assert records.read("case_file", CASE).values["opened_on"] == date(2023, 2, 14)


def test_first_of_a_family_is_its_head_and_represents_its_children(
    records: Records, actor: Actor
) -> None:
    drafts = drafts_of(NewMember(A, HEAD), NewMember(B, CHILD, "child"))
    assert [line["place"] for line in lines_of(drafts[2])] == ["head", "child"]
    assert "representative" not in consent_of(drafts[0])
    assert consent_of(drafts[1])["representative"] == "KONÉ Aïcha"
    assert len(records.save(actor, *drafts).ids) == 5


def test_member_joins_a_stored_case(records: Records, actor: Actor) -> None:
    records.save(actor, *drafts_of(NewMember(A, HEAD)))
    stored = records.read("case_file", CASE)
    case = NewCase("unused", stored, "KONÉ Aïcha")
    drafts = drafts_of(NewMember(B, CHILD, "child"), case=case)
    assert consent_of(drafts[0])["representative"] == "KONÉ Aïcha"
    assert drafts[1].id == CASE
    records.save(actor, *drafts)
    lines = records.read("case_file", CASE).values["membership"]
    assert isinstance(lines, tuple)
    assert [line["place"] for line in lines] == ["alone", "child"]


def test_request_without_interview_opens_its_case_on_the_first_contact() -> None:
    contact = {**CONTACT, "registered_on": None}
    members = [NewMember(A, HEAD)]
    drafts = registration_drafts(members, None, contact, NewCase(CASE), TODAY)
    assert drafts[1].values["opened_on"] == date(2023, 2, 4)
    assert "consent" not in drafts[0].values
    undated = registration_drafts(members, None, {}, NewCase(CASE), TODAY)
    assert undated[1].values["opened_on"] == TODAY


@pytest.mark.parametrize(
    ("typed", "is_child"),
    [("~6", True), ("1993", False), ("2005", False), ("", False), ("?!", False)],
)
def test_only_who_is_surely_under_eighteen_is_a_child(typed: str, is_child: bool) -> None:
    assert is_child_on(read_birth(typed, TODAY), date(2023, 2, 14)) is is_child


def test_nobody_is_a_child_on_no_day() -> None:
    assert not is_child_on(read_birth("~6", TODAY), None)
