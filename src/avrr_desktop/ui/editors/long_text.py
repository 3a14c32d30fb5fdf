"""Several lines of text that Tab leaves and Enter moves on from."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from avrr_desktop.core.harmless import harmless_lines, stripped, unpictured
from avrr_desktop.ui.editors.base import ENTER_KEYS, Editor
from avrr_desktop.ui.theme.tokens import Height, Space

_PARAGRAPH = "\u2029"  # between two of the area's


class LongTextEditor(Editor):
    """Remarks: Shift+Enter makes a new line; ``rows`` lines are seen at once."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        max_length: int | None = None,
        rows: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, parent)
        self._max_length = max_length
        self._rows = rows
        self._showing = False
        self._given = self._shown = ""  # the text given, and what the area makes of it
        self.area = QPlainTextEdit()
        self.area.setTabChangesFocus(True)
        self._hold(self.area, name)
        self._fit()
        self.area.textChanged.connect(self._on_text_changed)

    def _fit(self) -> None:
        line = self.area.fontMetrics().lineSpacing()
        high = max(Height.FIELD, line * self._rows + 2 * Space.S)
        self.area.setMinimumHeight(high)
        self.area.setMaximumHeight(high)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def value(self) -> str | None:
        """The text typed."""
        return stripped(self._text()) or None

    def _text(self) -> str:
        """What was given, until it is changed: the area knows fewer kinds of line breaks."""
        typed = self._raw()
        return self._given if typed == self._shown else unpictured(typed, self._given)

    def _raw(self) -> str:
        # Not the plain text, in which Qt makes every space of French an ordinary one.
        return self.area.document().toRawText().replace(_PARAGRAPH, "\n")

    def set_value(self, value: object | None) -> None:
        """Show ``value``."""
        self._showing = True
        self._given = "" if value is None else str(value)
        self.area.setPlainText(harmless_lines(self._given))
        self._shown = self._raw()
        self._showing = False

    def focus_widget(self) -> QWidget:
        """The area."""
        return self.area

    def set_read_only(self, read_only: bool) -> None:
        """Text stays selectable."""
        self.area.setReadOnly(read_only)

    def _key_pressed(self, event: QKeyEvent) -> bool:
        if event.key() in ENTER_KEYS and event.modifiers() == Qt.KeyboardModifier.ShiftModifier:
            # A plain line break: Qt would put U+2028, which no search finds.
            self.area.insertPlainText("\n")
            return True
        return super()._key_pressed(event)

    def _on_text_changed(self) -> None:
        if self._showing:
            return
        text = self._text()
        if self._max_length is not None and len(text) > self._max_length:
            at = min(self.area.textCursor().position(), self._max_length)
            self.set_value(text[: self._max_length])
            cursor = self.area.textCursor()
            cursor.setPosition(at)
            self.area.setTextCursor(cursor)
        self.changed.emit()
