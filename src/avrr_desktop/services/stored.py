"""Reading records whole: columns, multi-choice codes and children, shaped like a draft."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, Table, select

from avrr_desktop.activities import ACTIVITIES, RECORD_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.specs import Record
from avrr_desktop.people.base import choice_fields_of, choice_table, column_fields_of, table_of
from avrr_desktop.people.case import MEMBERSHIP
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Stored

Row = dict[str, object]
Choices = dict[str, tuple[str, ...]]
OWNERSHIP = ("person_id", "case_id")
CHUNK = 500
UNDONE = "undone"  # the reason kept of a record whose making was taken back


def rows_by_id(connection: Connection, table: Table, ids: Sequence[str]) -> dict[str, Row]:
    """Whole rows of a table by their ids."""
    found: dict[str, Row] = {}
    for start in range(0, len(ids), CHUNK):
        query = select(table).where(table.c.id.in_(ids[start : start + CHUNK]))
        for row in connection.execute(query).mappings().all():
            found[row["id"]] = dict(row)
    return found


def choices_of(connection: Connection, record: Record, ids: Sequence[str]) -> dict[str, Choices]:
    """Multi-choice codes of records, by record id then field name; every field is there."""
    fields = choice_fields_of(record.model)
    found: dict[str, Choices] = {i: {f.name: () for f in fields} for i in ids}
    for field in fields:
        table = choice_table(record.model, field.name)
        for start in range(0, len(ids), CHUNK):
            query = (
                select(table.c.owner_id, table.c.code)
                .where(table.c.owner_id.in_(ids[start : start + CHUNK]))
                .order_by(table.c.code)
            )
            for owner, code in connection.execute(query):
                found[owner][field.name] += (code,)
    return found


def children_of(
    connection: Connection, child: Record, owners: Sequence[str], *, deleted: bool = False
) -> list[Row]:
    """Live lines of one child table, in the order they were entered."""
    table = table_of(child.model)
    found: list[Row] = []
    for start in range(0, len(owners), CHUNK):
        query = select(table).where(table.c[child.owner].in_(owners[start : start + CHUNK]))
        if not deleted:
            query = query.where(table.c.deleted_at.is_(None))
        query = query.order_by(table.c.created_seq)
        found += (dict(row) for row in connection.execute(query).mappings().all())
    return found


def owned_by(connection: Connection, persons: Sequence[str]) -> Iterator[tuple[Record, list[Row]]]:
    """Papers, places and events of these files, each with its lines after it; deleted ones too."""
    for record in (*PERSON.children, MEMBERSHIP, *ACTIVITIES):
        table = table_of(record.model)
        query = select(table).where(table.c.person_id.in_(persons)).order_by(table.c.created_seq)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        yield record, rows
        owners = [str(row["id"]) for row in rows]
        for child in record.children:
            yield child, children_of(connection, child, owners, deleted=True)


def values_of(record: Record, row: Mapping[str, object], choices: Choices) -> Row:
    """What a form shows of a row: declared fields, and whose it is."""
    values: Row = {field.name: row[field.name] for field in column_fields_of(record.model)}
    values.update({name: row[name] for name in OWNERSHIP if name in row})
    values.update(choices)
    return values


def read(connection: Connection, key: str, record_id: str) -> Stored:
    """A record with its children.

    Raises:
        UserError: ``no_such_record``.
    """
    record = RECORD_BY_KEY[key]
    row = rows_by_id(connection, table_of(record.model), [record_id]).get(record_id)
    if row is None:
        raise UserError("no_such_record")
    values = values_of(record, row, choices_of(connection, record, [record_id])[record_id])
    is_deleted = row["deleted_at"] is not None
    for child in record.children:
        values[child.key] = tuple(_lines(connection, child, [record_id], deleted=is_deleted))
    version, reason = row["version"], row["deleted_reason"]
    assert isinstance(version, int)
    return Stored(key, record_id, values, version, str(reason) if reason else None, is_deleted)


def _lines(
    connection: Connection, child: Record, owners: Sequence[str], *, deleted: bool
) -> Iterable[Row]:
    rows = children_of(connection, child, owners, deleted=deleted)
    ids = [str(row["id"]) for row in rows]
    choices = choices_of(connection, child, ids)
    for row in rows:
        yield {"id": row["id"], **values_of(child, row, choices[str(row["id"])])}
