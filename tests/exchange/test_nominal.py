"""The nominal list: who is in it, in which order, and texts that stay texts."""

from __future__ import annotations

import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from tests.exchange.desk import CONSENT, Desk
from tests.exchange.filling import day, read

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.exchange import export_nominal, write_template
from avrr_desktop.services.lists import Filter, ListQuery, ids

FR = Language.FR
HOSTILE = (
    "=1+1",
    "+33",
    "-1",
    "@SUM(A1)",
    "#REF!",
    '=HYPERLINK("http://x")',
    "\u200b=1+1",
    "\u202e=1",
    "＝1+1",
    "%0A",
    "#N/A",
)


def helped(desk: Desk, person: str, on: date, **values: object) -> str:
    return desk.save(
        "direct_assistance", person_id=person, office="RBA", given_on=on, kind="voucher", **values
    )


def test_persons_without_consent_to_statistics_are_left_out_and_told(desk: Desk) -> None:
    without = {**CONSENT, "purposes": ("return",)}
    withdrawn = {**CONSENT, "withdrawn_on": day("2023-06-01")}
    for family, consent in (("A", CONSENT), ("B", without), ("C", withdrawn)):
        person = desk.person(family, "X", birth_typed="", consent=(consent,))
        for given in ("2023-03-01", "2023-03-02"):
            helped(desk, person, day(given))
    path = desk.folder / "list.xlsx"
    exported = export_nominal(desk.register, "direct_assistance", path, FR)
    assert (exported.lines, exported.persons_left_out, exported.lines_left_out) == (2, 2, 4)
    assert {line["person.family_name"] for line in read(path, "direct_assistance", FR)} == {"A"}


def test_list_has_the_lines_of_the_query_in_its_order(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    for given in ("2023-05-01", "2023-03-01", "2023-04-01"):
        helped(desk, person, day(given))
    query = ListQuery(
        "direct_assistance",
        sort=("given_on", True),
        filters=(Filter("given_on", first=day("2023-04-01")),),
    )
    path = desk.folder / "list.xlsx"
    export_nominal(desk.register, query, path, FR)
    lines = read(path, "direct_assistance", FR)
    assert [line["given_on"] for line in lines] == [day("2023-05-01"), day("2023-04-01")]
    sheet = load_workbook(path)["Assistance directe"]
    assert tuple(row[0].value for row in sheet.iter_rows(min_row=3)) == ids(desk.register, query)


def test_list_of_a_period_keeps_its_days(desk: Desk) -> None:
    person = desk.person("KONÉ", "Aïcha")
    for given in ("2022-12-31", "2023-01-01"):
        helped(desk, person, day(given))
    path = desk.folder / "list.xlsx"
    period = parse_period("2023-S1")
    export_nominal(desk.register, "direct_assistance", path, FR, period=period)
    assert [line["given_on"] for line in read(path, "direct_assistance", FR)] == [day("2023-01-01")]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_that_looks_like_a_formula_stays_text(desk: Desk, text: str) -> None:
    person = desk.person(text, "X", birth_typed="")
    helped(desk, person, day("2023-03-01"), provider=text, receipt_number=text)
    path = desk.folder / "list.xlsx"
    export_nominal(desk.register, "direct_assistance", path, FR)
    sheet = load_workbook(path)["Assistance directe"]
    names = [cell.value for cell in sheet[1]]
    for name in ("person.family_name", "provider", "receipt_number"):
        cell = sheet.cell(3, names.index(name) + 1)
        assert (cell.value, cell.data_type) == (text, "s")
    with zipfile.ZipFile(path) as archive:
        parts = [archive.read(n) for n in archive.namelist() if "worksheets/sheet" in n]
    assert not [part for part in parts if b"<f>" in part]


def test_list_is_made_for_printing_and_for_drop_downs(desk: Desk) -> None:
    helped(desk, desk.person("KONÉ", "Aïcha"), day("2023-03-01"))
    path = desk.folder / "list.xlsx"
    export_nominal(desk.register, "direct_assistance", path, Language.AR)
    book = load_workbook(path)
    sheet = book["المساعدة المباشرة"]
    assert sheet.sheet_view.rightToLeft
    assert sheet.freeze_panes == "C3"
    assert sheet.print_title_rows == "$2:$2"
    assert sheet.page_setup.fitToWidth == 1
    assert sheet.row_dimensions[1].hidden
    assert sheet.column_dimensions["A"].hidden
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert {"list", "date"} <= kinds
    assert book["القوائم"].sheet_state == "hidden"
    assert not book.defined_names


def test_template_drop_downs_hold_the_terms_in_use(desk: Desk) -> None:
    path = desk.folder / "template.xlsx"
    write_template(desk.register, path, Language.EN)
    book = load_workbook(path)
    sheet = book["Direct assistance"]
    names = [cell.value for cell in sheet[1]]
    letter = get_column_letter(names.index("office") + 1)
    rule = next(r for r in sheet.data_validations.dataValidation if f"{letter}3" in str(r.sqref))
    title, _, places = rule.formula1.partition("!")
    cells = book[title.strip("'")][places.replace("$", "")]
    assert [row[0].value for row in cells] == ["Rabat", "Casablanca", "Oujda"]


def test_unknown_activity_is_said(desk: Desk) -> None:
    with pytest.raises(UserError) as refused:
        export_nominal(desk.register, "invented", desk.folder / "list.xlsx", FR)
    assert refused.value.code == "unknown_activity"


def test_cancelled_export_leaves_nothing(desk: Desk) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    helped(desk, desk.person("KONÉ", "Aïcha"), day("2023-03-01"))
    path = desk.folder / "list.xlsx"
    path.write_bytes(b"before")
    with pytest.raises(Stopped):
        export_nominal(desk.register, "direct_assistance", path, FR, progress=stop)
    assert path.read_bytes() == b"before"
    assert [entry.name for entry in desk.folder.iterdir() if entry.is_file()] == ["list.xlsx"]
