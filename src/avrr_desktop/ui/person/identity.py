"""The identity card: names, age, papers, vulnerabilities, consent and state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.ages import Group
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.person_page import PersonView
from avrr_desktop.services.summary.whereabouts import COUNTED
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.words import agreed, born_text, case_text
from avrr_desktop.ui.records.cells import age_text
from avrr_desktop.ui.theme.tokens import Height, Space, Type
from avrr_desktop.ui.widgets.avatar import LARGE, Avatar, initials
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.formats import date_text, ltr, name_text
from avrr_desktop.ui.widgets.text import Text

Line = Mapping[str, object]


class IdentityHead(QWidget):
    """Who the person is; ``case_opened`` gives the case whose number was clicked."""

    case_opened = Signal(str)

    def __init__(self, context: Context, view: PersonView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("identity")
        self._context = context
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        row.setSpacing(Space.L)
        avatar = Avatar(initials(view.name.family or view.name.family_ar, view.name.given), LARGE)
        row.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addLayout(self._names(view))
        column.addWidget(self._facts(view))
        if chips := tuple(self._vulnerabilities(view)):
            column.addWidget(_labelled(tr("Vulnerabilities"), chips))
        row.addLayout(column, 1)
        states = QVBoxLayout()
        states.setSpacing(Space.S - 2)
        for spec in self._states(view):
            chip = Chip(spec.text, spec.kind, icon=spec.icon)
            states.addWidget(chip, 0, Qt.AlignmentFlag.AlignRight)
        states.addStretch(1)
        row.addLayout(states)

    def _names(self, view: PersonView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        latin = name_text(view.name.family, view.name.given)
        names = [name for name in (ltr(latin), view.name.arabic) if name]
        if screen_language().is_rtl:
            names.reverse()
        row.addWidget(Text(names[0] if names else "", Type.TITLE, name="person-name"))
        if len(names) > 1:
            row.addWidget(Text(names[1], Type.PALETTE, tone="text2", name="person-name-other"))
        row.addStretch(1)
        return row

    def _facts(self, view: PersonView) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, Space.S)
        age = tr("{age}, {birth}", age=age_text(view.age), birth=born_text(view))
        facts = [
            (tr("Age today"), age),
            (tr("Group today"), group_word(Group(view.group))),
            (tr("Nationality"), self._context.term("country", view.values.get("nationality"))),
            (tr("Person number"), ltr(view.number)),
        ]
        for label, text in facts:
            flow.addWidget(_fact(label, Text(text)))
        for household in view.households:
            link = Button(case_text(household.number), Variant.LINK, name="person-case")
            link.clicked.connect(lambda _=False, i=household.case_id: self.case_opened.emit(i))
            flow.addWidget(_fact(tr("Case"), link))
        for label, text in self._papers(view):
            flow.addWidget(_fact(label, Text(text)))
        return holder

    def _papers(self, view: PersonView) -> Iterator[tuple[str, str]]:
        documents, phones = _lines(view, "document"), _lines(view, "phone")
        if documents:
            kind = self._context.term("document_kind", documents[-1].get("kind"))
            yield tr("Document"), f"{kind} {ltr(str(documents[-1].get('number')))}"
        if phones:
            yield tr("Phone"), ltr(str(phones[-1].get("number")))

    def _vulnerabilities(self, view: PersonView) -> Iterator[ChipSpec]:
        today = self._context.register.clock.today()
        for line in _lines(view, "vulnerability"):
            label = self._context.term("vulnerability", line.get("code"))
            label = agreed(label, view.values.get("sex"))
            since, until = line.get("from_on"), line.get("to_on")
            if isinstance(until, date):
                over = until < today
                text = tr("{label} · until {day}", label=label, day=ltr(date_text(until)))
                yield ChipSpec(text, ChipKind.REASON if over else ChipKind.WARNING)
            elif isinstance(since, date):
                text = tr("{label} · since {day}", label=label, day=ltr(date_text(since)))
                yield ChipSpec(text, ChipKind.WARNING)
            else:
                yield ChipSpec(label, ChipKind.WARNING)
        hidden = sum(1 for name in _PROTECTED if view.values.get(name))
        if hidden:
            text = ntr("{count} protected note", "{count} protected notes", hidden)
            yield ChipSpec(text, ChipKind.REASON, "eye-off")

    def _states(self, view: PersonView) -> Iterator[ChipSpec]:
        """The state of the latest activity that has states, then the consent."""
        for moment in view.timeline:
            activity = moment.activity
            if moment.is_main and activity.states is not None:
                label = self._context.term(
                    activity.states.vocabulary, activity.states.of(moment.values)
                )
                day = ltr(date_text(moment.day))
                label = agreed(label, view.values.get("sex"))
                text = tr("{state} · {day}", state=label, day=day) if day else label
                counted = moment.role is not None and moment.role.role == COUNTED
                kind = ChipKind.OK if counted else ChipKind.REASON
                yield ChipSpec(text, kind, activity.icon)
                break
        yield self._consent(view)

    def _consent(self, view: PersonView) -> ChipSpec:
        given = [c for c in _lines(view, "consent") if c.get("withdrawn_on") is None]
        if not given:
            return ChipSpec(tr("No consent in force"), ChipKind.WARNING)
        purposes = given[-1].get("purposes")
        count = len(purposes) if isinstance(purposes, list | tuple) else 0
        counted = ntr("{count} purpose", "{count} purposes", count)
        day = given[-1].get("given_on")
        shown = ltr(date_text(day)) if isinstance(day, date) else ""
        text = tr("Consent of {day}, {purposes}", day=shown, purposes=counted)
        return ChipSpec(text, ChipKind.REASON, "circle-check")


_PROTECTED = ("protection_notes", "medical_notes")


def _lines(view: PersonView, key: str) -> tuple[Line, ...]:
    found = view.values.get(key)
    return tuple(found) if isinstance(found, tuple | list) else ()


def _fact(label: str, shown: QWidget) -> QWidget:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Text(label, Type.CAPTION))
    column.addWidget(shown)
    row.addLayout(column)
    row.addSpacing(Space.L)
    shown.setMinimumHeight(Height.TARGET)  # as high as a link, so that all stand on one line
    if isinstance(shown, Text):
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return holder


def _labelled(label: str, chips: tuple[ChipSpec, ...]) -> QWidget:
    holder = QWidget()
    flow = FlowLayout(holder, Space.S - 2)
    flow.addWidget(Text(label, Type.CAPTION))
    for spec in chips:
        flow.addWidget(Chip(spec.text, spec.kind, icon=spec.icon))
    return holder
