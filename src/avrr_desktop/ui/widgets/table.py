"""The table preset: no grid, hairlines under rows, lines round the current row, keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QRect, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import Height, Line, Space
from avrr_desktop.ui.widgets.delegates import CellDelegate
from avrr_desktop.ui.widgets.drawing import text_width
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.tips import shows_plain_tip


class _Head(QHeaderView):
    """The head: regular text2, the sorted column bold."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumHeight(Height.TABLE_HEAD)
        self.setMinimumSectionSize(Space.XXL)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Bold while this column sorts."""
        sorted_here = self.isSortIndicatorShown() and self.sortIndicatorSection() == logicalIndex
        painter.save()
        painter.setFont(font(bold=sorted_here))
        super().paintSection(painter, rect, logicalIndex)
        painter.restore()


class TableView(QTableView):
    """A list by rows, or with ``cells=True`` a table of figures one walks cell by cell.

    ``activated`` comes on Enter and on double click. In a card, give the card ``flush=True``.
    """

    def __init__(
        self,
        name: str = "table",
        *,
        accessible: str = "",
        cells: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._cells = cells
        self.setObjectName(name)
        self.setAccessibleName(accessible or name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setCornerWidget(QWidget(self))  # else the style draws a box between the bars
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._choose_behaviour()
        self.setHorizontalHeader(_Head(self))
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(Space.DIRECTIONS_GAP)
        self._size_rows()
        self.setItemDelegate(CellDelegate(self))

    def _choose_behaviour(self) -> None:
        view = QAbstractItemView
        if self._cells:
            self.setSelectionMode(view.SelectionMode.NoSelection)
            self.setSelectionBehavior(view.SelectionBehavior.SelectItems)
        else:
            self.setSelectionMode(view.SelectionMode.ExtendedSelection)
            self.setSelectionBehavior(view.SelectionBehavior.SelectRows)

    def _size_rows(self) -> None:
        least = QFontMetrics(font()).height() + Space.XS
        self.verticalHeader().setDefaultSectionSize(max(Height.ROW, least))

    def set_widths(self, samples: Sequence[Sequence[str]]) -> None:
        """Each column as wide as its head and the widest of its samples, whatever comes."""
        model = self.model()
        for place, texts in enumerate(samples):
            head = str(model.headerData(place, Qt.Orientation.Horizontal) or "")
            widths = [text_width(text, font()) for text in (head, *texts)]
            self.setColumnWidth(place, max(widths) + 2 * Space.S)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show ``model``, with the row heights its roles ask for."""
        super().setModel(model)
        if model is not None and self._cells:
            model.modelReset.connect(self.apply_row_heights)
            self.apply_row_heights()

    def apply_row_heights(self) -> None:
        """Lower sub rows and gaps; only for tables of figures, which are short."""
        model = self.model()
        if model is None:
            return
        least = QFontMetrics(font()).height() + Space.XS
        for row in range(model.rowCount()):
            first = model.index(row, 0)
            if first.data(CellRole.GAP):
                self.setRowHeight(row, Space.DIRECTIONS_GAP)
            elif first.data(CellRole.SUB):
                self.setRowHeight(row, max(Height.SUB_ROW, least))
            else:
                self.setRowHeight(row, max(Height.ROW, least))

    def viewportEvent(self, event: QEvent) -> bool:
        """Tool tips show data as it is."""
        return shows_plain_tip(self, event) or super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter activates the current cell on every system."""
        index = self.currentIndex()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and index.isValid():
            self.activated.emit(index)
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._size_rows()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The cells, then hairlines, then the lines round the current row."""
        super().paintEvent(event)
        model = self.model()
        if model is None:
            return
        if model.rowCount() == 0:
            return
        with QPainter(self.viewport()) as painter:
            self._draw_hairlines(painter, event.rect())
            if not self._cells and self.hasFocus():
                self._draw_current_row(painter)

    def _draw_hairlines(self, painter: QPainter, area: QRect) -> None:
        model = self.model()
        first = max(0, self.rowAt(area.top()))
        last = self.rowAt(area.bottom())
        last = last if last >= 0 else model.rowCount() - 1
        painter.setPen(color("hairline"))
        right = self.viewport().width()
        for row in range(first, last + 1):
            if model.index(row, 0).data(CellRole.GAP):
                top = self.rowViewportPosition(row)
                painter.fillRect(0, top, right, self.rowHeight(row), color("bg"))
                continue
            following = model.index(row + 1, 0)
            if following.data(CellRole.SUB):
                continue
            y = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawLine(0, y, right, y)

    def _draw_current_row(self, painter: QPainter) -> None:
        row = self.currentIndex().row()
        if row < 0:
            return
        top = self.rowViewportPosition(row)
        width, high = self.viewport().width(), self.rowHeight(row)
        ink = color("accent_text")
        painter.fillRect(0, top, width, Line.FOCUS, ink)
        painter.fillRect(0, top + high - Line.FOCUS, width, Line.FOCUS, ink)
