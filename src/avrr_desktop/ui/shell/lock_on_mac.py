"""The lock of macOS: a notice of the system, asked for through CoreFoundation."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final
from weakref import finalize

_LIBRARY: Final = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
NOTICE: Final = b"com.apple.screenIsLocked"
_UTF8: Final = 0x08000100
_AT_ONCE: Final = 4  # also to a program that is not in front
_NOTICED: Final = ctypes.CFUNCTYPE(None, *(ctypes.c_void_p,) * 5)


class ScreenEar:
    """Listens as long as it is kept; the notice comes on the window's own thread."""

    def __init__(self, foundation: Any, locked: Callable[[], object]) -> None:
        self._noticed = _NOTICED(lambda *_told: locked() and None)
        pointer, whole, small = ctypes.c_void_p, ctypes.c_long, ctypes.c_uint32
        center = foundation.CFNotificationCenterGetDistributedCenter
        center.restype = pointer
        text = foundation.CFStringCreateWithCString
        text.argtypes, text.restype = [pointer, ctypes.c_char_p, small], pointer
        observe = foundation.CFNotificationCenterAddObserver
        observe.argtypes = [pointer, pointer, _NOTICED, pointer, pointer, whole]
        observe.restype = None
        forget = foundation.CFNotificationCenterRemoveEveryObserver
        forget.argtypes, forget.restype = [pointer, pointer], None
        told, name = center(), text(None, NOTICE, _UTF8)
        observe(told, id(self), self._noticed, name, None, _AT_ONCE)
        finalize(self, forget, told, id(self))  # before the callback is gone


def listen_to_screen(locked: Callable[[], object]) -> ScreenEar:
    """Ask the system to tell when the screen is locked.

    Raises:
        OSError: no such library here.
        AttributeError: a library without these functions.
    """
    return ScreenEar(ctypes.CDLL(_LIBRARY), locked)
