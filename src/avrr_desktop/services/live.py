"""What the figures on screen need beside the count: planned events, and whether counts agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Connection, Executable, bindparam, func, select

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Activity
from avrr_desktop.people.base import column_fields_of, table_of
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, Summary, difference, summarise

EXIT = "exit_on"


@dataclass(frozen=True, slots=True)
class Counted:
    """A full count, with the planned events that have no date yet, by section."""

    summary: Summary
    planned: Mapping[str, int]


@needs(Permission.FIGURES)
def count_fully(register: Register, period: Period) -> Counted:
    """Everything the summary of a period shows."""
    return Counted(summarise(register, period), planned_without_date(register, period))


@needs(Permission.FIGURES)
def planned_without_date(register: Register, period: Period) -> dict[str, int]:
    """Events planned in the period that have neither their counting date nor an exit."""
    with register.database.reading() as connection:
        return planned_in(connection, period)


def planned_in(connection: Connection, period: Period) -> dict[str, int]:
    """The same, read through ``connection``; by section."""
    found = {}
    for activity in ACTIVITIES:
        planned = planned_column(activity)
        if planned and activity.counted:
            statement = _planned_statement(activity.key, planned)
            binds = {"start": period.start, "end": period.end}
            found[activity.counted[0].key] = connection.execute(statement, binds).scalar_one()
    return found


def planned_column(activity: Activity) -> str:
    """The column of the date an event is planned on: the only one that may lie ahead."""
    for field in column_fields_of(activity.model):
        if field.spec.kind is Kind.DATE and field.spec.may_lie_ahead:
            return field.name
    return ""


@cache
def _planned_statement(activity_key: str, planned: str) -> Executable:
    activity = ACTIVITY_BY_KEY[activity_key]
    columns = table_of(activity.model).c
    clauses = [
        columns[planned].between(bindparam("start"), bindparam("end")),
        columns[activity.dated_by].is_(None),
        columns.deleted_at.is_(None),
    ]
    if EXIT in columns:
        clauses.append(columns[EXIT].is_(None))
    return select(func.count()).select_from(table_of(activity.model)).where(*clauses)


def disagreements(shown: Summary, recounted: Summary) -> tuple[CellKey, ...]:
    """The cells in which the figures on screen differ from a full recount (rule 14)."""
    return tuple(sorted(difference(shown.cells, recounted.cells), key=str))
