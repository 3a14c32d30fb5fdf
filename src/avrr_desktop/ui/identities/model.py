"""Identities in a table: red ones first, each with the figures that break it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.identities import Check, Offence
from avrr_desktop.services.identities.wording import figure_text, is_shown, wanted_text
from avrr_desktop.services.summary_rows import number
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.roles import CellRole

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
IDENTITY, STATE, VALUE, WANTED = range(4)
_SHOWN: Final = 200  # figures under one identity


class ChecksModel(QAbstractTableModel):
    """A line an identity, a line under it for each figure that breaks it."""

    def __init__(self, lists: Vocabularies, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lists, self._say = lists, translator(screen_language())
        self._lines: list[tuple[Check, Offence | None]] = []
        self._heads = (tr("Identity"), tr("State"), tr("Figure"), tr("Expected"))

    def show(self, checks: Sequence[Check]) -> None:
        """Show these."""
        self.beginResetModel()
        self._lines = []
        for check in sorted(checks, key=lambda check: check.holds):
            self._lines.append((check, None))
            self._lines += [(check, offence) for offence in check.offences[:_SHOWN]]
        self.endResetModel()

    def offence(self, row: int) -> Offence | None:
        """The figure of a line; the first one of a red identity."""
        if not 0 <= row < len(self._lines):
            return None
        check, offence = self._lines[row]
        return offence or next(iter(check.offences), None)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return self._heads[section]
            if role == _Role.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        check, offence = self._lines[index.row()]
        column = index.column()
        if role == _Role.TextAlignmentRole:
            return _side(column)
        looks = {
            CellRole.SUB: offence is not None,
            CellRole.BOLD: offence is None and column == IDENTITY and not check.holds,
            CellRole.LINK: column == IDENTITY and offence is not None and opens_list(offence),
        }
        if role in looks:
            return looks[CellRole(role)]
        if role == CellRole.CHIPS and column == STATE and offence is None:
            return (_chip(check),)
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._text(check, offence, column)
        return None

    def _text(self, check: Check, offence: Offence | None, column: int) -> str:
        if offence is None:
            words = {IDENTITY: check.label.text(screen_language()), STATE: state_text(check)}
            return words.get(column, "")
        match column:
            case 0:
                return figure_text(offence.key, self._lists, self._say)
            case 2:
                return ltr(number(offence.value))
            case 3:
                return wanted_text(offence, self._say)
            case _:
                return ""


def opens_list(offence: Offence) -> bool:
    """Whether there is somebody to show: behind the figure, or the one person it names."""
    return is_shown(offence.key) or len(offence.persons) == 1


def state_text(check: Check) -> str:
    """Green, or how many figures are red."""
    if check.holds:
        return tr("Verified")
    count = len(check.offences)
    return ntr("{count} figure", "{count} figures", count)


def _chip(check: Check) -> ChipSpec:
    if check.holds:
        return ChipSpec(state_text(check), ChipKind.OK, "check")
    return ChipSpec(state_text(check), ChipKind.ERROR, "triangle-alert")


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column == VALUE else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
