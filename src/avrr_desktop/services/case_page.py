"""Everything the page of a case shows: its members with their dates, and its events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Activity
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CASE_FILE, Membership
from avrr_desktop.services import stored
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.lists.rows import counted_persons, group_on, name_of
from avrr_desktop.services.person_page import Member, read_members
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

MEMBERSHIP = next(child for child in CASE_FILE.children if child.model is Membership)


@dataclass(frozen=True, slots=True)
class CaseEvent:
    """An event of the case, with the group of its own date."""

    activity: Activity
    event_id: str
    person_id: str
    name: PersonName
    day: date | None
    group: str


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case; ``values`` are its fields, ``members`` all who are or were in it."""

    id: str
    number: str
    version: int
    values: Mapping[str, object]
    members: tuple[Member, ...]
    events: tuple[CaseEvent, ...]
    is_deleted: bool
    deleted_reason: str


@needs(Permission.NAMES)
def read_case(register: Register, case_id: str) -> CaseView:
    """The page of a case.

    Raises:
        UserError: ``no_such_record``.
    """
    today = register.clock.today()
    with register.database.reading() as connection:
        read = stored.read(connection, CASE_FILE.key, case_id)
        members = read_members(connection, [case_id], today).get(case_id, ())
        events = sorted(
            _events(connection, case_id, today),
            key=lambda event: (event.day is not None, event.day or today),
            reverse=True,
        )
    return CaseView(
        id=case_id,
        number=str(read.values["number"]),
        version=read.version,
        values=read.values,
        members=members,
        events=tuple(events),
        is_deleted=read.is_deleted,
        deleted_reason=read.deleted_reason or "",
    )


@needs(Permission.RECORD)
def leave_case(
    records: Records, actor: Actor, case: CaseView, membership_id: str, day: date
) -> Changed:
    """Somebody leaves the case on a day, the last they are in it; past counts stay (rule 11).

    Raises:
        Refused: the day is refused.
        UserError: ``changed_meanwhile``, or a failure of the disk.
    """
    lines = case.values[MEMBERSHIP.key]
    assert isinstance(lines, tuple)
    members = tuple(
        {**line, "to_on": day} if line["id"] == membership_id else line for line in lines
    )
    draft = Draft(CASE_FILE.key, {MEMBERSHIP.key: members}, id=case.id, version=case.version)
    return records.save(actor, draft)


def _events(connection: Connection, case_id: str, today: date) -> Iterator[CaseEvent]:
    rows: list[tuple[Activity, Mapping[str, object]]] = []
    for activity in ACTIVITIES:
        table = table_of(activity.model)
        query = select(table.c.id, table.c.person_id, table.c[activity.dated_by].label("day"))
        query = query.where(table.c.case_id == case_id, table.c.deleted_at.is_(None))
        rows += ((activity, dict(row)) for row in connection.execute(query).mappings())
    persons = counted_persons(connection, [str(row["person_id"]) for _activity, row in rows])
    for activity, row in rows:
        person, day = persons[str(row["person_id"])], row["day"]
        assert day is None or isinstance(day, date)
        yield CaseEvent(
            activity=activity,
            event_id=str(row["id"]),
            person_id=str(person["id"]),
            name=name_of(person),
            day=day,
            group=group_on(person, day or today),
        )
