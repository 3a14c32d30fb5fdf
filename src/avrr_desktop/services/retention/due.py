"""Which files have been kept long enough: N years after the last of a person's cases closed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Select, func, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.births import years_after, years_before
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import column_fields_of, table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import read_office

_PERSON, _CASE = table_of(Person), table_of(CaseFile)
_WITH_CASES = (Membership, *(activity.model for activity in ACTIVITIES))


@dataclass(frozen=True, slots=True)
class DueFile:
    """A person whose file may be anonymised: since when, and what it was counted from."""

    person_id: str
    number: str
    name: PersonName
    cases: tuple[str, ...]
    last_on: date  # the last closing of a case, or day of an event
    due_on: date
    is_deleted: bool


@dataclass(frozen=True, slots=True)
class Retention:
    """What is due today, the longest kept first; what only an open case keeps."""

    years: int
    due: tuple[DueFile, ...]
    left_open: int  # persons whose last event is as old, but a case of theirs was never closed


@needs(Permission.ERASE)
def read_retention(register: Register) -> Retention:
    """The files that are due, counted from the last day of each person.

    A person in no case counts from their last event, else from their entry; one in the bin from
    the day they were put there, if later.
    """
    years = int(read_office(register).retention_years)
    today = register.clock.today()
    limit = years_before(today, years)
    with register.database.reading() as connection:
        return _Reading(connection, years, limit).read()


class _Reading:
    def __init__(self, connection: Connection, years: int, limit: date) -> None:
        self._connection = connection
        self._years = years
        self._limit = limit

    def read(self) -> Retention:
        query = select(_PERSON).where(_PERSON.c.anonymised_on.is_(None))
        rows = {row["id"]: dict(row) for row in self._connection.execute(query).mappings()}
        survivor = {i: str(row["merged_into_id"] or i) for i, row in rows.items()}
        last, cases = self._last_days(survivor), self._cases(survivor)
        entered = self._entered([i for i, row in rows.items() if survivor[i] == i])
        due, left_open = [], 0
        for person, row in rows.items():
            if survivor[person] != person:
                continue
            mine = cases.get(person, {})
            days = [day for day in (last.get(person), *mine.values()) if day]
            if row["deleted_at"] is not None:
                days.append(row["deleted_at"].date())
            day = max(days, default=entered.get(person))
            if day is None or day > self._limit:
                continue
            if None in mine.values():
                left_open += 1
                continue
            due.append(
                DueFile(
                    person_id=person,
                    number=str(row["number"]),
                    name=name_of(row),
                    cases=tuple(sorted(mine)),
                    last_on=day,
                    due_on=years_after(day, self._years),
                    is_deleted=row["deleted_at"] is not None,
                )
            )
        due.sort(key=lambda one: (one.due_on, one.number))
        return Retention(self._years, tuple(due), left_open)

    def _last_days(self, survivor: Mapping[str, str]) -> dict[str, date]:
        """The last day of any date of any event, planned ones too."""
        last: dict[str, date] = {}
        for query in _days():
            for person, day in self._connection.execute(query):
                if day is not None and (file := survivor.get(person)):
                    last[file] = max(day, last.get(file, day))
        return last

    def _cases(self, survivor: Mapping[str, str]) -> dict[str, dict[str, date | None]]:
        """The cases of each person by number, with the day each was closed."""
        found: defaultdict[str, dict[str, date | None]] = defaultdict(dict)
        for model in _WITH_CASES:
            table = table_of(model)
            query = (
                select(table.c.person_id, _CASE.c.number, _CASE.c.closed_on)
                .join(_CASE, _CASE.c.id == table.c.case_id)
                .where(table.c.deleted_at.is_(None), _CASE.c.deleted_at.is_(None))
                .distinct()
            )
            for person, number, closed_on in self._connection.execute(query):
                if file := survivor.get(person):
                    found[file][number] = closed_on
        return found

    def _entered(self, persons: list[str]) -> dict[str, date]:
        """When each was entered; nothing of those loaded without a line of their own."""
        query = select(_PERSON.c.id, CHANGE.c.at).join(
            CHANGE, CHANGE.c.sequence == _PERSON.c.created_seq
        )
        wanted = set(persons)
        return {i: at.date() for i, at in self._connection.execute(query) if i in wanted}


def _days() -> Iterator[Select[str, date | None]]:
    for activity in ACTIVITIES:
        events = table_of(activity.model)
        for record in (activity, *activity.children):
            table = table_of(record.model)
            for field in column_fields_of(record.model):
                if field.spec.kind is not Kind.DATE:
                    continue
                query = select(events.c.person_id, func.max(table.c[field.name]))
                if table is not events:
                    query = query.join(table, table.c[record.owner] == events.c.id)
                live = (events.c.deleted_at.is_(None), table.c.deleted_at.is_(None))
                yield query.where(*live).group_by(events.c.person_id)
