"""Whose file the typed values go to, when the register knows the person."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.subjects import Subject
from avrr_desktop.ui.forms.person_words import facts_line, shown_name
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import code_text
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class KnownBanner(QWidget):
    """Hidden while the person is new; *another person* takes it back."""

    refused = Signal()

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self.setObjectName(f"{prefix}known")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, Space.S)
        ground = Surface("tile", name=f"{prefix}known-ground")
        outer.addWidget(ground)
        row = QHBoxLayout(ground)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(IconMark("user", "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        row.addLayout(column, 1)
        self._name = Text("", bold=True, name=f"{prefix}known-name")
        self.button = Button(
            tr("Another person"), Variant.LINK, small=True, name=f"{prefix}known-refuse"
        )
        self.button.setToolTip(tr("Go on with a new person, as typed"))
        self.button.clicked.connect(self.refused)
        head = QHBoxLayout()
        head.addWidget(self._name, 1)
        head.addWidget(self.button)
        column.addLayout(head)
        self._facts = Text("", Type.CAPTION, tone="text2", wrap=True, name=f"{prefix}known-facts")
        said = tr("What is typed goes to this file; nothing in it is changed unless you say so.")
        self._said = Text(said, wrap=True, name=f"{prefix}known-text")
        column.addWidget(self._facts)
        column.addWidget(self._said)
        self.hide()

    def show_subject(self, subject: Subject, lists: Vocabularies, today: date) -> None:
        """Say who it is, and what becomes of what is typed."""
        name = shown_name(subject, screen_language())
        facts = f"{facts_line(subject, lists, today)} · {code_text(subject.number)}"
        self._name.setText(name)
        self._facts.setText(facts)
        self.setAccessibleName(f"{name} · {facts}. {self._said.text()}")
        self.show()
