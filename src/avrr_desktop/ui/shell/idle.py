"""Locks when nobody has touched keyboard or mouse for a while."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

_MINUTE: Final = 60_000  # milliseconds
_TOUCHED: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleWatch(QObject):
    """``idle`` once nothing was touched for ``minutes``; never when they are 0."""

    idle = Signal()

    def __init__(self, app: QApplication, minutes: int, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)
        self.set_minutes(minutes)
        app.installEventFilter(self)

    def set_minutes(self, minutes: int) -> None:
        """Another span; counted from now."""
        self._timer.stop()
        self._timer.setInterval(minutes * _MINUTE)
        if minutes:
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Start again at each touch."""
        if event.type() in _TOUCHED and self._timer.interval():
            self._timer.start()
        return False
