"""Margins that differ between the side where reading starts and the one where it ends."""

from __future__ import annotations

from PySide6.QtCore import QMargins

from avrr_desktop.ui.theme.current import current


def margins(start: int, top: int, end: int, bottom: int) -> QMargins:
    """Margins for the direction of the screen: Qt mirrors what is laid out, not the margins."""
    if current().is_rtl:
        return QMargins(end, top, start, bottom)
    return QMargins(start, top, end, bottom)
