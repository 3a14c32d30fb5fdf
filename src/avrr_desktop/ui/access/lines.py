"""A line to type in, its label above it, its fault beneath."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.text import Text


class LabelledLine(QWidget):
    """One line. ``finished`` follows Enter."""

    edited = Signal()
    finished = Signal()

    def __init__(self, label: str, name: str, *, hint: str = "") -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setObjectName(name)
        self.line.setAccessibleName(label)
        self.line.textEdited.connect(self._on_edited)
        self.line.returnPressed.connect(self.finished)
        caption = Text(label, Type.CAPTION)
        caption.setBuddy(self.line)
        self._error = IconText("circle-alert", "", tone="error", wrap=True, name=f"{name}-error")
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(caption)
        self.row = QHBoxLayout()
        self.row.setSpacing(Space.XS)
        self.row.addWidget(self.line, 1)
        column.addLayout(self.row)
        if hint:
            column.addWidget(Text(hint, Type.CAPTION, tone="text2", wrap=True))
        column.addWidget(self._error)
        self.setFocusProxy(self.line)

    def text(self) -> str:
        """What is typed, without spaces around it."""
        return self.line.text().strip()

    def show_error(self, sentence: str) -> None:
        """Say a fault beneath; an empty sentence takes it away."""
        self._error.set_content("circle-alert", sentence)
        self._error.setVisible(bool(sentence))
        set_look(self.line, state="error" if sentence else "normal")
        self.line.setAccessibleDescription(sentence)

    def error(self) -> str:
        """The fault said now."""
        return self.line.accessibleDescription()

    def _on_edited(self) -> None:
        self.show_error("")
        self.edited.emit()


class PasswordLine(LabelledLine):
    """A password, hidden unless one asks to see it."""

    def __init__(self, label: str, name: str, *, hint: str = "") -> None:
        super().__init__(label, name, hint=hint)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._see = Button(tr("Show"), Variant.SECONDARY, name=f"{name}-show")
        self._see.setCheckable(True)
        self._see.toggled.connect(self._on_toggled)
        self.row.addWidget(self._see)

    def text(self) -> str:
        """The password as typed: spaces count."""
        return self.line.text()

    def _on_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self._see.set_label(tr("Hide") if shown else tr("Show"))
