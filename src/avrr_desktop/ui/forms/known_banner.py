"""Whose file the typed values go to, when the register knows the person."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal

from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.subjects import Subject
from avrr_desktop.ui.forms.person_strip import PersonStrip
from avrr_desktop.ui.forms.person_words import facts_line, shown_name
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.formats import code_text
from avrr_desktop.ui.widgets.text import Text


class KnownBanner(PersonStrip):
    """Hidden while the person is new; *another person* takes it back."""

    refused = Signal()

    def __init__(self, prefix: str) -> None:
        name = f"{prefix}known"
        super().__init__(name, "user", "refuse", below=Space.S)
        self.refuse.setToolTip(tr("Go on with a new person, as typed"))
        self.refuse.clicked.connect(self.refused)
        self._facts = Text("", Type.CAPTION, tone="text2", wrap=True, name=f"{name}-facts")
        said = tr("What is typed goes to this file; nothing in it is changed unless you say so.")
        self._said = Text(said, wrap=True, name=f"{name}-text")
        self._lines.addWidget(self._facts)
        self._lines.addWidget(self._said)

    def show_subject(self, subject: Subject, lists: Vocabularies, today: date) -> None:
        """Say who it is, and what becomes of what is typed."""
        name = shown_name(subject, screen_language())
        facts = f"{facts_line(subject, lists, today)} · {code_text(subject.number)}"
        self._title.setText(name)
        self._facts.setText(facts)
        self.setAccessibleName(f"{name} · {facts}. {self._said.text()}")
        self.show()
