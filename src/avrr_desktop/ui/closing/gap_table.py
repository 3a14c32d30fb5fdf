"""The table of a gap: published, recomputed, difference, explanation."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QStyleOptionViewItem, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.closing.gap_lines import GapLine, LineKind
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.delegates import CellDelegate
from avrr_desktop.ui.widgets.drawing import mirrored
from avrr_desktop.ui.widgets.formats import ltr, number_text, signed_text
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
PART, PUBLISHED, RECOMPUTED, DIFFERENCE, EXPLANATION = range(5)
_FIGURES = frozenset({PUBLISHED, RECOMPUTED, DIFFERENCE})
_SAMPLE = number_text(99_999)
_INDENT = "\u2002"  # a head has no padding of its own: about the padding of the card
_EXPLANATION_WIDTH = "n" * 15


class GapModel(QAbstractTableModel):
    """Lines of a gap."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: tuple[GapLine, ...] = ()
        self._heads = (
            tr("Part of the bulletin"),
            tr("Published"),
            tr("Recomputed"),
            tr("Difference"),
            tr("Explanation"),
        )

    def show(self, lines: Sequence[GapLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()

    def line(self, row: int) -> GapLine | None:
        """The line of a row."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Lines."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Part, three figures, explanation."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return (
                    f"{_INDENT}{self._heads[section]}" if section == PART else self._heads[section]
                )
            if role == _Role.TextAlignmentRole:
                return _side(section)
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts and looks."""
        line, column = self.lines[index.row()], index.column()
        if role == _Role.TextAlignmentRole:
            return _side(column)
        if role in (_Role.DisplayRole, _Role.ToolTipRole):
            return self._text(line, column)
        if role == _Role.AccessibleTextRole:
            return f"{self._heads[column]}: {self._text(line, column)}"
        return _look(line, column, role)

    def _text(self, line: GapLine, column: int) -> str:
        if column == PART:
            return line.label
        if column == EXPLANATION:
            return line.explanation
        value = line.published if column == PUBLISHED else line.recomputed
        if value is None:
            return ""
        shown = signed_text(line.difference) if column == DIFFERENCE else number_text(value)
        return ltr(shown) if len(shown) > 1 else shown  # a sign or a space would turn round


class _Quiet(CellDelegate):
    """*None* is paler than what explains something."""

    def ink(self, index: Index) -> str:
        """The token of the text."""
        ink = super().ink(index)
        return "text2" if index.column() == EXPLANATION and ink == "text" else ink

    def content_box(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        """The first column keeps to the padding of the card."""
        box = mirrored(option.direction, option.rect, super().content_box(option, index))
        if index.column() == PART:
            box.adjust(Space.S, 0, 0, 0)
        return mirrored(option.direction, option.rect, box)


class GapTable(TableView):
    """As high as its lines; ``explained`` gives a part, ``folded`` one whose figures to show."""

    explained = Signal(str)
    folded = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("gap", accessible=tr("Gap since publication"), parent=parent)
        self.gap = GapModel(self)
        self.setModel(self.gap)
        self.setSelectionMode(TableView.SelectionMode.NoSelection)
        self.setItemDelegate(_Quiet(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        figures = [_SAMPLE]
        self.set_widths(([], figures, figures, figures, [_EXPLANATION_WIDTH]))
        head = self.horizontalHeader()
        head.setSectionsClickable(False)
        head.setSectionResizeMode(PART, QHeaderView.ResizeMode.Stretch)
        self.activated.connect(self._on_activated)
        self.clicked.connect(self._on_clicked)

    def show_lines(self, lines: Sequence[GapLine]) -> None:
        """Show these, the current row kept."""
        row = max(0, self.currentIndex().row())
        self.gap.show(lines)
        self.apply_row_heights()
        if lines:
            self.setCurrentIndex(self.gap.index(min(row, len(lines) - 1), PART))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """All the lines: the card scrolls, not the table."""
        rows = sum(self.rowHeight(row) for row in range(self.gap.rowCount()))
        head = self.horizontalHeader().sizeHint().height()
        return QSize(super().sizeHint().width(), head + rows + 2)

    def minimumSizeHint(self) -> QSize:
        """No line is hidden."""
        return QSize(16 * Space.XXL, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space opens what Enter opens."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self._on_activated(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        line = self.gap.line(index.row())
        if line is not None and (index.column() == EXPLANATION or line.kind is LineKind.MORE):
            self._on_activated(index)

    def _on_activated(self, index: QModelIndex) -> None:
        line = self.gap.line(index.row())
        if line is None or not line.opens:
            return
        (self.folded if line.kind is LineKind.MORE else self.explained).emit(line.section)


def _look(line: GapLine, column: int, role: int) -> object:
    """What the delegate is told beside the text."""
    is_part = line.kind is LineKind.PART
    looks = {
        CellRole.SUB: not is_part,
        CellRole.BOLD: is_part and column == PART,
        CellRole.DIFFERENCE: column == DIFFERENCE and line.difference != 0,
        CellRole.LINK: column == EXPLANATION and line.opens,
    }
    return next((value for each, value in looks.items() if each == role), None)


def _side(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
