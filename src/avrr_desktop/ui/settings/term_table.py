"""The lists of the register and the terms of one of them, as models."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from avrr_desktop.core.folding import fold
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.core.vocabularies import Term
from avrr_desktop.services.register import Register
from avrr_desktop.services.vocabulary_admin import editable_lists
from avrr_desktop.services.vocabulary_names import is_closed, list_label
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.roles import CellRole

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
FR, AR, EN, CODE, STATE = range(5)


class ListsModel(QAbstractListModel):
    """The lists, by their names in the language of the screen."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        spoken = screen_language()
        named = [(list_label(name).text(spoken), name) for name in editable_lists(register)]
        self._all = sorted(named, key=lambda pair: fold(pair[0]))
        self._shown = self._all

    def filter(self, typed: str) -> None:
        """Only the lists whose name holds what was typed."""
        wanted = fold(typed)
        self.beginResetModel()
        self._shown = [pair for pair in self._all if wanted in fold(pair[0])]
        self.endResetModel()

    def name(self, row: int) -> str:
        """The list of a row; empty beyond."""
        return self._shown[row][1] if 0 <= row < len(self._shown) else ""

    def row_of(self, name: str) -> int:
        """The row of a list; the first when it is not shown."""
        names = [shown for _, shown in self._shown]
        return names.index(name) if name in names else 0

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
        if not wanted or not 0 <= index.row() < len(self._shown):
            return None
        return self._shown[index.row()][0]


class TermsModel(QAbstractTableModel):
    """The terms of one list, in their order."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        self._register = register
        self._vocabulary = ""
        self._terms: tuple[Term, ...] = ()

    def show_list(self, vocabulary: str) -> None:
        """Show the terms of a list."""
        self.beginResetModel()
        self._vocabulary = vocabulary
        self._terms = self._register.vocabularies.terms(vocabulary)
        self.endResetModel()

    def term(self, row: int) -> Term | None:
        """The term of a row."""
        return self._terms[row] if 0 <= row < len(self._terms) else None

    def row_of(self, code: str) -> int:
        """The row of a term; the first when there is none of that code."""
        codes = [term.code for term in self._terms]
        return codes.index(code) if code in codes else 0

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._terms)

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        return 0 if parent.isValid() else 5

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return ("Français", "العربية", "English", tr("Code"), tr("State"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        term = self.term(index.row())
        if term is None:
            return None
        label = term.label
        texts = (label.fr, label.ar, label.en, ltr(term.code), "")
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[index.column()]
        if role == CellRole.CHIPS and index.column() == STATE:
            return self._chips(term)
        if role == Qt.ItemDataRole.ToolTipRole:
            used = term.tag or is_closed(self._vocabulary)
            said = tr("The counting rules use this term.") if used else ""
            return texts[index.column()] or said
        return not term.active if role == CellRole.SUB and index.column() != 0 else None

    def _chips(self, term: Term) -> list[ChipSpec]:
        chips = []
        if not term.active:
            chips.append(ChipSpec(tr("Retired"), ChipKind.REASON))
        if term.tag or is_closed(self._vocabulary):
            chips.append(ChipSpec(tr("Rules"), ChipKind.REASON, "lock"))
        return chips
