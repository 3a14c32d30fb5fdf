"""A dimmed ground over the window, with one panel on it: palette, drawer, shortcut sheet."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGraphicsDropShadowEffect, QWidget
from shiboken6 import isValid

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.tokens import Line, Space


class Overlay(QWidget):
    """Covers ``host``; Esc or a click beside the panel closes it and gives the focus back."""

    closed = Signal()

    def __init__(self, host: QWidget, name: str) -> None:
        super().__init__(host)
        self.setObjectName(name)
        self._before: QWidget | None = host.window().focusWidget()
        self.panel = QWidget(self)
        self._host = host
        host.installEventFilter(self)

    def hold(self, panel: QWidget, *, with_shadow: bool = True) -> None:
        """Take the panel that stands on the veil; its shadow is the only one there is."""
        self.panel.deleteLater()
        panel.setParent(self)
        self.panel = panel
        if not with_shadow:
            return
        shadow = QGraphicsDropShadowEffect(panel)
        shadow.setBlurRadius(Line.PALETTE_BLUR)
        shadow.setOffset(0, Space.S)
        ink = color("veil")
        ink.setAlpha(Line.VEIL_ALPHA)
        shadow.setColor(ink)
        panel.setGraphicsEffect(shadow)

    def unfold(self) -> None:
        """Show over everything."""
        self.setGeometry(self._host.rect())
        self.place_panel()
        self.show()
        self.raise_()

    def place_panel(self) -> None:
        """Put the panel where it belongs; called again when the window changes its size."""

    def close_overlay(self) -> None:
        """Go away."""
        self._host.removeEventFilter(self)
        self.hide()
        before = self._before
        # The page may have been built anew meanwhile.
        if before is not None and isValid(before):
            before.setFocus()
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if watched is self._host and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
            self.place_panel()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the panel closes."""
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_overlay()
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; nothing reaches the page below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The veil."""
        with QPainter(self) as painter:
            ink = color("veil")
            ink.setAlpha(Line.VEIL_ALPHA)
            painter.fillRect(self.rect(), ink)

    def focusNextPrevChild(self, following: bool) -> bool:
        """Keep Tab inside."""
        inside = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(self)
        ]
        if not inside:
            return False
        current = self.focusWidget()
        place = inside.index(current) if current in inside else -1
        step = 1 if following else -1
        inside[(place + step) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True
