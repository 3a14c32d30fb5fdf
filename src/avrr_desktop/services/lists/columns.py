"""The columns of a list, derived from the declared fields, and which of them filter."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.specs import Activity, Field, Record
from avrr_desktop.people.base import column_fields_of, field_of
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON, Person


class ColumnKind(StrEnum):
    """What a column shows."""

    FIELD = "field"
    NAME = "name"
    NAME_AR = "name_ar"
    GROUP = "group"
    AGE = "age"
    STATE = "state"
    CASE = "case_number"
    MEMBERS = "members"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``key`` names it in a query and in the rows' values."""

    key: str
    kind: ColumnKind
    label: Label
    field: Field | None = None
    vocabulary: str = ""
    is_usual: bool = True  # shown unless the user chose otherwise

    @property
    def value_kind(self) -> Kind:
        """How its values are written."""
        return self.field.spec.kind if self.field else _KINDS.get(self.kind, Kind.TEXT)


_KINDS = {
    ColumnKind.GROUP: Kind.TERM,
    ColumnKind.STATE: Kind.TERM,
    ColumnKind.CASE: Kind.IDENTIFIER,
    ColumnKind.MEMBERS: Kind.INTEGER,
}
_UNLISTED = frozenset({Kind.LONG_TEXT, Kind.REFERENCE, Kind.TERMS})

NAME = Column("name", ColumnKind.NAME, Label("Nom et prénom", "الاسم اللاتيني", "Name"))
NAME_AR = Column(
    "name_ar", ColumnKind.NAME_AR, Label("Nom en arabe", "الاسم بالعربية", "Arabic name")
)
GROUP = Column("group", ColumnKind.GROUP, Label("Groupe", "الفئة", "Group"), vocabulary="group")
AGE = Column("age", ColumnKind.AGE, Label("Âge", "السن", "Age"))
CASE = Column("case_number", ColumnKind.CASE, Label("Dossier", "الملف", "Case"))
HEAD = Column("name", ColumnKind.NAME, Label("Chef-fe de famille", "رب(ة) الأسرة", "Head"))
MEMBERS = Column("members", ColumnKind.MEMBERS, Label("Membres", "الأعضاء", "Members"))
_STATE = Label("État", "الحالة", "State")
_IDENTITY = frozenset({"family_name", "given_name", "family_name_ar", "given_name_ar"})


@cache
def columns_of(key: str) -> tuple[Column, ...]:
    """The columns a list may show, in their usual order."""
    record = RECORD_BY_KEY[key]
    if record is PERSON:
        fields = _fields(record)
        return (NAME, NAME_AR, GROUP, AGE, *fields, CASE)
    if record is CASE_FILE:
        number, *others = _fields(record)
        return (number, HEAD, MEMBERS, *others)
    assert isinstance(record, Activity)
    dated = _column(field_of(record.model, record.dated_by), is_usual=True)
    fields = tuple(c for c in _fields(record) if c.key != dated.key)
    usual = tuple(c for c in fields if c.is_usual)
    hidden = tuple(c for c in fields if not c.is_usual)
    return (NAME, NAME_AR, GROUP, AGE, dated, *usual, *_state(record), CASE, nationality(), *hidden)


@cache
def filters_of(key: str) -> tuple[Column, ...]:
    """The columns one may filter by: lists, groups, states and dates, the commonest first."""
    record = RECORD_BY_KEY[key]
    columns = {column.key: column for column in columns_of(key)}
    dated = record.dated_by if isinstance(record, Activity) else "opened_on"
    first = ("state", "country", "nationality", "group", dated, "office")
    order = [name for name in first if name in columns]
    order += [name for name in columns if name not in order]
    return tuple(columns[name] for name in order if _filters(columns[name]))


def nationality() -> Column:
    """The nationality of the person an event is about."""
    return _column(field_of(Person, "nationality"), is_usual=False)


def _state(record: Activity) -> tuple[Column, ...]:
    if record.states is None:
        return ()
    return (Column("state", ColumnKind.STATE, _STATE, vocabulary=record.states.vocabulary),)


def _fields(record: Record) -> tuple[Column, ...]:
    return tuple(
        _column(field, is_usual=field.spec.in_list)
        for field in column_fields_of(record.model)
        if field.spec.kind not in _UNLISTED
        and not field.spec.restricted
        and field.name not in _IDENTITY
    )


def _column(field: Field, *, is_usual: bool) -> Column:
    spec = field.spec
    return Column(field.name, ColumnKind.FIELD, spec.label, field, spec.vocabulary, is_usual)


def _filters(column: Column) -> bool:
    return column.value_kind in (Kind.TERM, Kind.DATE)
