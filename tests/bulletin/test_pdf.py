"""The PDF of the demonstration: the same figures as the Word file, fonts inside, the same bytes."""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

import pypdf
import pytest
from PySide6.QtWidgets import QApplication

from avrr_desktop.cli import main
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import resources_dir
from avrr_desktop.services.bulletin.blocks import Bulletin
from avrr_desktop.services.bulletin.export import make_bulletin
from avrr_desktop.services.register import Register
from avrr_desktop.ui.printing.bulletin_pdf import pdf_bytes
from avrr_desktop.ui.printing.looks import load_fonts

FIGURES = Path(__file__).parents[1] / "data" / "bulletin_2023_s1.json"
PERIOD = parse_period("2023-S1")
_THOUSANDS = re.compile(r"(?<=\d)[\u202f\u00a0\u2009](?=\d{3}\b)")
_ARABIC_LETTER = re.compile("[\u0621-\u064a\ufb50-\ufefc]")


@pytest.fixture(autouse=True)
def _fonts(qapp: QApplication) -> None:
    load_fonts(resources_dir() / "fonts")


def asked(register: Register) -> list[str]:
    return ["bulletin", "--data-dir", str(register.paths.data_dir), "--period", "2023-S1"]


def made(register: Register, language: Language, *, is_masked: bool = False) -> Bulletin:
    return make_bulletin(register, PERIOD, language, is_masked=is_masked)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(data))


def text_of(data: bytes) -> str:
    return "\n".join(map(page_text, read(data).pages))


def joined(data: bytes) -> str:
    """The text, thousands joined."""
    return _THOUSANDS.sub("", "\n".join(page.extract_text() for page in read(data).pages))


def page_text(page: pypdf.PageObject) -> str:
    """With plain spaces: Qt says “tab” of the glyph that spaces and tabs share."""
    return re.sub(r"[\s\u2060]+", " ", page.extract_text())


@pytest.mark.parametrize("language", list(Language))
def test_every_published_figure_is_in_the_text(demo: Register, language: Language) -> None:
    found = set(re.findall(r"\d+", joined(pdf_bytes(made(demo, language)))))
    cells = json.loads(FIGURES.read_text(encoding="utf-8"))["cells"]
    assert {str(cell["value"]) for cell in cells} - found == set()


def test_french_words_can_be_searched_for(demo: Register) -> None:
    text = text_of(pdf_bytes(made(demo, Language.FR)))
    assert "Chiffres provisoires" in text
    assert "se sont enregistré-e-s au programme" in text


def test_arabic_is_written_with_arabic_letters(demo: Register) -> None:
    assert len(_ARABIC_LETTER.findall(text_of(pdf_bytes(made(demo, Language.AR))))) > 2_000


@pytest.mark.parametrize("language", list(Language))
def test_fonts_are_in_the_file(demo: Register, language: Language) -> None:
    data = pdf_bytes(made(demo, language))
    names = re.findall(rb"/FontName /(\S+)", data)
    assert names
    assert all(b"Noto" in name for name in names)
    assert len(re.findall(rb"/FontFile2 ", data)) == len(names)


def test_pages_are_numbered_and_headed(demo: Register) -> None:
    pages = read(pdf_bytes(made(demo, Language.EN))).pages
    for number, page in enumerate(pages, 1):
        text = page_text(page)
        assert f"Page {number} of {len(pages)}" in text
        assert text.startswith("AVRR Morocco · 2023")


def test_same_bulletin_gives_the_same_bytes(demo: Register) -> None:
    bulletin = made(demo, Language.AR)
    assert pdf_bytes(bulletin) == pdf_bytes(bulletin)


def test_small_figures_are_hidden(demo: Register) -> None:
    text = text_of(pdf_bytes(made(demo, Language.FR, is_masked=True)))
    assert "<5" in text
    assert "≥ 5" in text
    assert "1 femme" not in text


def test_command_line_writes_both(demo: Register, tmp_path: Path) -> None:
    for kind, start in (("pdf", b"%PDF-"), ("docx", b"PK")):
        path = tmp_path / f"bulletin.{kind}"
        options = ["--format", kind, "--language", "ar", "--output", str(path)]
        assert main([*asked(demo), *options]) == 0
        assert path.read_bytes().startswith(start)


def test_unknown_format_is_refused(
    demo: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "bulletin.odt"
    assert main([*asked(demo), "--format", "odt", "--output", str(target)]) == 1
    assert "odt" in capsys.readouterr().err
    assert not target.exists()


def test_name_of_the_file_says_which_form_is_meant(demo: Register, tmp_path: Path) -> None:
    for name, start in (("b.pdf", b"%PDF-"), ("b.docx", b"PK"), ("bulletin", b"PK")):
        path = tmp_path / name
        assert main([*asked(demo), "--output", str(path)]) == 0
        assert path.read_bytes().startswith(start)


def test_one_form_under_the_name_of_the_other_is_refused(
    demo: Register, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "bulletin.docx"
    assert main([*asked(demo), "--format", "pdf", "--output", str(target)]) == 1
    assert "bulletin.docx" in capsys.readouterr().err
    assert not target.exists()


def test_pdf_is_never_written_over_the_register(demo: Register) -> None:
    before = demo.paths.register.read_bytes()
    assert main([*asked(demo), "--format", "pdf", "--output", str(demo.paths.register)]) == 1
    assert demo.paths.register.read_bytes() == before
