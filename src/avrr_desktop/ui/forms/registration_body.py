"""The fields of the registration screen: person, consent, contact, and the rest of the family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.ages import ages_between, group_of
from avrr_desktop.core.errors import Finding
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.different_persons import Different
from avrr_desktop.services.drafts import Draft, Stored, lines_of
from avrr_desktop.services.registering import (
    HEAD,
    REGISTRATION,
    NewCase,
    read_birth,
    registration_drafts,
)
from avrr_desktop.services.subjects import Subject, household, read_subjects
from avrr_desktop.ui.forms.consent_part import CONSENT, ConsentPart
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.entry_body import EntryBody
from avrr_desktop.ui.forms.faults import Fault, Spot
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_grid import Block, FieldGrid, SectionColumns
from avrr_desktop.ui.forms.header_words import birth_words
from avrr_desktop.ui.forms.known_person import KnownState
from avrr_desktop.ui.forms.likely_members import LikelyMembers
from avrr_desktop.ui.forms.live_notes import period_note
from avrr_desktop.ui.forms.member_part import MemberCard, MemberPart, Typed
from avrr_desktop.ui.forms.person_header import PersonHeader
from avrr_desktop.ui.forms.person_words import group_on_text
from avrr_desktop.ui.forms.record_fields import RecordFields
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.live import period_of_context
from avrr_desktop.ui.summary.live_panel import NoteLine
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.avatar import initials
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.surfaces import SectionTitle

_CONTACT = ("contacted_on", "registered_on", "channel", "partner", "office")
_SITUATION = ("reason", "situation", "remarks")


@dataclass(frozen=True, slots=True)
class RegistrationState:
    """What is typed on the registration screen."""

    first: Typed
    others: tuple[Typed, ...]
    known: tuple[KnownState | None, ...]  # of the first, then of the others
    consent: Mapping[str, object]
    registration: Mapping[str, object]
    different: tuple[frozenset[str], ...] = ()  # files said to be of others, by member


class RegistrationBody(EntryBody):
    """One person by default; *Member* adds the others of a family."""

    def __init__(
        self,
        context: Context,
        values: Mapping[str, object],
        case: Stored | None = None,
        representative: str = "",
    ) -> None:
        super().__init__()
        self.setObjectName("form-new-registration")
        self._context = context
        self._source = EditorSource(context.register)
        self._own_case = NewCase(uuid4().hex, case, representative)
        self._head = PersonHeader(tr("New registration"))
        self.header = self._head
        self.likely = LikelyMembers(context, self._members)
        self.first = MemberPart(self._source, values, has_place=case is not None)
        self.consent = ConsentPart(self._source)
        self.registration = RecordFields(
            REGISTRATION, self._source, values, names=(*_CONTACT, *_SITUATION)
        )
        self.cards: list[MemberCard] = []
        self._made = 0
        self._known_case: NewCase | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(SectionColumns(self._blocks()))
        column.addStretch(1)
        self.first.edited.connect(self._on_edited)
        self.likely.watch(self.first)
        self.first.known_refused.connect(lambda: self._leave_known(self.first))
        self.likely.taken.connect(self._take_likely)
        self.consent.edited.connect(lambda _box: self._on_edited())
        self.registration.edited.connect(lambda _box: self._on_edited())
        self._on_edited()

    def _blocks(self) -> list[Block]:
        identity = FieldGrid([*self.first.boxes_of("membership", PERSON.key)])
        papers = FieldGrid(self.first.boxes_of("document", "phone"))
        contact = self.registration.grid(_CONTACT)
        consent = self.consent.grid(self.consent.boxes)
        situation = self.registration.grid(_SITUATION)
        titled = (
            (tr("Person"), identity),
            (tr("Document and phone"), papers),
            (tr("Contact and interview"), contact),
            (tr("Consent"), consent),
            (tr("Situation"), situation),
        )
        blocks = [Block(_titled(title, grid), grid.weight()) for title, grid in titled]
        person = blocks[0].widget.layout()
        assert isinstance(person, QVBoxLayout)
        person.insertWidget(1, self.first.banner)
        person.addWidget(self.first.likely)
        # After the person's papers, at the foot of the first column.
        blocks.insert(2, Block(self._make_family(), 1.0))
        return blocks

    def _make_family(self) -> QWidget:
        family = QWidget()
        column = QVBoxLayout(family)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.S)
        column.addWidget(SectionTitle(tr("Family"), name="family-title"))
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.S)
        column.addLayout(self._list)
        self.add_button = Button(tr("Member"), icon="user-plus", small=True, name="member-add")
        self.add_button.setAccessibleName(tr("Add a member of the family"))
        self.add_button.clicked.connect(self.add_member)
        row = QHBoxLayout()
        row.addWidget(self.add_button)
        row.addStretch(1)
        column.addLayout(row)
        return family

    def add_member(self) -> MemberCard:
        """A card for another member, with the family name and the nationality of the first."""
        first = self.first.parts[PERSON.key].values()
        kept = ("family_name", "family_name_ar", "nationality")
        card = self._append({name: first[name] for name in kept})
        card.part.boxes()[0].focus()
        self._on_edited()
        return card

    def _append(self, values: Mapping[str, object]) -> MemberCard:
        self._made += 1
        name = f"member{self._made}"
        part = MemberPart(
            self._source, values, prefix=f"{name}-", children=("document",), has_place=True
        )
        card = MemberCard(part, name)
        part.edited.connect(self._on_edited)
        self.likely.watch(part)
        part.known_refused.connect(lambda: self._leave_known(part))
        card.removed.connect(self._on_removed)
        self.cards.append(card)
        self._list.addWidget(card)
        for box in part.boxes():
            self.box_made.emit(box)
        return card

    def _on_removed(self, card: MemberCard) -> None:
        self.cards.remove(card)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()
        self.add_button.setFocus()
        self._on_edited()

    def _members(self) -> list[MemberPart]:
        return [self.first, *(card.part for card in self.cards)]

    def boxes(self) -> Sequence[FieldBox]:
        """Every box."""
        members = [box for part in self._members() for box in part.boxes()]
        return [*members, *self.registration.boxes.values(), *self.consent.boxes.values()]

    def order(self) -> Sequence[FieldBox]:
        """The boxes seen, down the first column, then the second."""
        members = [box for part in self._members() for box in part.boxes()]
        shown = self.registration.shown()
        contact = [box for box in shown if box.field.name in _CONTACT]
        rest = [box for box in shown if box.field.name not in _CONTACT]
        return [*members, *contact, *self.consent.shown(), *rest]

    def drafts(self) -> tuple[Draft, ...]:
        """Persons, case and registrations."""
        registration = self.registration.values()
        is_registered = registration[REGISTRATION.dated_by] is not None
        return registration_drafts(
            [part.member() for part in self._members()],
            self.consent.row(is_needed=is_registered and self._lacks_consent()),
            registration,
            self._case(),
            self._source.today(),
        )

    def locate(self, draft: int, finding: Finding) -> Spot | None:
        """A person's own box, a shared one of the consent or of the registration."""
        members = self._members()
        if draft < len(members):
            if finding.child == CONSENT.key:
                box = self.consent.boxes.get(finding.field)
                return Spot(box, is_shared=True) if box else None
            return self._spot_of(draft, finding)
        if finding.child:  # a line of the case: who is in it
            lines = lines_of(self.drafts()[len(members)].values, finding.child)
            person = lines[finding.row]["person_id"] if finding.row < len(lines) else ""
            place = next((i for i, part in enumerate(members) if part.target == person), None)
            return None if place is None else self._spot_of(place, finding)
        box = self.registration.boxes.get(finding.field)
        return Spot(box, is_shared=True) if box else None

    def _spot_of(self, place: int, finding: Finding) -> Spot | None:
        part = self._members()[place]
        box = part.box_of(finding)
        return Spot(box, part.name() if place else "") if box else None

    def about_to_save(self) -> None:
        """Somebody may have been entered elsewhere meanwhile."""
        self.likely.ask_now()

    def own_faults(self, found: Sequence[Fault] = ()) -> Sequence[Fault]:
        """Differences from the register left open, and one person entered twice."""
        faults: list[Fault] = []
        seen: set[str] = set()
        for place, part in enumerate(self._members()):
            context = part.name() if place else ""
            if part.known is not None:
                said = tr("Say whether the register is right.")
                faults += (_stop(box, "differs", said, context) for box in part.known.undecided())
            if part.target in seen:
                box = next(iter(part.parts[PERSON.key].boxes.values()))
                faults.append(_stop(box, "twice", tr("This person is entered twice."), context))
            seen.add(part.target)
            faults += self.likely.faults(part, context, found)
        return faults

    def different(
        self, faults: Sequence[Fault], reasons: Mapping[str, str]
    ) -> tuple[Different, ...]:
        """Files of the register said to be of other persons than those typed."""
        return self.likely.different(faults, reasons)

    def take_known(self, box: FieldBox, person_id: str) -> None:
        """The person whose box it is has a file: what is typed goes there."""
        part = next((part for part in self._members() if box in part.boxes()), None)
        if part is not None:
            self._put_known(part, person_id)
            self._on_edited()

    def _take_likely(self, part: MemberPart, person_id: str) -> None:
        self._put_known(part, person_id)
        part.boxes()[0].focus()
        self._on_edited()

    def _put_known(self, part: MemberPart, person_id: str, state: KnownState | None = None) -> None:
        found = read_subjects(self._context.register, [person_id])
        if not found:  # deleted meanwhile
            return
        stored = self._context.records.read(PERSON.key, person_id)
        part.take_known(stored, found[0], state)
        if part is self.first:
            self._known_case = self._case_of(found[0])

    def _leave_known(self, part: MemberPart) -> None:
        part.leave_known()
        if part is self.first:
            self._known_case = None
        part.boxes()[0].focus()
        self._on_edited()

    def _case_of(self, subject: Subject) -> NewCase | None:
        """The open case somebody of the register is in; theirs unless the page is for another."""
        if not subject.case_id:
            return None
        case = self._context.records.read(CASE_FILE.key, subject.case_id)
        members = household(self._context.register, subject.case_id)
        heads = [member.name for member in members if member.place == HEAD]
        is_closed = case.values["closed_on"] is not None
        return None if is_closed else NewCase(case.id, case, heads[0] if heads else "")

    def _case(self) -> NewCase:
        return self._own_case if self._own_case.stored else self._known_case or self._own_case

    def _lacks_consent(self) -> bool:
        """Whether somebody has never consented to anything."""
        files = [part.known.stored.values if part.known else {} for part in self._members()]
        return not all(lines_of(values, CONSENT.key) for values in files)

    def names(self) -> Mapping[int, str]:
        """Names for findings of the consent and of the registrations, in a family."""
        members = self._members()
        if len(members) == 1:
            return {}
        count = len(members)
        named = {place: part.name() or str(place + 1) for place, part in enumerate(members)}
        return {**named, **{count + 1 + place: name for place, name in named.items()}}

    def typed(self) -> RegistrationState:
        """Everything typed."""
        return RegistrationState(
            self.first.typed(),
            tuple(card.part.typed() for card in self.cards),
            tuple(part.known.state() if part.known else None for part in self._members()),
            self.consent.typed(),
            self.registration.typed(),
            tuple(self.likely.said_different(part) for part in self._members()),
        )

    def retype(self, kept: object) -> None:
        """Put back what ``typed`` gave."""
        if not isinstance(kept, RegistrationState):
            return
        self.first.retype(kept.first)
        self.consent.retype(kept.consent)
        self.registration.retype(kept.registration)
        for card in tuple(self.cards):
            self._on_removed(card)
        self._made = 0
        for other in kept.others:
            card = self._append({})
            card.part.retype(other)
        for part, state in zip(self._members(), kept.known, strict=True):
            if state is not None:
                self._put_known(part, state.person_id, state)
        for part, files in zip(self._members(), kept.different, strict=False):
            self.likely.say_different(part, files)
        self._on_edited()

    def about(self) -> Sequence[str]:
        """The names typed so far."""
        return tuple(name for part in self._members() if (name := part.name()))

    def notes(self) -> Sequence[NoteLine]:
        """The period the registration falls in, and for how many."""
        day = self.registration.boxes[REGISTRATION.dated_by].value()
        shown = day if isinstance(day, date) else None
        period = period_of_context(self._context)
        lines: list[NoteLine] = [("calendar-check", period_note(shown, period))]
        count = len(self._members())
        if count > 1:
            text = ntr("{count} person, one case.", "{count} persons, one case.", count)
            lines.append(("users", text))
        return lines

    def pinned(self) -> tuple[tuple[str, object], ...]:
        """The values kept for another person."""
        parts = (self.first.parts[PERSON.key], self.registration)
        return tuple(
            (name, value)
            for part in parts
            for name, value in part.values().items()
            if part.boxes[name].field.spec.pinned and value not in {None, ()}
        )

    def _on_edited(self) -> None:
        values = self.first.parts[PERSON.key].values()
        day = self.registration.boxes[REGISTRATION.dated_by].value()
        birth = read_birth(values["birth_typed"], self._source.today())
        if isinstance(day, date):
            self.consent.mirror_day(day)
        self.consent.set_birth(birth)
        name = self.first.name()
        texts = [str(values[key] or "") for key in ("family_name", "given_name")]
        self._head.show_person(initials(*texts) if name else "", name, "", "")
        sex = str(values["sex"]) if values["sex"] else None
        if isinstance(day, date) and birth.first is not None:
            group = group_of(sex, *ages_between(birth.first, birth.last, day))
            self._head.show_chip(group_on_text(group, day))
        else:
            self._head.show_chip(birth_words(self._context, values["birth_typed"], sex))
        self.edited.emit()


def _stop(box: FieldBox, code: str, text: str, context: str) -> Fault:
    """An error of the page itself, beside a box."""
    return Fault(text, code, True, Spot(box, context))


def _titled(title: str, grid: QWidget) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    column.addWidget(SectionTitle(title))
    column.addWidget(grid)
    return block
