"""What the register says of a field where something else was typed, and the choice between them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class Choice(StrEnum):
    """Which of two values a person's file gets."""

    OPEN = "open"
    REGISTER = "register"  # it stays as it is
    TYPED = "typed"  # it is corrected


@dataclass(frozen=True, slots=True)
class Difference:
    """The register's value of a field and, where it was put back, the one typed before."""

    stored: str
    typed: str = ""
    choice: Choice = Choice.OPEN


class DifferenceBlock(Surface):
    """Below a field: the register's value, and *keep* or *correct*; once chosen, *change*."""

    chosen = Signal(object)  # Choice

    def __init__(self, shown: Difference, key: str) -> None:
        is_open = shown.choice is Choice.OPEN
        super().__init__("warning" if is_open else "tile", name=f"{key}-difference")
        self._shown = shown
        self._first: Button
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.XS)
        said = QHBoxLayout()
        said.setSpacing(Space.S)
        icon, tone = ("triangle-alert", "warning") if is_open else ("circle-check", "ok")
        said.addWidget(IconMark(icon, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = Text("", wrap=True, name=f"{key}-difference-text")
        sentence = _sentence(shown)
        words.set_markup(sentence)
        self.setAccessibleName(_sentence(shown, is_plain=True))
        said.addWidget(words, 1)
        column.addLayout(said)
        if is_open:
            row = FlowLayout(spacing=Space.XS)
            self._first = self._button(tr("Keep the register’s"), f"{key}-keep", Choice.REGISTER)
            row.addWidget(self._first)
            row.addWidget(self._button(tr("Correct the register"), f"{key}-correct", Choice.TYPED))
            column.addLayout(row)
        else:
            self._first = self._button(tr("Change"), f"{key}-change", Choice.OPEN, Variant.LINK)
            said.addWidget(self._first)

    def shows(self, wanted: Difference) -> bool:
        """Whether it shows exactly this already."""
        return self._shown == wanted

    def focus(self) -> None:
        """Where one answers."""
        self._first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to choose."""
        return self._shown.choice is Choice.OPEN

    def _button(
        self, text: str, name: str, choice: Choice, variant: Variant = Variant.SECONDARY
    ) -> Button:
        button = Button(text, variant, small=True, name=name)
        button.setAccessibleDescription(self.accessibleName())
        button.clicked.connect(lambda: self.chosen.emit(choice))
        return button


def _sentence(shown: Difference, *, is_plain: bool = False) -> str:
    """In markup, or plain for those who listen."""
    stored, typed = shown.stored or "—", shown.typed or "—"
    if not is_plain:
        stored, typed = f"<b>{escape(stored)}</b>", f"<b>{escape(typed)}</b>"
    if shown.choice is Choice.REGISTER:
        return tr("As in the register. Typed: {typed}", typed=typed)
    if shown.choice is Choice.TYPED:
        return tr("Will be corrected. In the register: {stored}", stored=stored)
    return tr("The register says: {stored}", stored=stored)
