"""The lock of Windows: the messages about its session that a window may ask for."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import wintypes
from typing import Final

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

MESSAGE_KIND: Final = b"windows_generic_MSG"  # sent to a window; the dispatcher's come again
WM_WTSSESSION_CHANGE: Final = 0x02B1
WM_POWERBROADCAST: Final = 0x0218
WTS_CONSOLE_DISCONNECT: Final = 2  # another user at this PC
WTS_REMOTE_DISCONNECT: Final = 4
WTS_SESSION_LOCK: Final = 7
PBT_APMSUSPEND: Final = 4
_LOCKS: Final = frozenset(
    {
        (WM_WTSSESSION_CHANGE, WTS_CONSOLE_DISCONNECT),
        (WM_WTSSESSION_CHANGE, WTS_REMOTE_DISCONNECT),
        (WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK),
        (WM_POWERBROADCAST, PBT_APMSUSPEND),
    }
)
_THIS_SESSION: Final = 0  # NOTIFY_FOR_THIS_SESSION


class SessionFilter(QAbstractNativeEventFilter):
    """Calls ``locked`` when Windows says that its session is locked, left or put to sleep."""

    def __init__(self, locked: Callable[[], object]) -> None:
        super().__init__()
        self._locked = locked

    def nativeEventFilter(
        self, kind: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Look at a message on its way; it always goes on to its window."""
        if (kind.data() if isinstance(kind, QByteArray) else kind) == MESSAGE_KIND:
            told = wintypes.MSG.from_address(int(message))
            if (told.message, told.wParam) in _LOCKS:
                self._locked()
        return False, 0


def listen_to_session(window: int, locked: Callable[[], object]) -> SessionFilter:
    """Ask Windows to tell this window about its session.

    Raises:
        OSError: Windows refuses, or has no such library.
    """
    if sys.platform == "win32":
        wts = ctypes.WinDLL("wtsapi32", use_last_error=True)
        register = wts.WTSRegisterSessionNotification
        register.argtypes, register.restype = [wintypes.HWND, wintypes.DWORD], wintypes.BOOL
        if not register(window, _THIS_SESSION):
            raise ctypes.WinError(ctypes.get_last_error())
    ear = SessionFilter(locked)
    app = QCoreApplication.instance()
    assert app is not None
    app.installNativeEventFilter(ear)
    return ear
