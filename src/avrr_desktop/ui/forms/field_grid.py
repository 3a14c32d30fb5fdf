"""Fields two a row, and sections in one or two columns by the room there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.theme.tokens import Space, Width

_TITLE_WEIGHT = 1.0


class FieldGrid(QWidget):
    """Boxes in reading order, two a row; the wide ones take the row, the hidden ones no room."""

    def __init__(self, boxes: Sequence[FieldBox]) -> None:
        super().__init__()
        self._boxes = tuple(boxes)
        self._hidden: frozenset[str] = frozenset()
        self._placed: tuple[tuple[str, bool], ...] = ()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.L - 2)
        self._grid.setVerticalSpacing(Space.M)
        for column in (0, 1):
            self._grid.setColumnStretch(column, 1)
            self._grid.setColumnMinimumWidth(column, 0)
        for box in self._boxes:
            box.setParent(self)
            box.reshaped.connect(self.arrange)
        self.arrange()

    def set_hidden(self, keys: Iterable[str]) -> None:
        """Hide the boxes of these keys and show the others."""
        self._hidden = frozenset(keys)
        self.arrange()

    def arrange(self) -> None:
        """Place the boxes; nothing moves while nothing changed."""
        wanted = tuple(
            (box.key, box.wants_the_row()) for box in self._boxes if box.key not in self._hidden
        )
        if wanted == self._placed:
            return
        self._placed = wanted
        for box in self._boxes:
            self._grid.removeWidget(box)
            box.setVisible(box.key not in self._hidden)
        row, column = 0, 0
        for box in self._boxes:
            if box.key in self._hidden:
                continue
            if box.wants_the_row():
                row += 1 if column else 0
                self._grid.addWidget(box, row, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
                row, column = row + 1, 0
            else:
                self._grid.addWidget(box, row, column, Qt.AlignmentFlag.AlignTop)
                row, column = (row + 1, 0) if column else (row, 1)

    def weight(self) -> float:
        """How many rows it takes, roughly, to balance columns."""
        return sum(
            1.0 if box.wants_the_row() else 0.5
            for box in self._boxes
            if box.key not in self._hidden
        )


@dataclass(frozen=True, slots=True)
class Block:
    """One section of a form and how many rows of fields it takes."""

    widget: QWidget
    weight: float


class SectionColumns(QWidget):
    """Sections in two columns down to 820 px, then in one; read down the first, then the second.

    Where they part is decided once, so that nothing jumps while values come.
    """

    def __init__(self, blocks: Sequence[Block]) -> None:
        super().__init__()
        self._blocks = tuple(blocks)
        self._break = _best_break([b.weight + _TITLE_WEIGHT for b in blocks])
        self._is_wide: bool | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.XXL)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            column.setSpacing(Space.M)
            row.addLayout(column, 1)
        self._row = row
        for block in self._blocks:
            block.widget.setParent(self)
        self._place(is_wide=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two columns when there is room."""
        super().resizeEvent(event)
        self._place(is_wide=self.width() >= Width.TWO_COLUMNS - 2 * Space.PAGE)

    def _place(self, *, is_wide: bool) -> None:
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        first, second = self._columns
        for column in self._columns:
            while column.count():
                column.takeAt(0)
        self._row.setSpacing(Space.XXL if is_wide else 0)
        self._row.setStretch(1, 1 if is_wide else 0)
        for place, block in enumerate(self._blocks):
            (second if is_wide and place >= self._break else first).addWidget(block.widget)
        for column in self._columns:
            column.addStretch(1)


def _best_break(weights: Sequence[float]) -> int:
    """Where to part the sections so that the taller column is as low as it can be."""
    return min(
        range(1, len(weights) + 1),
        key=lambda place: (max(sum(weights[:place]), sum(weights[place:])), -place),
        default=0,
    )
