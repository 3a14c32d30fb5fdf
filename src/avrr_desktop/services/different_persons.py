"""Two files found to be of two persons: said once, with a reason, and never asked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.publication_tables import DIFFERENT_PERSONS
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.erased import require_kept
from avrr_desktop.services.journal import Journal, Row, from_image, image
from avrr_desktop.services.register import Register

ACTION = "different"
_PERSON = table_of(Person)


@dataclass(frozen=True, slots=True)
class Different:
    """Two files said to be of two persons, and why."""

    first: str
    second: str
    reason: str


@needs(Permission.RECORD)
def say_different(
    register: Register, actor: Actor, first: str, second: str, reason: str
) -> Changed:
    """Keep that two files are of two persons. Saying it again changes nothing.

    Raises:
        UserError: ``reason_required``, ``merge_same_file``, ``no_such_record``, or a failure of
            the disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    if first == second:
        raise UserError("merge_same_file")
    with register.database.writing() as connection:
        found = select(_PERSON.c.id).where(_PERSON.c.id.in_((first, second)))
        if set(connection.execute(found).scalars()) != {first, second}:
            raise UserError("no_such_record")
        journal = Journal(connection, actor, register.clock, action=ACTION, reason=reason)
        keep_different(connection, journal, Different(first, second, reason))
        journal.write()
        pair = frozenset((first, second))
        touched = frozenset((DIFFERENT_PERSONS.name, i) for i in pair)
        return Changed(journal.batch, (), touched, pair)


def keep_different(connection: Connection, journal: Journal, said: Different) -> None:
    """Keep it with the other lines of a transaction, unless it was said before."""
    if are_different(connection, said.first, said.second):
        return
    low, high = sorted((said.first, said.second))
    row: Row = {
        "first_id": low,
        "second_id": high,
        "at": journal.at,
        "actor_id": journal.actor.id,
        "actor_name": journal.actor.name,
        "reason": said.reason.strip(),
    }
    connection.execute(insert(DIFFERENT_PERSONS).values(row))
    journal.note(DIFFERENT_PERSONS.name, _key(low, high), None, image(row, {}))


def are_different(connection: Connection, first: str, second: str) -> bool:
    """Whether somebody said that these two files are of two persons."""
    low, high = sorted((first, second))
    query = select(DIFFERENT_PERSONS.c.at).where(
        DIFFERENT_PERSONS.c.first_id == low, DIFFERENT_PERSONS.c.second_id == high
    )
    return connection.execute(query).first() is not None


def take_back(connection: Connection, journal: Journal, batch: int) -> None:
    """Give the pairs of a transaction what was said of them before.

    Raises:
        UserError: ``payload_erased``.
    """
    lines = select(CHANGE).where(
        CHANGE.c.batch == batch, CHANGE.c.table_name == DIFFERENT_PERSONS.name
    )
    for line in connection.execute(lines).all():
        require_kept(line.before, line.after)
        low, high = str(line.record_id).split(":")
        same = (DIFFERENT_PERSONS.c.first_id == low, DIFFERENT_PERSONS.c.second_id == high)
        connection.execute(delete(DIFFERENT_PERSONS).where(*same))
        if isinstance(line.before, Mapping):
            row, _ = from_image(DIFFERENT_PERSONS, line.before)
            assert isinstance(row["at"], datetime)
            connection.execute(insert(DIFFERENT_PERSONS).values(row))
        journal.note(DIFFERENT_PERSONS.name, str(line.record_id), line.after, line.before)


def _key(low: str, high: str) -> str:
    return f"{low}:{high}"
