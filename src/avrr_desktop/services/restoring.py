"""Giving a field the value it had before a line of the journal: a change like any other."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping, select

from avrr_desktop.activities import RECORD_BY_KEY, RECORDS
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Record
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.services import stored
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.erased import require_kept
from avrr_desktop.services.history import Change, FieldChange
from avrr_desktop.services.journal import from_image
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register


def can_be_restored(change: Change, field: FieldChange) -> bool:
    """Whether a field of a line has a value of before that a form could give it."""
    is_change = not (change.is_new or change.is_deleted or change.erased_on)
    spec = field.field.spec
    return is_change and not (field.is_withheld or spec.assigned or spec.kind is Kind.REFERENCE)


@needs(Permission.RECORD)
def restore_value(
    register: Register,
    actor: Actor,
    sequence: int,
    field: str,
    reason: str,
    *,
    correction: str = "",
) -> Changed:
    """Save the value that ``field`` had before a line, with the reason.

    Raises:
        Refused: the value no longer passes the rules of the record.
        UserError: ``reason_required``, ``value_gone``, ``payload_erased``, ``moves_closed``
            without a ``correction``, or a failure of the disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    with register.database.reading() as connection:
        query = select(CHANGE).where(CHANGE.c.sequence == sequence)
        row = connection.execute(query).mappings().first()
        if row is None or row["table_name"] not in RECORD_BY_KEY:
            raise UserError("value_gone")
        require_kept(row["before"], row["after"])
        draft = _draft(connection, row, field)
    records = Records(register)
    return records.save(
        actor, draft, reason=reason.strip(), confirm_all=reason.strip(), correction=correction
    )


def _draft(connection: Connection, row: RowMapping, field: str) -> Draft:
    record, record_id = RECORD_BY_KEY[row["table_name"]], str(row["record_id"])
    values, choices = from_image(table_of(record.model), row["before"] or {})
    value = choices[field] if field in choices else values.get(field)
    owner = _owner_of(record)
    if owner is record:
        _require_live(connection, record, record_id)
        return Draft(record.key, {field: value}, id=record_id)
    line = _require_live(connection, record, record_id)
    owner_id = str(line[record.owner])
    _require_live(connection, owner, owner_id)
    kept = stored.read(connection, owner.key, owner_id).values[record.key]
    assert isinstance(kept, tuple)
    changed = tuple({**each, field: value} if each["id"] == record_id else each for each in kept)
    return Draft(owner.key, {record.key: changed}, id=owner_id)


def _owner_of(record: Record) -> Record:
    """The record whose form shows a line of ``record``; itself when it has its own."""
    return next((top for top in RECORDS if record in top.children), record)


def _require_live(connection: Connection, record: Record, record_id: str) -> Mapping[str, object]:
    rows = stored.rows_by_id(connection, table_of(record.model), [record_id])
    row = rows.get(record_id)
    if row is None or row.get("deleted_at") is not None:
        raise UserError("value_gone")
    return row
