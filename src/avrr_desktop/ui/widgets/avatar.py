"""Initials in a circle."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Line, Type

SMALL = 28
MEDIUM = 40
LARGE = 56


def initials(family: str, given: str) -> str:
    """First letters of both names; Arabic ones are kept apart so that they do not join."""
    letters = [name.strip()[0] for name in (family, given) if name.strip()]
    joined = (
        " ".join(letters) if any(ord(letter) > 0x5FF for letter in letters) else "".join(letters)
    )
    return joined.upper()


class Avatar(QWidget):
    """A decoration beside a name, so without a name of its own."""

    def __init__(self, letters: str, size: int = MEDIUM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self._size = size
        self.setObjectName("avatar")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_letters(self, letters: str) -> None:
        """Other initials."""
        self._letters = letters
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Circle and letters."""
        with QPainter(self) as painter:
            draw_box(painter, QRectF(self.rect()), "accent_soft", None, self._size / 2, Line.HAIR)
            roles = {SMALL: Type.CAPTION, MEDIUM: Type.SECTION}
            painter.setFont(font(roles.get(self._size, Type.TITLE), bold=True))
            painter.setPen(color("accent_text"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)
