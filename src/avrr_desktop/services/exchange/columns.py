"""The columns of every sheet that goes out and comes back: derived from the declarations."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY, SECTIONS
from avrr_desktop.activities.across import COHORT_FROM
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.specs import Activity, Field, Record
from avrr_desktop.people.base import field_of, fields_of
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON

ID: Final = "id"
LINE_KEY: Final = "line_key"
PERSON_NUMBER: Final = "person_number"
CASE_NUMBER: Final = "case_number"
FAMILY_KEY: Final = "family_key"

# Persons enter the register by this activity: its sheet carries who they are.
INTAKE: Final[Activity] = SECTIONS[COHORT_FROM][0]

# The first line of these is written beside the person; of a consent, only the one that stands.
PAPERS_BESIDE: Final = ("document", "phone", "consent")
# The lines of these stand in a sheet of their own, tied to the person's registration.
PAPERS_APART: Final = ("vulnerability",)

MEMBERSHIP: Final[Record] = next(child for child in CASE_FILE.children if child.owner == "case_id")
PERSON_PAPERS: Final = {child.key: child for child in PERSON.children}
_NAMES_TO_READ: Final = ("family_name", "given_name")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in the hidden row, its heading, and the field it carries.

    ``record`` is the key of the record the field belongs to; empty for a column that only says
    where the line belongs. A column ``to_read`` is checked against the register, never imported.
    """

    name: str
    label: Label
    kind: Kind = Kind.IDENTIFIER
    record: str = ""
    field: Field | None = None
    required: bool = False
    to_read: bool = False

    @property
    def vocabulary(self) -> str:
        """The list its terms come from; empty when it holds none."""
        return self.field.spec.vocabulary if self.field else ""


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """One sheet: an activity's lines, or the lines of a child tied to the sheet ``owner``."""

    key: str
    label: Label
    columns: tuple[Column, ...]
    owner: str = ""

    def title(self, language: Language) -> str:
        """The tab's name, as short as Excel wants it."""
        return self.label.text(language)[:31]

    def column(self, name: str) -> Column:
        """A column by the name in the hidden row.

        Raises:
            KeyError: the sheet has no such column.
        """
        return _by_name(self)[name]

    @property
    def own(self) -> tuple[Column, ...]:
        """The columns of the sheet's own record."""
        return tuple(column for column in self.columns if column.record == self.key)


@cache
def _by_name(sheet: SheetSpec) -> dict[str, Column]:
    return {column.name: column for column in sheet.columns}


_ID = Column(ID, Label("Identifiant", "المعرّف", "Record"))
_LINE_KEY = Column(LINE_KEY, Label("Repère de la ligne", "رمز السطر", "Line key"))
_PERSON_NUMBER = Column(PERSON_NUMBER, field_of(PERSON.model, "number").spec.label, required=True)
_CASE_NUMBER = Column(CASE_NUMBER, field_of(CASE_FILE.model, "number").spec.label)
_FAMILY_KEY = Column(FAMILY_KEY, Label("Repère de famille", "رمز الأسرة", "Family key"))


def sheets_of(activity: Activity) -> tuple[SheetSpec, ...]:
    """The activity's sheet, then those of the lines that belong to it."""
    return _SHEETS[activity.key]


def all_sheets() -> tuple[SheetSpec, ...]:
    """Every sheet of the template, in order."""
    return tuple(sheet for activity in ACTIVITIES for sheet in _SHEETS[activity.key])


def sheet_of(key: str) -> SheetSpec | None:
    """The sheet whose lines are records of this key."""
    return next((sheet for sheet in all_sheets() if sheet.key == key), None)


def _build(activity: Activity) -> tuple[SheetSpec, ...]:
    children = activity.children
    if activity is INTAKE:
        children = (*children, *(PERSON_PAPERS[key] for key in PAPERS_APART))
    columns = [_ID, *([_LINE_KEY] if children else [])]
    columns += _intake_columns() if activity is INTAKE else _event_columns()
    columns += [_own(activity, field) for field in _carried(activity)]
    own = SheetSpec(activity.key, activity.plural, tuple(columns))
    return (own, *(_child_sheet(activity, child) for child in children))


def _event_columns() -> list[Column]:
    names = [_of_person(name, to_read=True) for name in _NAMES_TO_READ]
    return [_PERSON_NUMBER, *names, _CASE_NUMBER]


def _intake_columns() -> list[Column]:
    number = Column(PERSON_NUMBER, _PERSON_NUMBER.label)
    persons = [_of_person(field.name) for field in _carried(PERSON)]
    papers = [
        _beside(PERSON_PAPERS[key], field)
        for key in PAPERS_BESIDE
        for field in _carried(PERSON_PAPERS[key])
    ]
    place = _beside(MEMBERSHIP, field_of(MEMBERSHIP.model, "place"))
    return [number, *persons, _CASE_NUMBER, _FAMILY_KEY, place, *papers]


def _child_sheet(activity: Activity, child: Record) -> SheetSpec:
    owner = Column(LINE_KEY, _LINE_KEY.label, required=True)
    columns = (_ID, owner, *(_own(child, field) for field in _carried(child)))
    return SheetSpec(child.key, child.plural, columns, owner=activity.key)


def _carried(record: Record) -> list[Field]:
    """Fields somebody types and everybody who may export may see, in the order of the form."""
    order = {section.key: place for place, section in enumerate(record.sections)}
    fields = (f for f in fields_of(record.model) if not (f.spec.assigned or f.spec.restricted))
    return sorted(fields, key=lambda field: order.get(field.spec.section, len(order)))


def _own(record: Record, field: Field) -> Column:
    required = field.required or (
        field.spec.required_when_visible and field.spec.visible_when is None
    )
    return Column(field.name, field.spec.label, field.spec.kind, record.key, field, required)


def _of_person(name: str, *, to_read: bool = False) -> Column:
    field = field_of(PERSON.model, name)
    required = field.required and not to_read
    label, kind = field.spec.label, field.spec.kind
    return Column(f"{PERSON.key}.{name}", label, kind, PERSON.key, field, required, to_read)


def _beside(child: Record, field: Field) -> Column:
    label = field.spec.label
    if label.fr != child.label.fr and child is not MEMBERSHIP:
        label = Label(
            f"{child.label.fr} – {label.fr}",
            f"{child.label.ar} – {label.ar}",
            f"{child.label.en} – {label.en}",
        )
    return Column(f"{child.key}.{field.name}", label, field.spec.kind, child.key, field)


_SHEETS: Final = {key: _build(activity) for key, activity in ACTIVITY_BY_KEY.items()}
