"""Ages, groups and states in portable SQL.

Dates are compared as whole numbers yyyymmdd (counting rule 5).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Integer, String, and_, case, cast, func, or_

from avrr_desktop.core.ages import ADULT_AGE, Group
from avrr_desktop.core.specs import States

_ADULT = ADULT_AGE * 10_000
Column = Callable[[str], ColumnElement[Any]]  # a column of a person, by its name


def day_number(column: ColumnElement[date]) -> ColumnElement[int]:
    """A date as yyyymmdd."""
    return cast(func.replace(cast(column, String), "-", ""), Integer)


def day_or_today(column: ColumnElement[date] | None, today: date) -> ColumnElement[int]:
    """The day ages are told on: the event's own, or today while it has none."""
    now = cast(today.year * 10_000 + today.month * 100 + today.day, Integer)
    return now if column is None else func.coalesce(day_number(column), now)


def group_expression(person: Column, day: ColumnElement[int]) -> ColumnElement[str]:
    """The group of a person on a day; ``ages.group_of`` is its plain twin."""
    adult = day - day_number(person("birth_last")) >= _ADULT
    child = day - day_number(person("birth_first")) < _ADULT
    man, woman = person("sex") == "man", person("sex") == "woman"
    return case(
        (and_(man, adult), Group.MEN.value),
        (and_(woman, adult), Group.WOMEN.value),
        (and_(man, child), Group.BOYS.value),
        (and_(woman, child), Group.GIRLS.value),
        else_=Group.UNDETERMINED.value,
    )


def age_expression(person: Column, day: ColumnElement[int]) -> ColumnElement[int]:
    """What orders by age: days apart as a difference of yyyymmdd; NULL when unknown."""
    return day - day_number(person("birth_first"))


def state_expression(events: FromClause, states: States) -> ColumnElement[str]:
    """The state of an event; ``States.of`` is its plain twin."""
    reached = [(events.c[column].is_not(None), state) for column, state in states.steps]
    if states.exit is None:
        return case(*reached, else_=states.first)
    day, before = events.c[states.exit.on], events.c[states.exit.unless_before]
    has_left = and_(day.is_not(None), or_(before.is_(None), day <= before))
    kind = func.coalesce(func.nullif(events.c[states.exit.kind], ""), states.exit.usual_kind)
    return case((has_left, kind), *reached, else_=states.first)
