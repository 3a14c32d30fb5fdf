"""The records behind doubts, read by few queries whatever the size of the semester."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, or_, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.births import Precision
from avrr_desktop.core.periods import Period
from avrr_desktop.core.specs import Activity
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Consent
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.live import EXIT, planned_column
from avrr_desktop.services.preflight.document import Item
from avrr_desktop.services.summary.persons import look_up, values_in

_PERSON = table_of(Person).c
_CONSENT = table_of(Consent).c


def planned_past(connection: Connection, period: Period, today: date) -> list[Item]:
    """Events planned on a day gone by, in the period or before, neither done nor given up."""
    last = min(period.end, today - timedelta(days=1))
    found = []
    for activity in ACTIVITIES:
        planned = planned_column(activity)
        if planned and activity.counted:
            rows = connection.execute(_overdue(activity, planned), {"last": last})
            found += [Item(activity.key, row.id, row.person_id) for row in rows]
    return found


def _overdue(activity: Activity, planned: str) -> Select[Any]:
    events = table_of(activity.model).c
    clauses = [
        events[planned] <= bindparam("last"),
        events[activity.dated_by].is_(None),
        events.deleted_at.is_(None),
        _PERSON.deleted_at.is_(None),
    ]
    if EXIT in events:
        clauses.append(events[EXIT].is_(None))
    table, person = table_of(activity.model), table_of(Person)
    return (
        select(events.id, events.person_id)
        .select_from(table.join(person, _PERSON.id == events.person_id))
        .where(*clauses)
        .order_by(events[planned], events.id)
    )


_UNDETERMINED = select(_PERSON.id, _PERSON.sex, _PERSON.birth_precision).where(
    values_in(_PERSON.id), or_(_PERSON.sex.is_(None), _PERSON.birth_precision != Precision.EXACT)
)


def undetermined(connection: Connection, persons: Collection[str]) -> tuple[list[Item], list[Item]]:
    """Of persons of the group *undetermined*: whose birth date is vague, whose sex is unknown."""
    births: list[Item] = []
    sexes: list[Item] = []
    for person, sex, precision in look_up(connection, _UNDETERMINED, sorted(persons)):
        item = Item(PERSON.key, person, person)
        if precision != Precision.EXACT:
            births.append(item)
        if sex is None:
            sexes.append(item)
    return births, sexes


def events_named(
    connection: Connection, activity: Activity, events: Collection[str]
) -> Iterator[Item]:
    """Events with their person, by date."""
    columns = table_of(activity.model).c
    day = columns[activity.dated_by]
    query = select(columns.id, columns.person_id, day).where(values_in(columns.id))
    found = sorted(look_up(connection, query, sorted(events)), key=lambda row: (row[2], row[0]))
    return (Item(activity.key, row[0], row[1]) for row in found)


def consents(
    connection: Connection, persons: Collection[str], end: date, today: date
) -> tuple[list[Item], list[Item]]:
    """Persons with no consent given by the end of the period, and with none that still stands.

    The consents of merged files are their survivor's. A person is in one list only.
    """
    query = (
        select(_PERSON.id, _PERSON.merged_into_id, _CONSENT.withdrawn_on)
        .join_from(table_of(Consent), table_of(Person), _PERSON.id == _CONSENT.person_id)
        .where(_CONSENT.deleted_at.is_(None), _CONSENT.given_on <= end)
    )
    agreed: set[str] = set()
    standing: set[str] = set()
    for file, survivor, withdrawn_on in connection.execute(query):
        agreed.add(survivor or file)
        if withdrawn_on is None or withdrawn_on > today:
            standing.add(survivor or file)
    everyone = set(persons)
    lacking, withdrawn = everyone - agreed, (everyone & agreed) - standing
    return (
        [Item(PERSON.key, person, person) for person in sorted(lacking)],
        [Item(PERSON.key, person, person) for person in sorted(withdrawn)],
    )
