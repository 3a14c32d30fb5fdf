"""The head of a form: whose it is, what it is, and the group on the event's own date."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.avatar import Avatar
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.text import Text


class PersonHeader(QWidget):
    """Avatar, title, names in two scripts, a line of facts and a chip at the end."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setObjectName("form-header")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        self._avatar = Avatar("")
        self._title = Text(title, Type.TITLE, name="form-title")
        self._dot = Text("·", tone="text2")
        self._name = Text("", Type.SECTION, name="form-person")
        self._other = Text("", Type.PALETTE, tone="text2", name="form-person-other")
        self._facts = Text("", Type.CAPTION, tone="text2", name="form-facts", wrap=True)
        self._chip = Chip("", ChipKind.ACCENT, icon="user", name="form-group")
        names = QWidget()
        flow = FlowLayout(names, Space.S)
        for part in (self._title, self._dot, self._name, self._other):
            flow.addWidget(part)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(names)
        column.addWidget(self._facts)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addLayout(column, 1)
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self.show_person("", "", "", "")
        self.show_chip("")

    def set_title(self, title: str) -> None:
        """What is entered."""
        self._title.setText(title)

    def show_person(self, letters: str, name: str, other: str, facts: str) -> None:
        """Whose form it is; nothing of it while nobody is chosen."""
        self._avatar.set_letters(letters)
        self._avatar.setVisible(bool(letters))
        self._name.setText(name)
        self._other.setText(other)
        self._facts.setText(facts)
        for part, shown in (
            (self._dot, name),
            (self._name, name),
            (self._other, other),
            (self._facts, facts),
        ):
            part.setVisible(bool(shown))

    def show_chip(self, text: str, icon: str = "user") -> None:
        """The group on the day of the event, or another fact."""
        self._chip.setVisible(bool(text))
        if text:
            self._chip.set_spec(ChipSpec(text, ChipKind.ACCENT, icon))
