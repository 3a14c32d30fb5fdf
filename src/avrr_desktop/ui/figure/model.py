"""The rows a figure counts: all at once, their names as they come into sight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import Activity, Field, FieldSpec
from avrr_desktop.services.figure_page import read_lines
from avrr_desktop.services.lists import Column, ColumnKind, PersonName, Row, columns_of
from avrr_desktop.services.summary.figures import RowBehind
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.cells import cell_text, copied_text
from avrr_desktop.ui.records.model import alignment_of, shown_name
from avrr_desktop.ui.widgets.roles import CellRole

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_PAGE = 200
_KEPT = 40
_DAY = Column(
    "figure_day",
    ColumnKind.FIELD,
    Label("Date", "التاريخ", "Date"),
    Field("figure_day", FieldSpec(label=Label("Date", "التاريخ", "Date"), kind=Kind.DATE), False),
)
_COMMON = frozenset({ColumnKind.NAME, ColumnKind.NAME_AR, ColumnKind.GROUP, ColumnKind.AGE})
_GROUP_ORDER = tuple(group.value for group in GROUPS)
SORTABLE = ("figure_day", "group", "age")


def columns_behind(activity: Activity | None) -> tuple[Column, ...]:
    """The columns of a figure's list: those of its activity, or the common ones for several."""
    if activity is None:
        any_ = columns_of(ACTIVITIES[0].key)
        return (*(column for column in any_ if column.kind in _COMMON), _DAY)
    usual = [column for column in columns_of(activity.key) if column.is_usual]
    own = next(column for column in usual if column.key == activity.dated_by)
    first = [column for column in usual if column.kind in _COMMON]
    # What counts has its date and its state: neither plans nor states tell more.
    others = [
        column
        for column in usual
        if column.kind not in _COMMON
        and column.kind is not ColumnKind.STATE
        and column.value_kind is not Kind.DATE
    ]
    return (*first, replace(_DAY, label=own.label), *others)


class FigureModel(QAbstractTableModel):
    """The persons, services or cases of a figure."""

    def __init__(self, context: Context, columns: Sequence[Column], parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.columns = tuple(columns)
        self._rows: tuple[RowBehind, ...] = ()
        self._pages: OrderedDict[int, dict[str, Row]] = OrderedDict()
        self._known: Mapping[str, Row] | None = None

    def show(self, rows: Sequence[RowBehind], lines: Mapping[str, Row] | None = None) -> None:
        """Show these rows; ``lines`` are all their records, when they are known already."""
        self.beginResetModel()
        self._rows, self._known = tuple(rows), lines
        self._pages.clear()
        self.endResetModel()

    def sort_by(self, key: str, *, descending: bool) -> None:
        """Order by day, group or age: what is known without reading names."""
        keys = {
            "figure_day": lambda row: (row.day, row.id),
            "group": lambda row: (_GROUP_ORDER.index(row.group), row.day),
            "age": lambda row: (row.lowest_age, row.highest_age, row.day),
        }
        self.show(sorted(self._rows, key=keys[key], reverse=descending), self._known)

    def behind(self, place: int) -> RowBehind | None:
        """The row of the figure at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def row(self, place: int) -> Row | None:
        """The record behind a row; None when it went meanwhile."""
        behind = self.behind(place)
        if behind is None:
            return None
        if self._known is not None:
            return self._known.get(behind.id)
        number = place // _PAGE
        page = self._pages.get(number)
        if page is None:
            page = self._read(number)
        return page.get(behind.id)

    def place_of(self, row_id: str) -> int:
        """Where a row stands, or -1."""
        return next((i for i, row in enumerate(self._rows) if row.id == row_id), -1)

    def _read(self, number: int) -> dict[str, Row]:
        wanted = self._rows[number * _PAGE : (number + 1) * _PAGE]
        try:
            page = read_lines(self._context.register, wanted)
        except UserError:
            page = {}
        self._pages[number] = page
        if len(self._pages) > _KEPT:
            self._pages.popitem(last=False)
        return page

    def rowCount(self, parent: Index = _ROOT) -> int:
        """As many as the figure says."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """The columns."""
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The columns' labels."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = self.columns[section]
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._context.text(column.label)
        return alignment_of(column) if role == _Role.TextAlignmentRole else None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts, names and alignment."""
        column = self.columns[index.column()]
        if role == _Role.TextAlignmentRole:
            return alignment_of(column)
        if role == CellRole.NAME and column.kind is ColumnKind.NAME:
            row = self.row(index.row())
            name = row.values.get("name") if row else None
            return shown_name(name) if isinstance(name, PersonName) else None
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            row = self.row(index.row())
            return cell_text(self._context, column, row) if row else ""
        return None

    def copied(self, places: Sequence[int]) -> str:
        """Rows as a spreadsheet takes them."""
        lines = ["\t".join(self._context.text(column.label) for column in self.columns)]
        for place in places:
            row = self.row(place)
            if row is not None:
                lines.append("\t".join(copied_text(self._context, c, row) for c in self.columns))
        return "\n".join(lines)
