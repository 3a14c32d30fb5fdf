"""Tool tips that show data as it is: Qt reads markup in them, and a name may hold some."""

from __future__ import annotations

from html import escape
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip

from avrr_desktop.core.harmless import harmless_paragraph

_MOST: Final = 2000  # characters: a tip is no page


def plain_tip(text: str) -> str:
    """The text such that a tool tip shows it letter by letter."""
    text = harmless_paragraph(text, _MOST)
    if "<" not in text:
        return text
    return f"<span>{escape(text)}</span>".replace("\n", "<br>")


def shows_plain_tip(view: QAbstractItemView, event: QEvent) -> bool:
    """Answer a view's wish for a tool tip; whether the event was one."""
    if not isinstance(event, QHelpEvent) or event.type() != QEvent.Type.ToolTip:
        return False
    text = view.indexAt(event.pos()).data(Qt.ItemDataRole.ToolTipRole)
    QToolTip.showText(event.globalPos(), plain_tip(str(text or "")), view.viewport())
    return True
