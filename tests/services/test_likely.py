"""Who of the register somebody being typed may be."""

from __future__ import annotations

import pytest

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.duplicate_pairs import Likeness
from avrr_desktop.services.likely import MOST, likely_files
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

MAMADOU = {
    "family_name": "DIALLO",
    "given_name": "Mamadou Aliou",
    "family_name_ar": "ديالو",
    "given_name_ar": "مامادو عليو",
    "sex": "man",
    "birth_typed": "12/03/1994",
    "nationality": "GN",
}


def person(records: Records, actor: Actor, digit: str, **values: object) -> str:
    draft = Draft("person", {**MAMADOU, **values}, new_id=digit * 32)
    records.save(actor, draft, confirm_all="test")
    return digit * 32


@pytest.fixture
def diallos(records: Records, actor: Actor) -> None:
    person(records, actor, "1")
    person(records, actor, "2", given_name="Mamadou Bailo", birth_typed="1994", given_name_ar=None)
    person(records, actor, "3", given_name="Mamadou Aliou", birth_typed="07/08/1961")
    person(records, actor, "4", family_name="BAH", family_name_ar=None, given_name_ar=None)
    person(records, actor, "5", sex="woman", given_name="Mariama", given_name_ar="مريم")


def found(register: Register, **typed: object) -> list[str]:
    return [one.subject.id[0] for one in likely_files(register, typed)]


@pytest.mark.usefixtures("diallos")
@pytest.mark.parametrize(
    "typed",
    [
        {"family_name": "Diallo", "given_name": "Mamadu Alyou", "birth_typed": "1994"},
        {"family_name": "JALLOH", "given_name": "Mamadou Aliou", "birth_typed": "12/03/1994"},
        {"family_name": "DIALLO", "given_name": "Mamadou", "birth_typed": "120394"},
        {"family_name_ar": "ديالو", "given_name_ar": "مامادو عليو", "birth_typed": "03/1994"},
        {**MAMADOU, "birth_typed": "~29"},
    ],
)
def test_he_is_first_however_he_is_spelled(register: Register, typed: dict[str, object]) -> None:
    assert found(register, **{"nationality": "GN", **typed})[:1] == ["1"]


@pytest.mark.usefixtures("diallos")
@pytest.mark.parametrize(
    "typed",
    [
        {"birth_typed": ""},
        {"birth_typed": "12/0"},
        {"birth_typed": "12/03/1993"},
        {"sex": "woman"},
        {"given_name": "Ousmane", "given_name_ar": None},
        {"family_name": "", "family_name_ar": ""},
    ],
)
def test_others_are_not_asked_about(register: Register, typed: dict[str, object]) -> None:
    assert found(register, **{**MAMADOU, **typed}) == []


def test_nothing_typed_finds_nobody(register: Register) -> None:
    assert likely_files(register, {}) == ()


@pytest.mark.usefixtures("diallos")
def test_reasons_are_told_and_a_twin_is_not_passed_over(register: Register) -> None:
    twin = likely_files(register, MAMADOU)[0]
    assert twin.subject.name == "DIALLO Mamadou Aliou"
    wanted = (Likeness.SAME_NAMES, Likeness.SAME_BIRTH, Likeness.NATIONALITY)
    assert twin.reasons == wanted
    assert twin.is_strong
    vague = likely_files(register, {**MAMADOU, "birth_typed": "1994", "nationality": None})[0]
    assert vague.reasons == (Likeness.SAME_NAMES, Likeness.POSSIBLE_BIRTH)
    assert not vague.is_strong


@pytest.mark.usefixtures("diallos")
@pytest.mark.parametrize(
    ("typed", "is_strong"),
    [
        ({"birth_typed": "1994"}, True),  # the same names, a day that may be theirs
        ({"birth_typed": "1994", "family_name": "", "given_name": ""}, True),  # in Arabic alone
        ({"given_name": "Mamadu Alyou", "given_name_ar": None}, True),  # close, of the very day
        ({"given_name": "Mamadu Alyou", "given_name_ar": None, "birth_typed": "1994"}, False),
    ],
)
def test_a_namesake_who_may_be_born_that_day_is_asked_about(
    register: Register, typed: dict[str, object], is_strong: bool
) -> None:
    assert likely_files(register, {**MAMADOU, **typed})[0].is_strong is is_strong


@pytest.mark.usefixtures("diallos")
def test_a_role_that_may_not_read_names_is_told_nothing(register: Register) -> None:
    register.actor = Actor("reader", "Lecture", Role.READER)
    with pytest.raises(UserError, match="not_allowed"):
        likely_files(register, MAMADOU)


@pytest.mark.usefixtures("diallos")
def test_those_of_the_household_and_of_the_bin_are_left_out(
    register: Register, records: Records, actor: Actor
) -> None:
    assert likely_files(register, MAMADOU, ["1" * 32]) == ()
    records.delete(actor, "person", "1" * 32, "test")
    assert likely_files(register, MAMADOU) == ()


def test_the_surest_come_first_and_few_are_shown(
    register: Register, records: Records, actor: Actor
) -> None:
    for digit in "abcd":
        person(records, actor, digit, birth_typed="1994")
    person(records, actor, "e")
    assert found(register, **MAMADOU)[0] == "e"
    assert len(found(register, **MAMADOU)) == MOST
