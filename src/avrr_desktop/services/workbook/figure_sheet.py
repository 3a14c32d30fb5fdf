"""A sheet of figures: one set of columns from top to bottom, so that its head may stay in sight."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from avrr_desktop.services.summary_document import Cell, Number, Row, RowKind, SummaryDocument
from avrr_desktop.services.workbook.safe_text import set_text
from avrr_desktop.services.workbook.styles import Look

FIRST_GROUP: Final = 2  # column B
LAST_GROUP: Final = 6
TOTAL: Final = 7
LAST: Final = 12
HEAD_ROW: Final = 3
NOT_APPLICABLE: Final = "·"
_A4: Final = 9
_WIDTHS: Final = {"A": 46, **dict.fromkeys("BCDEFGHIJKL", 11.5)}
_LABELS: Final = {
    RowKind.MAIN: Look.LABEL,
    RowKind.SUB: Look.LABEL_SUB,
    RowKind.TERM: Look.LABEL,
    RowKind.TOTAL: Look.LABEL_TOTAL,
}
_FIGURES: Final = {
    RowKind.MAIN: Look.FIGURE,
    RowKind.SUB: Look.FIGURE_SUB,
    RowKind.TERM: Look.FIGURE,
    RowKind.TOTAL: Look.FIGURE_TOTAL,
}


def new_sheet(
    book: Workbook, title: str, *, is_rtl: bool, footer: str, portrait: bool = False
) -> Worksheet:
    """A sheet on A4, as wide as one page, that reads in the direction of the language."""
    sheet = cast(Worksheet, book.create_sheet(title[:31]))
    sheet.sheet_view.rightToLeft = is_rtl
    sheet.sheet_view.showGridLines = False
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "portrait" if portrait else "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for part, text in ((sheet.oddHeader, "&A"), (sheet.oddFooter, f"{footer} · &P / &N")):
        assert part is not None
        part.center.text = text
        part.center.size = 9
    return sheet


class FigureSheet:
    """Writes rows of the summary's document one below the other, and knows where each stands."""

    def __init__(self, book: Workbook, shown: SummaryDocument, title: str, footer: str) -> None:
        self.shown = shown
        self.sheet = new_sheet(book, title, is_rtl=shown.language.is_rtl, footer=footer)
        self.row = 0  # the last one written
        for letter, width in _WIDTHS.items():
            self.sheet.column_dimensions[letter].width = width
        self.sheet.freeze_panes = f"B{HEAD_ROW + 1}"
        self.sheet.print_title_rows = f"1:{HEAD_ROW}"

    def add_top(self, title: str, subtitle: str) -> None:
        """The title and the head of the columns; they stay in sight and on every page."""
        self.add_text(title, Look.TITLE)
        self.add_text(subtitle, Look.SUBTITLE)
        shown = self.shown
        heads = (
            *shown.group_labels,
            shown.total_label,
            shown.percent_label,
            shown.services_label,
            shown.previous_label,
            shown.change_label,
            f"{shown.change_label} {shown.percent_label}",
        )
        self._append([self.cell("", Look.HEAD_START), *(self.cell(h, Look.HEAD) for h in heads)])

    def add_text(self, text: str, look: Look) -> int:
        """A line of text; gives its row."""
        return self._append([self.cell(text, look)])

    def add_band(self, text: str) -> int:
        """The title of a part, over the whole width."""
        return self._append([self.cell(text if not i else "", Look.SECTION) for i in range(LAST)])

    def add_gap(self, rows: int = 1) -> int:
        """Empty rows; gives the first."""
        first = self.row + 1
        for _ in range(rows):
            self._append([])
        return first

    def add_rows(self, rows: Iterable[Row]) -> tuple[int, int]:
        """Rows of the document; gives the first and the last."""
        first = self.row + 1
        for row in rows:
            self.add_row(row)
        return first, self.row

    def add_row(self, row: Row, *, folded: bool = False) -> int:
        """One row of the document: label, groups, total, percent, services, the period before."""
        if row.kind is RowKind.GAP:
            return self._append([])
        if folded:
            dimension = self.sheet.row_dimensions[self.row + 1]
            dimension.outlineLevel, dimension.hidden = 1, True
        figure = _FIGURES[row.kind]
        groups = row.groups or (Cell(None, None),) * (LAST_GROUP - FIRST_GROUP + 1)
        total = Look.FIGURE_TOTAL if row.kind is RowKind.TOTAL else Look.FIGURE_SUM
        services = [self.figure(row.services, figure)] if row.services else [None]
        return self._append(
            [
                self.cell(row.label, _LABELS[row.kind]),
                *(self.figure(cell, figure) for cell in groups),
                self.figure(row.total, total),
                self.number(row.percent, Look.PERCENT),
                *services,
                self.number(row.previous, figure),
                self.number(row.change, Look.CHANGE),
                self.number(row.change_percent, Look.CHANGE_PERCENT),
            ]
        )

    def add_cells(self, label: str, cells: Sequence[Cell], more: str) -> int:
        """A line whose figures are not groups."""
        figures = [self.figure(cell, Look.FIGURE) for cell in cells]
        return self._append([self.cell(label, Look.LABEL), *figures, self.cell(more, Look.NOTE)])

    def add_line(self, cells: Sequence[SheetCell | None]) -> int:
        """Cells already made; gives their row."""
        return self._append(cells)

    def add_heads(self, texts: Sequence[str]) -> int:
        """A head of its own, for a table whose columns are not groups."""
        first, *others = texts
        heads = [self.cell(text, Look.HEAD) for text in others]
        return self._append([self.cell(first, Look.HEAD_START), *heads])

    def figure(self, cell: Cell, look: Look) -> SheetCell:
        """A figure as a number; a point where it has no meaning, nothing where it is blank."""
        if not cell.is_applicable:
            return self.cell(NOT_APPLICABLE, Look.ABSENT)
        return self.number(cell.value, look)

    def number(self, value: Number, look: Look) -> SheetCell:
        """A number with a look; a mean keeps its decimal."""
        made = WriteOnlyCell(self.sheet, value=value)
        is_whole = value is None or isinstance(value, int)
        made.style = look.value if is_whole else Look.FIGURE_ONE.value
        return made

    def cell(self, text: str, look: Look) -> SheetCell:
        """A text with a look; never a formula."""
        made = WriteOnlyCell(self.sheet, value=None)
        if text:
            set_text(made, text)
        made.style = look.value
        return made

    def _append(self, cells: Sequence[SheetCell | None]) -> int:
        self.sheet.append(list(cells))
        self.row += 1
        return self.row
