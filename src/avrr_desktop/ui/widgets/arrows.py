"""Arrow keys along a row, in reading direction."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt

_VERTICAL: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def arrow_step(key: int, direction: Qt.LayoutDirection) -> int:
    """How far an arrow key goes: 1 onward, −1 back, 0 for any other key."""
    onward = -1 if direction == Qt.LayoutDirection.RightToLeft else 1
    steps = {**_VERTICAL, Qt.Key.Key_Right: onward, Qt.Key.Key_Left: -onward}
    return steps.get(Qt.Key(key), 0)
