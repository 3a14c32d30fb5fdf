"""Where a person counts in the period one looks at, and what does not count yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import TOTAL, Group
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.base import field_of
from avrr_desktop.services.person_page import Member, PersonView
from avrr_desktop.services.summary.whereabouts import PLANNED, STEP, Place
from avrr_desktop.services.summary_labels import cell_label, period_text
from avrr_desktop.services.timeline import Moment
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import moment_title, place_line, plain_name
from avrr_desktop.ui.routes import FigureOf
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.chip_drawing import ChipKind
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.text import Text


class CountsPanel(QWidget):
    """Two cards: where the person counts, each line opening its figure, and what waits."""

    def __init__(self, context: Context, view: PersonView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("counts-panel")
        self._context = context
        self._view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.CARD_GAP)
        column.addWidget(self._counted())
        waiting = self._waiting()
        if waiting is not None:
            column.addWidget(waiting)
        column.addStretch(1)

    def set_flat(self, *, flat: bool) -> None:
        """Without edges inside another card."""
        for card in self.findChildren(Card):
            set_look(card, ground="surface" if flat else "card")

    def _counted(self) -> Card:
        card = Card("counted-in", flush=True)
        say = translator(screen_language())
        period = Text(ltr(period_text(self._view.period, say)), Type.CAPTION, name="counted-period")
        card.add_header(tr("Counts in"), period)
        if not self._view.places:
            empty = tr("Counts in no figure of this period.")
            card.body.addWidget(_padded(Text(empty, tone="text2", wrap=True)))
        for place in self._view.places:
            card.body.addWidget(HairLine())
            card.body.addWidget(self._place(place))
        return card

    def _place(self, place: Place) -> QWidget:
        line = QWidget()
        column = QVBoxLayout(line)
        column.setContentsMargins(Space.M, Space.S, Space.L, Space.S)
        column.setSpacing(0)
        label = tr("Registered, then departed")  # the cohort, whose own name is long
        if place.cell.section in SECTIONS:
            whole = place.cell._replace(group=TOTAL)
            label = cell_label(whole, self._context.register.vocabularies, screen_language())
        link = Button(label, Variant.LINK, name=f"counts-{place.cell.section}")
        route = FigureOf(self._view.period.code, place.cell)
        link.clicked.connect(lambda _=False: self._context.shell.open(route))
        column.addWidget(link)
        row = QHBoxLayout()
        said = Text(place_line(place), Type.CAPTION, wrap=True)
        said.setContentsMargins(Space.XS, 0, 0, 0)
        row.addWidget(said, 1)
        chip = Chip(group_word(Group(place.cell.group)), ChipKind.ACCENT)
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        return line

    def _waiting(self) -> Card | None:
        moments = [
            moment
            for moment in self._view.timeline
            if moment.role is not None and moment.role.role in (PLANNED, STEP)
        ]
        growing = [m for house in self._view.households for m in house.members if m.adult_on]
        if not moments and not growing:
            return None
        card = Card("not-counted-yet", flush=True)
        card.add_header(tr("Not counted yet"))
        for moment in moments:
            self._add(card, moment_title(self._context, moment), self._why(moment))
        for member in growing:
            self._add(card, *_growing(member))
        return card

    def _why(self, moment: Moment) -> str:
        if moment.role is not None and moment.role.role == PLANNED and moment.day:
            day = ltr(date_text(moment.day))
            return tr("Planned on {day}: it will count on its actual date.", day=day)
        dated_by = field_of(moment.activity.model, moment.activity.dated_by)
        return tr("No date yet: {field}.", field=self._context.text(dated_by.spec.label))

    def _add(self, card: Card, title: str, said: str) -> None:
        card.body.addWidget(HairLine())
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.setSpacing(0)
        column.addWidget(Text(title, bold=True, wrap=True))
        column.addWidget(Text(said, Type.CAPTION, wrap=True))
        card.body.addWidget(holder)


def _growing(member: Member) -> tuple[str, str]:
    assert member.adult_on is not None
    title = tr("{name}, change of group", name=plain_name(member.name))
    day = ltr(date_text(member.adult_on))
    return title, tr("Eighteen on {day}: counted as an adult from that day.", day=day)


def _padded(inner: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
    column.addWidget(inner)
    return holder
