"""A person's events and steps as one line of time, each with its role in the figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Activity, Field, Record
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.people.base import column_fields_of, field_of, table_of
from avrr_desktop.services.stored import Row, children_of
from avrr_desktop.services.summary.whereabouts import EventRole, event_roles

_TOLD = frozenset({Kind.TERM, Kind.TEXT, Kind.AMOUNT, Kind.LATIN})


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the timeline: an event at its counting date, a step, a delivery, a visit.

    ``dated_by`` is the field that gives the day, None for an event without any date. ``details``
    are the fields to tell, with their stored values. ``role`` is that of the event in its
    semester; None beside steps.
    """

    activity: Activity
    record: Record  # the activity, or a child of it
    event_id: str
    case_id: str
    day: date | None
    dated_by: Field | None
    is_main: bool
    is_ahead: bool
    details: tuple[tuple[Field, object], ...]
    values: Mapping[str, object]
    role: EventRole | None


def read_timeline(
    connection: Connection,
    vocabularies: Vocabularies,
    persons: Sequence[str],
    today: date,
) -> tuple[Moment, ...]:
    """Everything of one person (their file and those merged into it), the latest first."""
    roles = event_roles(connection, vocabularies, persons[0])
    moments: list[Moment] = []
    for activity in ACTIVITIES:
        table = table_of(activity.model)
        query = select(table).where(table.c.person_id.in_(persons), table.c.deleted_at.is_(None))
        rows = [dict(row) for row in connection.execute(query).mappings()]
        for row in rows:
            moments += _of_event(activity, row, roles.get(str(row["id"])), today)
        by_id = {str(row["id"]): row for row in rows}
        for child in activity.children:
            lines = children_of(connection, child, list(by_id))
            moments += _of_children(activity, child, lines, by_id, today)
    moments.sort(key=lambda moment: (moment.day is not None, moment.day or today), reverse=True)
    return tuple(moments)


def _of_event(
    activity: Activity, row: Row, role: EventRole | None, today: date
) -> Iterator[Moment]:
    """The event itself, then its steps: its other dates."""
    main = _main_date(activity, row)
    yield _moment((activity, activity), row, main, today, role)
    counted = row[activity.dated_by] is not None
    for field in column_fields_of(activity.model):
        day = row[field.name]
        if field.spec.kind is not Kind.DATE or day is None or field is main:
            continue
        if counted and field.spec.may_lie_ahead:
            continue  # what was planned took place
        yield _moment((activity, activity), row, field, today, None)


def _main_date(activity: Activity, row: Row) -> Field | None:
    """The counting date; without it the planned one, else the latest known."""
    dates = [f for f in column_fields_of(activity.model) if f.spec.kind is Kind.DATE]
    filled = [f for f in dates if row[f.name] is not None]
    counting = field_of(activity.model, activity.dated_by)
    if row[counting.name] is not None:
        return counting
    planned = [f for f in filled if f.spec.may_lie_ahead]
    if planned:
        return planned[0]
    return max(filled, key=lambda f: str(row[f.name]), default=None)


def _moment(
    owner: tuple[Activity, Record],
    row: Row,
    dated_by: Field | None,
    today: date,
    role: EventRole | None,
) -> Moment:
    activity, record = owner
    day = row[dated_by.name] if dated_by else None
    assert day is None or isinstance(day, date)
    return Moment(
        activity=activity,
        record=record,
        event_id=str(row["id"]),
        case_id=str(row.get("case_id") or ""),
        day=day,
        dated_by=dated_by,
        is_main=role is not None,
        is_ahead=day is not None and day > today,
        details=tuple(_details(record, row)),
        values=row,
        role=role,
    )


def _of_children(
    activity: Activity,
    child: Record,
    lines: Iterable[Row],
    events: Mapping[str, Row],
    today: date,
) -> Iterator[Moment]:
    for line in lines:
        dated_by = next(
            (f for f in column_fields_of(child.model) if f.spec.kind is Kind.DATE), None
        )
        event = events[str(line[child.owner])]
        own = {**line, "id": event["id"], "case_id": event.get("case_id")}
        yield _moment((activity, child), own, dated_by, today, None)


def _details(record: Record, row: Row) -> Iterator[tuple[Field, object]]:
    """The fields a line tells: those of the list, then for a child all that are short."""
    listed = isinstance(record, Activity)
    for field in column_fields_of(record.model):
        value = row.get(field.name)
        told = field.spec.in_list or not listed
        if told and value is not None and field.spec.kind in _TOLD and not field.spec.restricted:
            yield field, value
