"""The looks of the statistical workbook, each named once."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

from avrr_desktop.core import colours

_FONT: Final = "Arial"
# Excel writes opacity first.
_INK, _SOFT = f"FF{colours.INK}", f"FF{colours.INK_SOFT}"
_PALEST, _BLUE = f"FF{colours.INK_PALE}", f"FF{colours.ACCENT}"
_HEAD, _TOTAL = f"FF{colours.ACCENT_SOFT}", f"FF{colours.RAISED}"
_SECTION, _EDGE = f"FF{colours.SELECTION}", f"FF{colours.HAIRLINE}"

WHOLE: Final = "#,##0"
ONE_DECIMAL: Final = "0.0"
SIGNED: Final = '+#,##0;"−"#,##0;0'
PERCENT: Final = '0" %"'
SIGNED_PERCENT: Final = '+0" %";"−"0" %";0" %"'


class Look(StrEnum):
    """A named style of the workbook."""

    TITLE = "avrr title"
    SUBTITLE = "avrr subtitle"
    SECTION = "avrr section"
    TABLE = "avrr table"
    HEAD = "avrr head"
    HEAD_START = "avrr head label"
    LABEL = "avrr label"
    LABEL_SUB = "avrr label of part"
    LABEL_TOTAL = "avrr label of total"
    FIGURE = "avrr figure"
    FIGURE_ONE = "avrr figure with one decimal"
    FIGURE_SUB = "avrr figure of part"
    FIGURE_SUM = "avrr total"
    FIGURE_TOTAL = "avrr figure of total"
    CHANGE = "avrr change"
    PERCENT = "avrr percent"
    CHANGE_PERCENT = "avrr change in percent"
    ABSENT = "avrr not applicable"
    NOTE = "avrr note"
    TERM = "avrr defined term"
    TEXT = "avrr text"


def add_styles(book: Workbook) -> None:
    """Give the workbook every look."""
    for style in _all():
        book.add_named_style(style)


def _all() -> tuple[NamedStyle, ...]:
    line = Border(bottom=Side(style="hair", color=_EDGE))
    strong = Border(bottom=Side(style="thin", color=_BLUE))
    above = Border(top=Side(style="thin", color=_SOFT))
    start = Alignment(vertical="center", wrap_text=True)
    inside = Alignment(vertical="center", wrap_text=True, indent=2)
    end = Alignment(horizontal="right", vertical="center")
    head = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return (
        _style(Look.TITLE, size=16, bold=True, color=_BLUE),
        _style(Look.SUBTITLE, color=_SOFT),
        _style(Look.SECTION, size=13, bold=True, color=_BLUE, fill=_SECTION),
        _style(Look.TABLE, size=11, bold=True, border=strong, alignment=start),
        _style(Look.HEAD, bold=True, color=_SOFT, fill=_HEAD, alignment=head),
        _style(Look.HEAD_START, bold=True, color=_SOFT, fill=_HEAD, alignment=start),
        _style(Look.LABEL, border=line, alignment=start),
        _style(Look.LABEL_SUB, color=_SOFT, border=line, alignment=inside),
        _style(Look.LABEL_TOTAL, bold=True, fill=_TOTAL, border=above, alignment=start),
        _style(Look.FIGURE, border=line, alignment=end, number=WHOLE),
        _style(Look.FIGURE_ONE, border=line, alignment=end, number=ONE_DECIMAL),
        _style(Look.FIGURE_SUB, color=_SOFT, border=line, alignment=end, number=WHOLE),
        _style(Look.FIGURE_SUM, bold=True, fill=_TOTAL, border=line, alignment=end, number=WHOLE),
        _style(
            Look.FIGURE_TOTAL, bold=True, fill=_TOTAL, border=above, alignment=end, number=WHOLE
        ),
        _style(Look.CHANGE, color=_SOFT, border=line, alignment=end, number=SIGNED),
        _style(Look.PERCENT, color=_SOFT, border=line, alignment=end, number=PERCENT),
        _style(Look.CHANGE_PERCENT, color=_SOFT, border=line, alignment=end, number=SIGNED_PERCENT),
        _style(Look.ABSENT, color=_PALEST, border=line, alignment=end),
        _style(Look.NOTE, size=9, color=_SOFT, alignment=start),
        _style(Look.TERM, bold=True, alignment=Alignment(vertical="top", wrap_text=True)),
        _style(Look.TEXT, alignment=Alignment(vertical="top", wrap_text=True)),
    )


def _style(
    look: Look,
    *,
    size: int = 10,
    bold: bool = False,
    color: str = _INK,
    fill: str = "",
    border: Border | None = None,
    alignment: Alignment | None = None,
    number: str = "General",
) -> NamedStyle:
    return NamedStyle(
        look.value,
        font=Font(name=_FONT, size=size, bold=bold, color=color),
        fill=PatternFill("solid", fgColor=fill) if fill else None,
        border=border,
        alignment=alignment,
        number_format=number,
    )
