"""The day's work: what is due, late or incomplete, counted, with the first ones of each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from avrr_desktop.activities.follow_up import Visit
from avrr_desktop.activities.registration import ACTIVITY as REGISTRATIONS
from avrr_desktop.activities.reintegration import ACTIVITY as REINTEGRATIONS
from avrr_desktop.activities.return_from_morocco import ACTIVITY as RETURNS
from avrr_desktop.core.ages import ADULT_AGE
from avrr_desktop.core.births import Precision, years_before
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Record
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Document
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.duplicates_found import probable_duplicates
from avrr_desktop.services.lists.query import PersonName
from avrr_desktop.services.register import Register

SOON = timedelta(days=7)
COMING_OF_AGE = timedelta(days=60)
PENDING_REQUEST = timedelta(days=90)
VISITS = (("six_months", 182), ("twelve_months", 365))  # waves, in days from the start
_OVERDUE = 180  # days after which a visit is no longer the day's work
_SHOWN = 200


class Work(StrEnum):
    """The lists of the day, in the order they are shown."""

    PLANNED_SOON = "planned_soon"
    PLANNED_PAST = "planned_past"
    MISSING_PAPERS = "missing_papers"
    VISITS_DUE = "visits_due"
    REQUESTS = "requests"
    COMING_OF_AGE = "coming_of_age"
    DUPLICATES = "duplicates"
    INCOMPLETE = "incomplete"


# What has a day of its own; the rest is a reserve of work, and no badge counts it.
DUE = frozenset({Work.PLANNED_SOON, Work.PLANNED_PAST, Work.MISSING_PAPERS, Work.VISITS_DUE})


class Missing(StrEnum):
    """What is missing, or which visit is due."""

    DOCUMENT = "document"
    AUTHORISATION = "authorisation"
    DOCUMENT_AND_AUTHORISATION = "document_and_authorisation"
    BIRTH_DATE = "birth_date"
    BIRTH_DATE_AND_DOCUMENT = "birth_date_and_document"


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do: the record it opens, whose, the day it hangs on, and what is missing."""

    record: str
    record_id: str
    person_id: str
    name: PersonName
    nationality: str
    day: date | None
    detail: str = ""
    other: PersonName | None = None  # of the file that may be of the same person


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One list of the day: how many in all, and at most 200 of them, the most pressing first."""

    work: Work
    count: int
    items: tuple[WorkItem, ...]


@needs(Permission.FIGURES)
def work_list(
    register: Register, proceed: Callable[[], None] = lambda: None
) -> tuple[WorkLine, ...]:
    """The lists that have something in them; ``proceed`` is called between two and may raise."""
    today = register.clock.today()
    lines = []
    with register.database.reading() as connection:
        for work, reader in _READERS.items():
            proceed()
            lines.append(_line(connection, work, reader(today)))
    return tuple(line for line in lines if line.count)


@needs(Permission.NAMES)
def duplicates_line(
    register: Register, proceed: Callable[[int, int], None] = lambda _done, _total: None
) -> WorkLine | None:
    """Pairs of files probably of one person; apart, because they take longer to find."""
    found = probable_duplicates(register, proceed)
    items = tuple(
        WorkItem(
            PERSON.key,
            pair.first.id,
            pair.first.id,
            pair.first.name,
            pair.first.nationality,
            None,
            other=pair.second.name,
        )
        for pair in found.pairs[:_SHOWN]
    )
    return WorkLine(Work.DUPLICATES, found.total, items) if found.total else None


def due_count(lines: Sequence[WorkLine]) -> int:
    """How many things have their day about now: the badge of the navigation."""
    return sum(line.count for line in lines if line.work in DUE)


@needs(Permission.FIGURES)
def person_count(register: Register) -> int:
    """How many persons the register holds."""
    person = table_of(Person)
    query = select(func.count()).where(
        person.c.deleted_at.is_(None), person.c.merged_into_id.is_(None)
    )
    with register.database.reading() as connection:
        return connection.execute(query).scalar_one()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A bounded query: which record, under what condition, in which order, with what detail."""

    record: Record
    condition: ColumnElement[bool]
    day: ColumnElement[date | None]
    detail: ColumnElement[str] | None = None
    latest_first: bool = False

    @property
    def table(self) -> Table:
        """The table of the record it opens."""
        return table_of(self.record.model)

    @property
    def owner(self) -> ColumnElement[str]:
        """The file the record stands on."""
        return self.table.c.id if self.record is PERSON else self.table.c.person_id

    @property
    def source(self) -> FromClause:
        """The record, with its person: the survivor of a merged file (rule 12)."""
        if self.record is PERSON:
            return self.table
        own = self.table.join(_FILE, _FILE.c.id == self.owner)
        return own.join(_PERSON, _PERSON.c.id == func.coalesce(_FILE.c.merged_into_id, _FILE.c.id))

    @property
    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The condition, and nothing deleted or merged."""
        live = (self.table.c.deleted_at.is_(None), _PERSON.c.deleted_at.is_(None))
        return (*live, _PERSON.c.merged_into_id.is_(None), self.condition)


def _line(connection: Connection, work: Work, reading: _Reading) -> WorkLine:
    counted = select(func.count()).select_from(reading.source).where(*reading.conditions)
    count = connection.execute(counted).scalar_one()
    items = _items(connection, reading) if count else ()
    if work is Work.COMING_OF_AGE:
        items = tuple(replace(item, day=_birthday(item.day)) for item in items)
    return WorkLine(work, count, items)


def _items(connection: Connection, reading: _Reading) -> tuple[WorkItem, ...]:
    query = (
        select(
            reading.table.c.id.label("record_id"),
            _PERSON.c.id.label("owner_id"),
            _PERSON.c.family_name,
            _PERSON.c.given_name,
            _PERSON.c.family_name_ar,
            _PERSON.c.given_name_ar,
            _PERSON.c.nationality,
            reading.day.label("day"),
            (literal("") if reading.detail is None else reading.detail).label("detail"),
        )
        .select_from(reading.source)
        .where(*reading.conditions)
        .limit(_SHOWN)
    )
    entered = reading.table.c.created_seq
    order = (entered.desc(),) if reading.latest_first else (reading.day, entered)
    return tuple(
        WorkItem(
            reading.record.key,
            row.record_id,
            row.owner_id,
            PersonName(
                row.family_name,
                row.given_name or "",
                row.family_name_ar or "",
                row.given_name_ar or "",
            ),
            row.nationality,
            row.day,
            row.detail,
        )
        for row in connection.execute(query.order_by(*order))
    )


def _birthday(birth: date | None) -> date | None:
    """The day somebody comes of age; born on 29 February, on 1 March of a common year."""
    if birth is None:
        return None
    try:
        return birth.replace(year=birth.year + ADULT_AGE)
    except ValueError:
        return date(birth.year + ADULT_AGE, 3, 1)


_RETURN = table_of(RETURNS.model)
_REGISTRATION = table_of(REGISTRATIONS.model)
_REINTEGRATION = table_of(REINTEGRATIONS.model)
_VISIT = table_of(Visit)
_DOCUMENT = table_of(Document)
_PERSON = table_of(Person)
_FILE = _PERSON.alias("file")  # that an event stands on, merged or not


def _waiting() -> ColumnElement[bool]:
    """A return planned, neither gone nor given up."""
    return and_(
        _RETURN.c.planned_on.is_not(None),
        _RETURN.c.departed_on.is_(None),
        _RETURN.c.exit_on.is_(None),
    )


def _planned_soon(today: date) -> _Reading:
    day = _RETURN.c.planned_on
    return _Reading(RETURNS, and_(_waiting(), day >= today, day <= today + SOON), day)


def _planned_past(today: date) -> _Reading:
    day = _RETURN.c.planned_on
    return _Reading(RETURNS, and_(_waiting(), day < today), day)


def _missing_papers(today: date) -> _Reading:
    no_document = _RETURN.c.document_obtained_on.is_(None)
    no_permit = _RETURN.c.authorisation_obtained_on.is_(None)
    detail = case(
        (and_(no_document, no_permit), Missing.DOCUMENT_AND_AUTHORISATION.value),
        (no_document, Missing.DOCUMENT.value),
        else_=Missing.AUTHORISATION.value,
    )
    day = _RETURN.c.planned_on
    missing = and_(_waiting(), day >= today, or_(no_document, no_permit))
    return _Reading(RETURNS, missing, day, detail)


def _visits_due(today: date) -> _Reading:
    """Started long enough ago for a wave that no visit of it, nor a closing one, answers."""
    started = _REINTEGRATION.c.started_on
    due = [
        (
            and_(
                started <= today - timedelta(days=days),
                started > today - timedelta(days=days + _OVERDUE),
                ~_visited(_VISIT.c.wave == wave),
            ),
            wave,
        )
        for wave, days in reversed(VISITS)
    ]
    going_on = and_(
        _REINTEGRATION.c.abandoned_on.is_(None),
        ~_visited(_VISIT.c.closes.is_(True)),
        ~_visited(_VISIT.c.wave == VISITS[-1][0]),
    )
    detail = case(*due, else_="")
    return _Reading(
        REINTEGRATIONS, and_(going_on, or_(*(late for late, _ in due))), started, detail
    )


def _visited(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        _VISIT.c.reintegration_id == _REINTEGRATION.c.id, _VISIT.c.deleted_at.is_(None), condition
    )


def _requests(today: date) -> _Reading:
    """Recent requests of persons who were never registered."""
    other, file = _REGISTRATION.alias("other"), _PERSON.alias("other_file")
    registered = exists().where(
        other.c.person_id == file.c.id,
        or_(file.c.id == _PERSON.c.id, file.c.merged_into_id == _PERSON.c.id),
        other.c.registered_on.is_not(None),
        other.c.deleted_at.is_(None),
    )
    day = _REGISTRATION.c.contacted_on
    condition = and_(
        _REGISTRATION.c.registered_on.is_(None), day >= today - PENDING_REQUEST, ~registered
    )
    return _Reading(REGISTRATIONS, condition, day)


def _coming_of_age(today: date) -> _Reading:
    birth = _PERSON.c.birth_first
    precise = _PERSON.c.birth_precision.in_((Precision.EXACT.value, Precision.MONTH.value))
    condition = and_(
        precise,
        birth > years_before(today, ADULT_AGE),
        birth <= years_before(today + COMING_OF_AGE, ADULT_AGE),
    )
    return _Reading(PERSON, condition, birth)


def _incomplete(_today: date) -> _Reading:
    no_birth = _PERSON.c.birth_precision == Precision.UNKNOWN.value
    merged = select(_FILE.c.id).where(_FILE.c.merged_into_id == _PERSON.c.id)
    no_document = and_(
        ~exists().where(_DOCUMENT.c.person_id == _PERSON.c.id, _DOCUMENT.c.deleted_at.is_(None)),
        ~exists().where(_DOCUMENT.c.person_id.in_(merged), _DOCUMENT.c.deleted_at.is_(None)),
    )
    detail = case(
        (and_(no_birth, no_document), Missing.BIRTH_DATE_AND_DOCUMENT.value),
        (no_birth, Missing.BIRTH_DATE.value),
        else_=Missing.DOCUMENT.value,
    )
    missing = or_(no_birth, no_document)
    return _Reading(PERSON, missing, _PERSON.c.birth_first, detail, latest_first=True)


_READERS: dict[Work, Callable[[date], _Reading]] = {
    Work.PLANNED_SOON: _planned_soon,
    Work.PLANNED_PAST: _planned_past,
    Work.MISSING_PAPERS: _missing_papers,
    Work.VISITS_DUE: _visits_due,
    Work.REQUESTS: _requests,
    Work.COMING_OF_AGE: _coming_of_age,
    Work.INCOMPLETE: _incomplete,
}
