"""The window's size and place: as the design allows, as the screen allows, as it was left."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QMainWindow

from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.theme.tokens import Width

_FIRST = QSize(1440, 900)


def fit_screen(window: QMainWindow, desk: Desk) -> None:
    """Size a window before it is first shown; smaller than the design where the screen is."""
    room = window.screen().availableSize()
    least = QSize(Width.WINDOW_MIN, Width.WINDOW_MIN_HEIGHT)
    window.setMinimumSize(least.boundedTo(room))
    if desk.geometry.isEmpty() or not window.restoreGeometry(desk.geometry):
        window.resize(_FIRST.boundedTo(room))
