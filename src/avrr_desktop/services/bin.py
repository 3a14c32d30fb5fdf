"""The bin: what was deleted, by whom, when and why; lines deleted with a record stand under it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Activity, Record
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import CHUNK, rows_by_id

MOST = 1000
_PERSON = table_of(Person)


@dataclass(frozen=True, slots=True)
class BinItem:
    """A deleted record; ``events`` went with it. ``number`` is a case's or a person's."""

    record: Record
    id: str
    person_id: str
    name: PersonName
    number: str
    deleted_at: datetime
    actor: str
    reason: str  # ``stored.UNDONE`` when its creation was taken back
    events: int


class _Act(NamedTuple):
    """A transaction of the journal."""

    batch: int
    actor: str


_NO_ACT = _Act(0, "")  # of rows loaded without a line of their own


@needs(Permission.NAMES)
def read_bin(register: Register) -> tuple[BinItem, ...]:
    """What may be restored, the last deleted first."""
    with register.database.reading() as connection:
        rows = [
            (record, row)
            for record in (PERSON, CASE_FILE, *ACTIVITIES)
            for row in _deleted(connection, record)
        ]
        acts = _acts(connection, [row["changed_seq"] for _record, row in rows])
        gone = {
            str(row["id"]): acts[row["changed_seq"]].batch
            for record, row in rows
            if record is PERSON
        }
        # An event deleted in the same act as its person comes back with them.
        apart = {
            id(row): str(row["person_id"])
            for record, row in rows
            if isinstance(record, Activity)
            and gone.get(str(row["person_id"])) == acts[row["changed_seq"]].batch
        }
        own = [(record, row) for record, row in rows if id(row) not in apart]
        own.sort(key=lambda pair: str(pair[1]["deleted_at"]), reverse=True)
        items = tuple(_items(connection, own[:MOST], acts))
    events = Counter(apart.values())
    return tuple(replace(item, events=events[item.id]) for item in items)


def _deleted(connection: Connection, record: Record) -> Iterator[Mapping[str, object]]:
    table = table_of(record.model)
    query = select(table).where(table.c.deleted_at.is_not(None))
    nobody = select(_PERSON.c.id).where(_PERSON.c.anonymised_on.is_not(None))
    if record is PERSON or "person_id" in table.c:
        query = query.where(table.c["id" if record is PERSON else "person_id"].not_in(nobody))
    query = query.order_by(table.c.deleted_at.desc())
    for row in connection.execute(query).mappings():
        yield dict(row)


def _items(
    connection: Connection,
    rows: Sequence[tuple[Record, Mapping[str, object]]],
    acts: Mapping[object, _Act],
) -> Iterator[BinItem]:
    owners = {_person_of(record, row) for record, row in rows} - {""}
    persons = rows_by_id(connection, table_of(Person), sorted(owners))
    for record, row in rows:
        person_id = _person_of(record, row)
        person = persons.get(person_id)
        deleted_at = row["deleted_at"]
        assert isinstance(deleted_at, datetime)
        yield BinItem(
            record=record,
            id=str(row["id"]),
            person_id=person_id,
            name=name_of(person) if person else PersonName(""),
            number=str(row.get("number") or ""),
            deleted_at=deleted_at,
            actor=acts[row["changed_seq"]].actor,
            reason=str(row["deleted_reason"] or ""),
            events=0,
        )


def _person_of(record: Record, row: Mapping[str, object]) -> str:
    return str(row["id"]) if record is PERSON else str(row.get("person_id") or "")


def _acts(connection: Connection, sequences: Sequence[object]) -> dict[object, _Act]:
    """Who wrote these lines of the journal, and in which transaction."""
    found: dict[object, _Act] = {}
    for start in range(0, len(sequences), CHUNK):
        wanted = sequences[start : start + CHUNK]
        query = select(CHANGE.c.sequence, CHANGE.c.batch, CHANGE.c.actor_name)
        for row in connection.execute(query.where(CHANGE.c.sequence.in_(wanted))):
            found[row[0]] = _Act(row[1], row[2])
    return defaultdict(lambda: _NO_ACT, found)
