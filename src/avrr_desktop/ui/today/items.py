"""The persons of the list chosen: name, nationality, day, what is missing."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from avrr_desktop.core.translation import tr
from avrr_desktop.services.worklist import WorkItem, WorkLine
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.today.words import WORDS, day_text, missing_text, shown_name
from avrr_desktop.ui.widgets.roles import CellRole, ShownName

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
NAME, NATIONALITY, DAY, MISSING = range(4)


class ItemsModel(QAbstractTableModel):
    """One row a thing to do."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._line: WorkLine | None = None
        self._columns = 4

    def set_line(self, line: WorkLine | None) -> None:
        """Show the persons of a list."""
        self.beginResetModel()
        self._line = line
        has_missing = line is not None and any(item.detail for item in line.items)
        self._columns = 4 if has_missing else 3
        self.endResetModel()

    def item(self, row: int) -> WorkItem | None:
        """The thing to do of a row."""
        items = self._line.items if self._line is not None else ()
        return items[row] if 0 <= row < len(items) else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() or self._line is None else len(self._line.items)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else self._columns

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if self._line is None:
            return None
        heads = (
            tr("Name"),
            tr("Nationality"),
            WORDS[self._line.work].day(),
            tr("To do"),
        )
        return heads[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        item = self.item(index.row())
        if item is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(item, index.column())
        if role == CellRole.NAME and index.column() == NAME:
            name = item.name
            return ShownName(name.family.upper(), name.given, name.arabic)
        return None

    def _text(self, item: WorkItem, column: int) -> str:
        if column == NAME:
            return shown_name(item)
        if column == NATIONALITY:
            return self._context.term("country", item.nationality)
        return day_text(item) if column == DAY else missing_text(item)
