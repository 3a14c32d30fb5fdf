"""Labels over editors, and rows of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.text import Text


def labelled(label: str, editor: QWidget, *, required: bool = False, note: str = "") -> QWidget:
    """An editor under its label, with a line of help below when there is one."""
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    head = QHBoxLayout()
    head.setSpacing(Space.XS)
    head.addWidget(Text(label, Type.CAPTION))
    if required:
        head.addWidget(Text("*", Type.CAPTION, tone="error", bold=True))
    head.addStretch(1)
    column.addLayout(head)
    column.addWidget(editor)
    if note:
        column.addWidget(Text(note, Type.CAPTION, wrap=True))
    return box


def side_by_side(boxes: Sequence[QWidget]) -> QHBoxLayout:
    """Fields of one row, equally wide."""
    row = QHBoxLayout()
    row.setSpacing(Space.M)
    for box in boxes:
        row.addWidget(box, 1)
    return row
