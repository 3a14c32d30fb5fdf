"""Persons as forms show them."""

from __future__ import annotations

from datetime import date

import pytest
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.ages import Group
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.subjects import (
    find_subjects,
    household,
    read_subjects,
    reference_choices,
    usual_office,
)

A, B, CASE = "a" * 32, "b" * 32, "c" * 32


@pytest.fixture
def couple(records: Records, actor: Actor) -> None:
    """Two persons of one case; the second left it."""
    lines = (
        {"person_id": A, "place": "head", "from_on": date(2023, 2, 14)},
        {
            "person_id": B,
            "place": "spouse",
            "from_on": date(2023, 2, 14),
            "to_on": date(2023, 3, 1),
        },
    )
    case = {"office": "CAS", "opened_on": date(2023, 2, 14), "membership": lines}
    records.save(
        actor,
        person_draft(A),
        person_draft(B, given_name="Fatou", sex="man", birth_typed="~17 (01/07/2023)", consent=()),
        Draft("case_file", case, new_id=CASE),
        registration_draft(A),
    )


def test_subject_has_case_office_and_registration(register: Register, couple: None) -> None:
    (subject,) = read_subjects(register, [A, "", "unknown"])
    assert subject.name == "KONÉ Aïcha"
    assert (subject.case_id, subject.office, subject.place) == (CASE, "CAS", "head")
    assert subject.case_number.startswith("CAS-2023-")
    assert subject.registered_on == date(2023, 2, 14)


def test_group_is_that_of_the_day(register: Register, couple: None) -> None:
    (subject,) = read_subjects(register, [B])
    assert subject.group_on(date(2023, 7, 1)) is Group.BOYS
    assert subject.group_on(date(2025, 7, 1)) is Group.MEN


def test_who_left_the_household_is_no_longer_in_it(register: Register, couple: None) -> None:
    assert [member.id for member in household(register, CASE)] == [A]
    assert household(register, "") == ()


def test_persons_are_found_by_what_is_typed(register: Register, couple: None) -> None:
    assert [subject.id for subject in find_subjects(register, "kone aicha")] == [A]
    assert find_subjects(register, "nobody") == ()


def test_returns_of_a_person_may_be_named(
    register: Register, records: Records, actor: Actor, couple: None
) -> None:
    records.save(
        actor,
        Draft(
            "return_from_morocco",
            {"person_id": A, "office": "RBA", "country": "CI", "departed_on": date(2023, 5, 24)},
        ),
    )
    (choice,) = reference_choices(register, "return_from_morocco", A)
    assert (choice.day, choice.code) == (date(2023, 5, 24), "CI")
    assert reference_choices(register, "return_from_morocco", B) == ()
    assert reference_choices(register, "person", A) == ()


def test_usual_office_is_that_of_the_settings(register: Register) -> None:
    assert usual_office(register) == "RBA"
