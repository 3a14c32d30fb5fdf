"""Whose events are counted: files of a person merged or not, and persons bound by a case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from sqlalchemy import ColumnElement, Connection, Executable, bindparam, or_, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import Membership
from avrr_desktop.people.person import Person

CHUNK = 800  # values in one IN list

Survivors = Mapping[str, str]  # a person's file, merged or not -> the file that is counted

_PERSON = table_of(Person).c
_MODELS = (Membership, *(activity.model for activity in ACTIVITIES))


def values_in(column: ColumnElement[str]) -> ColumnElement[bool]:
    """The column holds one of the values that ``look_up`` binds."""
    return column.in_(bindparam("values", expanding=True))


def chunked(values: Iterable[str], size: int = CHUNK) -> Iterator[list[str]]:
    """``values`` cut in lists of at most ``size``."""
    iterator = iter(values)
    while chunk := list(islice(iterator, size)):
        yield chunk


def look_up(
    connection: Connection, statement: Executable, values: Iterable[str]
) -> Iterator[tuple[str, ...]]:
    """Rows of ``statement`` for ``values``, bound to its list in chunks."""
    for chunk in chunked(values):
        yield from connection.execute(statement, {"values": chunk}).all()


_SURVIVOR_OF = select(_PERSON.id, _PERSON.merged_into_id).where(values_in(_PERSON.id))
_MERGED_INTO = select(_PERSON.id, _PERSON.merged_into_id).where(values_in(_PERSON.merged_into_id))
# An index serves a comparison with the empty text, not always IS NOT NULL.
_EVERY_MERGED = select(_PERSON.id, _PERSON.merged_into_id).where(_PERSON.merged_into_id > "")


def survivors_of(connection: Connection, persons: Iterable[str]) -> dict[str, str]:
    """Every file of the persons whose ids are given, with its survivor (rule 12)."""
    given = sorted(persons)
    found = {
        person: survivor or person for person, survivor in look_up(connection, _SURVIVOR_OF, given)
    }
    survivors = {found.get(person, person) for person in given}
    files = {person: person for person in survivors}
    files.update(merged_files(connection, survivors))
    return files


def merged_files(connection: Connection, survivors: Iterable[str] | None) -> dict[str, str]:
    """The files merged into one of ``survivors``, or every merged file."""
    if survivors is None:
        rows = connection.execute(_EVERY_MERGED)
        return {row[0]: row[1] for row in rows}
    return {row[0]: row[1] for row in look_up(connection, _MERGED_INTO, sorted(survivors))}


def person_chunks(survivors: Survivors) -> Iterator[list[str]]:
    """The files in lists short enough for one query; those of one person stay together."""
    by_survivor: dict[str, list[str]] = {}
    for file, survivor in survivors.items():
        by_survivor.setdefault(survivor, []).append(file)
    for chunk in chunked(sorted(by_survivor)):
        yield [file for survivor in chunk for file in by_survivor[survivor]]


_CASES_OF = tuple(
    select(table_of(m).c.case_id)
    .where(values_in(table_of(m).c.person_id), table_of(m).c.case_id.is_not(None))
    .distinct()
    for m in _MODELS
)
_PERSONS_IN = tuple(
    select(table_of(m).c.person_id).where(values_in(table_of(m).c.case_id)).distinct()
    for m in _MODELS
)
_FILES_WITH = select(_PERSON.id, _PERSON.merged_into_id).where(
    or_(values_in(_PERSON.id), values_in(_PERSON.merged_into_id))
)


def touched_closure(
    connection: Connection, persons: Iterable[str], cases: Iterable[str] = ()
) -> frozenset[str]:
    """The persons whose cells may change together, to be counted before and after (rule 14).

    Adds, until nothing is new, the files merged with one of them and everyone who ever was in one
    of their cases, by membership or by event, deleted ones too: then the cells of these persons
    and of all others add up to those of the register. ``cases`` names the cases that are about to
    be given to an event or a member.
    """
    found: set[str] = set()
    known_cases: set[str] = set()
    new_persons, new_cases = set(persons), set(cases)
    while new_persons or new_cases:
        found |= new_persons
        known_cases |= new_cases
        reached = _first_values(connection, _CASES_OF, new_persons)
        people = _first_values(connection, _PERSONS_IN, new_cases)
        for row in look_up(connection, _FILES_WITH, sorted(new_persons)):
            people.update(file for file in row if file)
        new_persons, new_cases = people - found, reached - known_cases
    return frozenset(found)


def _first_values(
    connection: Connection, statements: Iterable[Executable], values: set[str]
) -> set[str]:
    ordered = sorted(values)
    return {row[0] for statement in statements for row in look_up(connection, statement, ordered)}
