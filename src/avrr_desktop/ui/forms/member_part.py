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
from avrr_desktop.services.registering import NewMember, name_of
from avrr_desktop.ui.forms.editor_making import EditorSource
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_grid import FieldGrid
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
            part.edited.connect(lambda _box: self.edited.emit())
        self.parts = parts

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
        return NewMember(self.id, self.person(), chosen)

    def box_of(self, finding: Finding) -> FieldBox | None:
        """The box of a finding of the person or of one of their lines."""
        part = self.parts.get(finding.child or PERSON.key)
        return part.boxes.get(finding.field) if part else None

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
        column.addWidget(FieldGrid(part.boxes()))
        part.edited.connect(self._show_title)
        self._show_title()

    def _show_title(self) -> None:
        name = self.part.name() or tr("New member")
        self._title.setText(name)
        self.setAccessibleName(name)
        self.remove.setAccessibleName(tr("Remove: {name}", name=name))
