"""The keys of the whole window."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


def bind(window: QWidget, bindings: Mapping[str, Callable[[], None]]) -> None:
    """Run a function at each combination, wherever the focus is."""
    for keys, run in bindings.items():
        shortcut = QShortcut(QKeySequence(keys), window)
        shortcut.setObjectName(f"shortcut-{keys}")
        shortcut.activated.connect(run)


class FunctionKeys:
    """Keys that a page may take for itself first: the window gets those it leaves."""

    def __init__(self, actions: Mapping[tuple[Qt.Key, bool], Callable[[], None]]) -> None:
        self._actions = actions  # by key, and whether Shift is held

    def take(self, event: QKeyEvent) -> bool:
        """Whether the key was one of them."""
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if not shifted and event.modifiers() not in _PLAIN:
            return False
        run = self._actions.get((Qt.Key(event.key()), shifted))
        if run is None:
            return False
        run()
        event.accept()
        return True
