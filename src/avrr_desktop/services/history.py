"""Who changed what of a person: lines of the change journal, field by field."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, RowMapping, select

from avrr_desktop.activities import ACTIVITIES, RECORD_BY_KEY
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Field, Record
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import fields_of, table_of
from avrr_desktop.people.case import MEMBERSHIP
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import note_shown
from avrr_desktop.services.erased import erased_on
from avrr_desktop.services.journal import CHOICES
from avrr_desktop.services.register import Register
from avrr_desktop.services.restricted import withheld_from
from avrr_desktop.services.stored import CHUNK
from avrr_desktop.services.summary.persons import survivors_of

MOST = 500


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field before and after, as the journal keeps them: codes, ISO dates."""

    field: Field
    before: object
    after: object
    is_withheld: bool = False  # its reading is restricted, and not this reader's


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the journal; ``fields`` are those that differ, all filled ones when created."""

    sequence: int
    at: datetime
    actor: str
    action: str
    record: Record
    record_id: str
    is_new: bool
    is_deleted: bool
    reason: str
    fields: tuple[FieldChange, ...]
    erased_on: date | None = None  # what it held is kept no more


@needs(Permission.NAMES)
def history_of(register: Register, person_id: str) -> tuple[Change, ...]:
    """The last changes of a person, their papers, places and events, the latest first.

    Those of the files merged with theirs too.
    """
    with register.database.reading() as connection:
        files = sorted(survivors_of(connection, [person_id]))
        ids = [i for file in files for i in records_of(connection, file)]
        rows: list[RowMapping] = []
        for start in range(0, len(ids), CHUNK):
            query = (
                select(CHANGE)
                .where(CHANGE.c.record_id.in_(ids[start : start + CHUNK]))
                .order_by(CHANGE.c.sequence.desc())
                .limit(MOST)
            )
            rows += connection.execute(query).mappings().all()
    rows.sort(key=lambda row: row["sequence"], reverse=True)
    lines = [row for row in rows[:MOST] if row["table_name"] in RECORD_BY_KEY]
    return changes_shown(register, lines)


def changes_shown(register: Register, rows: Iterable[RowMapping]) -> tuple[Change, ...]:
    """Lines about records as the reader may see them; what is restricted in them is noted."""
    changes = tuple(change_of(register.actor, row) for row in rows)
    for change in changes:
        read = {each.field.name for each in change.fields if not each.is_withheld}
        note_shown(register, register.actor, change.record.key, change.record_id, read)
    return changes


def records_of(connection: Connection, person_id: str) -> Iterator[str]:
    """Ids of everything that is this person's, deleted or not."""
    yield person_id
    for record in (*PERSON.children, MEMBERSHIP, *ACTIVITIES):
        table = table_of(record.model)
        query = select(table.c.id).where(table.c.person_id == person_id)
        owners = list(connection.execute(query).scalars())
        yield from owners
        for child in record.children:
            yield from _lines_of(connection, child, owners)


def _lines_of(connection: Connection, child: Record, owners: Sequence[str]) -> Iterator[str]:
    table = table_of(child.model)
    for start in range(0, len(owners), CHUNK):
        wanted = owners[start : start + CHUNK]
        query = select(table.c.id).where(table.c[child.owner].in_(wanted))
        yield from connection.execute(query).scalars()


def change_of(actor: Actor, row: RowMapping) -> Change:
    """A line about a record, without the values that ``actor`` may not read."""
    record = RECORD_BY_KEY[str(row["table_name"])]
    erased = erased_on(row["before"], row["after"])
    before, after = ({}, {}) if erased else (_image(row["before"]), _image(row["after"]))
    at, sequence = row["at"], row["sequence"]
    assert isinstance(at, datetime)
    assert isinstance(sequence, int)
    return Change(
        sequence=sequence,
        at=at,
        actor=str(row["actor_name"]),
        action=str(row["action"]),
        record=record,
        record_id=str(row["record_id"]),
        is_new=not row["before"],
        is_deleted="deleted_at" in after,
        reason=str(row["reason"] or ""),
        fields=tuple(_fields(record, before, after, withheld_from(actor, record.key))),
        erased_on=erased,
    )


def _image(kept: object) -> Mapping[str, object]:
    if not isinstance(kept, Mapping):
        return {}
    choices = kept.get(CHOICES)
    return {**kept, **choices} if isinstance(choices, Mapping) else kept


def _fields(
    record: Record,
    before: Mapping[str, object],
    after: Mapping[str, object],
    withheld: frozenset[str],
) -> Iterable[FieldChange]:
    for field in fields_of(record.model):
        old, new = before.get(field.name), after.get(field.name)
        if (old or None) == (new or None):
            continue
        if field.name in withheld:
            yield FieldChange(field, None, None, is_withheld=True)
        else:
            yield FieldChange(field, old, new)
