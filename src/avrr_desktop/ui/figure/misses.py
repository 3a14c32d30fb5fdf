"""Near-misses under the heading of their reason, with what can be done about each."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from avrr_desktop.core.ages import Group
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.figure_page import MissLine, NearView, read_misses
from avrr_desktop.services.figure_words import Wording, miss_text, reason_title
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.summary.near_misses import NearMiss
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.model import shown_name
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.widgets.delegates import NameDelegate
from avrr_desktop.ui.widgets.drawing import text_width
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_CHUNK = 200
_LATIN, _ARABIC, _COUNTRY, _REASON = "n" * 19, "n" * 12, "n" * 13, "n" * 20
_NAME, _NAME_AR, _GROUP, _NATIONALITY, _WHY, _ACTION = range(6)
TO_FILL = frozenset({"planned", "no_counting_date"})  # what a date would count
IN_BIN = frozenset({"deleted", "person_deleted"})


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names a reason."""

    reason: str
    count: int


class MissesModel(QAbstractTableModel):
    """Headings and near-misses; names are read by chunks."""

    def __init__(self, context: Context, wording: Wording, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._wording = wording
        self._entries: list[Heading | NearMiss] = []
        self._lines: dict[str, MissLine] = {}
        self._is_past = False
        self._heads = (
            *(tr("Name"), tr("Arabic name"), tr("Group"), tr("Nationality")),
            *(tr("Why not"), ""),
        )

    def show(self, near: NearView, reason: str) -> None:
        """Show the near-misses of a reason, or all when it is empty."""
        self.beginResetModel()
        self._is_past = near.lines is not None
        self._lines.update(near.lines or {})
        self._entries = []
        last = ""
        for miss in near.misses:
            if reason and miss.reason != reason:
                continue
            if miss.reason != last:
                last = miss.reason
                self._entries.append(Heading(last, near.reasons[last]))
            self._entries.append(miss)
        self.endResetModel()

    def entry(self, row: int) -> Heading | NearMiss | None:
        """The heading or near-miss of a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def miss(self, row: int) -> NearMiss | None:
        """The near-miss of a row; None on a heading."""
        entry = self.entry(row)
        return entry if isinstance(entry, NearMiss) else None

    def headings(self) -> list[int]:
        """Rows that are headings."""
        return [row for row, entry in enumerate(self._entries) if isinstance(entry, Heading)]

    def name_of(self, row: int) -> PersonName:
        """The name of the person of a row."""
        line = self._line(row)
        return line.name if line else PersonName("")

    def _line(self, row: int) -> MissLine | None:
        miss = self.miss(row)
        if miss is None:
            return None
        if miss.person_id not in self._lines and not self._is_past:
            near = self._entries[max(0, row - _CHUNK // 2) : row + _CHUNK]
            wanted = [entry for entry in near if isinstance(entry, NearMiss)]
            try:
                self._lines.update(read_misses(self._context.register, wanted))
            except UserError:
                return None
        return self._lines.get(miss.person_id)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Headings and near-misses."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, Arabic name, group, nationality, why not, what to do."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == _Role.DisplayRole:
            return self._heads[section]
        return _alignment(section) if role == _Role.TextAlignmentRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings cannot be chosen."""
        if self.miss(index.row()) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts and looks."""
        entry = self._entries[index.row()]
        if isinstance(entry, Heading):
            return self._heading(entry, role)
        if role == _Role.TextAlignmentRole:
            return _alignment(index.column())
        if role == CellRole.LINK:
            return index.column() == _ACTION and not self._is_past
        if role == CellRole.NAME and index.column() == _NAME:
            return shown_name(self.name_of(index.row()))
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._text(index.row(), index.column(), entry)
        return None

    def _heading(self, entry: Heading, role: int) -> object:
        if role in (CellRole.TOTAL, CellRole.BOLD):
            return True
        if role in (_Role.DisplayRole, _Role.AccessibleTextRole):
            title = reason_title(entry.reason, self._wording.say)
            return f"{title} · {number_text(entry.count)}"
        return None

    def _text(self, row: int, column: int, miss: NearMiss) -> str:
        line = self._line(row)
        if column == _WHY:
            return miss_text(miss, self._wording)
        if column == _ACTION:
            return self.action_text(miss)
        if column == _GROUP:
            return group_word(Group(miss.group))
        if line is None:
            return ""
        if column == _NATIONALITY:
            return self._context.term("country", line.nationality)
        return line.name.arabic if column == _NAME_AR else line.name.latin

    def action_text(self, miss: NearMiss) -> str:
        """What opens: the form to fill, the bin, or the record; the past is only read."""
        if self._is_past:
            return ""
        if miss.reason in TO_FILL:
            return tr("Fill in the date")
        return tr("Open the bin") if miss.reason in IN_BIN else tr("See")


def _alignment(column: int) -> Qt.AlignmentFlag:
    at_end = column == _NAME_AR and not screen_language().is_rtl
    side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


class MissesTable(TableView):
    """The table of near-misses."""

    def __init__(self, model: MissesModel, parent: QWidget | None = None) -> None:
        super().__init__("near-misses", accessible=tr("Not counted"), parent=parent)
        self.setModel(model)
        self._misses = model
        self.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(_NAME, NameDelegate(self))
        groups = [group_word(group) for group in Group]
        actions = [tr("Fill in the date"), tr("Open the bin"), tr("See")]
        self.set_widths(([_LATIN], [_ARABIC], groups, [_COUNTRY], [], actions))
        # The reason has what the others leave: what to do about it is always in sight.
        self.horizontalHeader().setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        model.modelReset.connect(self._on_reset)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the reason has too little room, the name in Arabic gives its own."""
        super().resizeEvent(event)
        columns = [place for place in range(self._misses.columnCount()) if place != _WHY]
        self.setColumnHidden(_NAME_AR, False)
        room = self.viewport().width() - sum(self.columnWidth(place) for place in columns)
        self.setColumnHidden(_NAME_AR, room < text_width(_REASON, font()))

    def _on_reset(self) -> None:
        self.clearSpans()
        for row in self._misses.headings():
            self.setSpan(row, 0, 1, self._misses.columnCount())
        if self._misses.rowCount() > 1:
            self.setCurrentIndex(self._misses.index(1, 0))
