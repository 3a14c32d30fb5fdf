"""LibreOffice opens what is given out: nothing is lost on the way, and a loss would be seen.

In Arabic, which asks most of it; ``python -m tests.bulletin.office`` goes through all three.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtWidgets import QApplication
from tests.bulletin import office

from avrr_desktop.core.labels import Language

LANGUAGE = Language.AR
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not office.is_there(), reason="soffice or pdftotext is not installed"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, qapp: QApplication) -> Path:
    made = tmp_path_factory.mktemp("office")
    office.written(made, [LANGUAGE])
    return made


def test_nothing_is_lost(folder: Path) -> None:
    assert office.lost_in(folder, LANGUAGE) == {
        "headings and figures": [],
        "right to left": [],
        "cells": [],
    }


def test_a_loss_is_seen(folder: Path, tmp_path: Path) -> None:
    word = folder / f"bulletin-{LANGUAGE}.docx"
    pdf = office.converted(word, "pdf", folder)
    more = Document(str(word))
    more.add_heading("Un titre de plus")
    more.add_paragraph("Encore 98765 personnes.")
    more.save(str(tmp_path / "more.docx"))
    assert office.lost_in_pdf(tmp_path / "more.docx", pdf) == ["Un titre de plus", "98765"]
    book = load_workbook(folder / f"workbook-{LANGUAGE}.xlsx")
    sheet = book.worksheets[0]
    sheet["A1"] = "changed"
    book.save(tmp_path / "changed.xlsx")
    assert (
        len(office.unequal_cells(folder / f"workbook-{LANGUAGE}.xlsx", tmp_path / "changed.xlsx"))
        == 1
    )
