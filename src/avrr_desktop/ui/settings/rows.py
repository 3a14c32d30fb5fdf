"""A short table of texts in a card, with buttons in its head."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedLayout, QVBoxLayout, QWidget

from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


class _Rows(QAbstractTableModel):
    def __init__(self, heads: Sequence[str]) -> None:
        super().__init__()
        self._heads = tuple(heads)
        self._rows: tuple[tuple[str, ...], ...] = ()

    def show(self, rows: Sequence[tuple[str, ...]]) -> None:
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._rows[index.row()][index.column()]
        return None


class RowsCard(Card):
    """``wide`` is the column that takes the room left. ``moved`` follows the current row."""

    moved = Signal()

    def __init__(
        self, name: str, title: str, heads: Sequence[str], *, wide: int = 0, empty: str = ""
    ) -> None:
        super().__init__(f"{name}-card", flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(margins(Space.L, Space.XS, Space.S, Space.XS))
        head.setSpacing(Space.XS)
        head.addWidget(Text(title, Type.SECTION))
        head.addStretch(1)
        self.buttons = head
        self.body.addLayout(head)
        self.body.addWidget(HairLine())
        self._model = _Rows(heads)
        self.table = TableView(name, accessible=title)
        self.table.setModel(self._model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        columns = self.table.horizontalHeader()
        columns.setSectionsClickable(False)
        columns.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        columns.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.moved.emit())
        self._stack = QStackedLayout()
        self._stack.addWidget(self.table)
        self._stack.addWidget(EmptyState(empty))
        self.body.addLayout(self._stack, 1)

    def add_button(self, button: Button) -> Button:
        """A button at the end of the head."""
        self.buttons.addWidget(button)
        return button

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show these, the current row kept where it was."""
        before = max(self.row, 0)
        self._model.show(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        if rows:
            self.table.setCurrentIndex(self._model.index(min(before, len(rows) - 1), 0))
        self.moved.emit()

    @property
    def row(self) -> int:
        """The current row, -1 for none."""
        return self.table.currentIndex().row()


def padded(*widgets: QWidget) -> QVBoxLayout:
    """The column of a section of the settings."""
    column = QVBoxLayout()
    column.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
    column.setSpacing(Space.M)
    for widget in widgets:
        column.addWidget(widget)
    return column
