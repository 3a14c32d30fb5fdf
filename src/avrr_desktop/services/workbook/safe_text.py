"""Texts in cells: what looks like a formula stays text, what XML cannot hold is left out."""

from __future__ import annotations

import re
from typing import Final

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, Cell
from openpyxl.worksheet.worksheet import Worksheet

MOST_CHARACTERS: Final = 32_767

# Excel would compute what begins so as soon as somebody edits the cell.
_LOOKS_COMPUTED: Final = frozenset("=+-@\t\r\n|%＝＋－＠")
_NOT_IN_XML: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def is_plain(text: str) -> bool:
    """Whether the text can be handed over as it stands."""
    return text.isprintable() and text[:1] not in _LOOKS_COMPUTED and text[:1] != "#"


def cleaned(text: str) -> str:
    """``text`` without what XML cannot hold, as long as a cell can be."""
    return _NOT_IN_XML.sub("", text)[:MOST_CHARACTERS]


def looks_computed(text: str) -> bool:
    """Whether Excel may take the text for a formula, perhaps behind invisible characters."""
    if text in ERROR_CODES or text[:1] in _LOOKS_COMPUTED:
        return True
    shown = text.lstrip()
    while shown and not shown[0].isprintable():
        shown = shown[1:].lstrip()
    return shown != text and shown[:1] in _LOOKS_COMPUTED


def text_cell(sheet: Worksheet, text: str) -> Cell | str:
    """``text`` for a row of ``sheet``: as it is, or as a cell that is text whatever it says."""
    if is_plain(text):
        return text
    text = cleaned(text)
    if not looks_computed(text):
        return text
    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.quotePrefix = True
    return cell
