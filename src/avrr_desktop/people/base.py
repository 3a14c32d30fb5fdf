"""What every table shares: a key, its place in the change journal, and soft deletion."""

from datetime import datetime
from functools import cache
from typing import ClassVar

from pydantic_core import PydanticUndefined
from sqlalchemy import Column, ForeignKey, String, Table
from sqlmodel import Field as SqlField
from sqlmodel import SQLModel

from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Field, FieldSpec


class RecordBase(SQLModel):
    """A row with a UUID key in 32 hexadecimal digits, so that offices' registers can be joined.

    Modules of tables do without postponed annotations: their strings are evaluated twice a start.
    """

    # Values pass the one validator of services: Pydantic's own would cost every start 40 ms.
    model_config = {"defer_build": True}
    choices: ClassVar[dict[str, FieldSpec]] = {}

    id: str = SqlField(primary_key=True, max_length=32)
    created_seq: int = 0
    changed_seq: int = 0
    version: int = 1
    deleted_at: datetime | None = None
    deleted_reason: str | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    __str__ = __repr__


@cache
def fields_of(model: type) -> tuple[Field, ...]:
    """The declared fields of a table: its columns in the order they are written, then its choices.

    A multi-choice field is no column: it stands in the class variable ``choices`` of its model.
    """
    assert issubclass(model, RecordBase)
    found = []
    for name, info in model.model_fields.items():
        spec = next((m for m in info.metadata if isinstance(m, FieldSpec)), None)
        if spec is not None:
            required = info.default is PydanticUndefined
            found.append(Field(name, spec, required, None if required else info.default))
    found.extend(
        Field(name, spec, spec.required_when_visible) for name, spec in model.choices.items()
    )
    return tuple(found)


@cache
def field_of(model: type, name: str) -> Field:
    """One declared field.

    Raises:
        KeyError: the table declares no such field.
    """
    for declared in fields_of(model):
        if declared.name == name:
            return declared
    raise KeyError(name)


@cache
def column_fields_of(model: type) -> tuple[Field, ...]:
    """The declared fields that are columns of the table itself."""
    return tuple(f for f in fields_of(model) if f.spec.kind is not Kind.TERMS)


@cache
def choice_fields_of(model: type) -> tuple[Field, ...]:
    """The multi-choice fields, each in an (owner, code) table of its own."""
    return tuple(f for f in fields_of(model) if f.spec.kind is Kind.TERMS)


def table_of(model: type) -> Table:
    """The SQL table of a model."""
    table = getattr(model, "__table__", None)
    assert isinstance(table, Table)
    return table


@cache
def choice_table(model: type, name: str) -> Table:
    """The table of one multi-choice field: the owner's id and one code a row."""
    owner = table_of(model).name
    return Table(
        f"{owner}_{name}",
        SQLModel.metadata,
        Column("owner_id", String(32), ForeignKey(f"{owner}.id"), primary_key=True),
        Column("code", String(60), primary_key=True),
    )
