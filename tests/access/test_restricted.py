from dataclasses import replace

import pytest

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

NOTE = "suivi par le centre de santé"
MAY = Actor("may", "Docteure Essai", Role.CASEWORKER, restricted=True)
MAY_NOT = replace(MAY, id="not", restricted=False)


@pytest.fixture
def person(register: Register) -> str:
    register.actor = MAY
    values = {
        "family_name": "Testeuse",
        "given_name": "Fanta",
        "sex": "woman",
        "birth_typed": "1990",
        "nationality": "GN",
        "medical_notes": NOTE,
    }
    return Records(register).save(MAY, Draft("person", values)).ids[0]


def test_a_note_is_withheld_and_kept(register: Register, person: str) -> None:
    records = Records(register)
    register.actor = MAY_NOT
    seen = records.read("person", person)
    assert seen.values["medical_notes"] is None
    assert seen.withheld == {"medical_notes", "protection_notes"}
    changed = {**seen.values, "given_name": "Fatou"}
    records.save(MAY_NOT, Draft("person", changed, person, version=seen.version))
    register.actor = MAY
    kept = records.read("person", person)
    assert (kept.values["given_name"], kept.values["medical_notes"]) == ("Fatou", NOTE)
    assert not kept.withheld


def test_a_note_cannot_be_written_over_unread(register: Register, person: str) -> None:
    register.actor = MAY_NOT
    Records(register).save(MAY_NOT, Draft("person", {"medical_notes": "rien"}, person))
    register.actor = MAY
    assert Records(register).read("person", person).values["medical_notes"] == NOTE


def test_a_new_record_may_bring_a_note_with_it(register: Register) -> None:
    register.actor = MAY_NOT
    values = {
        "family_name": "Testeur",
        "given_name": "Issa",
        "sex": "man",
        "birth_typed": "1991",
        "nationality": "ML",
        "medical_notes": NOTE,
    }
    made = Records(register).save(MAY_NOT, Draft("person", values)).ids[0]
    register.actor = MAY
    assert Records(register).read("person", made).values["medical_notes"] == NOTE
