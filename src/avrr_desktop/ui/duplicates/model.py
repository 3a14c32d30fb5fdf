"""The pairs as a table: two files, what they are born, why they may be one person."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from avrr_desktop.core.translation import tr
from avrr_desktop.services.duplicates_found import Duplicate, DuplicateSide
from avrr_desktop.ui.duplicates.words import likeness_chip, side_text
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.widgets.chip_drawing import ChipSpec
from avrr_desktop.ui.widgets.formats import code_text, ltr
from avrr_desktop.ui.widgets.roles import CellRole, ShownName

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
FIRST, FIRST_NUMBER, SECOND, SECOND_NUMBER, BORN, WHY = range(6)


class PairsModel(QAbstractTableModel):
    """One row a pair, the surest first."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._pairs: tuple[Duplicate, ...] = ()
        self._heads = (
            tr("One file"),
            tr("Number"),
            tr("The other"),
            tr("Number"),
            tr("Birth dates"),
            tr("Why"),
        )

    def show(self, pairs: Sequence[Duplicate]) -> None:
        """Show these."""
        self.beginResetModel()
        self._pairs = tuple(pairs)
        self.endResetModel()

    def pair(self, row: int) -> Duplicate | None:
        """The pair of a row."""
        return self._pairs[row] if 0 <= row < len(self._pairs) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Pairs."""
        return 0 if parent.isValid() else len(self._pairs)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Names and numbers of both, births, reasons."""
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
        """Names, numbers and dates; reasons as chips, said in words too."""
        pair, column = self._pairs[index.row()], index.column()
        if role == CellRole.NAME and column in (FIRST, SECOND):
            name = (pair.first if column == FIRST else pair.second).name
            return ShownName(name.family.upper(), name.given, name.arabic)
        if role == CellRole.CHIPS and column == WHY:
            return _chips(pair)
        if role == _Role.DisplayRole and column == WHY:
            return ""
        if role == _Role.ToolTipRole and column in (FIRST, SECOND):
            side = pair.first if column == FIRST else pair.second
            return " · ".join(filter(None, (side_text(side), side.name.arabic)))
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._text(pair, column)
        return None

    def _text(self, pair: Duplicate, column: int) -> str:
        if column in (FIRST, SECOND):
            return side_text(pair.first if column == FIRST else pair.second)
        if column in (FIRST_NUMBER, SECOND_NUMBER):
            return code_text((pair.first if column == FIRST_NUMBER else pair.second).number)
        if column == BORN:
            return _births(pair.first, pair.second)
        return why_text(pair)


def why_text(pair: Duplicate) -> str:
    """Every reason on one line."""
    return tr(", ").join(chip.text for chip in _chips(pair))


def _chips(pair: Duplicate) -> tuple[ChipSpec, ...]:
    return tuple(likeness_chip(reason, number) for reason, number in pair.reasons)


def _births(one: DuplicateSide, other: DuplicateSide) -> str:
    """Both as typed; once when they are the same."""
    shown = [ltr(side.birth) if side.birth else "—" for side in (one, other)]
    return shown[0] if shown[0] == shown[1] else " · ".join(shown)
