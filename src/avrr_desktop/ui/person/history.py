"""The history of a person: when, who, which field, before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.history import Change, FieldChange
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import value_text
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.widgets.formats import date_text, ltr, time_text
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_WIDTHS = (16, 14, 20, 18, 18, 18, 20)  # characters


@dataclass(frozen=True, slots=True)
class _Line:
    change: Change
    field: FieldChange | None
    is_first: bool


class HistoryModel(QAbstractTableModel):
    """A row a field changed; a creation or a deletion is one row."""

    def __init__(self, context: Context, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._lines: list[_Line] = []
        self._heads = (
            tr("When"),
            tr("Who"),
            tr("Record"),
            tr("Field"),
            tr("Before"),
            tr("After"),
            tr("Reason"),
        )

    def show(self, changes: Sequence[Change]) -> None:
        """Show these changes."""
        self.beginResetModel()
        self._lines = [line for change in changes for line in _lines(change)]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """When, who, record, field, before, after, reason."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return self._heads[section]
            if role == _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts; the first row of a change says when and who."""
        line = self._lines[index.row()]
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._texts(line)[index.column()]
        if role == CellRole.BOLD:
            return line.is_first and index.column() == 2
        return None

    def _texts(self, line: _Line) -> tuple[str, ...]:
        change = line.change
        local = change.at.astimezone()
        when = ltr(f"{date_text(local.date())} {time_text(local)}")
        label = self._context.text(change.record.label)
        head = (when, change.actor, label) if line.is_first else ("", "", "")
        reason = change.reason if line.is_first else ""
        if change.erased_on is not None:
            return (*head, erased_text(change.erased_on), "", "", reason)
        if line.field is None:
            return (*head, _action_word(change), "", "", reason)
        field = line.field
        before, after = change_texts(self._context, field)
        return (*head, self._context.text(field.field.spec.label), before, after, reason)


class HistoryTable(TableView):
    """The table of changes."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("history", accessible=tr("Changes"), parent=parent)
        self.changes = HistoryModel(context, self)
        self.setModel(self.changes)
        metrics = QFontMetrics(font())
        for place, characters in enumerate(_WIDTHS):
            self.setColumnWidth(place, metrics.horizontalAdvance("n" * characters))
        self.horizontalHeader().setStretchLastSection(True)


def change_texts(context: Context, change: FieldChange) -> tuple[str, str]:
    """A field before and after; in words where its reading is restricted."""
    if change.is_withheld:
        return tr("restricted"), tr("restricted")
    before, after = (
        value_text(context, change.field, value) for value in (change.before, change.after)
    )
    return before, after


def erased_text(day: date) -> str:
    """« erased on 12/03/2030 »."""
    return tr("erased on {day}", day=ltr(date_text(day)))


def _lines(change: Change) -> list[_Line]:
    if change.is_new or change.is_deleted or not change.fields:
        return [_Line(change, None, is_first=True)]
    return [_Line(change, field, place == 0) for place, field in enumerate(change.fields)]


def _action_word(change: Change) -> str:
    if change.is_deleted:
        return tr("deleted")
    if change.is_new:
        return tr("created")
    words = {
        "restore": tr("restored"),
        "undo": tr("taken back"),
        "redo": tr("brought back"),
        "merge": tr("merged"),
        "unmerge": tr("separated"),
    }
    return words.get(change.action, tr("changed"))
