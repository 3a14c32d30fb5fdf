"""Hostile text as names: kept exactly, shown harmlessly on screens, in PDF and in workbooks."""

from __future__ import annotations

import re
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
from tests.ui.hostile import TEXTS

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import Refused
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.db.search_index import words_of
from avrr_desktop.services.exchange import plan_import
from avrr_desktop.services.exchange.nominal import export_nominal
from avrr_desktop.services.exchange.plan import Verdict
from avrr_desktop.services.person_page import read_person
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.search import find
from avrr_desktop.services.subject_access import subject_file
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.page import PersonPageView
from avrr_desktop.ui.printing.bulletin_pdf import pdf_bytes
from avrr_desktop.ui.records.page import RecordsPage
from avrr_desktop.ui.routes import FormOf, PersonPage, RecordsOf
from avrr_desktop.ui.widgets.table import TableView

PERSON = "a" * 32
PERIOD = parse_period("2023-S1")


@pytest.fixture(params=list(TEXTS.values()), ids=list(TEXTS))
def hostile(request: pytest.FixtureRequest, records: Records, actor: Actor) -> str:
    """Somebody who bears the text as both names, an occupation and a note."""
    text: str = request.param
    records.save(
        actor,
        person_draft(
            PERSON, family_name=text, given_name=text, occupation=text,
            protection_notes=text * 3 if len(text) < 5_000 else text, consent=(CONSENT,),
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
    assert str(view.values["protection_notes"]).startswith(hostile.rstrip("\n"))


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


@pytest.mark.parametrize("language", [Language.FR, Language.AR])
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
    if hostile.isascii() and hostile.isprintable():
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
    if "\ufffe" not in hostile:  # the other reader knows no such sign
        assert hostile in cells


def test_it_comes_back_from_a_workbook(register: Register, hostile: str, tmp_path: Path) -> None:
    path = export_nominal(register, "registration", tmp_path / "list.xlsx", Language.FR).path
    plan = plan_import(register, path)
    assert [line.verdict for line in plan.lines] == [Verdict.UNCHANGED]


def test_it_comes_back_from_a_workbook_that_was_saved_again(
    register: Register, hostile: str, tmp_path: Path
) -> None:
    """A spreadsheet program puts every text into one table, escapes and all."""
    path = export_nominal(register, "registration", tmp_path / "list.xlsx", Language.FR).path
    share_texts(path)
    assert [line.verdict for line in plan_import(register, path).lines] == [Verdict.UNCHANGED]


def share_texts(path: Path) -> None:
    """Move the texts of the cells to the shared table, as Excel does when it saves."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    texts: list[bytes] = []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(found[2])
        return found[1].replace(b"inlineStr", b"s") + b"<v>%d</v>" % (len(texts) - 1)

    for name, part in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = re.sub(rb"(<c [^>]*>)<is>(.*?)</is>", shared, part, flags=re.S)
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    head = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    parts["xl/sharedStrings.xml"] = head + items + b"</sst>"
    types = "[Content_Types].xml"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    parts[types] = parts[types].replace(b"</Types>", override.encode())
    with ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_half_a_letter_is_no_text(register: Register, records: Records, actor: Actor) -> None:
    """No encoding writes one."""
    records.save(actor, person_draft(PERSON, family_name="KO\ud800NÉ"))
    assert read_person(register, PERSON, PERIOD).name.family == "KO\ufffdNÉ"


@pytest.mark.parametrize("text", ["a" * 32_768, "👩" * 16_384])
def test_what_no_cell_holds_is_refused_beside_the_field(
    records: Records, actor: Actor, text: str
) -> None:
    with pytest.raises(Refused) as refused:
        records.save(actor, person_draft(PERSON, family_name=text))
    assert [(f.field, f.code) for f in refused.value.findings] == [("family_name", "too_long")]


def test_it_is_found(register: Register, hostile: str) -> None:
    if words_of(hostile):
        assert [hit.person_id for hit in find(register, hostile, 8).hits] == [PERSON]


def test_a_form_gives_back_what_it_was_given(context: Context, qtbot: QtBot, hostile: str) -> None:
    page = FormPage(context, FormOf("person", PERSON))
    qtbot.addWidget(page)
    for name in ("family_name", "occupation", "protection_notes"):
        editor = next(e for e in page.findChildren(Editor) if e.objectName() == f"editor-{name}")
        assert str(editor.value()).startswith(hostile.rstrip("\n"))


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
