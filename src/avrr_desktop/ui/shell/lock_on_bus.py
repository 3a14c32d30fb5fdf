"""The lock of Linux desktops: what logind and the screen savers say on the message buses."""

from __future__ import annotations

import os
from typing import Final, cast

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage

_LOGIND: Final = "org.freedesktop.login1"
_SESSIONS: Final = "/org/freedesktop/login1/session/"
SAVERS: Final = (
    "org.freedesktop.ScreenSaver",  # KDE
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
# The stubs ask for bytes; what is taken is text.
_ON_LOCKED: Final = cast("bytes", SLOT("on_locked(QDBusMessage)"))
_ON_BEGUN: Final = cast("bytes", SLOT("on_begun(bool)"))


class BusLock(QObject):
    """``locked`` when the session is locked, the screen saver begins or the PC goes to sleep."""

    locked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._buses: list[QDBusConnection] = []

    def listen(
        self, system: QDBusConnection | None = None, session: QDBusConnection | None = None
    ) -> None:
        """Begin to listen; a bus that is not there says nothing."""
        system = system or QDBusConnection.systemBus()
        session = session or QDBusConnection.sessionBus()
        if system.isConnected():
            manager = f"{_LOGIND}.Manager"
            system.connect(_LOGIND, "", f"{_LOGIND}.Session", "Lock", self, _ON_LOCKED)
            system.connect(_LOGIND, "", manager, "PrepareForSleep", self, _ON_BEGUN)
        if session.isConnected():
            for saver in SAVERS:
                session.connect(saver, "", saver, "ActiveChanged", self, _ON_BEGUN)
        self._buses = [system, session]

    @Slot(QDBusMessage)
    def on_locked(self, message: QDBusMessage) -> None:
        """A session is locked: ours, unless it is known to be another user's."""
        if is_own_session(message.path(), os.environ.get("XDG_SESSION_ID", "")):
            self.locked.emit()

    @Slot(bool)
    def on_begun(self, is_begun: bool) -> None:
        """Sleep or screen saver, begun or ended."""
        if is_begun:
            self.locked.emit()


def is_own_session(path: str, session: str) -> bool:
    """Whether logind's object is this session; any one is when ours is not known."""
    return not session or path == f"{_SESSIONS}{_label(session)}"


def _label(session: str) -> str:
    """A session's id as logind writes it in a path: 2 is ``_32``, c1 is ``c1``."""
    return "".join(
        sign if sign.isascii() and (sign.isalpha() or (place and sign.isdigit()))
        else "".join(f"_{byte:02x}" for byte in sign.encode())
        for place, sign in enumerate(session)
    )  # fmt: skip
