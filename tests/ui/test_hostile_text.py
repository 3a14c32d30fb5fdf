"""Hostile text as names: kept exactly, shown harmlessly on screens, in PDF and in workbooks."""

from __future__ import annotations

import unicodedata
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from python_calamine import CalamineWorkbook
from tests.ui.conftest import CONSENT, person_draft, registration_draft, wear

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import Refused
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.exchange.nominal import export_nominal
from avrr_desktop.services.person_page import read_person
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.search import find
from avrr_desktop.services.subject_access import subject_file
from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.page import PersonPageView
from avrr_desktop.ui.printing.bulletin_pdf import pdf_bytes
from avrr_desktop.ui.records.page import RecordsPage
from avrr_desktop.ui.routes import FormOf, PersonPage, RecordsOf
from avrr_desktop.ui.widgets.table import TableView

PERSON = "a" * 32
PERIOD = parse_period("2023-S1")
TEXTS = {
    "formula": "=1+1",
    "command": "+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(A1:A9)",
    "html": "<b>gras</b><img src='file:///etc/passwd'>&amp;",
    "script": "<script>alert(1)</script>",
    "sql": "Robert'); DROP TABLE person;--",
    "bidi": "\u202eelloM\u202c",
    "isolate": "\u2067مثال\u2069 abc",
    "marks": "a\u200f\u200eb\u200dc",
    "emoji": "👩‍👩‍👧‍👦 🇲🇦",
    "braces": "{name} %s %(x)s ${y}",
    "long word": "M" * 120,
    "combining": "Z" + "\u0301" * 100,
}


@pytest.fixture(params=list(TEXTS.values()), ids=list(TEXTS))
def hostile(request: pytest.FixtureRequest, records: Records, actor: Actor) -> str:
    """Somebody who bears the text as both names, an occupation and a note."""
    text: str = request.param
    records.save(
        actor,
        person_draft(
            PERSON, family_name=text, given_name=text, occupation=text,
            protection_notes=text * 3, consent=(CONSENT,),
        ),
        registration_draft(PERSON),
        confirm_all="test",
    )  # fmt: skip
    return unicodedata.normalize("NFC", text)


def no_markup(root: QWidget, text: str) -> None:
    for label in root.findChildren(QLabel):
        if text in label.text():
            assert label.textFormat() == Qt.TextFormat.PlainText, label.objectName()


def test_it_is_kept_exactly(register: Register, hostile: str) -> None:
    view = read_person(register, PERSON, PERIOD)
    assert (view.name.family, view.name.given) == (hostile, hostile)
    assert view.values["protection_notes"] == hostile * 3


def test_searching_for_it_harms_nothing(register: Register, hostile: str) -> None:
    find(register, hostile, 8)
    find(register, f'"{hostile}"* OR (', 8)
    assert read_person(register, PERSON, PERIOD).name.family == hostile


def has_rows(page: QWidget) -> bool:
    view = page.findChild(TableView)
    return view is not None and view.indexAt(QPoint(5, 5)).isValid()


def tips(root: QWidget) -> list[str]:
    """What hovering shows: a tool tip reads markup, and is to be given none of the data's."""
    found = [child.toolTip() for child in root.findChildren(QWidget)]
    for view in root.findChildren(TableView):
        index = view.indexAt(QPoint(5, 5))
        if index.data(Qt.ItemDataRole.ToolTipRole):
            place = QPoint(5, 5)
            hovered = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
            QApplication.sendEvent(view.viewport(), hovered)
            found.append(QToolTip.text())
    return found


@pytest.mark.parametrize("language", list(Language))
def test_screens_show_it_as_it_is(
    qtbot: QtBot, qapp: QApplication, context: Context, hostile: str, language: Language
) -> None:
    wear(qapp, language)
    for page in (
        PersonPageView(context, PersonPage(PERSON)),
        RecordsPage(context, RecordsOf("person")),
        FormPage(context, FormOf("person", PERSON)),
    ):
        qtbot.addWidget(page)
        page.resize(1100, 700)
        page.show()
        if isinstance(page, RecordsPage):
            qtbot.waitUntil(partial(has_rows, page))
        assert not page.grab().isNull()
        no_markup(page, hostile)
        assert not [tip for tip in tips(page) if hostile in tip and "<" in hostile]


def test_a_pdf_says_it(register: Register, hostile: str, tmp_path: Path) -> None:
    path = tmp_path / "file.pdf"
    path.write_bytes(pdf_bytes(subject_file(register, PERSON, Language.FR)))
    reader = pypdf.PdfReader(path)
    text = "".join(page.extract_text() for page in reader.pages)
    assert "/JavaScript" not in path.read_bytes().decode("latin-1")
    if hostile.isascii():
        squeezed = "".join(text.split())
        assert "".join(hostile.split()) in squeezed


def test_a_workbook_holds_text_and_no_formula(
    register: Register, hostile: str, tmp_path: Path
) -> None:
    path = export_nominal(register, "registration", tmp_path / "list.xlsx", Language.FR).path
    with ZipFile(path) as archive:
        parts = [archive.read(n).decode() for n in archive.namelist() if "sheet" in n]
    book = openpyxl.load_workbook(path)
    formulas = [c.value for s in book for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert not [value for value in formulas if hostile in str(value)]
    assert not any(f"<f>{hostile}" in part for part in parts)
    told = CalamineWorkbook.from_path(path)
    cells = {str(c) for name in told.sheet_names for row in told.get_sheet_by_name(name).to_python()
             for c in row}  # fmt: skip
    assert hostile in cells


def test_control_characters_are_taken_out(
    register: Register, records: Records, actor: Actor
) -> None:
    """No keyboard types them, and a spreadsheet file cannot hold them."""
    records.save(actor, person_draft(PERSON, family_name="KO\x00N\x1b[31mÉ\x07\u0085"))
    assert read_person(register, PERSON, PERIOD).name.family == "KON[31mÉ"


@pytest.mark.parametrize("text", ["a" * 10_000, "é" * 10_000, "👩" * 10_000])
def test_ten_thousand_characters_are_refused_beside_the_field(
    records: Records, actor: Actor, text: str
) -> None:
    with pytest.raises(Refused) as refused:
        records.save(actor, person_draft(PERSON, family_name=text))
    assert [(f.field, f.code) for f in refused.value.findings] == [("family_name", "too_long")]


def test_the_longest_note_is_kept_and_printed(
    register: Register, records: Records, actor: Actor, tmp_path: Path
) -> None:
    note = "mot " * 999 + "fini"
    records.save(actor, person_draft(PERSON, protection_notes=note))
    assert read_person(register, PERSON, PERIOD).values["protection_notes"] == note
    path = tmp_path / "file.pdf"
    path.write_bytes(pdf_bytes(subject_file(register, PERSON, Language.FR)))
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    assert text.count("mot") == 999
    assert "fini" in text


def test_a_tool_tip_shows_a_name_letter_by_letter(
    qtbot: QtBot, context: Context, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(PERSON, family_name="<b>gras</b>"))
    page = RecordsPage(context, RecordsOf("person"))
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    view = page.findChild(TableView)
    assert view is not None
    qtbot.waitUntil(lambda: view.indexAt(QPoint(5, 5)).isValid())
    model = view.model()
    names = [
        model.index(0, column)
        for column in range(model.columnCount(view.rootIndex()))
        if "GRAS" in str(model.index(0, column).data(Qt.ItemDataRole.ToolTipRole)).upper()
    ]
    place = view.visualRect(names[0]).center()
    hovered = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), hovered)
    assert "&lt;" in QToolTip.text()
