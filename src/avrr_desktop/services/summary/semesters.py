"""The semesters a register counts something in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from sqlalchemy import Connection, func, select

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.periods import Period, semester_of
from avrr_desktop.people.base import table_of


def semesters(connection: Connection) -> Iterator[Period]:
    """From that of the first event to that of the last."""
    days: list[date | None] = []
    for activity, section in SECTIONS.values():
        day = table_of(activity.model).c[section.dated_by]
        days += connection.execute(select(func.min(day), func.max(day))).one()
    known = [day for day in days if day is not None]
    if not known:
        return
    period, last = semester_of(min(known)), semester_of(max(known))
    while period.start <= last.start:
        yield period
        period = semester_of(period.end + timedelta(days=1))
