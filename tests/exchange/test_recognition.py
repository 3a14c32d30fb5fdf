"""Who and what is in the register already, and what a list brought back changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.exchange.desk import Desk
from tests.exchange.filling import Cells, day, fill, read

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.services.exchange import export_nominal, write_template
from avrr_desktop.services.exchange.plan import ImportPlan, Verdict
from avrr_desktop.services.exchange.wording import word_line

FR = Language.FR
REGISTERED: Cells = {
    "person.family_name": "DIALLO",
    "person.given_name": "Mamadou",
    "person.sex": "Homme",
    "person.birth_typed": "12/03/1994",
    "person.nationality": "Guinée",
    "consent.given_on": day("2023-02-01"),
    "consent.form": "Écrit",
    "consent.purposes": "Retour ; Statistiques",
    "contacted_on": day("2023-02-01"),
    "registered_on": day("2023-02-03"),
    "channel": "Bouche-à-oreille",
    "office": "Rabat",
}


def template(desk: Desk, *lines: Cells, key: str = "registration") -> Path:
    path = desk.folder / "filled.xlsx"
    write_template(desk.register, path, FR)
    fill(path, FR, {key: lines})
    return path


def verdicts(plan: ImportPlan) -> list[Verdict]:
    return [line.verdict for line in plan.lines]


def codes(plan: ImportPlan, place: int = 0) -> set[str]:
    return {found.finding.code for found in plan.lines[place].findings}


def listed(desk: Desk, key: str) -> Path:
    path = desk.folder / "list.xlsx"
    export_nominal(desk.register, key, path, FR)
    return path


def put(path: Path, title: str, row: int, name: str, value: object) -> None:
    """Change one cell of a list as somebody would in Excel."""
    book = load_workbook(path)
    sheet = book[title]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(row, names.index(name) + 1).value = value  # type: ignore[assignment]
    book.save(path)


def test_equal_lines_without_a_number_are_one_person(desk: Desk) -> None:
    plan = desk.plan(template(desk, {**REGISTERED, "line_key": "a"}, {**REGISTERED, "line_key": 2}))
    assert verdicts(plan) == [Verdict.NEW, Verdict.UNCHANGED]


def test_same_person_on_two_lines_is_to_be_confirmed(desk: Desk) -> None:
    other = {**REGISTERED, "contacted_on": day("2023-01-01")}
    plan = desk.plan(template(desk, REGISTERED, other))
    assert verdicts(plan) == [Verdict.NEW, Verdict.CONFIRM]
    assert codes(plan, 1) == {"same_person_line"}


def test_unknown_birth_date_alone_does_not_make_two_persons_one(desk: Desk) -> None:
    unknown = {**REGISTERED, "person.birth_typed": None}
    desk.bring_in(template(desk, unknown))
    assert verdicts(desk.plan(template(desk, unknown))) == [Verdict.UNCHANGED]
    other = desk.plan(template(desk, {**unknown, "channel": "Autre"}))
    assert (verdicts(other), codes(other)) == ([Verdict.CONFIRM], {"person_known"})


def test_estimated_age_is_known_again_on_another_day(desk: Desk) -> None:
    path = template(desk, {**REGISTERED, "person.birth_typed": "~25"})
    desk.bring_in(path)
    clock = desk.register.clock
    assert isinstance(clock, FixedClock)
    clock.instant = datetime(2023, 7, 20, 9, tzinfo=UTC)
    assert verdicts(desk.plan(path)) == [Verdict.UNCHANGED]


def test_unreadable_birth_date_is_refused(desk: Desk) -> None:
    plan = desk.plan(template(desk, {**REGISTERED, "person.birth_typed": "jadis"}))
    assert codes(plan) == {"bad_birth_date"}


def test_birth_date_written_otherwise_changes_nothing(desk: Desk) -> None:
    person = desk.person("DIALLO", "Mamadou", birth_typed="12/03/1994")
    cells = {
        "person_number": desk.number(person),
        "person.birth_typed": "12-3-1994",
        "office": "Rabat",
        "channel": "Autre",
        "contacted_on": day("2023-02-01"),
    }
    plan = desk.plan(template(desk, cells))
    assert [draft.record for draft in plan.drafts if draft.record == "person"] == []


def test_member_added_to_a_family_imported_before_joins_its_case(desk: Desk) -> None:
    head = {**REGISTERED, "family_key": "f", "membership.place": "Chef-fe de famille"}
    desk.bring_in(template(desk, head))
    child = {
        **head,
        "person.given_name": "Awa",
        "person.birth_typed": "2015",
        "membership.place": "Enfant",
        "consent.representative": "DIALLO Mamadou",
    }
    plan = desk.bring_in(template(desk, head, child))
    assert verdicts(plan) == [Verdict.UNCHANGED, Verdict.NEW]
    lines = read(listed(desk, "registration"), "registration", FR)
    assert {line["case_number"] for line in lines} == {"RBA-2023-0001"}


def test_new_registration_of_a_known_person_stays_in_their_case(desk: Desk) -> None:
    desk.bring_in(template(desk, REGISTERED))
    again = {
        "person_number": "P-000001",
        "office": "Rabat",
        "channel": "Autre",
        "contacted_on": day("2023-06-01"),
    }
    desk.bring_in(template(desk, again))
    lines = read(listed(desk, "registration"), "registration", FR)
    assert [line["case_number"] for line in lines] == ["RBA-2023-0001"] * 2


def test_person_columns_of_a_list_update_the_person(desk: Desk) -> None:
    desk.bring_in(template(desk, {**REGISTERED, "phone.number": "0600000001"}))
    path = listed(desk, "registration")
    for name, value in (
        ("person.city", "Casablanca"),
        ("membership.place", "Conjoint-e"),
        ("phone.number", "0600000002"),
        ("person.languages", "Français ; Arabe"),
        ("document.kind", "Passeport"),
        ("document.number", "R0000001"),
    ):
        put(path, "Enregistrements", 3, name, value)
    plan = desk.bring_in(path)
    assert verdicts(plan) == [Verdict.UPDATE]
    line = read(listed(desk, "registration"), "registration", FR)[0]
    assert line["person.city"] == "Casablanca"
    assert line["phone.number"] == "0600000002"
    assert line["document.number"] == "R0000001"
    assert line["membership.place"] == "Conjoint-e"
    assert line["person.languages"] == "Arabe ; Français"


def test_line_of_a_record_deleted_since_is_refused(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    event = desk.save(
        "direct_assistance",
        person_id=person,
        office="RBA",
        given_on=day("2023-03-01"),
        kind="voucher",
    )
    path = listed(desk, "direct_assistance")
    desk.records.delete(desk.register.local_actor, "direct_assistance", event, "test")
    assert codes(desk.plan(path)) == {"no_such_record"}


def test_record_on_two_lines_is_refused(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    event = desk.save(
        "direct_assistance",
        person_id=person,
        office="RBA",
        given_on=day("2023-03-01"),
        kind="voucher",
    )
    path = listed(desk, "direct_assistance")
    row = {"id": event, "person_number": desk.number(person)}
    fill(path, FR, {"direct_assistance": [{}, {**row, "given_on": day("2023-03-02")}]})
    assert codes(desk.plan(path), 1) >= {"repeated_record"}


def test_changed_visit_updates_its_line(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    left = {"person_id": person, "office": "RBA", "country": "CI"}
    back = desk.save("return_from_morocco", **left, departed_on=day("2023-03-01"))
    project = desk.save(
        "reintegration",
        **left,
        return_from_morocco_id=back,
        dimension="economic",
        kind="equipment",
        fund="iom_morocco",
        started_on=day("2023-04-01"),
        visit=({"visited_on": day("2023-06-02")},),
    )
    path = listed(desk, "reintegration")
    put(path, "Visites de suivi", 3, "economic_score", 61.5)
    put(path, "Visites de suivi", 3, "closes", "Oui")
    plan = desk.bring_in(path)
    assert verdicts(plan) == [Verdict.UNCHANGED, Verdict.UPDATE]
    visit = desk.records.read("reintegration", project).values["visit"]
    assert isinstance(visit, tuple)
    assert (visit[0]["economic_score"], visit[0]["closes"]) == (6150, True)


def test_two_returns_on_one_day_are_named_by_their_record(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    left = {"person_id": person, "office": "RBA", "country": "CI"}
    days = {"departed_on": day("2023-03-01")}
    first = desk.save("return_from_morocco", **left, **days)
    desk.save("return_from_morocco", **left, **days, city="Abidjan")
    desk.save(
        "cash_on_return",
        **left,
        return_from_morocco_id=first,
        paid_on=day("2023-04-01"),
        amount=1000,
        currency="MAD",
    )
    path = listed(desk, "cash_on_return")
    assert read(path, "cash_on_return", FR)[0]["return_from_morocco_id"] == first
    assert verdicts(desk.plan(path)) == [Verdict.UNCHANGED]
    put(path, "Argent au retour", 3, "return_from_morocco_id", days["departed_on"])
    assert codes(desk.plan(path)) == {"several_returns"}
    put(path, "Argent au retour", 3, "return_from_morocco_id", "f" * 32)
    assert codes(desk.plan(path)) == {"unknown_return"}
    put(path, "Argent au retour", 3, "return_from_morocco_id", "l’an passé")
    assert codes(desk.plan(path)) == {"bad_date"}


def test_every_fault_is_worded_in_every_language(desk: Desk) -> None:
    desk.person("SY", "Awa", birth_typed="1991", document=({"kind": "passport", "number": "R1"},))
    hostile = {
        **REGISTERED,
        "person.birth_typed": "01/01/1994",
        "document.kind": "Passeport",
        "document.number": "R1",
        "registered_on": day("2023-01-01"),
    }
    plan = desk.plan(template(desk, hostile, {**hostile, "office": None}))
    for language in Language:
        for line in plan.lines:
            assert word_line(line, translator(language))
    assert codes(plan) >= {"round_birth_date", "document_known", "before_other"}


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2023-03-01", "2023-03-01"),
        ("1/3/2023", "2023-03-01"),
        (44986, "2023-03-01"),
        (datetime(2023, 3, 1), "2023-03-01"),  # noqa: DTZ001 (a cell of Excel has no zone)
    ],
)
def test_day_is_read_however_excel_holds_it(desk: Desk, raw: object, expected: str) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    cells = {"person_number": number, "given_on": raw, "kind": "voucher", "office": "RBA"}
    plan = desk.bring_in(template(desk, cells, key="direct_assistance"))
    stored = desk.records.read("direct_assistance", plan.lines[0].record_id)
    assert stored.values["given_on"] == day(expected)
