"""Taking back the last saves, deletions and imports, from the change journal, and doing so again.

What was taken back comes again as the undo itself is taken back: a line of the journal more.
"""

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
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.papers import ExternalNumber
from avrr_desktop.people.person import PERSON
from avrr_desktop.services import different_persons, stored
from avrr_desktop.services.completion import Numbering, complete
from avrr_desktop.services.erased import require_kept
from avrr_desktop.services.journal import Journal, Row, changed_after, from_image
from avrr_desktop.services.lists.query import PersonName
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.shared_numbers import require_free

UNDO, REDO = "undo", "redo"
_ACTS = ("save", "delete", "restore", "import", "merge", "unmerge", different_persons.ACTION)
_UNDOABLE = (*_ACTS, REDO)
_DEPTH = 50


@dataclass(frozen=True, slots=True)
class Undoable:
    """A transaction that can be taken back: what it did, to what kind of record, how many.

    ``action`` to ``alike`` tell of what was done at first, however often it was taken back since:
    the person or the number its first record is about, and how many others of its kind there are.
    """

    batch: int
    action: str
    table: str
    count: int
    at: datetime
    name: PersonName
    number: str
    alike: int


def last_batch(connection: Connection, actor: Actor) -> Undoable | None:
    """The actor's last transaction not taken back, among the last fifty."""
    batch = _last(connection, actor, _UNDOABLE)
    if batch is None or _later(connection, batch, actor, _DEPTH) >= _DEPTH:
        return None
    return _told(connection, batch)


def last_undo(connection: Connection, actor: Actor) -> Undoable | None:
    """The actor's last undo not taken back; None once something else was done after it."""
    batch = _last(connection, actor, (UNDO,))
    if batch is None or _later(connection, batch, actor, 1):
        return None
    return _told(connection, batch)


def was_undone(connection: Connection, batch: int) -> bool:
    """Whether a transaction was taken back, and not brought again by undoing that."""
    query = select(CHANGE.c.batch).where(CHANGE.c.undoes == batch).distinct()
    taking_back = connection.execute(query).scalars().all()
    return any(not was_undone(connection, each) for each in taking_back)


def _last(connection: Connection, actor: Actor, actions: Sequence[str]) -> int | None:
    undone = select(CHANGE.c.undoes).where(CHANGE.c.undoes.is_not(None))
    query = (
        select(CHANGE.c.batch)
        .where(
            CHANGE.c.sequence == CHANGE.c.batch,
            CHANGE.c.actor_id == actor.id,
            CHANGE.c.action.in_(actions),
            CHANGE.c.batch.not_in(undone),
        )
        .order_by(CHANGE.c.sequence.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def _told(connection: Connection, batch: int) -> Undoable:
    first = _first_line(connection, batch)
    while first.undoes is not None:
        first = _first_line(connection, first.undoes)
    records = _records_of(connection, first.batch)
    alike = sum(1 for table, _ in records if table == first.table_name) - 1
    name, number = _subject(connection, first.table_name, first.record_id)
    return Undoable(
        batch, first.action, first.table_name, len(records), first.at, name, number, max(alike, 0)
    )


def _first_line(connection: Connection, batch: int) -> SqlRow[tuple[object, ...]]:
    return connection.execute(select(CHANGE).where(CHANGE.c.sequence == batch)).one()


def _subject(connection: Connection, table: str, record_id: str) -> tuple[PersonName, str]:
    """The person a record is about, and the number of a case."""
    nobody = PersonName("")
    record = RECORD_BY_KEY.get(table)
    if record is None:
        return nobody, ""
    row = stored.rows_by_id(connection, table_of(record.model), [record_id]).get(record_id, {})
    if record is CASE_FILE:
        return nobody, str(row.get("number") or "")
    person_id = record_id if record is PERSON else str(row.get("person_id") or "")
    persons = stored.rows_by_id(connection, table_of(PERSON.model), [person_id])
    return (name_of(persons[person_id]) if person_id in persons else nobody), ""


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


def _later(connection: Connection, batch: int, actor: Actor, most: int) -> int:
    """How many acts of the actor came after a transaction, counted up to ``most``."""
    later = select(CHANGE.c.sequence).where(
        CHANGE.c.sequence == CHANGE.c.batch,
        CHANGE.c.batch > batch,
        CHANGE.c.actor_id == actor.id,
        CHANGE.c.action.in_(_ACTS),
    )
    return len(connection.execute(later.limit(most)).all())
