"""Taking back the last saves, deletions and imports, from the change journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select
from sqlalchemy import Row as SqlRow

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.specs import Record
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import choice_fields_of, table_of
from avrr_desktop.people.papers import ExternalNumber
from avrr_desktop.services import different_persons, stored
from avrr_desktop.services.completion import Numbering, complete
from avrr_desktop.services.erased import require_kept
from avrr_desktop.services.journal import Journal, Row, changed_after, from_image
from avrr_desktop.services.shared_numbers import require_free

_UNDOABLE = ("save", "delete", "restore", "import", "merge", "unmerge", different_persons.ACTION)
_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Undoable:
    """A transaction that can be taken back: what it did, to what kind of record, how many."""

    batch: int
    action: str
    table: str
    count: int
    at: datetime


def last_batch(connection: Connection, actor: Actor) -> Undoable | None:
    """The actor's last transaction not taken back, among the last fifty."""
    undone = select(CHANGE.c.undoes).where(CHANGE.c.undoes.is_not(None))
    query = (
        select(CHANGE.c.batch, CHANGE.c.action, CHANGE.c.table_name, CHANGE.c.at)
        .where(
            CHANGE.c.sequence == CHANGE.c.batch,
            CHANGE.c.actor_id == actor.id,
            CHANGE.c.action.in_(_UNDOABLE),
            CHANGE.c.batch.not_in(undone),
        )
        .order_by(CHANGE.c.sequence.desc())
        .limit(1)
    )
    row = connection.execute(query).first()
    if row is None or _is_too_far(connection, row.batch, actor):
        return None
    count = len(_records_of(connection, row.batch))
    return Undoable(row.batch, row.action, row.table_name, count, row.at)


def was_undone(connection: Connection, batch: int) -> bool:
    """Whether a transaction was taken back, and not brought again by undoing that."""
    undone = select(CHANGE.c.sequence).where(CHANGE.c.undoes == batch).limit(1)
    return connection.execute(undone).first() is not None


def touches(connection: Connection, batch: int, table: str) -> bool:
    """Whether a transaction changed a record of ``table``."""
    return any(name == table for name, _ in _records_of(connection, batch))


def persons_of(connection: Connection, batch: int) -> tuple[set[str], set[str]]:
    """The persons and the cases a transaction touched."""
    persons, cases = set(), set()
    for change in _lines(connection, batch):
        for kept in (change.before or {}, change.after or {}):
            persons.add(kept.get("person_id") or "")
            persons.add(kept.get("merged_into_id") or "")
            cases.add(kept.get("case_id") or "")
        target = persons if change.table_name == "person" else cases
        if change.table_name in ("person", "case_file"):
            target.add(change.record_id)
    return persons - {""}, cases - {""}


def take_back(connection: Connection, journal: Journal, batch: int, today: date) -> None:
    """Give every record of the transaction what it held before.

    Raises:
        UserError: ``changed_since`` when a later change stands on one of them,
            ``payload_erased`` when what it held before is kept no more, ``number_taken``.
    """
    numbering = Numbering(connection)
    first_images: dict[tuple[str, str], object] = {}
    for change in _lines(connection, batch):
        require_kept(change.before, change.after)
        first_images.setdefault((change.table_name, change.record_id), change.before)
    if not first_images.keys().isdisjoint(changed_after(connection, batch)):
        raise UserError("changed_since")
    rows, choices = _present(connection, first_images)
    for (table, record_id), before in reversed(first_images.items()):
        record, row = RECORD_BY_KEY[table], rows[record_id]
        after, choices_after = _restored(record, row, choices[record_id], before, journal.at)
        if table == ExternalNumber.__tablename__ and after["deleted_at"] is None:
            require_free(connection, after)
        complete(table, after, row, today, numbering)
        journal.update(table_of(record.model), row, after, choices[record_id], choices_after)
    different_persons.take_back(connection, journal, batch)


def _present(
    connection: Connection, records: Iterable[tuple[str, str]]
) -> tuple[dict[str, Row], dict[str, stored.Choices]]:
    """The rows and choices of records as they are now, by their ids."""
    by_table: dict[str, list[str]] = {}
    for table, record_id in records:
        by_table.setdefault(table, []).append(record_id)
    rows: dict[str, Row] = {}
    choices: dict[str, stored.Choices] = {}
    for table, ids in by_table.items():
        record = RECORD_BY_KEY[table]
        rows.update(stored.rows_by_id(connection, table_of(record.model), ids))
        choices.update(stored.choices_of(connection, record, ids))
    return rows, choices


def _restored(
    record: Record, row: Row, choices: stored.Choices, before: object, at: datetime
) -> tuple[Row, stored.Choices]:
    if not isinstance(before, dict):  # the transaction created it
        return {**row, "deleted_at": at, "deleted_reason": stored.UNDONE}, choices
    old, old_choices = from_image(table_of(record.model), before)
    for name in ("created_seq", "changed_seq", "version"):
        old[name] = row[name]
    blank: stored.Choices = {field.name: () for field in choice_fields_of(record.model)}
    return old, {**blank, **old_choices}


def _lines(connection: Connection, batch: int) -> Sequence[SqlRow[tuple[object, ...]]]:
    query = select(CHANGE).where(CHANGE.c.batch == batch, CHANGE.c.table_name.in_(RECORD_BY_KEY))
    return connection.execute(query.order_by(CHANGE.c.sequence)).all()


def _records_of(connection: Connection, batch: int) -> set[tuple[str, str]]:
    """Without the rows' images: of an import there are thousands."""
    query = select(CHANGE.c.table_name, CHANGE.c.record_id).where(
        CHANGE.c.batch == batch, CHANGE.c.table_name.in_(RECORD_BY_KEY)
    )
    return {(table, record_id) for table, record_id in connection.execute(query)}


def _is_too_far(connection: Connection, batch: int, actor: Actor) -> bool:
    later = select(CHANGE.c.sequence).where(
        CHANGE.c.sequence == CHANGE.c.batch,
        CHANGE.c.batch > batch,
        CHANGE.c.actor_id == actor.id,
        CHANGE.c.action.in_(_UNDOABLE),
    )
    return len(connection.execute(later.limit(_DEPTH)).all()) >= _DEPTH
