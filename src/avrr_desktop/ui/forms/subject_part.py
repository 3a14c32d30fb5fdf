"""Who an activity is for: one person searched for, or members of a household ticked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import Field, FieldSpec
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.register import Register
from avrr_desktop.services.subjects import Subject, household, read_subjects
from avrr_desktop.ui.editors.terms import TermsEditor
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.person_words import age_text, shown_name
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import SectionTitle
from avrr_desktop.ui.widgets.text import Text

PERSON_FIELD = Field(
    "person_id",
    FieldSpec(label=Label("Personne", "الشخص", "Person"), kind=Kind.REFERENCE, refers_to="person"),
    required=True,
)


class SubjectPart(QWidget):
    """A search box while nobody is chosen; ticks where several may be chosen at once."""

    chosen = Signal()

    def __init__(
        self, register: Register, person_ids: Sequence[str], *, may_choose: bool, several: bool
    ) -> None:
        super().__init__()
        self.setObjectName("form-subjects")
        self._register = register
        self._several = several
        self._found = read_subjects(register, person_ids)
        self._members: tuple[Subject, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, Space.S)
        self._column.setSpacing(Space.XS)
        self.box: FieldBox | None = None
        if may_choose:
            self._add_search()
        self._ticks: TermsEditor | None = None
        self._part: QWidget | None = None
        self._show_household([subject.id for subject in self._found])

    def _add_search(self) -> None:
        self._column.addWidget(SectionTitle(tr("Who is it for?")))
        self.box = FieldBox(PERSON_FIELD, EditorSource(self._register), "person_id", None)
        self.box.edited.connect(self._on_picked)
        self._column.addWidget(self.box)

    def subjects(self) -> tuple[Subject, ...]:
        """Those chosen, in the order of the household."""
        if self._ticks is None:
            return self._found
        ticked = self._ticks.value() or ()
        return tuple(subject for subject in self._members if subject.id in ticked)

    def typed(self) -> tuple[str | None, tuple[str, ...]]:
        """Who was searched for, and who is ticked."""
        searched = self.box.editor.value() if self.box is not None else None
        return (str(searched) if searched else None, tuple(s.id for s in self.subjects()))

    def retype(self, kept: tuple[str | None, tuple[str, ...]]) -> None:
        """Put back what ``typed`` gave."""
        searched, chosen = kept
        if self.box is not None:
            self.box.editor.set_value(searched)
        self._found = read_subjects(self._register, chosen)
        if searched and not self._found:
            self._found = read_subjects(self._register, [searched])
        self._show_household(chosen)
        self.chosen.emit()

    def _on_picked(self, box: FieldBox) -> None:
        person = box.editor.value()
        self._found = read_subjects(self._register, [str(person)] if person else ())
        self._show_household([subject.id for subject in self._found])
        self.chosen.emit()

    def _show_household(self, chosen: Sequence[str]) -> None:
        """Ticks for everyone of the case, when there is more than one."""
        if self._part is not None:
            self._column.removeWidget(self._part)
            self._part.hide()
            self._part.deleteLater()
        self._ticks, self._part = None, None
        case_id = self._found[0].case_id if self._found else ""
        members = household(self._register, case_id) if self._several else ()
        known = {member.id for member in members}
        self._members = (*members, *(s for s in self._found if s.id not in known))
        if len(self._members) > 1:
            self._part = self._make_ticks(chosen)
            self._column.addWidget(self._part)
        # Hidden when it holds nothing, so that it leaves no gap above the fields.
        if self.box is None and self._part is None:
            self.hide()
        elif self.parentWidget() is not None:  # shown without a parent it would be a window
            self.show()

    def _make_ticks(self, chosen: Sequence[str]) -> QWidget:
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.addWidget(Text(tr("For whom in the household?"), Type.CAPTION))
        everyone = Button(tr("Everyone"), Variant.LINK, small=True, name="household-everyone")
        everyone.clicked.connect(self._on_everyone)
        head.addWidget(everyone)
        head.addStretch(1)
        terms = [(member.id, self._member_text(member)) for member in self._members]
        self._ticks = TermsEditor("household", tr("For whom in the household?"), terms)
        self._ticks.set_value(tuple(chosen))
        self._ticks.changed.connect(self.chosen)
        column.addLayout(head)
        column.addWidget(self._ticks)
        return part

    def _member_text(self, member: Subject) -> str:
        age = age_text(member.ages_on(self._register.clock.today()))
        return f"{shown_name(member, screen_language())} · {age}"

    def _on_everyone(self) -> None:
        if self._ticks is not None:
            self._ticks.set_value(tuple(member.id for member in self._members))
            self.chosen.emit()
