"""Runs, paragraphs and fields of a Word file, in the direction of their language."""

from __future__ import annotations

import re
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run
from lxml.etree import _Element

from avrr_desktop.core.labels import Language
from avrr_desktop.services.workbook.safe_text import visible

_ISOLATED: Final = re.compile("\u2066([^\u2066-\u2069]*)\u2069")
_LRM: Final = "\u200e"
_MARKS: Final = re.compile("[\u2066-\u2069]")
# Inclusive endings stay on their line: « retourné-e-s ».
_KEPT: Final = re.compile(r"(?<=\w)-(?=e\b)|(?<=-e)-(?=s\b)|\u2011")
LOCALES: Final = {Language.FR: "fr-FR", Language.AR: "ar-MA", Language.EN: "en-GB"}


def add_text(
    paragraph: WordParagraph, text: str, language: Language, *, bold: bool = False
) -> None:
    """Add ``text``; what stands in isolates becomes runs that read from left to right."""
    is_left_to_right = False
    for piece in _ISOLATED.split(visible(text)):
        plain = _MARKS.sub("", piece)
        if plain:
            run = paragraph.add_run()
            # Word knows marks better than isolates.
            _fill(run, f"{_LRM}{plain}{_LRM}" if is_left_to_right and language.is_rtl else plain)
            if bold:
                _set_bold(run)
            if language.is_rtl and not is_left_to_right:
                set_rtl(run)
        is_left_to_right = not is_left_to_right


def _set_bold(run: Run) -> None:
    """In both scripts: Arabic has a weight of its own."""
    run.bold = True
    run.font.cs_bold = True


def _fill(run: Run, text: str) -> None:
    pieces = _KEPT.split(text)
    for place, piece in enumerate(pieces):
        if place:
            run._r.append(OxmlElement("w:noBreakHyphen"))  # noqa: SLF001 (no public call for it)
        if piece:
            run.add_text(piece)


def set_rtl(run: Run) -> None:
    """Letters of the run go from right to left."""
    run.font.rtl = True


def set_direction(paragraph: WordParagraph, language: Language) -> None:
    """A paragraph of a language written from right to left begins at the right."""
    if language.is_rtl:
        paragraph._p.get_or_add_pPr().append(OxmlElement("w:bidi"))  # noqa: SLF001 (no public call)


def add_field(paragraph: WordParagraph, code: str) -> None:
    """A field that Word fills in: PAGE, NUMPAGES."""
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run()
        if kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)  # noqa: SLF001 (no public call)
        elif kind:
            run.add_text(kind)
        else:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)  # noqa: SLF001 (no public call)


def element(name: str, **attributes: str) -> _Element:
    """An element of Word's own namespace with its attributes."""
    made: _Element = OxmlElement(name)
    for attribute, value in attributes.items():
        made.set(qn(f"w:{attribute}"), value)
    return made
