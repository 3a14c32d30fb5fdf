"""Texts in cells: what looks like a formula stays text, what XML cannot hold is escaped.

``_x0007_`` is how OOXML writes such a sign; a spreadsheet program shows the sign. A text that says
``_x0007_`` on its own has its first sign written so.
"""

from __future__ import annotations

import re
from typing import Any, Final, cast

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES, Cell
from openpyxl.worksheet.worksheet import Worksheet

from avrr_desktop.core.harmless import harmless

# Excel would compute what begins so as soon as somebody edits the cell.
_LOOKS_COMPUTED: Final = frozenset("=+-@\t\r\n|%＝＋－＠")
_NOT_IN_XML: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
_LOOKS_ESCAPED: Final = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")


def is_plain(text: str) -> bool:
    """Whether the text can be handed over as it stands."""
    is_safe = text.isprintable() and text[:1] not in _LOOKS_COMPUTED and text[:1] != "#"
    return is_safe and ("_x" not in text or not _LOOKS_ESCAPED.search(text))


def escaped(text: str) -> str:
    """``text`` as a cell holds it, whatever signs it has."""
    if text.isprintable() and "_x" not in text:
        return text
    return _NOT_IN_XML.sub(_code, _LOOKS_ESCAPED.sub("_x005F_", text))


def unescaped(text: str) -> str:
    """The text that a cell stands for; undoes ``escaped``."""
    return _ESCAPED.sub(_sign, text) if "_x" in text else text


def visible(text: str) -> str:
    """``text`` as a document shows it that knows no such escapes."""
    return _NOT_IN_XML.sub("\ufffd", harmless(text))


def _code(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def _sign(found: re.Match[str]) -> str:
    return chr(int(found[1], 16))


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
    cell = WriteOnlyCell(sheet, value="")
    set_text(cell, text)
    return cell


def set_text(cell: Cell, text: str) -> None:
    """Give a cell a text, whatever it says."""
    # Past openpyxl's own check, which cuts a text by the length of its escapes.
    cast("Any", cell)._value = escaped(text)  # noqa: SLF001 (no public call)
    cell.data_type = "s"
    if looks_computed(text):
        cell.quotePrefix = True
