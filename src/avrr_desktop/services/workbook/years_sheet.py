"""The sheet of comparisons: the main figures of the same period, year after year."""

from __future__ import annotations

from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell

from avrr_desktop.services.comparisons_words import NO_DATA, YearsDocument, YearsRow
from avrr_desktop.services.summary_document import RowKind, SummaryDocument
from avrr_desktop.services.workbook.figure_sheet import FigureSheet
from avrr_desktop.services.workbook.styles import Look

_LABELS: Final = {RowKind.MAIN: Look.LABEL, RowKind.SUB: Look.LABEL_SUB}
_FIGURES: Final = {RowKind.MAIN: Look.FIGURE, RowKind.SUB: Look.FIGURE_SUB}


def add_years(
    book: Workbook, shown: SummaryDocument, years: YearsDocument, title: str, footer: str
) -> None:
    """Rows of figures, a column for each year, the change in a year, and what breaks them."""
    page = FigureSheet(book, shown, title, footer)
    page.add_text(f"{years.title} · {shown.period_label}", Look.TITLE)
    if not years.has_several:
        page.add_text(years.nothing, Look.TEXT)
        return
    page.add_text(shown.subtitle, Look.SUBTITLE)
    heads = (head.marked for head in years.heads)
    page.add_heads((years.figure_label, *heads, years.change_label, "%"))
    for row in years.rows:
        page.add_line(_cells(page, row))
    page.add_gap()
    for note in years.notes:
        page.add_text(note, Look.NOTE)


def _cells(page: FigureSheet, row: YearsRow) -> list[SheetCell]:
    if row.kind is RowKind.GAP:
        return []
    figures = (
        page.cell(NO_DATA, Look.ABSENT) if value is None else page.number(value, _FIGURES[row.kind])
        for value in row.values
    )
    return [
        page.cell(row.label, _LABELS[row.kind]),
        *figures,
        page.number(row.change, Look.CHANGE),
        page.number(row.change_percent, Look.CHANGE_PERCENT),
    ]
