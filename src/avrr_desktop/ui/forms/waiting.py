"""Trying a save again, without holding up the window, while another program writes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

TRY = 50  # milliseconds one try may hold up the window
_PAUSE = 150  # milliseconds between two tries, in which the window does everything else
_MOST = 50  # tries, about ten seconds
_UNSEEN = 1  # tries that are nobody's business: most writers end within them


class Waiting(QObject):
    """Counts the tries; what is tried tells each time whether the register was still locked."""

    begun = Signal()  # it lasts: say so
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.most = _MOST
        self._tries = 0
        self._act: Callable[[], None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._again)

    @property
    def is_on(self) -> bool:
        """Whether another try is to come."""
        return self._act is not None

    def later(self, act: Callable[[], None]) -> bool:
        """Try ``act`` again in a moment; False when it was tried often enough."""
        if self._tries >= self.most:
            return False
        self._act = act
        self._tries += 1
        if self._tries == _UNSEEN + 1:
            self.begun.emit()
        self._pause.start()
        return True

    def stop(self) -> None:
        """No further try: it was saved, refused or given up."""
        self._pause.stop()
        self._act = None
        was_said = self._tries > _UNSEEN
        self._tries = 0
        if was_said:
            self.ended.emit()

    def _again(self) -> None:
        act = self._act
        if act is not None:
            act()
