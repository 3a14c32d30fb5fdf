import sqlite3
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from tests.services.conftest import CONSENT, person_draft, registration_draft

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import Refused, UserError
from avrr_desktop.db.search_index import match
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

PERSON = "a" * 32


def journal_of(register: Register) -> list[tuple[str, str, bool, bool]]:
    with register.database.reading() as connection:
        rows = connection.execute(select(CHANGE).order_by(CHANGE.c.sequence)).all()
    return [(r.action, r.table_name, r.before is None, r.after is None) for r in rows]


def test_save_is_read_by_a_second_connection(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(), registration_draft())
    other = sqlite3.connect(register.paths.register)
    try:
        row = other.execute("SELECT family_name, birth_first, number FROM person").fetchone()
    finally:
        other.close()
    assert row == ("KONÉ", "1993-09-07", "P-000001")


def test_every_row_has_its_line_in_the_journal(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(), registration_draft())
    assert journal_of(register) == [
        ("save", "person", True, False),
        ("save", "consent", True, False),
        ("save", "registration", True, False),
    ]
    with register.database.reading() as connection:
        sequences = connection.execute(text("SELECT created_seq FROM registration")).scalars().all()
    assert sequences == [3]


def test_unchanged_save_writes_no_line(register: Register, records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    before = len(journal_of(register))
    records.save(actor, Draft("person", {"given_name": "Aïcha"}, id=PERSON))
    assert len(journal_of(register)) == before


def test_journal_is_append_only(register: Register, records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    for statement in ("UPDATE change SET reason = 'x'", "DELETE FROM change"):
        with pytest.raises(DBAPIError), register.database.writing() as connection:
            connection.execute(text(statement))


def test_registration_without_consent_is_refused(records: Records, actor: Actor) -> None:
    with pytest.raises(Refused) as caught:
        records.save(actor, person_draft(consent=()), registration_draft())
    assert [f.code for f in caught.value.findings] == ["consent_required"]
    assert caught.value.draft == 1


def test_refused_batch_saves_nothing(register: Register, records: Records, actor: Actor) -> None:
    with pytest.raises(Refused):
        records.save(actor, person_draft(), registration_draft(channel="pigeon"))
    assert journal_of(register) == []


def test_registration_before_its_consent_is_refused(records: Records) -> None:
    findings = records.check(person_draft(), registration_draft(registered_on=date(2023, 2, 13)))
    assert [f.code for f in findings[1]] == ["consent_required"]


def test_request_needs_no_consent(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft(consent=()), registration_draft(registered_on=None))


@pytest.mark.parametrize(
    ("consent", "exception", "codes"),
    [
        ({"purposes": ("return", "partner_sharing")}, None, []),
        ({"purposes": ("return",)}, None, ["sharing_consent_required"]),
        ({"purposes": ("return",)}, "urgence médicale", []),
        (
            {"purposes": ("partner_sharing",), "partners": ("anapec",)},
            None,
            ["sharing_consent_required"],
        ),
        ({"purposes": ("partner_sharing",), "partners": ("ahk",)}, None, []),
        (
            {"purposes": ("partner_sharing",), "withdrawn_on": date(2023, 3, 1)},
            None,
            ["sharing_consent_required"],
        ),
    ],
)
def test_referral_needs_a_consent_that_covers_the_partner(
    records: Records, consent: dict[str, object], exception: str | None, codes: list[str]
) -> None:
    given = {"given_on": date(2023, 2, 14), "form": "written", **consent}
    referral = Draft(
        "referral",
        {
            "person_id": PERSON,
            "office": "RBA",
            "referred_on": date(2023, 3, 2),
            "partner": "ahk",
            "purposes": ("employment",),
            "exception_reason": exception,
        },
    )
    findings = records.check(person_draft(consent=(given,)), referral)
    assert [f.code for f in findings[1]] == codes


def test_check_finds_what_the_save_refuses_between_drafts(records: Records, actor: Actor) -> None:
    line = {"system": "unhcr", "value": "M 12"}
    drafts = (
        person_draft(external_number=(line,)),
        replace(person_draft(external_number=({**line, "value": "m-12"},)), new_id="7" * 32),
    )
    first, second = records.check(*drafts)
    with pytest.raises(Refused) as caught:
        records.save(actor, *drafts)
    assert first == ()
    assert second == caught.value.findings
    assert [(f.code, f.values["number"]) for f in second] == [("number_known", "")]
    assert "person_id" not in second[0].values


def test_known_document_number_stops_the_save_until_confirmed(
    records: Records, actor: Actor
) -> None:
    document = ({"kind": "passport", "number": "R 0123456"},)
    records.save(actor, person_draft(document=document))
    twin = person_draft("b" * 32, document=({"kind": "passport", "number": "r-0123456"},))
    with pytest.raises(Refused) as caught:
        records.save(actor, twin)
    (finding,) = caught.value.findings
    assert (finding.code, finding.values["person_id"]) == ("document_known", PERSON)
    confirmed = Draft(
        "person", twin.values, new_id="b" * 32, confirmations={finding.place: "homonyme, vérifié"}
    )
    assert records.save(actor, confirmed).ids == ("b" * 32,)


def test_number_of_another_system_stands_once(records: Records, actor: Actor) -> None:
    number = ({"system": "unhcr", "value": "123-45C00001"},)
    records.save(actor, person_draft(external_number=number))
    with pytest.raises(Refused) as caught:
        records.save(actor, person_draft("b" * 32, external_number=number))
    assert [f.code for f in caught.value.findings] == ["number_known"]


def test_person_and_case_numbers_are_never_given_twice(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft())
    records.delete(actor, "person", PERSON, "double saisie")
    records.save(actor, person_draft("b" * 32))
    assert records.read("person", "b" * 32).values["number"] == "P-000002"
    case = Draft("case_file", {"office": "CAS", "opened_on": date(2023, 2, 14)}, new_id="c" * 32)
    records.save(actor, case)
    assert records.read("case_file", "c" * 32).values["number"] == "CAS-2023-0001"


def test_children_are_added_changed_and_removed(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft(phone=({"number": "0661204817"}, {"number": "0661204818"})))
    before = records.read("person", PERSON).values["phone"]
    assert isinstance(before, tuple)
    first, second = before
    kept = {**second, "belongs_to": "frère"}
    records.save(actor, Draft("person", {"phone": (kept, {"number": "0522"})}, id=PERSON))
    phones = records.read("person", PERSON).values["phone"]
    assert isinstance(phones, tuple)
    assert [(p["number"], p["belongs_to"]) for p in phones] == [
        ("0661204818", "frère"),
        ("0522", None),
    ]
    assert first["id"] not in {p["id"] for p in phones}


def test_stale_form_is_refused(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    records.save(actor, Draft("person", {"given_name": "Awa"}, id=PERSON, version=1))
    with pytest.raises(UserError) as caught:
        records.save(actor, Draft("person", {"given_name": "Ana"}, id=PERSON, version=1))
    assert caught.value.code == "changed_meanwhile"


def test_delete_needs_a_reason(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    with pytest.raises(UserError) as caught:
        records.delete(actor, "person", PERSON, "  ")
    assert caught.value.code == "reason_required"


def test_deleted_person_leaves_search_and_comes_back_whole(
    register: Register, records: Records, actor: Actor
) -> None:
    changed = records.save(actor, person_draft(), registration_draft())
    records.delete(actor, "person", PERSON, "double saisie")
    with register.database.reading() as connection:
        assert match(connection, "kone", 5) == []
    assert records.read("registration", changed.ids[1]).is_deleted
    records.restore(actor, "person", PERSON)
    with register.database.reading() as connection:
        assert match(connection, "kone", 5) == [PERSON]
    assert not records.read("registration", changed.ids[1]).is_deleted


def test_return_with_a_reintegration_is_not_deleted(records: Records, actor: Actor) -> None:
    back = Draft(
        "return_from_morocco",
        {"person_id": PERSON, "office": "RBA", "country": "CI", "departed_on": date(2023, 5, 24)},
        new_id="d" * 32,
    )
    help_after = Draft(
        "reintegration",
        {
            "person_id": PERSON,
            "office": "RBA",
            "return_from_morocco_id": "d" * 32,
            "country": "CI",
            "dimension": "economic",
            "kind": "individual_business",
            "fund": "iom_morocco",
            "started_on": date(2023, 6, 1),
        },
    )
    records.save(actor, person_draft(), back, help_after)
    with pytest.raises(UserError) as caught:
        records.delete(actor, "return_from_morocco", "d" * 32, "erreur")
    assert caught.value.code == "has_dependants"


def test_undo_takes_back_fifty_operations(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    for number in range(50):
        records.save(actor, Draft("person", {"occupation": f"métier {number}"}, id=PERSON))
    for number in range(49, 0, -1):
        assert records.undo(actor) is not None
        assert records.read("person", PERSON).values["occupation"] == f"métier {number - 1}"
    assert records.undo(actor) is not None
    assert records.read("person", PERSON).values["occupation"] is None


def test_undo_of_a_creation_empties_the_lists(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft(), registration_draft())
    records.undo(actor)
    assert records.read("person", PERSON).is_deleted
    assert records.undoable(actor) is None


def test_redo_brings_back_what_was_undone_in_turn(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft(), registration_draft())
    records.save(actor, Draft("person", {"occupation": "couturière"}, id=PERSON))
    records.delete(actor, "person", PERSON, "double")
    number = records.read("person", PERSON).values["number"]
    for _ in range(2):
        for _act in range(3):
            assert records.undo(actor) is not None
        assert records.undo(actor) is None
        for _act in range(2):
            assert records.redo(actor) is not None
        kept = records.read("person", PERSON)
        assert not kept.is_deleted
        assert (kept.values["occupation"], kept.values["number"]) == ("couturière", number)
        assert records.redo(actor) is not None
        assert records.read("person", PERSON).is_deleted
        assert records.redo(actor) is None


def test_nothing_comes_back_over_a_later_act(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    records.save(actor, Draft("person", {"occupation": "couturière"}, id=PERSON))
    records.undo(actor)
    records.save(actor, Draft("person", {"occupation": "soudeuse"}, id=PERSON))
    assert records.redoable(actor) is None
    assert records.redo(actor) is None
    assert records.read("person", PERSON).values["occupation"] == "soudeuse"


def test_redo_leaves_what_somebody_else_changed_since(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    records.save(actor, Draft("person", {"occupation": "couturière"}, id=PERSON))
    records.undo(actor)
    other = Actor("other", "Salma", Role.CASEWORKER)
    records.save(other, Draft("person", {"occupation": "soudeuse"}, id=PERSON))
    with pytest.raises(UserError) as caught:
        records.redo(actor)
    assert caught.value.code == "changed_since"


def test_what_is_undone_and_brought_back_is_told_as_it_was(records: Records, actor: Actor) -> None:
    first = records.save(actor, person_draft(), registration_draft())
    records.undo(actor)
    told = records.redoable(actor)
    assert told is not None
    assert (told.action, told.table, told.name.family) == ("save", "person", "KONÉ")
    assert records.was_undone(first.batch)
    records.redo(actor)
    assert not records.was_undone(first.batch)
    told = records.undoable(actor)
    assert told is not None
    assert (told.action, told.table, told.name.given, told.alike) == ("save", "person", "Aïcha", 0)
    records.undo(actor)
    assert records.was_undone(first.batch)


def test_undo_leaves_what_somebody_else_changed_since(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft())
    other = Actor("other", "Salma", Role.CASEWORKER)
    records.save(other, Draft("person", {"occupation": "couturière"}, id=PERSON))
    with pytest.raises(UserError) as caught:
        records.undo(actor)
    assert caught.value.code == "changed_since"


def test_birth_typed_as_an_age_keeps_its_day(records: Records, actor: Actor, clock: object) -> None:
    consent = ({**CONSENT, "representative": "Sa tante"},)
    records.save(actor, person_draft(birth_typed="~16", consent=consent))
    stored = records.read("person", PERSON)
    assert stored.values["birth_typed"] == "~16 (05/07/2023)"


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"departed_on": date(2023, 7, 6)}, "departed_on", "future_date"),
        ({"departed_on": date(1980, 1, 1)}, "departed_on", "before_birth"),
        ({"departed_on": "31/02/2023"}, "departed_on", "bad_date"),
        ({"country": "XX"}, "country", "unknown_code"),
        ({"allowance": -1}, "allowance", "too_small"),
        ({"allowance": 900_000}, "allowance", "unusual_number"),
        ({"flight": "x" * 21}, "flight", "too_long"),
        (
            {"document_requested_on": date(2023, 5, 12), "document_obtained_on": date(2023, 5, 2)},
            "document_obtained_on",
            "before_other",
        ),
        ({"exit_kind": "withdrawn"}, "exit_on", "required"),
    ],
)
def test_fault_is_found_beside_its_field(
    records: Records, values: dict[str, object], field: str, code: str
) -> None:
    draft = Draft(
        "return_from_morocco", {"person_id": PERSON, "office": "RBA", "country": "CI", **values}
    )
    _, findings = records.check(person_draft(), draft)
    assert (field, code) in {(f.field, f.code) for f in findings}


def test_planned_date_may_lie_ahead(records: Records) -> None:
    draft = Draft(
        "return_from_morocco",
        {"person_id": PERSON, "office": "RBA", "country": "CI", "planned_on": date(2023, 9, 1)},
    )
    assert records.check(person_draft(), draft) == ((), ())


def test_texts_are_kept_trimmed_and_with_every_sign(records: Records, actor: Actor) -> None:
    records.save(actor, person_draft(family_name="  KO\u0000NÉ\x1b   SOW\tB\x1f \n"))
    assert records.read("person", PERSON).values["family_name"] == "KO\u0000NÉ\x1b SOW\tB\x1f"


def test_undo_of_a_restore_puts_the_record_back_in_the_bin(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(), registration_draft())
    records.delete(actor, "person", PERSON, "double")
    records.restore(actor, "person", PERSON)
    records.undo(actor)
    assert records.read("person", PERSON).is_deleted
