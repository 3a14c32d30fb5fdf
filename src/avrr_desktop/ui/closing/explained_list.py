"""Differences person by person: who, from which figure to which, why, since when, by whom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.closing.causes import Kind
from avrr_desktop.services.closing.explained import Explanation, Known
from avrr_desktop.services.closing.held import PENDING
from avrr_desktop.services.summary_labels import section_label
from avrr_desktop.ui.closing.words import (
    ICONS,
    causes_text,
    cells_text,
    change_text,
    figures_text,
    other_cells,
    reasons_text,
    statuses_text,
    title_of,
)
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.routes import Bin, PersonPage, Route
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

STEP = 50  # explanations shown at a time
_PERSONS_NAMED = 4  # of a case


class ExplanationRow(Surface):
    """One explanation; ``opened`` gives the page of the person."""

    opened = Signal(object)

    def __init__(self, explanation: Explanation, lists: Vocabularies) -> None:
        super().__init__("surface", edge="top", name="explanation")
        self.explanation = explanation
        tone = "error" if explanation.kind is Kind.UNKNOWN else "warning"
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        mark = IconMark(ICONS[explanation.kind], tone)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addLayout(self._first())
        why = " ".join(p for p in (causes_text(explanation), reasons_text(explanation)) if p)
        words.addWidget(Text(why, Type.CAPTION, wrap=True, name="explanation-why"))
        if statuses := statuses_text(explanation):
            waits = any(one.status == PENDING for one in explanation.corrections)
            tone_of = "warning" if waits else "text2"
            said = tr("Correction: {status}", status=statuses)
            words.addWidget(Text(said, Type.CAPTION, tone=tone_of, wrap=True))
        if figures := figures_text(explanation, lists):
            more = Text(figures, Type.CAPTION, wrap=True, name="explanation-figures")
            keys = other_cells(explanation)
            more.setToolTip(plain_tip(cells_text(explanation.cells, keys, lists)))
            words.addWidget(more)
        row.addLayout(words, 1)
        self.setAccessibleName(f"{title_of(explanation)}, {change_text(explanation)}. {why}")

    def _first(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        persons = self.explanation.persons
        for person in persons[:_PERSONS_NAMED]:
            link = Button(plain_name(person.name), Variant.LINK, name="explanation-person")
            link.clicked.connect(lambda _on=False, one=person: self.opened.emit(_route(one)))
            line.addWidget(link)
        if not persons:
            line.addWidget(Text(title_of(self.explanation), bold=True))
        rest = len(persons) - _PERSONS_NAMED
        if rest > 0:
            line.addWidget(Text(ntr("and {count} other", "and {count} others", rest)))
        line.addWidget(Text(change_text(self.explanation), wrap=True, name="explanation-change"), 1)
        return line


def _route(person: Known) -> Route:
    return Bin() if person.is_deleted else PersonPage(person.opens)


class ExplainedList(QWidget):
    """The explanations of every part or of one, fifty at a time."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanations")
        self._all: tuple[Explanation, ...] = ()
        self._lists: Vocabularies | None = None
        self.section = ""
        self._head = QWidget()
        row = QHBoxLayout(self._head)
        row.setContentsMargins(Space.L, Space.XS, Space.M, Space.XS)
        self._title = Text("", bold=True, name="explanations-title")
        self.all_button = Button(
            tr("Show all parts"), Variant.LINK, small=True, name="explanations-all"
        )
        self.all_button.clicked.connect(lambda: self.choose(""))
        row.addWidget(self._title, 1)
        row.addWidget(self.all_button)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.more = Button("", Variant.QUIET, small=True, name="explanations-more")
        self.more.clicked.connect(self._show_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head)
        column.addLayout(self._rows)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def show_all(self, explanations: Sequence[Explanation], lists: Vocabularies) -> None:
        """Show these, of the part chosen before."""
        self._all, self._lists = tuple(explanations), lists
        self.choose(self.section)

    def choose(self, section: str) -> None:
        """Keep to one part; every part when empty."""
        self.section = section
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        if section:
            self._title.setText(section_label(section).text(screen_language()))
        self._head.setVisible(bool(section))
        self._show_more()

    def chosen(self) -> tuple[Explanation, ...]:
        """The explanations of the part chosen."""
        if not self.section:
            return self._all
        return tuple(one for one in self._all if self.section in one.sections)

    def _show_more(self) -> None:
        chosen, shown = self.chosen(), self._rows.count()
        assert self._lists is not None
        for explanation in chosen[shown : shown + STEP]:
            row = ExplanationRow(explanation, self._lists)
            row.opened.connect(self.opened)
            self._rows.addWidget(row)
        rest = len(chosen) - self._rows.count()
        self.more.setVisible(rest > 0)
        said = ntr("Show {number} other", "Show {number} others", rest, number=number_text(rest))
        self.more.set_label(said)
