"""Integers and amounts, with their unit inside the field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.line import FieldLine
from avrr_desktop.ui.editors.typed_numbers import read_integer, read_minor_units
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.formats import amount_text, number_text
from avrr_desktop.ui.widgets.text import Text


class _NumberEditor(Editor):
    """A number read by one function and written by another."""

    def __init__(
        self,
        name: str,
        label: str,
        read: Callable[[str], int | None],
        write: Callable[[int], str],
        unit: str,
        parent: QWidget | None,
    ) -> None:
        super().__init__(name, label, parent)
        self._read, self._write = read, write
        self.line = FieldLine("ltr", self)
        self._hold(self.line, name)
        self._unit = Text(unit, Type.CAPTION)
        self._unit.setContentsMargins(Space.XS, 0, Space.S, 0)
        if unit:
            self.line.set_inside(self._unit)
            self.line.setAccessibleName(f"{label} ({unit})")
        self._unit.setVisible(bool(unit))
        self.line.textEdited.connect(lambda _text: self.changed.emit())

    def value(self) -> int | None:
        """The number typed; ``None`` when empty or not a number (see ``problem``)."""
        try:
            return self._read(self.line.text())
        except ValueError:
            return None

    def problem(self) -> str | None:
        """A sentence when the text is no number."""
        try:
            self._read(self.line.text())
        except ValueError:
            return tr("Not a number: {text}", text=self.line.text().strip())
        return None

    def set_value(self, value: object | None) -> None:
        """Show an integer, or nothing."""
        self.line.setText(self._write(value) if isinstance(value, int) else "")

    def focus_widget(self) -> QWidget:
        """The line."""
        return self.line

    def set_read_only(self, read_only: bool) -> None:
        """Text stays selectable."""
        self.line.setReadOnly(read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On leaving, write the number the usual way."""
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            number = self.value()
            if number is not None:
                self.line.setText(self._write(number))
        return super().eventFilter(watched, event)


class IntegerEditor(_NumberEditor):
    """A whole number; its value is an ``int``."""

    def __init__(
        self, name: str, label: str, *, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, read_integer, number_text, unit, parent)


class AmountEditor(_NumberEditor):
    """An amount of money; its value is an ``int`` in hundredths (600 MAD is 60000)."""

    def __init__(
        self, name: str, label: str, *, unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, read_minor_units, amount_text, unit, parent)

    def set_unit(self, unit: str) -> None:
        """Another currency."""
        self._unit.setText(unit)
        self.line.set_inside(self._unit)
        self._unit.setVisible(bool(unit))
