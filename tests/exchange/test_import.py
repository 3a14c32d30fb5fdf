"""What becomes of each line: verdicts, faults, all or nothing, undo."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.exchange.desk import Desk
from tests.exchange.filling import Cells, day, fill, read

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.services.exchange import export_nominal, run_import, write_report, write_template
from avrr_desktop.services.exchange.plan import ImportPlan, PlannedLine, Verdict
from avrr_desktop.services.exchange.wording import word_line, word_plan

FR = Language.FR
VOUCHER = {"given_on": day("2023-03-01"), "kind": "Bon d’achat", "office": "Rabat"}
WHO = {
    "person.family_name": "DIALLO",
    "person.given_name": "Mamadou",
    "person.sex": "Homme",
    "person.birth_typed": "12/03/1994",
    "person.nationality": "Guinée",
    "consent.given_on": day("2023-02-01"),
    "consent.form": "Écrit",
    "consent.purposes": "Retour ; Statistiques",
}
REGISTERED = {
    **WHO,
    "contacted_on": day("2023-02-01"),
    "registered_on": day("2023-02-03"),
    "channel": "Bouche-à-oreille",
    "office": "Rabat",
}
Lines = Mapping[str, Sequence[Cells]]


def template(desk: Desk, lines: Lines, name: str = "filled.xlsx") -> Path:
    path = desk.folder / name
    write_template(desk.register, path, FR)
    fill(path, FR, lines)
    return path


def planned(desk: Desk, lines: Lines) -> ImportPlan:
    return desk.plan(template(desk, lines))


def only(plan: ImportPlan) -> PlannedLine:
    assert len(plan.lines) == 1
    return plan.lines[0]


def codes(line: PlannedLine) -> set[tuple[str, str]]:
    return {(found.column, found.finding.code) for found in line.findings}


def test_new_line_is_saved_with_its_values(desk: Desk) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    path = template(desk, {"direct_assistance": [{**VOUCHER, "person_number": number}]})
    plan = desk.bring_in(path)
    line = only(plan)
    assert (line.verdict, line.person, line.row) == (Verdict.NEW, number, 3)
    stored = desk.records.read("direct_assistance", line.record_id)
    assert (stored.values["given_on"], stored.values["kind"]) == (day("2023-03-01"), "voucher")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"person_number": "P-999999"}, ("person_number", "unknown_person")),
        ({"person_number": None}, ("person_number", "required")),
        ({"given_on": "31/02/2023"}, ("given_on", "bad_date")),
        ({"given_on": day("2023-12-01")}, ("given_on", "future_date")),
        ({"given_on": None}, ("given_on", "required")),
        ({"kind": "Bon de chose"}, ("kind", "unknown_code")),
        ({"quantity": "deux"}, ("quantity", "bad_number")),
        ({"amount": 12.345, "currency": "MAD"}, ("amount", "bad_number")),
        ({"receipt_signed": "peut-être"}, ("receipt_signed", "bad_value")),
        ({"case_number": "RBA-1999-0001"}, ("case_number", "unknown_case")),
    ],
)
def test_faulty_cell_refuses_its_line_and_says_why(
    desk: Desk, cells: Cells, expected: tuple[str, str]
) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    plan = planned(desk, {"direct_assistance": [{**VOUCHER, "person_number": number, **cells}]})
    line = only(plan)
    assert line.verdict is Verdict.REFUSED
    assert codes(line) == {expected}
    assert all(word_line(line, translator(language)) for language in (Language.EN,))


def test_one_refused_line_imports_none(desk: Desk) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    good = {**VOUCHER, "person_number": number}
    plan = planned(desk, {"direct_assistance": [good, {**good, "kind": "?"}]})
    assert plan.is_refused
    with pytest.raises(UserError) as refused:
        run_import(desk.register, desk.records, desk.register.local_actor, plan, "")
    assert refused.value.code == "lines_refused"
    export_nominal(desk.register, "direct_assistance", desk.folder / "list.xlsx", FR)
    assert read(desk.folder / "list.xlsx", "direct_assistance", FR) == []


def test_unlikely_value_waits_for_a_reason(desk: Desk) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    costly = {**VOUCHER, "person_number": number, "amount": 9000, "currency": "MAD"}
    path = template(desk, {"direct_assistance": [costly]})
    plan = desk.plan(path)
    assert only(plan).verdict is Verdict.CONFIRM
    with pytest.raises(UserError) as refused:
        run_import(desk.register, desk.records, desk.register.local_actor, plan, " ")
    assert refused.value.code == "reason_required"
    desk.bring_in(path, reason="seen on the receipt")


def test_name_beside_a_wrong_number_is_to_be_confirmed(desk: Desk) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    cells = {**VOUCHER, "person_number": number, "person.family_name": "Traoré"}
    line = only(planned(desk, {"direct_assistance": [cells]}))
    assert codes(line) == {("person.family_name", "name_differs")}
    same = {**VOUCHER, "person_number": number, "person.family_name": "Kone"}
    assert only(planned(desk, {"direct_assistance": [same]})).verdict is Verdict.NEW


def test_two_equal_lines_are_one(desk: Desk) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    line = {**VOUCHER, "person_number": number}
    plan = planned(desk, {"direct_assistance": [line, line]})
    assert [found.verdict for found in plan.lines] == [Verdict.NEW, Verdict.UNCHANGED]


def test_changed_cell_of_an_exported_list_updates_its_record(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    event = desk.save(
        "direct_assistance",
        person_id=person,
        office="RBA",
        given_on=day("2023-03-01"),
        kind="voucher",
        provider="Coopérative",
    )
    listed = desk.folder / "list.xlsx"
    export_nominal(desk.register, "direct_assistance", listed, FR)
    book = load_workbook(listed)
    sheet = book["Assistance directe"]
    names = [cell.value for cell in sheet[1]]
    sheet.cell(3, names.index("kind") + 1).value = "Assistance médicale"
    sheet.cell(3, names.index("provider") + 1).value = None
    book.save(listed)

    plan = desk.bring_in(listed)
    assert only(plan).verdict is Verdict.UPDATE
    values = desk.records.read("direct_assistance", event).values
    assert (values["kind"], values["provider"]) == ("medical", None)


def test_record_of_another_person_is_refused(desk: Desk) -> None:
    person, other = desk.person("KONÉ", "Aïcha"), desk.person("SY", "Awa", birth_typed="1990")
    desk.save(
        "direct_assistance",
        person_id=person,
        office="RBA",
        given_on=day("2023-03-01"),
        kind="voucher",
    )
    listed = desk.folder / "list.xlsx"
    export_nominal(desk.register, "direct_assistance", listed, FR)
    fill(listed, FR, {"direct_assistance": [{"person_number": desk.number(other)}]})
    line = only(desk.plan(listed))
    assert ("person_number", "other_person") in codes(line)


def test_undo_takes_the_whole_import_back(desk: Desk) -> None:
    path = template(desk, {"registration": [REGISTERED]})
    desk.bring_in(path)
    assert desk.records.undo(desk.register.local_actor) is not None
    again = desk.plan(path)
    assert only(again).verdict is Verdict.NEW


def test_person_known_by_name_and_birth_is_to_be_confirmed(desk: Desk) -> None:
    desk.bring_in(template(desk, {"registration": [REGISTERED]}))
    later = {**REGISTERED, "contacted_on": day("2023-05-01"), "registered_on": day("2023-05-02")}
    line = only(planned(desk, {"registration": [later]}))
    assert line.verdict is Verdict.CONFIRM
    assert ("", "person_known") in codes(line)


def test_registration_imported_before_is_known_even_when_mended_since(desk: Desk) -> None:
    path = template(desk, {"registration": [REGISTERED]})
    plan = desk.bring_in(path)
    record = only(plan).record_id
    stored = desk.records.read("registration", record)
    from avrr_desktop.services.drafts import Draft

    mended = Draft("registration", {"channel": "social_networks"}, id=record)
    desk.records.save(desk.register.local_actor, mended, confirm_all="x")
    assert stored.values["channel"] == "word_of_mouth"
    assert only(desk.plan(path)).verdict is Verdict.UNCHANGED


def test_lines_of_one_person_must_agree(desk: Desk) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    own = {
        "person_number": number,
        "office": "Rabat",
        "channel": "Bouche-à-oreille",
        "contacted_on": day("2023-02-01"),
    }
    first = {**own, "person.city": "Rabat"}
    second = {**own, "contacted_on": day("2023-03-01"), "person.city": "Casablanca"}
    plan = planned(desk, {"registration": [first, second]})
    assert ("person.city", "person_differs") in codes(plan.lines[1])


def test_empty_cells_leave_a_person_as_they_are(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha", occupation="couture")
    cells = {
        "person_number": desk.number(person),
        "office": "Rabat",
        "channel": "Bouche-à-oreille",
        "contacted_on": day("2023-02-01"),
        "person.city": "Rabat",
    }
    desk.bring_in(template(desk, {"registration": [cells]}))
    values = desk.records.read("person", person).values
    assert (values["city"], values["occupation"]) == ("rabat", "couture")
    assert len(_rows(values["consent"])) == 1


def _rows(value: object) -> tuple[object, ...]:
    assert isinstance(value, tuple)
    return value


def test_missing_consent_refuses_a_registration(desk: Desk) -> None:
    without = {name: v for name, v in REGISTERED.items() if not name.startswith("consent.")}
    line = only(planned(desk, {"registration": [without]}))
    assert ("registered_on", "consent_required") in codes(line)


def test_fault_of_a_paper_stands_on_its_column(desk: Desk) -> None:
    cells = {**REGISTERED, "document.number": "R1", "consent.form": None}
    line = only(planned(desk, {"registration": [cells]}))
    assert {("document.kind", "required"), ("consent.form", "required")} <= codes(line)
    assert "Consent" in word_line(line, translator(Language.EN))


def test_family_in_two_cases_is_refused(desk: Desk) -> None:
    desk.bring_in(template(desk, {"registration": [REGISTERED]}))
    one, two = desk.person("A", "A", birth_typed="1991"), desk.person("B", "B", birth_typed="1992")
    lines = [
        {
            "person_number": desk.number(person),
            "family_key": "f",
            "case_number": case,
            "office": "Rabat",
            "channel": "Bouche-à-oreille",
            "contacted_on": day("2023-02-01"),
        }
        for person, case in ((one, "RBA-2023-0001"), (two, "RBA-2023-0002"))
    ]
    plan = planned(desk, {"registration": lines})
    assert all(("family_key", "several_cases") in codes(line) for line in plan.lines)


def test_second_member_of_a_family_needs_a_place(desk: Desk) -> None:
    second = {**REGISTERED, "person.given_name": "Awa", "family_key": "f"}
    plan = planned(desk, {"registration": [{**REGISTERED, "family_key": "f"}, second]})
    assert all(("membership.place", "required") in codes(line) for line in plan.lines)


def test_lines_of_another_sheet_need_their_owner(desk: Desk) -> None:
    lines = {"delivery": [{"line_key": "x", "delivered_on": day("2023-03-01"), "what": "outil"}]}
    assert codes(only(planned(desk, lines))) == {("line_key", "unknown_key")}


def test_delivery_is_added_to_a_reintegration_of_the_register(desk: Desk) -> None:
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
        delivery=({"delivered_on": day("2023-04-02"), "what": "machine"},),
    )
    listed = desk.folder / "list.xlsx"
    export_nominal(desk.register, "reintegration", listed, FR)
    book = load_workbook(listed)
    sheet = book["Remises"]
    sheet.cell(4, 2).value, sheet.cell(4, 4).value = 1, "outils"
    sheet.cell(4, 3).value = datetime(2023, 5, 1)  # noqa: DTZ001 (a cell of Excel has no zone)
    book.save(listed)
    plan = desk.bring_in(listed)
    assert [line.verdict for line in plan.lines] == [
        Verdict.UNCHANGED,
        Verdict.UNCHANGED,
        Verdict.NEW,
    ]
    stored = desk.records.read("reintegration", project).values["delivery"]
    assert [row["what"] for row in stored] == ["machine", "outils"]  # type: ignore[attr-defined]


def test_return_is_named_by_its_day_or_refused(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    paid = {
        "person_number": desk.number(person),
        "return_from_morocco_id": day("2023-04-04"),
        "paid_on": day("2023-04-10"),
        "country": "Côte d’Ivoire",
        "amount": "1 234,50",
        "currency": "Dirham marocain",
        "office": "Rabat",
    }
    line = only(planned(desk, {"cash_on_return": [paid]}))
    assert ("return_from_morocco_id", "unknown_return") in codes(line)
    left = {
        "person_number": desk.number(person),
        "departed_on": day("2023-04-04"),
        "country": "Côte d’Ivoire",
        "office": "Rabat",
    }
    both = {"return_from_morocco": [left], "cash_on_return": [paid]}
    plan = desk.bring_in(template(desk, both))
    cash = next(line for line in plan.lines if line.sheet == "cash_on_return")
    assert desk.records.read("cash_on_return", cash.record_id).values["amount"] == 123450


def test_plan_made_before_a_later_change_is_outdated(desk: Desk) -> None:
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    plan = planned(desk, {"direct_assistance": [{**VOUCHER, "person_number": number}]})
    desk.person("SY", "Awa", birth_typed="1990")
    with pytest.raises(UserError) as refused:
        run_import(desk.register, desk.records, desk.register.local_actor, plan, "")
    assert refused.value.code == "plan_outdated"


def test_a_report_written_in_between_leaves_the_plan_in_date(desk: Desk) -> None:
    """It is noted in the journal, and changes nothing."""
    number = desk.number(desk.person("KONÉ", "Aïcha"))
    plan = planned(desk, {"direct_assistance": [{**VOUCHER, "person_number": number}]})
    write_report(desk.register, plan, desk.folder / "report.csv", Language.EN)
    assert run_import(desk.register, desk.records, desk.register.local_actor, plan, "").ids


@pytest.mark.parametrize("name", ["report.xlsx", "report.csv"])
def test_report_tells_every_line(desk: Desk, name: str) -> None:
    path = template(desk, {"registration": [{**REGISTERED, "person.given_name": "=1+1"}]})
    plan = desk.bring_in(path)
    out = desk.folder / name
    write_report(desk.register, plan, out, Language.EN)
    if out.suffix == ".csv":
        text = out.read_text(encoding="utf-8-sig")
        assert "Registrations;3;P-000001;New" in text
        return
    rows = list(load_workbook(out)["Report"].iter_rows(values_only=True))
    assert rows[1][:4] == ("Registrations", 3, "P-000001", "New")


@pytest.mark.parametrize("text", ["=1+1", "Zz_x0007_zz", "Zz_xFFFE_zz", "_xD800_"])
def test_report_repeats_a_hostile_value_harmlessly(desk: Desk, text: str) -> None:
    """As OOXML writes signs that XML cannot hold."""
    plan = desk.plan(template(desk, {"registration": [{**REGISTERED, "office": text}]}))
    out = desk.folder / "report.xlsx"
    write_report(desk.register, plan, out, Language.EN)
    _, line = load_workbook(out)["Report"].iter_rows()
    assert "f" not in {cell.data_type for cell in line}
    assert line[4].value


def test_plan_in_words_counts_and_tells_faults(desk: Desk) -> None:
    plan = planned(desk, {"direct_assistance": [{**VOUCHER, "person_number": "P-9"}]})
    text = word_plan(plan, translator(Language.EN))
    assert "Refused: 1" in text
    assert "P-9" in text
