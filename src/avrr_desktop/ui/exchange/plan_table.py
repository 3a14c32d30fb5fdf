"""The lines of a file and what becomes of each."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.exchange.plan import ImportPlan, PlannedLine, Verdict
from avrr_desktop.services.exchange.wording import sheet_title, word_line, word_verdict
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.roles import CellRole

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
SHEET, LINE, PERSON, VERDICT, REASON = range(5)
CHIPS: Final = {
    Verdict.NEW: ChipKind.OK,
    Verdict.UPDATE: ChipKind.ACCENT,
    Verdict.UNCHANGED: ChipKind.REASON,
    Verdict.CONFIRM: ChipKind.WARNING,
    Verdict.REFUSED: ChipKind.ERROR,
}
_ICONS: Final = {Verdict.NEW: "plus", Verdict.UPDATE: "pencil", Verdict.UNCHANGED: "check"}


class PlanModel(QAbstractTableModel):
    """Lines of a plan, of one verdict or of all."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._lines: tuple[PlannedLine, ...] = ()
        self._say = translator(screen_language())
        self._heads = (tr("Sheet"), tr("Line"), tr("Person"), tr("Verdict"), tr("Reason"))

    def show(self, plan: ImportPlan, verdict: Verdict | None) -> None:
        """Show the lines of a verdict, or all."""
        self.beginResetModel()
        lines = plan.lines
        if verdict is not None:
            lines = tuple(line for line in lines if line.verdict is verdict)
        self._lines = lines
        self.endResetModel()

    def reason(self, row: int) -> str:
        """Why a line has its verdict, in full."""
        return word_line(self._lines[row], self._say) if 0 <= row < len(self._lines) else ""

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Sheet, line, person, verdict, reason."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal and role == _Role.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts; the verdict as a chip."""
        line = self._lines[index.row()]
        if role == CellRole.CHIPS and index.column() == VERDICT:
            words = word_verdict(line.verdict, self._say)
            return (ChipSpec(words, CHIPS[line.verdict], _ICONS.get(line.verdict)),)
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._text(line, index.column())
        return None

    def _text(self, line: PlannedLine, column: int) -> str:
        match column:
            case 0:
                return sheet_title(line.sheet, self._say)
            case 1:
                return ltr(str(line.row))
            case 2:
                return ltr(line.person)
            case 3:
                return word_verdict(line.verdict, self._say)
            case _:
                return word_line(line, self._say)
