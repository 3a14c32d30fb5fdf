"""Every file given out over hostile texts: whole XML, no formula, no markup, no odd address."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO, StringIO
from itertools import cycle, product
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pypdf
import pytest
from docx import Document
from lxml import etree
from PySide6.QtWidgets import QApplication
from tests.ui.hostile import SHORT, TEXTS, lay
from tests.ui.screens import WRITTEN

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.harmless import harmless
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.paths import paths_in, resources_dir
from avrr_desktop.services.audit_export import export_journal
from avrr_desktop.services.audit_lines import AuditQuery, sequences
from avrr_desktop.services.bulletin.content import LINKS
from avrr_desktop.services.bulletin.export import export_word, make_bulletin
from avrr_desktop.services.bulletin.texts import save_text
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.exchange.nominal import export_nominal
from avrr_desktop.services.exchange.template import write_template
from avrr_desktop.services.lists import ListQuery, ids
from avrr_desktop.services.proof.proof import write_proof
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import read_office, save_office
from avrr_desktop.services.subject_access import subject_file
from avrr_desktop.services.vocabulary_admin import editable_lists, rename_term
from avrr_desktop.services.workbook import export_workbook
from avrr_desktop.services.workbook.safe_text import unescaped
from avrr_desktop.ui.printing.bulletin_pdf import pdf_bytes
from avrr_desktop.ui.printing.looks import load_fonts

OPEN, CLOSED = parse_period("2023-S1"), parse_period("2022-S2")
LABELS = [text for text in TEXTS.values() if len(text) < 150]
ADDRESSES = (
    "https://example.org/\x07?a=\"'><script>alert(1)</script>",
    "www.example.org/\x00",
    "javascript:alert(1)//@example.org",
    "file:///etc/passwd#@example.org",
    "smb://example.org/share@example.org",
    "\\\\example.org\\share@example.org",
    "somebody@example.org",
)
FORMULAS = ("=1+1", "+cmd", "-2+3", "@SUM")
Write = Callable[[Register, Path, Language], object]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    paths = paths_in(tmp_path_factory.mktemp("hostile") / "register")
    register = write_demo(paths, FixedClock(WRITTEN.instant), persons=120)
    lay(register)
    actor, labels = register.local_actor, cycle(LABELS)
    for name in editable_lists(register):
        for number, term in enumerate(register.vocabularies.terms(name)):
            label = Label(*(f"{next(labels)} {number}",) * 3)
            rename_term(register, actor, name, term.code, label)
    office = replace(read_office(register), website=ADDRESSES[0], networks="\n".join(ADDRESSES))
    save_office(register, actor, replace(office, name=f"=1+1{SHORT}", place=SHORT))
    for language in Language:
        save_text(register, actor, "\n".join(ADDRESSES), place=LINKS, language=language)
    close(register, actor, CLOSED, SHORT)
    yield register
    register.close()


BOOKS: dict[str, Write] = {
    "workbook": lambda register, path, language: export_workbook(register, OPEN, path, language),
    "template": write_template,
    "list": lambda register, path, language: export_nominal(
        register, "direct_assistance", path, language
    ),
    "journal": lambda register, path, language: export_journal(
        register, sequences(register, AuditQuery()), path, language
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("language", [Language.FR, Language.AR])
@pytest.mark.parametrize("name", list(BOOKS))
def test_a_workbook_holds_texts_alone(
    register: Register, tmp_path: Path, name: str, language: Language
) -> None:
    path = tmp_path / "out.xlsx"
    BOOKS[name](register, path, language)
    require_sound_book(path.read_bytes())


def require_sound_book(content: bytes) -> None:
    """Every part is XML; no formula; what was typed is there."""
    require_xml(content)
    book = openpyxl.load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    texts = [unescaped(cell.value) for cell in cells if isinstance(cell.value, str)]
    assert any(formula in text for text in texts for formula in FORMULAS)


def require_xml(content: bytes) -> None:
    """What Office would call damaged is found by a strict reader."""
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_the_journal_as_csv_begins_no_formula(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    BOOKS["journal"](register, path, Language.FR)
    require_no_formula(path.read_bytes(), ";")


def require_no_formula(content: bytes, delimiter: str) -> None:
    rows = csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("period", "language"),
    [*product([OPEN], Language), (CLOSED, Language.FR)],
    ids=[*Language, "closed"],
)
def test_the_bulletin_in_word_is_whole_and_links_nowhere_odd(
    register: Register, tmp_path: Path, period: Period, language: Language
) -> None:
    path = tmp_path / "out.docx"
    export_word(register, period, path, language)
    require_xml(path.read_bytes())
    document = Document(str(path))
    said = "".join(document.element.body.itertext())
    assert harmless(said) == said
    assert "<script>alert(1)</script>" in said
    links = [r.target_ref for r in document.part.rels.values() if r.is_external]
    require_plain_addresses(links)
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".xlsx"):
                require_xml(archive.read(name))
                book = openpyxl.load_workbook(BytesIO(archive.read(name)))
                kinds = {c.data_type for sheet in book for row in sheet.iter_rows() for c in row}
                assert "f" not in kinds


def require_plain_addresses(links: list[str]) -> None:
    assert len(links) >= 3
    assert [one for one in links if not one.startswith(("https://", "http://", "mailto:"))] == []
    assert [one for one in links if re.search(r"[\x00-\x20<>\"]", one)] == []


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_a_pdf_has_no_script_and_links_nowhere_odd(
    register: Register, qapp: QApplication, language: Language
) -> None:
    load_fonts(resources_dir() / "fonts")
    for paper in (
        make_bulletin(register, OPEN, language),
        *(subject_file(register, one, language) for one in ids(register, ListQuery("person"))[:9]),
    ):
        content = pdf_bytes(paper)
        assert not re.search(rb"/(JavaScript|JS|Launch|OpenAction|SubmitForm)\b", content)
        for page in pypdf.PdfReader(BytesIO(content)).pages:
            page.extract_text()
            found = (note.get_object().get("/A", {}) for note in page.get("/Annots", []))
            links = [str(action["/URI"]) for action in found if "/URI" in action]
            if links:
                require_plain_addresses(links)


class Tags(HTMLParser):
    """The tags of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


@pytest.mark.slow
def test_a_proof_pack_holds_texts_alone(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "out.zip"
    write_proof(register, register.local_actor, CLOSED, path, Language.FR)
    with ZipFile(path) as archive:
        for name in archive.namelist():
            if name.endswith(".csv"):
                require_no_formula(archive.read(name), ",")
        page = archive.read("definitions.html").decode()
        require_sound_book(archive.read("workbook.xlsx"))
    tags = Tags()
    tags.feed(page)
    assert not tags.found & {"script", "img", "b", "a", "iframe", "link"}
    assert harmless(page) == page
