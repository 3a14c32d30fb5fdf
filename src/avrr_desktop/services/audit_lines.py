"""The journal as it is read: which lines, and what each tells to who may see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, or_, select

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.tables import CHANGE, USER
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import Action
from avrr_desktop.services.closing.causes import ANONYMISED
from avrr_desktop.services.erased import erased_on
from avrr_desktop.services.history import Change, change_of, changes_shown, records_of
from avrr_desktop.services.journal import last_sequence
from avrr_desktop.services.register import Register

_TOLD: Final = (Action.VIEW.value, ANONYMISED)  # of a record, which their own id names
_MOST_PERSONS: Final = 50  # whose number begins with what was typed
_PERSON = table_of(Person)


@dataclass(frozen=True, slots=True)
class AuditQuery:
    """Which lines: of these users, actions, tables, between two days (both included).

    ``text`` is the beginning of a person's or case's number, the name of a file or an id;
    ``person`` the id of one person.
    """

    actors: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    tables: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None
    text: str = ""
    person: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether it leaves lines out."""
        return self != AuditQuery()


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line. ``change`` is what it did to a record; ``before`` and ``after`` what else it tells.

    ``number`` is that of the person or case it is about, or the user's name.
    """

    sequence: int
    at: datetime
    actor: str
    action: str
    table: str
    record_id: str
    number: str
    reason: str
    undoes: int | None
    change: Change | None
    before: object
    after: object
    erased_on: date | None


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to filter by: users by id with their last name, actions, tables."""

    actors: tuple[tuple[str, str], ...]
    actions: tuple[str, ...]
    tables: tuple[str, ...]


@needs(Permission.JOURNAL)
def choices(register: Register) -> Choices:
    """Whatever stands in the journal."""
    with register.database.reading() as connection:
        query = select(
            CHANGE.c.actor_id, CHANGE.c.actor_name, CHANGE.c.action, CHANGE.c.table_name
        ).distinct()
        rows = connection.execute(query).all()
    names = {row.actor_id: row.actor_name for row in rows}
    return Choices(
        tuple(sorted(names.items(), key=lambda pair: pair[1].casefold())),
        tuple(sorted({row.action for row in rows})),
        tuple(sorted({row.table_name for row in rows})),
    )


@needs(Permission.JOURNAL)
def sequences(register: Register, query: AuditQuery) -> Sequence[int]:
    """The lines of a query, the latest first."""
    with register.database.reading() as connection:
        if not query.is_narrow and (whole := _unbroken(connection)):
            return whole
        wanted = select(CHANGE.c.sequence).where(*_clauses(connection, query))
        return tuple(connection.execute(wanted.order_by(CHANGE.c.sequence.desc())).scalars())


@needs(Permission.JOURNAL)
def lines(register: Register, wanted: Sequence[int]) -> tuple[AuditLine, ...]:
    """Lines by their sequences, in that order; a note whose reading is restricted is left out."""
    actor = replace(register.actor, restricted=False)
    with register.database.reading() as connection:
        rows = _rows(connection, wanted)
        numbers = _numbers(connection, rows.values())
    return tuple(
        _line(row, change_of(actor, row) if _is_of_record(row) else None, numbers)
        for row in (rows[sequence] for sequence in wanted if sequence in rows)
    )


@needs(Permission.JOURNAL)
def line_shown(register: Register, sequence: int) -> AuditLine:
    """One line whole: restricted notes too, to who may read them, which is noted.

    Raises:
        UserError: ``no_such_record``, or a failure of the disk.
    """
    with register.database.reading() as connection:
        rows = _rows(connection, [sequence])
        numbers = _numbers(connection, rows.values())
    if sequence not in rows:
        raise UserError("no_such_record")
    row = rows[sequence]
    changes = changes_shown(register, [row] if _is_of_record(row) else [])
    return _line(row, changes[0] if changes else None, numbers)


def _is_of_record(row: RowMapping) -> bool:
    return row["table_name"] in RECORD_BY_KEY


def _line(row: RowMapping, change: Change | None, numbers: Mapping[str, str]) -> AuditLine:
    erased = erased_on(row["before"], row["after"])
    is_told = change is None and erased is None
    return AuditLine(
        sequence=row["sequence"],
        at=row["at"],
        actor=row["actor_name"],
        action=row["action"],
        table=row["table_name"],
        record_id=row["record_id"],
        number=numbers.get(_about(row), ""),
        reason=row["reason"] or "",
        undoes=row["undoes"],
        change=change,
        before=row["before"] if is_told else None,
        after=row["after"] if is_told else None,
        erased_on=erased,
    )


def _unbroken(connection: Connection) -> Sequence[int]:
    """Every line, without reading any, when none is missing."""
    last = last_sequence(connection)
    count = connection.execute(select(func.count()).select_from(CHANGE)).scalar()
    return range(last, 0, -1) if count == last else ()


def _clauses(connection: Connection, query: AuditQuery) -> list[ColumnElement[bool]]:
    clauses: list[ColumnElement[bool]] = []
    for column, wanted in (
        (CHANGE.c.actor_id, query.actors),
        (CHANGE.c.action, query.actions),
        (CHANGE.c.table_name, query.tables),
    ):
        if wanted:
            clauses.append(column.in_(wanted))
    if query.first is not None:
        clauses.append(CHANGE.c.at >= _midnight(query.first))
    if query.last is not None:
        clauses.append(CHANGE.c.at < _midnight(query.last + timedelta(days=1)))
    if query.person:
        clauses.append(_about_persons(connection, [query.person]))
    if text := query.text.strip():
        clauses.append(_matches(connection, text))
    return clauses


def _midnight(day: date) -> datetime:
    """When a civil day begins where the office is."""
    return datetime.combine(day, time()).astimezone()


def _matches(connection: Connection, text: str) -> ColumnElement[bool]:
    persons = select(_PERSON.c.id).where(_PERSON.c.number.istartswith(text, autoescape=True))
    found = list(connection.execute(persons.limit(_MOST_PERSONS)).scalars())
    cases = table_of(CaseFile)
    of_number = select(cases.c.id).where(cases.c.number.istartswith(text, autoescape=True))
    members = table_of(Membership)
    of_cases = list(connection.execute(of_number.limit(_MOST_PERSONS)).scalars())
    own = select(members.c.id).where(members.c.case_id.in_(of_cases))
    ids = [*of_cases, *connection.execute(own).scalars()]
    elsewhere = and_(
        CHANGE.c.table_name.not_in(RECORD_BY_KEY),
        CHANGE.c.record_id.icontains(text, autoescape=True),
    )
    return or_(
        _about_persons(connection, found),
        CHANGE.c.record_id.in_([*ids, text]),
        elsewhere,
    )


def _about_persons(connection: Connection, persons: Sequence[str]) -> ColumnElement[bool]:
    """Lines of persons' files, and those that say who saw or anonymised them."""
    ids = [each for person in persons for each in records_of(connection, person)]
    tables = dict.fromkeys(RECORD_BY_KEY)
    views = [f"{table}/{each}" for each in ids for table in tables]
    of_file = and_(CHANGE.c.table_name.in_(tables), CHANGE.c.record_id.in_(ids))
    seen = and_(CHANGE.c.table_name.in_(_TOLD), CHANGE.c.record_id.in_(views))
    return or_(of_file, seen)


def _rows(connection: Connection, wanted: Sequence[int]) -> dict[int, RowMapping]:
    query = select(CHANGE).where(CHANGE.c.sequence.in_(wanted))
    return {row["sequence"]: row for row in connection.execute(query).mappings()}


def _numbers(connection: Connection, rows: Iterable[RowMapping]) -> dict[str, str]:
    """Numbers of the persons and cases, and names of the users, that lines are about, by id."""
    ids = {_about(row) for row in rows} - {""}
    numbers: dict[str, str] = {}
    cases = table_of(CaseFile)
    told = ((_PERSON, _PERSON.c.number), (cases, cases.c.number), (USER, USER.c.name))
    for table, column in told:
        query = select(table.c.id, column).where(table.c.id.in_(ids))
        numbers.update((record_id, name) for record_id, name in connection.execute(query))
    return numbers


def _about(row: RowMapping) -> str:
    """The person or the case a line is about; of a record, as its image tells."""
    table, record_id = str(row["table_name"]), str(row["record_id"])
    if table in _TOLD:
        table, _, record_id = record_id.partition("/")
    if table in {PERSON.key, CaseFile.__tablename__, USER.name}:
        return record_id
    for image in (row["after"], row["before"]):
        if isinstance(image, Mapping) and (owner := image.get("person_id")):
            return str(owner)
    return ""
