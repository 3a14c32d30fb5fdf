from datetime import date

import pytest
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.search import Elements, Reason, Script, elements_of, find

AICHA, AISSATOU, NOUR, OTHER = (letter * 32 for letter in "abcd")


@pytest.fixture(autouse=True)
def people(records: Records, actor: Actor) -> None:
    arabic = {"family_name_ar": "كوني", "given_name_ar": "عائشة"}
    papers = {
        "document": ({"kind": "passport", "number": "R 012 3456"},),
        "phone": ({"number": "+212 6 61 23 45 67"},),
    }
    records.save(
        actor,
        person_draft(AICHA, **arabic, **papers),
        registration_draft(AICHA),
        person_draft(AISSATOU, given_name="Aïssatou", nationality="ML"),
        person_draft(NOUR, family_name="KONNEH", given_name="Aicha Nour", birth_typed="2000"),
        person_draft(
            OTHER,
            family_name="DIALLO",
            given_name="Mamadou Aliou",
            other_names="KEITA",
            birth_typed="12/03/1994",
        ),
    )


def ids(register: Register, typed: str) -> list[str]:
    return [hit.person_id for hit in find(register, typed).hits]


@pytest.mark.parametrize(
    "typed",
    ["kone aicha", "Aïcha Koné", "KONÉ aicha", "عائشة كوني", "عائشة", "4567", "r0123456"],
)
def test_what_is_typed_of_a_person_finds_them_first(register: Register, typed: str) -> None:
    assert ids(register, typed)[0] == AICHA


def test_a_passport_with_a_space_finds_its_bearer(register: Register) -> None:
    hit = find(register, "R 0123456").hits[0]
    assert hit.person_id == AICHA
    assert dict(hit.reasons) == {Reason.NUMBER: "R 012 3456"}


def test_exact_names_stand_before_those_that_sound_alike(register: Register) -> None:
    assert ids(register, "kone aicha") == [AICHA, NOUR]


def test_reasons_say_how_each_name_was_met(register: Register) -> None:
    exact, close = find(register, "kone aicha").hits
    assert dict(exact.reasons) == {Reason.EXACT_NAMES: ""}
    assert set(dict(close.reasons)) == {Reason.EXACT_NAME, Reason.CLOSE_NAME}


def test_spans_mark_the_matched_words_as_shown(register: Register) -> None:
    hit = find(register, "kone aicha").hits[0]
    latin = hit.name.latin
    assert [latin[start:end] for start, end in hit.latin_spans] == ["KONÉ", "Aïcha"]


def test_arabic_words_are_marked_in_the_arabic_name(register: Register) -> None:
    hit = find(register, "عائشة").hits[0]
    assert dict(hit.reasons) == {Reason.ARABIC: ""}
    assert [hit.name.arabic[start:end] for start, end in hit.arabic_spans] == ["عائشة"]


def test_phone_says_which_number(register: Register) -> None:
    hit = find(register, "4567").hits[0]
    assert dict(hit.reasons) == {Reason.PHONE: "+212 6 61 23 45 67"}


def test_a_birth_year_narrows_names_that_sound_alike(register: Register) -> None:
    assert ids(register, "Diallo Mamadu Alyou 1994") == [OTHER]


def test_other_names_are_found_and_said(register: Register) -> None:
    hit = find(register, "keita").hits[0]
    assert dict(hit.reasons) == {Reason.OTHER_NAME: "KEITA"}


def test_hit_tells_age_and_last_event(register: Register) -> None:
    hit = find(register, "kone aicha").hits[0]
    assert (hit.age.lowest, hit.nationality) == (29, "CI")
    assert hit.last_event is not None
    assert hit.last_event.day == date(2023, 2, 14)


def test_deleted_person_is_not_found(register: Register, records: Records, actor: Actor) -> None:
    records.delete(actor, "person", AISSATOU, "doublon")
    assert AISSATOU not in ids(register, "kone")


def test_a_case_is_found_by_its_number(register: Register, records: Records, actor: Actor) -> None:
    from avrr_desktop.services.drafts import Draft

    member = {"person_id": AICHA, "place": "head", "from_on": date(2023, 2, 14)}
    values = {"office": "RBA", "opened_on": date(2023, 2, 14), "membership": (member,)}
    records.save(actor, Draft("case_file", values))
    results = find(register, "rba 2023")
    assert [(case.number, case.family_name, case.members) for case in results.cases] == [
        ("RBA-2023-0001", "KONÉ", 1)
    ]
    assert results.hits[0].case_number == "RBA-2023-0001"


def test_nothing_found_still_gives_what_to_create(register: Register) -> None:
    results = find(register, "traore issa")
    assert results.hits == ()
    assert results.elements == Elements("TRAORE", "Issa", Script.LATIN)


@pytest.mark.parametrize(
    ("typed", "family", "given"),
    [
        ("kone aicha", "KONE", "Aicha"),
        ("Aïcha KONÉ", "KONÉ", "Aïcha"),
        ("KONE AICHA", "KONE", "Aicha"),
        ("diallo jean-paul 1994", "DIALLO", "Jean-Paul"),
        ("عائشة كوني", "كوني", "عائشة"),
        ("0612", "", ""),
    ],
)
def test_words_typed_are_split_into_names(typed: str, family: str, given: str) -> None:
    elements = elements_of(typed)
    assert (elements.family_name, elements.given_name) == (family, given)


def test_empty_text_finds_nobody(register: Register) -> None:
    assert find(register, "  ").hits == ()


def test_words_far_from_any_name_find_nobody(register: Register) -> None:
    assert find(register, "kzz qqq").hits == ()


@pytest.mark.parametrize("typed", ["jalloh mamadu", "Dialo Mamadou", "konneh aisha"])
def test_other_spellings_of_a_name_are_near_enough(register: Register, typed: str) -> None:
    assert find(register, typed).hits
