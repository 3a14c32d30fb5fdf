"""Hears that the system locks its screen, goes to sleep or changes its user.

Where nothing can be heard (no bus, a desktop that tells nobody) the idle lock still stands.
"""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.log import logger


class SystemLock(QObject):
    """``locked`` when the screen of this user is locked, or is about to be out of sight."""

    locked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._ear: object = None  # kept alive as long as it listens

    def listen(self) -> None:
        """From now on; what this system does not offer is left out."""
        try:
            self._ear = self._listening()
        except (ImportError, OSError, AttributeError) as error:
            logger.info("the system's lock is not heard: %s", type(error).__name__)

    # Loaded where it is needed: each system has libraries the others lack.

    def _listening(self) -> object:
        if sys.platform == "win32":
            from avrr_desktop.ui.shell.lock_on_windows import listen_to_session

            return listen_to_session(int(self._window.winId()), self.locked.emit)
        if sys.platform == "darwin":
            from avrr_desktop.ui.shell.lock_on_mac import listen_to_screen

            return listen_to_screen(self.locked.emit)
        from avrr_desktop.ui.shell.lock_on_bus import BusLock

        ear = BusLock(self)
        ear.locked.connect(self.locked)
        ear.listen()
        return ear
