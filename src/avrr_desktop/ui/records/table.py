"""The table of a list: rows ticked without losing the current one, copy, and column widths."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionViewItem, QWidget

from avrr_desktop.core.ages import Group
from avrr_desktop.core.kinds import Kind
from avrr_desktop.services.lists import Column, ColumnKind
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.delegates import CellDelegate, NameDelegate
from avrr_desktop.ui.widgets.drawing import text_width
from avrr_desktop.ui.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
_Flag = QItemSelectionModel.SelectionFlag
_CHECK_ROOM = Space.XXL + Space.S  # where a click ticks, as the delegate draws it
_WIDTHS = {  # in characters
    ColumnKind.NAME: 19,
    ColumnKind.NAME_AR: 13,
    ColumnKind.AGE: 8,
    ColumnKind.STATE: 14,
    ColumnKind.CASE: 14,
    ColumnKind.MEMBERS: 6,
}
_KIND_WIDTHS = {Kind.DATE: 10, Kind.TERM: 14, Kind.AMOUNT: 11, Kind.INTEGER: 7, Kind.YES_NO: 6}


class _TickedCell(CellDelegate):
    """A first cell that shows whether its row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The box is the selection."""
        super().initStyleOption(option, index)
        _tick(option)


class _TickedName(NameDelegate):
    """A name that shows whether its row is selected."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """The box is the selection."""
        super().initStyleOption(option, index)
        _tick(option)


def _tick(option: QStyleOptionViewItem) -> None:
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator
    selected = option.state & QStyle.StateFlag.State_Selected
    option.checkState = Qt.CheckState.Checked if selected else Qt.CheckState.Unchecked


class RecordTable(TableView):
    """A list whose rows are ticked with the box or the space bar; arrows only move.

    ``sort_requested`` gives the column to order by, asked for with F3 (next) or Shift+F3 (turned).
    """

    sort_requested = Signal(int)

    def __init__(self, name: str, accessible: str, parent: QWidget | None = None) -> None:
        super().__init__(name, accessible=accessible, parent=parent)
        self._copied: Callable[[], str] = str
        self._ticked_cell = _TickedCell(self)
        self._ticked_name = _TickedName(self)
        self._name = NameDelegate(self)
        self._plain = CellDelegate(self)
        head = self.horizontalHeader()
        head.setSortIndicatorShown(True)
        head.setStretchLastSection(True)
        head.setSectionsMovable(False)

    def set_copy(self, copied: Callable[[], str]) -> None:
        """What Ctrl+C puts on the clipboard."""
        self._copied = copied

    def show_columns(self, columns: Sequence[Column], labels: Sequence[str]) -> None:
        """Delegates and widths of the columns; widths do not depend on what comes."""
        metrics, head = QFontMetrics(font()), QFontMetrics(font(bold=True))
        for place, (column, label) in enumerate(zip(columns, labels, strict=True)):
            is_name = column.kind is ColumnKind.NAME
            plain = self._name if is_name else self._plain
            first = self._ticked_name if is_name else self._ticked_cell
            chosen: CellDelegate = first if place == 0 else plain
            self.setItemDelegateForColumn(place, chosen)
            chars = _WIDTHS.get(column.kind) or _KIND_WIDTHS.get(column.value_kind, 15)
            wide = metrics.horizontalAdvance("n" * chars)
            if column.kind is ColumnKind.GROUP:
                wide = max(text_width(group_word(group), font()) for group in Group) + Space.XS
            wide = max(wide, head.horizontalAdvance(label) + Space.XL)
            wide += 2 * Space.S + (_CHECK_ROOM if place == 0 else 0)
            self.horizontalHeader().setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(place, wide)

    def selectionCommand(
        self, index: Index, event: QEvent | None = None
    ) -> QItemSelectionModel.SelectionFlag:
        """Box, Ctrl+click and Space tick; Shift extends; the rest only moves."""
        rows = _Flag.Rows
        if isinstance(event, QMouseEvent):
            return self._mouse_command(index, event) | rows
        if isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                return _Flag.Toggle | rows
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return _Flag.SelectCurrent | rows
        return _Flag.NoUpdate

    def _mouse_command(self, index: Index, event: QMouseEvent) -> QItemSelectionModel.SelectionFlag:
        if event.type() != QEvent.Type.MouseButtonPress or not index.isValid():
            return _Flag.NoUpdate
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return _Flag.SelectCurrent
        ticks = index.column() == 0 and self._is_on_box(index, event)
        if ticks or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return _Flag.Toggle
        return _Flag.NoUpdate

    def _is_on_box(self, index: Index, event: QMouseEvent) -> bool:
        cell = self.visualRect(index)
        x = event.position().toPoint().x()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return cell.right() - x < _CHECK_ROOM
        return x - cell.left() < _CHECK_ROOM

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C copies text; Home and End go to the ends; F3 orders by the next column."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self._copied())
            return
        if event.key() == Qt.Key.Key_F3:
            self._sort_by_key(event.modifiers())
            return
        model = self.model()
        if event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End} and model.rowCount():
            row = 0 if event.key() == Qt.Key.Key_Home else model.rowCount() - 1
            self.setCurrentIndex(model.index(row, max(0, self.currentIndex().column())))
            return
        super().keyPressEvent(event)

    def _sort_by_key(self, modifiers: Qt.KeyboardModifier) -> None:
        """F3: the next column; Shift+F3: the same one, the other way round."""
        now = self.horizontalHeader().sortIndicatorSection()
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.sort_requested.emit(max(now, 0))
        else:
            self.sort_requested.emit((now + 1) % self.model().columnCount())

    def selected_rows(self) -> list[int]:
        """Places of the ticked rows, in order."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def go_to(self, row: int) -> None:
        """Make a row the current one and show it."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def return_to(self, current: int, selected: Sequence[int], scroll: int) -> None:
        """Tick the same rows, be on the same one, scrolled to the same place."""
        model, choice = self.model(), self.selectionModel()
        choice.clearSelection()
        for row in selected:
            choice.select(model.index(row, 0), _Flag.Select | _Flag.Rows)
        row = (
            current
            if current >= 0
            else min(max(self.currentIndex().row(), 0), model.rowCount() - 1)
        )
        if row >= 0:
            choice.setCurrentIndex(model.index(row, 0), _Flag.NoUpdate)
        self.verticalScrollBar().setValue(scroll)
