"""A table of figures over pages: its head is repeated, its rows are never cut."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF

from avrr_desktop.core import colours
from avrr_desktop.services.bulletin.blocks import Table, TableRow
from avrr_desktop.services.bulletin.widths import Room, column_widths
from avrr_desktop.ui.printing.looks import Look
from avrr_desktop.ui.printing.paper import Paper

_LABEL_SHARE: Final = 0.37
_PADDING: Final = 3.0  # points
_INSET: Final = 12.0
_AFTER: Final = 8.0
_KEPT_ROWS: Final = 3  # on the page of the head


def draw_table(paper: Paper, table: Table) -> None:
    """The title, then the rows."""
    _Drawing(paper, table).draw()


def least_height(paper: Paper, table: Table) -> float:
    """What must fit on a page for the table to begin there."""
    drawing = _Drawing(paper, table)
    rows = [TableRow(table.heads), *table.rows[:_KEPT_ROWS]]
    return sum(drawing.height(row, is_head=not at) for at, row in enumerate(rows))


class _Drawing:
    def __init__(self, paper: Paper, table: Table) -> None:
        self._paper = paper
        self._table = table
        letters = Look.CELL_BOLD.value.size * paper.unit
        room = Room(paper.width, letters, _PADDING * paper.unit, _LABEL_SHARE)
        self._widths = column_widths(table, room)

    def draw(self) -> None:
        """Every row; the head again at the top of each page."""
        paper, head = self._paper, TableRow(self._table.heads)
        if self._table.title:
            title = paper.height_of(self._table.title, Look.SUBHEADING, paper.width)
            paper.make_room(title * 2 + least_height(paper, self._table))
            paper.add_text(self._table.title, Look.SUBHEADING)
        paper.make_room(least_height(paper, self._table))
        self._draw_row(head, is_head=True)
        for row in self._table.rows:
            if self.height(row) > paper.room:
                paper.turn()
                self._draw_row(head, is_head=True)
            self._draw_row(row)
        paper.skip(_AFTER)

    def height(self, row: TableRow, *, is_head: bool = False) -> float:
        """Of the highest cell, with its padding."""
        unit = self._paper.unit
        heights = [
            self._paper.height_of(text, _look(row, is_head=is_head), self._inner(place, row))
            for place, text in enumerate(row.cells)
        ]
        return max(heights) + 2 * _PADDING * unit

    def _inner(self, place: int, row: TableRow) -> float:
        inset = _INSET if row.is_part and not place else 0.0
        return self._widths[place] - (2 * _PADDING + inset) * self._paper.unit

    def _draw_row(self, row: TableRow, *, is_head: bool = False) -> None:
        paper, unit = self._paper, self._paper.unit
        height = self.height(row, is_head=is_head)
        whole = QRectF(paper.left, paper.y, paper.width, height)
        if is_head or row.is_total:
            paper.fill(whole, colours.ACCENT_SOFT if is_head else colours.RAISED)
        look, offset, top = _look(row, is_head=is_head), 0.0, paper.y + _PADDING * unit
        ascents = [paper.ascent_of(text, look) for text in row.cells]
        for place, text in enumerate(row.cells):
            width = self._inner(place, row)
            inset = self._widths[place] - width - _PADDING * unit
            # Letters of two scripts stand on one line, however high their fonts are.
            y = top + max(ascents) - ascents[place]
            paper.draw(
                text,
                look,
                QRectF(paper.at(offset + inset, width), y, width, height),
                at_end=bool(place) and not self._table.is_text,
            )
            offset += self._widths[place]
        line = QRectF(paper.left, paper.y + height, paper.width, 0.5 * unit)
        paper.fill(line, colours.HAIRLINE)
        paper.y += height


def _look(row: TableRow, *, is_head: bool) -> Look:
    if is_head:
        return Look.HEAD
    return Look.CELL_BOLD if row.is_total else Look.CELL
