"""What every editor can do, so that a form need not know which kind it holds."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui.theme.polish import set_look


class EditorState(StrEnum):
    """How an editor's edge looks."""

    NORMAL = "normal"
    ERROR = "error"
    CONFIRM = "confirm"


ENTER_KEYS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class Editor(QWidget):
    """One field's editor; ``changed`` tells of the user's edits only, ``finished`` of Enter."""

    changed = Signal()
    finished = Signal()

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"editor-{name}")
        self._label = label
        self._state = EditorState.NORMAL
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def value(self) -> object | None:
        """What the record would hold; ``None`` when empty."""
        raise NotImplementedError

    def set_value(self, value: object | None) -> None:
        """Show ``value`` without telling ``changed``."""
        raise NotImplementedError

    def focus_widget(self) -> QWidget:
        """The widget that takes the keys."""
        raise NotImplementedError

    def problem(self) -> str | None:
        """What is wrong with the text typed, as a sentence; ``None`` when it can be read."""
        return None

    def state(self) -> EditorState:
        """How the edge looks now."""
        return self._state

    def set_state(self, state: EditorState | str) -> None:
        """Show ``normal``, ``error`` or ``confirm``."""
        self._state = EditorState(state)
        set_look(self.focus_widget(), state=self._state.value)

    def set_described(self, text: str) -> None:
        """Give the error or the help as accessible description."""
        self.focus_widget().setAccessibleDescription(text)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting change."""
        self.focus_widget().setEnabled(not read_only)

    def _hold(self, inner: QWidget, name: str) -> None:
        """Take ``inner`` as the widget that takes the keys."""
        inner.setObjectName(name)
        inner.setAccessibleName(self._label)
        inner.installEventFilter(self)
        self.setFocusProxy(inner)
        self._column.addWidget(inner)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and self._key_pressed(event):
            return True
        return super().eventFilter(watched, event)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        """Whether the editor takes this key; plain Enter by default."""
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if event.key() in ENTER_KEYS and plain:
            self.finished.emit()
            return True
        return False
