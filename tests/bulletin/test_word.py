"""The Word file of the demonstration: every published figure is in its text."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree
from openpyxl import load_workbook

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.bulletin.blocks import Bar, Chart
from avrr_desktop.services.bulletin.export import export_word
from avrr_desktop.services.bulletin.word_charts import add_chart
from avrr_desktop.services.register import Register
from avrr_desktop.services.workbook.safe_text import visible

FIGURES = Path(__file__).parents[1] / "data" / "bulletin_2023_s1.json"
_THOUSANDS = re.compile(r"[\u202f\u00a0\u2009, ](?=\d{3}\b)")


def numbers_of(path: Path) -> set[str]:
    """Every number of the file's text, thousands joined."""
    body = Document(str(path)).element.body
    text = " ".join(node.text or "" for node in body.iter() if str(node.tag).endswith("}t"))
    return set(re.findall(r"\d+", _THOUSANDS.sub("", text)))


@pytest.mark.parametrize("language", list(Language))
def test_every_published_figure_is_in_the_word_file(
    demo: Register, tmp_path: Path, language: Language
) -> None:
    path = tmp_path / "bulletin.docx"
    export_word(demo, parse_period("2023-S1"), path, language)
    wanted = {str(cell["value"]) for cell in json.loads(FIGURES.read_text())["cells"]}
    assert wanted - {"0"} - numbers_of(path) == set()


@pytest.mark.parametrize("label", ["=1+1", "@SUM(A1:A9)", "KO\x07NÉ", "a\ufffeb", "<b>x</b>&"])
def test_a_chart_and_its_workbook_hold_a_renamed_term_as_text(tmp_path: Path, label: str) -> None:
    chart = Chart(label, (Bar(label, 3, "3"),), label)
    document = Document()
    add_chart(document, chart, 1, datetime(2024, 1, 8, tzinfo=UTC), is_rtl=False)
    document.save(str(tmp_path / "out.docx"))
    with ZipFile(tmp_path / "out.docx") as archive:
        etree.fromstring(archive.read("word/charts/chart1.xml"))
        book = load_workbook(BytesIO(archive.read("word/embeddings/chart1.xlsx")))
    (_, series), (name, value) = book["Sheet1"].iter_rows()
    assert (series.data_type, name.data_type, value.value) == ("s", "s", 3)
    assert name.value == visible(label)
