"""A check box with its own words."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from avrr_desktop.ui.editors.base import Editor


class TickEditor(Editor):
    """Ticked or not; its value is a ``bool``, never ``None``."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(name, label, parent)
        self.box = QCheckBox(label)
        self._hold(self.box, name)
        self.box.clicked.connect(lambda _checked=False: self.changed.emit())

    def value(self) -> bool:
        """Whether it is ticked."""
        return self.box.isChecked()

    def set_value(self, value: object | None) -> None:
        """Tick or not."""
        self.box.setChecked(bool(value))

    def focus_widget(self) -> QWidget:
        """The box."""
        return self.box
