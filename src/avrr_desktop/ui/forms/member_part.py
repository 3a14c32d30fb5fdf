"""A person as the registration screen types them: identity, one document, one phone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding
from avrr_desktop.core.translation import tr
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Stored
from avrr_desktop.services.registering import NewMember, name_of
from avrr_desktop.services.subjects import Subject
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_grid import FieldGrid
from avrr_desktop.ui.forms.known_banner import KnownBanner
from avrr_desktop.ui.forms.known_person import KnownPerson, KnownState
from avrr_desktop.ui.forms.likely_strip import LikelyStrip
from avrr_desktop.ui.forms.record_fields import RecordFields
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text

IDENTITY = (
    *("family_name", "given_name", "family_name_ar", "given_name_ar"),
    *("sex", "birth_typed", "nationality"),
)
_MEMBERSHIP = CASE_FILE.children[0]
_PARTS: Mapping[str, tuple[str, ...]] = {"document": ("kind", "number"), "phone": ("number",)}
Typed = Mapping[str, Mapping[str, object]]


class MemberPart(QObject):
    """The boxes of one person; ``prefix`` tells those of several apart."""

    edited = Signal()
    known_refused = Signal()  # somebody said: another person than the one of the register

    def __init__(
        self,
        source: EditorSource,
        values: Mapping[str, object],
        *,
        prefix: str = "",
        children: Iterable[str] = tuple(_PARTS),
        has_place: bool = False,
    ) -> None:
        super().__init__()
        self.id = uuid4().hex
        parts = {PERSON.key: RecordFields(PERSON, source, values, prefix=prefix, names=IDENTITY)}
        if has_place:
            parts[_MEMBERSHIP.key] = RecordFields(
                _MEMBERSHIP, source, values, prefix=f"{prefix}membership-", names=("place",)
            )
        for key in children:
            child = RECORD_BY_KEY[key]
            parts[key] = RecordFields(
                child,
                source,
                {},
                prefix=f"{prefix}{key}-",
                names=_PARTS[key],
                is_optional=True,
            )
        for part in parts.values():
            part.edited.connect(self._on_edited)
        self.parts = parts
        self._source = source
        self.known: KnownPerson | None = None
        self.banner = KnownBanner(prefix)
        self.banner.refused.connect(self.known_refused)
        self.likely = LikelyStrip(prefix)

    @property
    def target(self) -> str:
        """The id of the person, known or to be."""
        return self.known.stored.id if self.known else self.id

    def take_known(self, stored: Stored, subject: Subject, state: KnownState | None = None) -> None:
        """What is typed goes to this file of the register."""
        self.leave_known()
        self.known = KnownPerson(stored, self._source, self.parts, state)
        self.known.chosen.connect(self.edited)
        lists = self._source.register.vocabularies
        self.banner.show_subject(subject, lists, self._source.today())
        self.edited.emit()

    def leave_known(self) -> None:
        """A new person, as typed."""
        if self.known is not None:
            self.known.leave()
            self.known = None
        self.banner.hide()

    def _on_edited(self, _box: FieldBox) -> None:
        if self.known is not None:
            self.known.show()
        self.edited.emit()

    def boxes(self) -> list[FieldBox]:
        """Every box: the place in the household first, then who it is."""
        place = self.parts.get(_MEMBERSHIP.key)
        first = list(place.boxes.values()) if place else []
        rest = [p for key, p in self.parts.items() if key != _MEMBERSHIP.key]
        return [*first, *(box for part in rest for box in part.boxes.values())]

    def boxes_of(self, *keys: str) -> list[FieldBox]:
        """Boxes of some of the records."""
        return [box for key in keys if key in self.parts for box in self.parts[key].boxes.values()]

    def person(self) -> dict[str, object]:
        """What is typed of the person, one document and one phone included."""
        values = self.parts[PERSON.key].values()
        for key in _PARTS:
            part = self.parts.get(key)
            if part is not None:
                values[key] = () if part.is_empty() else (part.values(),)
        return values

    def member(self) -> NewMember:
        """The person as a member of a household."""
        place = self.parts.get(_MEMBERSHIP.key)
        chosen = place.values()["place"] if place else None
        stored = self.known.stored if self.known else None
        return NewMember(self.target, self.person(), chosen, stored)

    def box_of(self, finding: Finding) -> FieldBox | None:
        """The box of a finding of the person or of one of their lines."""
        part = self.parts.get(finding.child or PERSON.key)
        box = part.boxes.get(finding.field) if part else None
        if box is None and self.known is not None:  # of a line of the file not shown here
            return next(iter(self.parts[PERSON.key].boxes.values()))
        return box

    def name(self) -> str:
        """The name typed so far."""
        return name_of(self.parts[PERSON.key].values())

    def typed(self) -> Typed:
        """What stands in the editors."""
        return {key: part.typed() for key, part in self.parts.items()}

    def retype(self, kept: Typed) -> None:
        """Put back what ``typed`` gave."""
        for key, texts in kept.items():
            if key in self.parts:
                self.parts[key].retype(texts)


class MemberCard(Surface):
    """Another member of the family: who, and *Remove*."""

    removed = Signal(object)

    def __init__(self, part: MemberPart, name: str) -> None:
        super().__init__("tile", name=name)
        self.part = part
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.XS, Space.M, Space.M)
        column.setSpacing(Space.XS)
        self._title = Text("", bold=True, name=f"{name}-title")
        self.remove = Button(tr("Remove"), Variant.QUIET, small=True, name=f"{name}-remove")
        self.remove.clicked.connect(lambda: self.removed.emit(self))
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.remove)
        column.addLayout(head)
        column.addWidget(part.banner)
        column.addWidget(FieldGrid(part.boxes()))
        column.addWidget(part.likely)
        part.edited.connect(self._show_title)
        self._show_title()

    def _show_title(self) -> None:
        name = self.part.name() or tr("New member")
        self._title.setText(name)
        self.setAccessibleName(name)
        self.remove.setAccessibleName(tr("Remove: {name}", name=name))
