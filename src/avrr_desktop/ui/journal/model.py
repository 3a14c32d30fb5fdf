"""The rows of the journal: sequences read on the worker, lines page by page as they are seen."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.audit_lines import AuditLine, lines
from avrr_desktop.services.audit_words import deed_text, record_text, summary_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.widgets.formats import date_text, ltr, time_text
from avrr_desktop.ui.widgets.roles import CellRole

Index = QModelIndex | QPersistentModelIndex
PAGE_ROWS = 100
_KEPT_PAGES = 40
_PIECES = 3  # fields told in a row; the details tell all
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
WHEN, WHO, ACTION, RECORD, CHANGED, REASON = range(6)


class JournalModel(QAbstractTableModel):
    """A row a line, the latest first."""

    failed = Signal(object)  # UserError

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._say = translator(screen_language())
        self._sequences: Sequence[int] = ()
        self._pages: OrderedDict[int, dict[int, AuditLine]] = OrderedDict()
        self._heads = (
            tr("When"),
            tr("Who"),
            tr("Action"),
            tr("Record"),
            tr("Before → after"),
            tr("Reason"),
        )

    @property
    def sequences(self) -> Sequence[int]:
        """The lines shown, in their order."""
        return self._sequences

    def show(self, sequences: Sequence[int]) -> None:
        """Show these lines."""
        self.beginResetModel()
        self._sequences = sequences
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._sequences)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """When, who, action, record, before and after, reason."""
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
        """Texts; what was done in bold."""
        if role == CellRole.BOLD:
            return index.column() == ACTION
        if role not in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return None
        line = self.line(index.row())
        return self._text(line, index.column()) if line else ""

    def sequence_at(self, row: int) -> int:
        """The line of a row; 0 beyond the end."""
        return self._sequences[row] if 0 <= row < len(self._sequences) else 0

    def row_of(self, sequence: int) -> int:
        """Where a line stands, or -1."""
        try:
            return self._sequences.index(sequence)
        except ValueError:
            return -1

    def line(self, row: int) -> AuditLine | None:
        """The line of a row, read when needed; None when another program removed it."""
        sequence = self.sequence_at(row)
        if not sequence:
            return None
        number = row // PAGE_ROWS
        page = self._pages.get(number)
        return (self._read(number) if page is None else page).get(sequence)

    def _read(self, number: int) -> dict[int, AuditLine]:
        wanted = self._sequences[number * PAGE_ROWS : (number + 1) * PAGE_ROWS]
        try:
            found = lines(self._context.register, wanted)
        except UserError as error:
            self.failed.emit(error)
            found = ()
        page = self._pages[number] = {line.sequence: line for line in found}
        if len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)
        return page

    def _text(self, line: AuditLine, column: int) -> str:
        lists = self._context.register.vocabularies
        if column == WHEN:
            return when_text(line)
        if column == ACTION:
            return deed_text(line, self._say)
        if column == RECORD:
            return record_text(line, self._say)
        if column == CHANGED:
            return summary_text(line, lists, self._say, most=_PIECES)
        return line.actor if column == WHO else line.reason


def when_text(line: AuditLine) -> str:
    """Day and time where the office is."""
    local = line.at.astimezone()
    return ltr(f"{date_text(local.date())} {time_text(local)}")
