"""One line of text: plain, kept left to right, or Arabic."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.line import FieldLine, Script


class TextEditor(Editor):
    """Text without spaces round it; ``None`` when empty."""

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
        self.line = FieldLine(script, self)
        self.line.setPlaceholderText(placeholder)
        if max_length is not None:
            self.line.setMaxLength(max_length)
        self._hold(self.line, name)
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> str | None:
        """The text typed."""
        return self.line.text().strip() or None

    def set_value(self, value: object | None) -> None:
        """Show ``value``."""
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def focus_widget(self) -> QWidget:
        """The line."""
        return self.line

    def set_read_only(self, read_only: bool) -> None:
        """Text stays selectable."""
        self.line.setReadOnly(read_only)
