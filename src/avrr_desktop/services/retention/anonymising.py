"""Taking out of the register who somebody was; what they count for stays (brief 2, rule 4).

In one transaction for each person: their files, papers and events lose texts and numbers, the
birth date is widened, and what the journal held of them is erased. Half-typed forms about them
go after. Backups keep the former state until their time is over, within twelve months.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, delete, or_, select
from sqlalchemy import Row as SqlRow

from avrr_desktop.activities import ACTIVITIES, RECORD_BY_KEY
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.publication_tables import DIFFERENT_PERSONS
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CASE_FILE, MEMBERSHIP, CaseFile
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services import stored
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import Action, Subject
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.closing.causes import ANONYMISED
from avrr_desktop.services.erased import erase_payloads, erased_on
from avrr_desktop.services.erased_words import NOTHING, erase_words, names_in
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register
from avrr_desktop.services.retention.finishing import finish_erasure, note_unfinished
from avrr_desktop.services.retention.scrubbing import (
    kept_birth,
    scrubbed,
    scrubbed_person,
    write_rows,
)
from avrr_desktop.services.stored import CHUNK, Row
from avrr_desktop.services.summary.persons import survivors_of
from avrr_desktop.services.unsaved import UnsavedForms
from avrr_desktop.services.writing import Writing

_PERSON: Final = table_of(Person)


@needs(Permission.ERASE)
def anonymise(
    register: Register,
    actor: Actor,
    persons: Sequence[str],
    reason: str,
    tell: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Anonymise persons, with every file merged into theirs; gives how many.

    It cannot be undone, but by the backup made first. Who is anonymised already is passed over.
    ``tell`` is given persons done and persons in all, and may raise to stop: those done stay done.

    Raises:
        UserError: ``reason_required``, ``no_such_record``, ``moves_closed`` when a figure other
            than a mean age would move, or a failure of the disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    done = 0
    if persons:
        make_backup(register, Reason.ERASURE)
        reason = _without_names(register, persons, reason.strip())
    forms = UnsavedForms(register)
    try:
        for place, person in enumerate(persons):
            tell(place, len(persons))
            files = _anonymise(register, actor, person, reason)
            done += bool(files)
            forms.erase_anonymised()
    finally:  # given up or not: what was erased is not to be left in freed pages
        if done:
            finish_erasure(register)
    return done


def _anonymise(register: Register, actor: Actor, person: str, reason: str) -> tuple[str, ...]:
    """One person, in one transaction; gives the ids of their files, none when there was nothing."""
    with register.database.writing() as connection:
        files = survivors_of(connection, [person])
        rows = stored.rows_by_id(connection, _PERSON, sorted(files))
        if person not in rows:
            raise UserError("no_such_record")
        if rows[files[person]]["anonymised_on"] is not None:
            return ()
        writing = Writing(register, connection, actor, Action.ANONYMISE, reason=reason)
        writing.before(files)
        note_unfinished(connection)
        ids = scrub(connection, register.clock, rows, files[person])
        journal = writing.journal
        journal.persons |= rows.keys()
        subject = Subject(ANONYMISED, f"{PERSON.key}/{files[person]}")
        journal.note(subject.kind, subject.id, None, None)
        journal.write()
        writing.finish((files[person],), ages_may_move=True)
        _erase_in_journal(connection, journal, rows.values(), ids, register.clock.today())
    return tuple(rows)


def _erase_in_journal(
    connection: Connection, journal: Journal, persons: Iterable[Row], ids: list[str], on: date
) -> None:
    """What the lines about these records held, and what others say of whose they are."""
    about, held = list[int](), list[int]()
    images: list[tuple[str, object]] = [(PERSON.key, row) for row in persons]
    for chunk in _chunks(ids):
        for line in _lines_about(connection, chunk):
            about.append(line.sequence)
            if (line.before, line.after) != (None, None) and not erased_on(line.before, line.after):
                held.append(line.sequence)
                images += ((line.table_name, image) for image in (line.before, line.after))
    held += _lines_of_pairs(connection, {str(row["id"]) for row in persons})
    erase_payloads(connection, held, on, journal=journal)
    erase_words(connection, about, names_in(images), on, journal=journal)


def scrub(
    connection: Connection, clock: Clock, persons: Mapping[str, Row], survivor: str
) -> list[str]:
    """Write what is left of everything these files hold; gives the ids of all of it."""
    at, today = clock.now(), clock.today()
    ids, events = list(persons), defaultdict[str, list[Row]](list)
    for record, rows in stored.owned_by(connection, list(persons)):
        ids += (str(row["id"]) for row in rows)
        events[record.key] += rows
        write_rows(connection, record.model, [scrubbed(record, row, at) for row in rows])
    birth = kept_birth(persons[survivor], events)
    write_rows(
        connection, Person, [scrubbed_person(row, birth, today, at) for row in persons.values()]
    )
    pair = (DIFFERENT_PERSONS.c.first_id, DIFFERENT_PERSONS.c.second_id)
    of_pairs = or_(*(column.in_(list(persons)) for column in pair))
    connection.execute(delete(DIFFERENT_PERSONS).where(of_pairs))
    for row in _cases_of_nobody(connection, events):
        ids.append(str(row["id"]))
        write_rows(connection, CaseFile, [scrubbed(CASE_FILE, row, at)])
    return ids


def _cases_of_nobody(connection: Connection, owned: Mapping[str, Iterable[Row]]) -> Iterator[Row]:
    """The cases of these rows in which everybody is anonymised."""
    cases = {str(row["case_id"]) for rows in owned.values() for row in rows if row.get("case_id")}
    for case, row in stored.rows_by_id(connection, table_of(CaseFile), sorted(cases)).items():
        is_somebodys = any(
            connection.execute(
                select(table.c.id)
                .join(_PERSON, _PERSON.c.id == table.c.person_id)
                .where(table.c.case_id == case, _PERSON.c.anonymised_on.is_(None))
                .limit(1)
            ).first()
            for table in (table_of(record.model) for record in (MEMBERSHIP, *ACTIVITIES))
        )
        if not is_somebodys:
            yield row


def _lines_about(connection: Connection, ids: list[str]) -> Sequence[SqlRow[*tuple[Any, ...]]]:
    query = select(CHANGE.c.sequence, CHANGE.c.table_name, CHANGE.c.before, CHANGE.c.after).where(
        CHANGE.c.table_name.in_(RECORD_BY_KEY), CHANGE.c.record_id.in_(ids)
    )
    return connection.execute(query).all()


def _lines_of_pairs(connection: Connection, persons: set[str]) -> Iterator[int]:
    """Lines that say why one of them is somebody other than another."""
    query = select(CHANGE.c.sequence, CHANGE.c.record_id, CHANGE.c.before, CHANGE.c.after).where(
        CHANGE.c.table_name == DIFFERENT_PERSONS.name
    )
    for sequence, pair, before, after in connection.execute(query):
        if not persons.isdisjoint(pair.split(":")) and not erased_on(before, after):
            yield sequence


def _without_names(register: Register, persons: Sequence[str], reason: str) -> str:
    """The reason, unless it names somebody who is about to be forgotten."""
    with register.database.reading() as connection:
        rows = stored.rows_by_id(connection, _PERSON, sorted(persons))
    named = names_in((PERSON.key, row) for row in rows.values())
    return NOTHING if named.are_in(reason) else reason


def _chunks(ids: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]
