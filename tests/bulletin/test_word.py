"""The Word file of the demonstration: every published figure is in its text."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from docx import Document

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.bulletin.export import export_word
from avrr_desktop.services.register import Register

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
