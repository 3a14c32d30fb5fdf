"""Lines of figures as a table model: texts, looks, names, and what each cell opens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.summary.lines import Line, LineKind, ShownCell
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.tokens import IconSize, Space
from avrr_desktop.ui.widgets.drawing import text_width
from avrr_desktop.ui.widgets.roles import CellRole

Index = QModelIndex | QPersistentModelIndex
_ANY = QModelIndex()
SIDE = Space.XS + 2  # room at both sides of a figure: the labels have the rest
_FOCUSABLE = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class FigureRole(IntEnum):
    """Roles of the summary's tables beside the kit's."""

    OPENS = Qt.ItemDataRole.UserRole + 301  # ShownCell with a figure
    QUIET = Qt.ItemDataRole.UserRole + 302  # bool: lighter words
    BARS = Qt.ItemDataRole.UserRole + 303  # tuple of int | None: small columns


class Column:
    """A column: its head, a text as wide as its usual figures, and how it looks."""

    def __init__(
        self,
        head: str,
        sample: str,
        *,
        total: bool = False,
        quiet: bool = False,
        tip: str = "",
        icon: str = "",
    ) -> None:
        self.head, self.sample, self.tip = head, sample, tip or head
        self.is_total, self.is_quiet, self.icon = total, quiet, icon

    def width(self, shown: Iterable[str] = ()) -> int:
        """The same from the start, so that nothing jumps when figures come; wider for larger."""
        face = font(bold=self.is_total)
        head = text_width(self.head, face) + (IconSize.CHIP + Space.XS if self.icon else 0)
        return max(head, *(text_width(t, face) for t in (self.sample, *shown))) + 2 * SIDE + 2


class FigureModel(QAbstractTableModel):
    """Lines of figures; the first column is the label."""

    def __init__(self, columns: Sequence[Column], parent: QWidget) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.lines: tuple[Line, ...] = ()

    def set_lines(self, lines: Sequence[Line]) -> bool:
        """Show these; whether other lines came, and not only other cells."""
        same = [(line.kind, line.code) for line in lines] == [
            (line.kind, line.code) for line in self.lines
        ]
        if same and self.lines:
            before, self.lines = self.lines, tuple(lines)
            for row, line in enumerate(self.lines):
                if line != before[row]:
                    self._tell_changed(row, before[row])
            return False
        self.beginResetModel()
        self.lines = tuple(lines)
        self.endResetModel()
        return True

    def _tell_changed(self, row: int, before: Line) -> None:
        """Cell by cell: for more than one at once Qt paints the whole table anew."""
        line = self.lines[row]
        same_cells = line == replace(before, cells=line.cells)
        for column in range(len(self.columns) + 1):
            old, new = (_at(each.cells, column - 1) for each in (before, line))
            if old != new or not same_cells:
                changed = self.index(row, column)
                self.dataChanged.emit(changed, changed)

    def set_heads(self, heads: Sequence[str]) -> None:
        """Other heads, of another period."""
        if [column.head for column in self.columns] == list(heads):
            return
        for column, head in zip(self.columns, heads, strict=True):
            column.head = head
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 1, len(self.columns))

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Other columns, as many; the lines come after."""
        self.beginResetModel()
        self.columns, self.lines = tuple(columns), ()
        self.endResetModel()

    def cell(self, index: Index) -> ShownCell | None:
        """What a cell of figures shows; None for a label or a line without cells."""
        cells = self.lines[index.row()].cells
        column = index.column() - 1
        return cells[column] if 0 <= column < len(cells) else None

    def opening(self, index: Index) -> ShownCell | None:
        """The figure a cell opens; a label opens its total."""
        cell = self.cell(index)
        if index.column() == 0:
            cells = self.lines[index.row()].cells
            totals = [c for c, column in zip(cells, self.columns, strict=True) if column.is_total]
            cell = totals[0] if totals else None
        return cell if cell is not None and cell.key is not None else None

    def rowCount(self, parent: Index = _ANY) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = _ANY) -> int:
        return 0 if parent.isValid() else len(self.columns) + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Gaps, notes and headings are stepped over."""
        kind = self.lines[index.row()].kind
        if kind in {LineKind.GAP, LineKind.NOTE, LineKind.HEADING}:
            return Qt.ItemFlag.NoItemFlags
        if kind is LineKind.FOLD and index.column():
            return Qt.ItemFlag.NoItemFlags
        return _FOCUSABLE

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Heads at the side of their figures."""
        if orientation is not Qt.Orientation.Horizontal or section == 0:
            return None if section or role != Qt.ItemDataRole.DisplayRole else self.first_head
        column = self.columns[section - 1]
        answers: dict[int, object] = {
            Qt.ItemDataRole.DisplayRole: column.head,
            Qt.ItemDataRole.ToolTipRole: column.tip,
        }
        return answers.get(role)

    first_head = ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, looks and names."""
        answer = _ANSWERS.get(role)
        return None if answer is None or not index.isValid() else answer(self, index)

    def text(self, index: Index) -> str:
        """What is written in a cell."""
        if index.column() == 0:
            return self.lines[index.row()].label
        cell = self.cell(index)
        return "" if cell is None else cell.text

    def spoken(self, index: Index) -> str:
        """Label, column and figure, for a screen reader."""
        line = self.lines[index.row()]
        if index.column() == 0:
            return line.label
        return f"{line.label}, {self.columns[index.column() - 1].tip}: {self.text(index)}"

    def is_total(self, index: Index) -> bool:
        """The total column, the total line."""
        kind = self.lines[index.row()].kind
        if kind is LineKind.TOTAL:
            return True
        in_total = index.column() > 0 and self.columns[index.column() - 1].is_total
        return in_total and kind in {LineKind.MAIN, LineKind.SUB}

    def is_quiet(self, index: Index) -> bool:
        """Lighter: the period before, notes."""
        quiet = index.column() > 0 and self.columns[index.column() - 1].is_quiet
        return quiet or self.lines[index.row()].kind is LineKind.NOTE

    def is_kind(self, index: Index, *kinds: LineKind) -> bool:
        """Whether the line is one of these."""
        return self.lines[index.row()].kind in kinds


def _at(cells: Sequence[ShownCell], place: int) -> ShownCell | None:
    return cells[place] if 0 <= place < len(cells) else None


_END = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_ANSWERS: dict[int, Callable[[FigureModel, Index], object]] = {
    Qt.ItemDataRole.DisplayRole: FigureModel.text,
    Qt.ItemDataRole.AccessibleTextRole: FigureModel.spoken,
    Qt.ItemDataRole.ToolTipRole: lambda model, i: model.text(i) if i.column() == 0 else None,
    Qt.ItemDataRole.TextAlignmentRole: lambda _model, i: _END if i.column() else _START,
    CellRole.TOTAL: FigureModel.is_total,
    CellRole.SUB: lambda model, i: model.is_kind(i, LineKind.SUB, LineKind.NOTE),
    CellRole.GAP: lambda model, i: model.is_kind(i, LineKind.GAP),
    CellRole.BOLD: lambda model, i: (
        i.column() == 0 and model.is_kind(i, LineKind.MAIN, LineKind.HEADING)
    ),
    CellRole.LINK: lambda model, i: model.is_kind(i, LineKind.FOLD) and i.column() == 0,
    FigureRole.OPENS: FigureModel.opening,
    FigureRole.QUIET: FigureModel.is_quiet,
    FigureRole.BARS: lambda model, i: model.lines[i.row()].bars,
}
