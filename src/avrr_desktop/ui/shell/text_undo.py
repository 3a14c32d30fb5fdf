"""Ctrl+Z and Ctrl+Y in a text field: its own typing first, then the register's."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import isValid

_Field = QLineEdit | QPlainTextEdit
_KEYS = ((QKeySequence.StandardKey.Undo, False), (QKeySequence.StandardKey.Redo, True))


class TextUndo(QObject):
    """Leaves the keys of undo and redo to ``window`` where a field has nothing for them.

    A text field claims these keys even while it has nothing to undo; one filter, on the field
    that has the focus, gives them up again.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: _Field | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus)

    def undo(self) -> bool:
        """Undo in the field that has the focus; False when it has nothing to undo."""
        return self._take(redo=False)

    def redo(self) -> bool:
        """Redo in the field that has the focus; False when it has nothing to redo."""
        return self._take(redo=True)

    def _take(self, *, redo: bool) -> bool:
        field = self._window.focusWidget()
        if not isinstance(field, _Field) or not _has_own(field, redo=redo):
            return False
        if redo:
            field.redo()
        else:
            field.undo()
        return True

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = None
        if isinstance(now, _Field) and now.window() is self._window:
            self._watched = now
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field that has nothing to undo does not claim the key."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride
        if is_claim and isinstance(event, QKeyEvent) and isinstance(watched, _Field):
            for key, redo in _KEYS:
                if event.matches(key) and not _has_own(watched, redo=redo):
                    event.ignore()
                    return True
        return super().eventFilter(watched, event)


def _has_own(field: _Field, *, redo: bool) -> bool:
    if field.isReadOnly():
        return False
    steps = field if isinstance(field, QLineEdit) else field.document()
    return steps.isRedoAvailable() if redo else steps.isUndoAvailable()
