"""The two tables of a case: who is or was in it, and its events."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from avrr_desktop.core.ages import Group
from avrr_desktop.core.translation import tr
from avrr_desktop.services.case_page import CaseEvent
from avrr_desktop.services.person_page import Member
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.records.cells import age_text
from avrr_desktop.ui.records.model import shown_name
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.roles import CellRole

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_TEXTS = (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole)


class _CaseTable(QAbstractTableModel):
    """Rows of texts under heads."""

    def __init__(self, context: Context, heads: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self.context = context
        self._heads = tuple(heads)
        self.texts: list[tuple[str, ...]] = []

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Rows."""
        return 0 if parent.isValid() else len(self.texts)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Heads."""
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
        """Texts."""
        return self.texts[index.row()][index.column()] if role in _TEXTS else None


class MembersModel(_CaseTable):
    """Members with their place, age and dates; those who left are paler."""

    def __init__(self, context: Context, parent: QObject) -> None:
        heads = (tr("Name"), tr("Arabic name"), tr("Place"), tr("Group"), tr("Age"))
        super().__init__(context, (*heads, tr("Since"), tr("Until")), parent)
        self._members: tuple[Member, ...] = ()

    def show(self, members: Sequence[Member]) -> None:
        """Show these."""
        self.beginResetModel()
        self._members = tuple(members)
        self.texts = [self._texts(member) for member in members]
        self.endResetModel()

    def member(self, row: int) -> Member | None:
        """The member of a row."""
        return self._members[row] if 0 <= row < len(self._members) else None

    def _texts(self, member: Member) -> tuple[str, ...]:
        return (
            plain_name(member.name),
            member.name.arabic,
            self.context.term("household_place", member.place),
            group_word(Group(member.group)),
            age_text(member.age),
            ltr(date_text(member.from_on)),
            ltr(date_text(member.to_on)),
        )

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Names for their delegate."""
        member = self._members[index.row()]
        if role == CellRole.NAME and index.column() == 0:
            return shown_name(member.name)
        if role == CellRole.SUB and index.column() > 0:
            return member.to_on is not None
        return super().data(index, role)


class EventsModel(_CaseTable):
    """Events of everyone in the case, the latest first."""

    def __init__(self, context: Context, parent: QObject) -> None:
        heads = (tr("Date"), tr("Activity"), tr("Name"), tr("Group"))
        super().__init__(context, heads, parent)
        self._events: tuple[CaseEvent, ...] = ()

    def show(self, events: Sequence[CaseEvent]) -> None:
        """Show these."""
        self.beginResetModel()
        self._events = tuple(events)
        self.texts = [self._texts(event) for event in events]
        self.endResetModel()

    def event_at(self, row: int) -> CaseEvent | None:
        """The event of a row."""
        return self._events[row] if 0 <= row < len(self._events) else None

    def _texts(self, event: CaseEvent) -> tuple[str, ...]:
        return (
            ltr(date_text(event.day)) or tr("No date"),
            self.context.text(event.activity.label),
            plain_name(event.name),
            group_word(Group(event.group)),
        )

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """The activity in bold."""
        if role == CellRole.BOLD:
            return index.column() == 1
        return super().data(index, role)
