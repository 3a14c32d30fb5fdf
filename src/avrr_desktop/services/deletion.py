"""The bin: what is deleted with a record, and what comes back with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES, RECORD_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Activity, Record
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import column_fields_of, table_of
from avrr_desktop.people.case import CASE_FILE, MEMBERSHIP
from avrr_desktop.people.papers import ExternalNumber
from avrr_desktop.people.person import PERSON
from avrr_desktop.services import stored
from avrr_desktop.services.completion import Numbering, complete
from avrr_desktop.services.journal import Journal, Row
from avrr_desktop.services.shared_numbers import require_free


@dataclass(frozen=True, slots=True)
class Target:
    """One row to mark."""

    record: Record
    row: Row

    @property
    def person(self) -> str:
        """The person the row is about, or nothing."""
        if self.record is PERSON:
            return str(self.row["id"])
        return str(self.row.get("person_id") or "")


def rows_to_delete(connection: Connection, key: str, record_id: str) -> list[Target]:
    """The record, its lines and, for a person, every event.

    Raises:
        UserError: ``no_such_record``; ``has_dependants`` when other records follow this one.
    """
    record = RECORD_BY_KEY[key]
    row = _row(connection, record, record_id)
    if row is None or row["deleted_at"] is not None:
        raise UserError("no_such_record")
    targets = [Target(record, row)]
    for child in record.children:
        targets += (
            Target(child, line) for line in stored.children_of(connection, child, [record_id])
        )
    if record is PERSON:
        targets += _of_person(connection, record_id)
        for merged in _merged_into(connection, record_id):
            targets += rows_to_delete(connection, key, merged)
    else:
        _refuse_dependants(connection, record, record_id)
    return targets


def rows_to_restore(connection: Connection, key: str, record_id: str) -> list[Target]:
    """The record and what was deleted in the same act.

    Raises:
        UserError: ``no_such_record``; ``owner_deleted`` when its person is in the bin,
            ``person_anonymised``.
    """
    record = RECORD_BY_KEY[key]
    row = _row(connection, record, record_id)
    if row is None or row["deleted_at"] is None:
        raise UserError("no_such_record")
    if row.get("anonymised_on") is not None:
        raise UserError("person_anonymised")
    if isinstance(record, Activity):
        owner = _row(connection, PERSON, str(row["person_id"]))
        if owner is not None and owner["anonymised_on"] is not None:
            raise UserError("person_anonymised")
        if owner is None or owner["deleted_at"] is not None:
            raise UserError("owner_deleted")
    batch = connection.execute(
        select(CHANGE.c.batch)
        .where(CHANGE.c.table_name == record.key, CHANGE.c.record_id == record_id)
        .order_by(CHANGE.c.sequence.desc())
        .limit(1)
    ).scalar()
    same_act = connection.execute(
        select(CHANGE.c.table_name, CHANGE.c.record_id).where(CHANGE.c.batch == batch)
    ).all()
    targets = []
    for table, other_id in same_act:
        other = RECORD_BY_KEY.get(table)
        found = _row(connection, other, other_id) if other else None
        if other and found is not None and found["deleted_at"] is not None:
            targets.append(Target(other, found))
    return targets


def mark(
    connection: Connection,
    journal: Journal,
    targets: Sequence[Target],
    *,
    deleted_at: datetime | None,
    reason: str | None,
    today: date,
) -> None:
    """Put the rows in the bin, or take them out when ``deleted_at`` is None.

    Raises:
        UserError: ``number_taken``: somebody else has a number that would come back.
    """
    numbering = Numbering(connection)
    for target in targets:
        if deleted_at is None and target.record.model is ExternalNumber:
            require_free(connection, target.row)
        after = {**target.row, "deleted_at": deleted_at, "deleted_reason": reason}
        complete(target.record.key, after, target.row, today, numbering)
        ids = [str(target.row["id"])]
        choices = stored.choices_of(connection, target.record, ids)[ids[0]]
        journal.update(table_of(target.record.model), target.row, after, choices, choices)


def _row(connection: Connection, record: Record, record_id: str) -> Row | None:
    return stored.rows_by_id(connection, table_of(record.model), [record_id]).get(record_id)


def _merged_into(connection: Connection, person_id: str) -> list[str]:
    """The files merged into a person's: they go with it, and come back with it."""
    table = table_of(PERSON.model)
    query = select(table.c.id).where(
        table.c.merged_into_id == person_id, table.c.deleted_at.is_(None)
    )
    return list(connection.execute(query).scalars())


def _of_person(connection: Connection, person_id: str) -> Iterable[Target]:
    for record in (MEMBERSHIP, *ACTIVITIES):
        table = table_of(record.model)
        query = select(table).where(table.c.person_id == person_id, table.c.deleted_at.is_(None))
        rows = [dict(row) for row in connection.execute(query).mappings()]
        yield from (Target(record, row) for row in rows)
        for child in record.children:
            lines = stored.children_of(connection, child, [str(row["id"]) for row in rows])
            yield from (Target(child, line) for line in lines)


def _refuse_dependants(connection: Connection, record: Record, record_id: str) -> None:
    """A return that a reintegration follows, or a case with events, is not deleted first."""
    for activity in ACTIVITIES:
        table = table_of(activity.model)
        columns = [
            field.name
            for field in column_fields_of(activity.model)
            if field.spec.kind is Kind.REFERENCE and field.spec.refers_to == record.key
        ]
        if record is CASE_FILE:
            columns.append("case_id")
        for name in columns:
            query = select(table.c.id).where(
                table.c[name] == record_id, table.c.deleted_at.is_(None)
            )
            if connection.execute(query.limit(1)).first():
                raise UserError("has_dependants", activity=activity.key)
