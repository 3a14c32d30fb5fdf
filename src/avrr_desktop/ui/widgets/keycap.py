"""A key cap beside a word: « Entrée champ suivant »."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avrr_desktop.ui.theme.tokens import Height
from avrr_desktop.ui.widgets.drawing import draw_key_cap, key_cap_width


class KeyCap(QWidget):
    """One key or combination, always left to right."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self.setObjectName(f"key-{text}")
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def text(self) -> str:
        """What the cap says."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as its text."""
        return QSize(key_cap_width(self._text), Height.KEY + 2)

    def changeEvent(self, event: QEvent) -> None:
        """Follow font changes."""
        self.updateGeometry()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        with QPainter(self) as painter:
            draw_key_cap(painter, self.rect(), self._text)
