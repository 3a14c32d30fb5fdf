"""One line of text: plain, kept left to right, or Arabic."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from avrr_desktop.core.harmless import pictured, stripped, unpictured
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.line import FieldLine, Script


class TextEditor(Editor):
    """Text without spaces round it; ``None`` when empty.

    Control characters are shown as their pictures and given back as they were.
    """

    def __init__(
        self,
        name: str,
        label: str,
        *,
        script: Script = "plain",
        max_length: int | None = None,
        placeholder: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, parent)
        self._given = ""
        self.line = FieldLine(script, self)
        self.line.setPlaceholderText(placeholder)
        if max_length is not None:
            self.line.setMaxLength(max_length)
        self._hold(self.line, name)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str | None:
        """The text typed."""
        return unpictured(stripped(self.line.text()), self._given) or None

    def set_value(self, value: object | None) -> None:
        """Show ``value``."""
        self._given = "" if value is None else str(value)
        self.line.setText(pictured(self._given))
        self.line.setCursorPosition(0)

    def focus_widget(self) -> QWidget:
        """The line."""
        return self.line

    def set_read_only(self, read_only: bool) -> None:
        """Text stays selectable."""
        self.line.setReadOnly(read_only)
