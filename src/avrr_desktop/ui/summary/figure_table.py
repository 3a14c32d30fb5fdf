"""A table of figures: arrows move from cell to cell, Enter or a click opens the persons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QEvent,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from avrr_desktop.ui.summary.figure_model import SIDE, Column, FigureModel, FigureRole, Index
from avrr_desktop.ui.summary.lines import Line, LineKind
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.tokens import Height, IconSize, Space, Type
from avrr_desktop.ui.widgets.delegates import FigureDelegate
from avrr_desktop.ui.widgets.drawing import END, START, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.table import TableView

_EDGE = Space.S  # more room at both edges of the card
_ROW_HEIGHTS = (Height.ROW, 30, 28, Height.SUB_ROW, Height.TARGET)
_HOVER = QStyle.StateFlag.State_MouseOver


class _SummaryDelegate(FigureDelegate):
    """Figures with a wider margin at both edges of the card."""

    def ink(self, index: Index) -> str:
        """The period before is lighter."""
        ink = super().ink(index)
        return "text2" if ink == "text" and index.data(FigureRole.QUIET) else ink

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Words of sub rows and notes are smaller, so that whole labels fit."""
        if index.column() or not index.data(CellRole.SUB):
            super().paint_content(painter, option, index)
            return
        face = font(Type.CAPTION)
        face.setUnderline(bool(option.state & _HOVER) and self.underlines(index))
        painter.setFont(face)
        painter.setPen(color(self.ink(index)))
        box = self.content_box(option, index)
        draw_text(painter, box, option.text, option.direction, START)

    def underlines(self, index: Index) -> bool:
        """Hover underlines what opens persons."""
        return index.data(FigureRole.OPENS) is not None

    def content_box(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        """The first and the last column keep off the card's edge."""
        model = index.model()
        last = model.columnCount() - 1
        box = mirrored(option.direction, option.rect, super().content_box(option, index))
        if index.column() == 0:
            box.adjust(_EDGE, 0, 0, 0)
        else:
            closer = Space.S - SIDE
            box.adjust(-closer, 0, closer - (_EDGE if index.column() == last else 0), 0)
        return mirrored(option.direction, option.rect, box)


class _Head(QHeaderView):
    """Heads in regular text2 over their figures, the total's bold."""

    def __init__(self, model: FigureModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._figures = model
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setMinimumHeight(Height.TABLE_HEAD)
        self.setMinimumSectionSize(Space.XXL)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Ground, words, hairline."""
        last = len(self._figures.columns)
        column = self._figures.columns[logicalIndex - 1] if logicalIndex else None
        painter.save()
        painter.fillRect(rect, color("raised"))
        painter.setPen(color("hairline"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(font(bold=column is not None and column.is_total))
        painter.setPen(color("text" if column is not None and column.is_total else "text2"))
        side = Space.S + _EDGE if column is None else SIDE
        box = rect.adjusted(side, 0, -SIDE - (_EDGE if logicalIndex == last else 0), 0)
        text = self._figures.first_head if column is None else column.head
        direction = self.layoutDirection()
        place = mirrored(direction, rect, box)
        draw_text(painter, place, text, direction, START if column is None else END)
        if column is not None and column.icon:
            size = IconSize.CHIP
            mark = QRect(box.x(), rect.center().y() - size // 2, size, size)
            draw_icon(painter, QRectF(mirrored(direction, rect, mark)), column.icon, "text2")
        painter.restore()


class FigureTable(TableView):
    """A table whose every figure can be opened; ``opened`` gives its ``ShownCell``."""

    opened = Signal(object)  # ShownCell
    unfold_wanted = Signal(str)  # the code of a folded line

    def __init__(
        self,
        name: str,
        accessible: str,
        columns: Sequence[Column],
        first: str,
        *,
        fits: bool = False,
    ) -> None:
        super().__init__(name, accessible=accessible, cells=True)
        self._row_height: int = Height.ROW
        self._fits = fits
        self.figures = FigureModel(columns, self)
        self.figures.first_head = first
        self.setHorizontalHeader(_Head(self.figures, self))
        self.setItemDelegate(_SummaryDelegate(self))
        self.setModel(self.figures)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.figures.modelReset.connect(self._span)
        self.clicked.connect(self._open)
        self._size_columns()

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these; the current cell stays on its line."""
        place = self._place()
        others = self.figures.set_lines(lines)
        self._size_columns()
        if others:  # setting heights paints every row anew
            self._fit()
        self.set_place(place)

    def place(self) -> tuple[str, str, int]:
        """Where the current cell is, in words that survive another count."""
        return self._place()

    def _place(self) -> tuple[str, str, int]:
        index = self.currentIndex()
        if not index.isValid() or index.row() >= len(self.figures.lines):
            return "", "", -1
        line = self.figures.lines[index.row()]
        return line.kind.value, f"{line.code}/{line.label}", index.column()

    def set_place(self, place: tuple[str, str, int]) -> None:
        """Go back to a cell; the first figure when it is no more."""
        kind, code, column = place
        wanted = [
            row
            for row, line in enumerate(self.figures.lines)
            if (line.kind.value, f"{line.code}/{line.label}") == (kind, code)
        ]
        if wanted and column >= 0:
            self.setCurrentIndex(self.figures.index(wanted[0], column))
        elif self.figures.lines and not self.currentIndex().isValid():
            totals = [c.is_total for c in self.figures.columns]
            self.setCurrentIndex(self.figures.index(0, totals.index(True) + 1))

    def go_to(self, code: str) -> None:
        """Bring a heading to the top and its first figure under the focus."""
        for row, line in enumerate(self.figures.lines):
            if line.kind is LineKind.HEADING and line.code == code:
                self.scrollTo(self.figures.index(row, 0), self.ScrollHint.PositionAtTop)
                below = next(
                    r for r in range(row + 1, len(self.figures.lines)) if self._is_figure(r)
                )
                column = [c.is_total for c in self.figures.columns].index(True) + 1
                self.setCurrentIndex(self.figures.index(below, column))
                self.scrollTo(self.figures.index(row, 0), self.ScrollHint.PositionAtTop)
                return

    def _is_figure(self, row: int) -> bool:
        return bool(self.figures.lines[row].cells)

    def _fit(self) -> None:
        """Lower rows as far as that spares a scroll bar."""
        if not self._fits:
            return
        room = self.viewport().height()
        for height in _ROW_HEIGHTS:
            self._row_height = height
            self.apply_row_heights()
            if sum(self.rowHeight(row) for row in range(self.figures.rowCount())) <= room:
                return

    def apply_row_heights(self) -> None:
        """As the kit's, or a little lower."""
        super().apply_row_heights()
        if self._row_height >= Height.ROW:
            return
        least = QFontMetrics(font()).height() + Space.XS
        for row, line in enumerate(self.figures.lines):
            if line.kind is not LineKind.GAP:
                is_sub = line.kind is LineKind.SUB
                high = min(self._row_height, Height.SUB_ROW) if is_sub else self._row_height
                self.setRowHeight(row, max(high, least))

    def _span(self) -> None:
        """Headings, notes and folds take the whole width."""
        self.clearSpans()
        for row, line in enumerate(self.figures.lines):
            if line.kind in {LineKind.HEADING, LineKind.NOTE, LineKind.FOLD}:
                self.setSpan(row, 0, 1, self.figures.columnCount())

    def _size_columns(self) -> None:
        head = self.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        lines = self.figures.lines
        for place, column in enumerate(self.figures.columns):
            head.setSectionResizeMode(place + 1, QHeaderView.ResizeMode.Fixed)
            width = column.width(line.cells[place].text for line in lines if line.cells)
            is_last = place + 1 == len(self.figures.columns)
            self.setColumnWidth(place + 1, width + (_EDGE if is_last else 0))

    def minimumSizeHint(self) -> QSize:
        """Every column of figures and the beginning of a label."""
        widths = sum(self.columnWidth(c) for c in range(1, self.figures.columnCount()))
        return QSize(widths + text_width("Enregistrements", font(bold=True)), 3 * Height.ROW)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "figures"):
            self._size_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the current cell in sight."""
        super().resizeEvent(event)
        if event.size().height() != event.oldSize().height():
            self._fit()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; the rest moves."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _open(self, index: Index) -> None:
        if not index.isValid():
            return
        line = self.figures.lines[index.row()]
        if line.kind is LineKind.FOLD:
            self.unfold_wanted.emit(line.code)
        elif (cell := self.figures.opening(index)) is not None:
            self.opened.emit(cell)
