"""A line edit with a unit or a button inside its end, in either direction."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QWidget

from avrr_desktop.ui.theme.tokens import Line, Space

Script = Literal["plain", "ltr", "rtl"]


class FieldLine(QLineEdit):
    """A field's line: what is typed may run another way than the screen is read.

    ``ltr`` keeps numbers and Latin names left to right and yet starts where reading starts;
    ``rtl`` is for Arabic names and always starts at the right.
    """

    def __init__(self, script: Script = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._script: Script = script
        self._inside: QWidget | None = None
        self._turning = False
        self._turn()

    def set_inside(self, widget: QWidget) -> None:
        """Put ``widget`` inside, at the end."""
        widget.setParent(self)
        self._inside = widget
        self._place()

    def reading_direction(self) -> Qt.LayoutDirection:
        """The direction of the screen, whatever the script of the field."""
        parent = self.parentWidget()
        return parent.layoutDirection() if parent is not None else self.layoutDirection()

    def _turn(self) -> None:
        """Set typing direction and side from the script and the screen."""
        if self._turning or self._script == "plain":
            return
        self._turning = True
        rtl_screen = self.reading_direction() == Qt.LayoutDirection.RightToLeft
        right = Qt.LayoutDirection.RightToLeft
        self.setLayoutDirection(right if self._script == "rtl" else Qt.LayoutDirection.LeftToRight)
        at_right = self._script == "rtl" or rtl_screen
        side = Qt.AlignmentFlag.AlignRight if at_right else Qt.AlignmentFlag.AlignLeft
        absolute = Qt.AlignmentFlag.AlignAbsolute
        self.setAlignment(side | absolute | Qt.AlignmentFlag.AlignVCenter)
        self._turning = False

    def changeEvent(self, event: QEvent) -> None:
        """Turn with the screen."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange}:
            self._turn()
            self._place()

    def event(self, event: QEvent) -> bool:
        """Turn once the parent is known; undo with Escape is left to the form."""
        if event.type() in {QEvent.Type.ParentChange, QEvent.Type.Polish, QEvent.Type.Show}:
            self._turn()
            self._place()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter belongs to the editor around."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the inner widget at the end."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        inside = self._inside
        if inside is None:
            return
        size = inside.sizeHint()
        high = min(size.height(), self.height() - 2 * Line.FOCUS)
        box = QRect(0, 0, size.width(), high)
        box.moveRight(self.width() - Space.XS)
        box.moveTop((self.height() - high) // 2)
        direction = self.reading_direction()
        inside.setGeometry(QStyle.visualRect(direction, self.rect(), box))
        room = size.width()
        at_left = direction == Qt.LayoutDirection.RightToLeft
        self.setTextMargins(room if at_left else 0, 0, 0 if at_left else room, 0)
