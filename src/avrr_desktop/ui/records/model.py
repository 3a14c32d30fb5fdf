"""The rows of a list: ids read on the worker, details page by page as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language
from avrr_desktop.services import lists
from avrr_desktop.services.lists import Column, ColumnKind, ListQuery, PersonName, Row
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.cells import END_KINDS, cell_text
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.widgets.roles import CellRole, ShownName

Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS = 200
_KEPT_PAGES = 40
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole


class RecordModel(QAbstractTableModel):
    """A list of records; old rows stay until the new ones have come."""

    loaded = Signal()  # the first rows of a query are there
    completed = Signal()  # every row is there
    failed = Signal(object)  # UserError

    def __init__(self, context: Context, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._columns = tuple(columns)
        self._ids: tuple[str, ...] = ()
        self._pages: OrderedDict[int, dict[str, Row]] = OrderedDict()
        self._query: ListQuery | None = None
        self._shown: ListQuery | None = None
        self._request: Request[object] | None = None
        self.total = 0

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns shown, in order."""
        return self._columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns; rows stay."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self.endResetModel()

    def ask(self, query: ListQuery) -> None:
        """Read the rows of a query; a read under way is given up."""
        self.stop()
        self._query = query
        first = replace(query, offset=0, limit=PAGE_ROWS)
        register = self._context.register

        def work(_progress: Progress) -> object:
            return lists.page(register, first)

        self._start(work, self._on_first)

    def ask_again(self) -> None:
        """Read the same query anew."""
        if self._query is not None:
            self.ask(self._query)

    @property
    def is_current(self) -> bool:
        """Whether the rows are those of the query last asked."""
        return self._shown is not None and self._shown is self._query

    def stop(self) -> None:
        """Give up what is being read."""
        self._context.tasks.cancel(self._request)
        self._request = None

    def _start(self, work: Callable[[Progress], object], done: Callable[[object], None]) -> None:
        request = Request(work, done, self.failed.emit)
        self._request = self._context.tasks.start(request)

    def _on_first(self, found: object) -> None:
        assert isinstance(found, lists.Page)
        self.beginResetModel()
        self._ids = tuple(row.id for row in found.rows)
        self._pages.clear()
        self._pages[0] = {row.id: row for row in found.rows}
        self._shown = self._query
        self.total = found.total
        self.endResetModel()
        self._request = None
        self.loaded.emit()
        query = self._query
        if found.total <= len(found.rows) or query is None:
            self.completed.emit()
            return
        register = self._context.register

        def work(_progress: Progress) -> object:
            return lists.ids(register, query)

        self._start(work, self._on_ids)

    def _on_ids(self, found: object) -> None:
        assert isinstance(found, tuple)
        self._request = None
        known = len(self._ids)
        if found[:known] == self._ids:
            self.beginInsertRows(_ROOT, known, len(found) - 1)
            self._ids = found
            self.endInsertRows()
        else:  # somebody saved in between
            self.beginResetModel()
            self._ids = found
            self._pages.clear()
            self.endResetModel()
        self.total = len(found)
        self.completed.emit()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """The rows known so far."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns shown."""
        return 0 if parent.isValid() else len(self._columns)

    def row(self, place: int) -> Row | None:
        """The row at a place, read when needed; None when it was deleted meanwhile."""
        if not 0 <= place < len(self._ids):
            return None
        number = place // PAGE_ROWS
        page = self._pages.get(number)
        if page is None:
            page = self._read(number)
        return page.get(self._ids[place])

    def id_at(self, place: int) -> str:
        """The id at a place; empty beyond the end."""
        return self._ids[place] if 0 <= place < len(self._ids) else ""

    def place_of(self, record_id: str) -> int:
        """Where a record stands, or -1."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def _read(self, number: int) -> dict[str, Row]:
        assert self._shown is not None
        wanted = self._ids[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
        try:
            found = lists.rows(self._context.register, self._shown.record, wanted)
        except UserError as error:
            self.failed.emit(error)
            found = ()
        page = self._pages[number] = {row.id: row for row in found}
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return page

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts, names and alignment."""
        column = self._columns[index.column()]
        if role == _Role.TextAlignmentRole:
            return alignment_of(column)
        if role not in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._look(index, column, role)
        row = self.row(index.row())
        return cell_text(self._context, column, row) if row else ""

    def _look(self, index: Index, column: Column, role: int) -> object:
        if role == CellRole.NAME and column.kind is ColumnKind.NAME:
            row = self.row(index.row())
            name = row.values.get("name") if row else None
            return shown_name(name) if isinstance(name, PersonName) else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The columns' labels."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self._columns):
            return None
        column = self._columns[section]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._context.text(column.label)
        return alignment_of(column) if role == _Role.TextAlignmentRole else None


def alignment_of(column: Column) -> Qt.AlignmentFlag:
    """Numbers and the other script's names at the end, everything else at the start."""
    at_end = column.kind is ColumnKind.AGE or column.value_kind in END_KINDS
    if column.kind is ColumnKind.NAME_AR:
        at_end = not screen_language().is_rtl
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def shown_name(name: PersonName) -> ShownName:
    """A name as the delegate draws it; the Arabic one alone when there is no other."""
    if name.family or name.given:
        return ShownName(name.family.upper(), name.given)
    return ShownName(name.arabic)
