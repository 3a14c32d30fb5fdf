"""Who of the register the person being typed may be: no pop-up, and no focus is taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.likely import Likely
from avrr_desktop.services.subjects import Subject
from avrr_desktop.ui.duplicates.words import likeness_text
from avrr_desktop.ui.forms.person_strip import PersonStrip
from avrr_desktop.ui.forms.person_words import facts_line, shown_name
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import code_text
from avrr_desktop.ui.widgets.text import Text


def likely_text(found: Likely) -> str:
    """« KONÉ Aïcha (P‑000042) · Same names · Same birth date »."""
    return " · ".join((_name(found), *map(likeness_text, found.reasons)))


def _name(found: Likely) -> str:
    name = shown_name(found.subject, screen_language())
    return tr("{name} ({number})", name=name, number=code_text(found.subject.number))


class LikelyStrip(PersonStrip):
    """Hidden while nobody looks like the person typed."""

    same = Signal(str)  # id of the person who it is
    different = Signal()  # from all of those shown
    reshaped = Signal()  # its buttons came or went

    def __init__(self, prefix: str) -> None:
        name = f"{prefix}likely"
        super().__init__(name, "users", "different", above=Space.S)
        self._prefix = name
        self.shown: tuple[Likely, ...] = ()
        self.refuse.clicked.connect(self.different)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.XS)
        self._lines.addLayout(self._list)

    def show_found(self, found: Sequence[Likely], lists: Vocabularies, today: date) -> None:
        """These, the surest first; nothing moves when they are shown already."""
        if tuple(found) == self.shown:
            return
        self.shown = tuple(found)
        while (item := self._list.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(self.shown):
            self._list.addWidget(self._line(place, one, lists, today))
        count = len(self.shown)
        said = ntr("Perhaps already in the register:", "Perhaps one of these {count}:", count)
        self._title.setText(said)
        self.setAccessibleName(" ".join((said, *map(likely_text, self.shown))))
        self.setVisible(bool(self.shown))
        self.reshaped.emit()

    def _line(self, place: int, one: Likely, lists: Vocabularies, today: date) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        words = QVBoxLayout()
        words.setSpacing(0)
        reasons = " · ".join(map(likeness_text, one.reasons))
        words.addWidget(Text(_name(one), wrap=True, name=f"{self._prefix}-name-{place}"))
        words.addWidget(Text(reasons, wrap=True, name=f"{self._prefix}-why-{place}"))
        facts = _facts(one.subject, lists, today)
        words.addWidget(Text(facts, Type.CAPTION, tone="text2", wrap=True))
        row.addLayout(words, 1)
        same = Button(tr("Same person"), Variant.LINK, small=True, name=f"{self._prefix}-{place}")
        same.setAccessibleName(tr("Same person: {name}", name=likely_text(one)))
        same.clicked.connect(lambda: self.same.emit(one.subject.id))
        row.addWidget(same, 0, Qt.AlignmentFlag.AlignTop)
        return line


def _facts(subject: Subject, lists: Vocabularies, today: date) -> str:
    parts = (code_text(subject.birth.typed), facts_line(subject, lists, today))
    return " · ".join(part for part in parts if part)
