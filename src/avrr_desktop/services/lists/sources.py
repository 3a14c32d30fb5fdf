"""Where the rows of a list come from: its table, whose person, and its conditions in SQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    case,
    or_,
    select,
)

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.specs import Activity
from avrr_desktop.db.search_index import matching
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CASE_FILE, Membership
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.lists.expressions import (
    day_or_today,
    group_expression,
    state_expression,
)
from avrr_desktop.services.lists.query import Filter, ListQuery

MEMBER = table_of(Membership)
_PERSON = table_of(Person)


@dataclass(frozen=True, slots=True)
class Source:
    """The table whose ids a list gives; ``person`` is it, or is joined when a clause needs it.

    ``has_merged``: some files are merged into others, whose values their rows show.
    """

    key: str
    table: Table
    person: FromClause
    dated_by: str
    today: date
    has_merged: bool = False

    @property
    def is_event(self) -> bool:
        """Whether the rows are events of persons."""
        return self.dated_by != "" and self.person is not self.table

    @property
    def day(self) -> ColumnElement[int]:
        """The day on which ages are told."""
        return day_or_today(self.table.c[self.dated_by] if self.is_event else None, self.today)

    def of_person(self, name: str) -> ColumnElement[Any]:
        """A column of whoever an event counts: of the survivor when a file was merged."""
        own = self.person.c[name]
        if not (self.has_merged and self.is_event):
            return own
        merged_into = self.person.c.merged_into_id
        survivor = _PERSON.alias("survivor")
        kept = select(survivor.c[name]).where(survivor.c.id == merged_into).scalar_subquery()
        return case((merged_into.is_(None), own), else_=kept)

    @property
    def state(self) -> ColumnElement[str] | None:
        """The derived state, where the record has one."""
        record = RECORD_BY_KEY[self.key]
        if not isinstance(record, Activity) or record.states is None:
            return None
        return state_expression(self.table, record.states)

    def joined(self, *, with_person: bool) -> FromClause:
        """The table, with the persons when they are needed."""
        if with_person and self.is_event:
            return self.table.join(self.person, self.person.c.id == self.table.c.person_id)
        return self.table


def source_of(connection: Connection, key: str, today: date) -> Source:
    """The source of a record's list."""
    record = RECORD_BY_KEY[key]
    table = table_of(record.model)
    if record is PERSON:
        return Source(key, table, table, "", today)
    dated_by = record.dated_by if isinstance(record, Activity) else ""
    # Seldom any: the columns of the many others are then read without a second look. Compared
    # rather than "is not null", for which SQLite would read every person.
    merged = select(_PERSON.c.id).where(_PERSON.c.merged_into_id > "").limit(1)
    has_merged = connection.execute(merged).first() is not None
    return Source(key, table, _PERSON.alias("owner"), dated_by, today, has_merged)


def conditions(source: Source, query: ListQuery) -> tuple[list[ColumnElement[bool]], bool]:
    """The clauses of a query, and whether they need the person."""
    table = source.table
    clauses: list[ColumnElement[bool]] = [table.c.deleted_at.is_(None)]
    needs_person = False
    if source.key == PERSON.key:
        clauses.append(table.c.merged_into_id.is_(None))
    for wanted in query.filters:
        column = _filtered(source, wanted.column)
        if column is not None:
            clauses.append(_clause(column, wanted))
            of_event = wanted.column in table.c or wanted.column == "state"
            needs_person = needs_person or not of_event
    if query.text.strip():
        clauses.append(_text_clause(source, query.text))
    return clauses, needs_person


def _filtered(source: Source, name: str) -> ColumnElement[Any] | None:
    if name in source.table.c:
        return source.table.c[name]
    if name == "group":
        return group_expression(source.of_person, source.day)
    if name in source.person.c and source.is_event:
        return source.of_person(name)
    return source.state if name == "state" else None


def _clause(column: ColumnElement[Any], wanted: Filter) -> ColumnElement[bool]:
    if wanted.codes:
        named = [code for code in wanted.codes if code]
        one_of = column.in_(named)
        return or_(one_of, column.is_(None)) if len(named) < len(wanted.codes) else one_of
    bounds: list[ColumnElement[bool]] = [column.is_not(None)]
    if wanted.first:
        bounds.append(column >= wanted.first)
    if wanted.last:
        bounds.append(column <= wanted.last)
    return and_(*bounds)


def _text_clause(source: Source, typed: str) -> ColumnElement[bool]:
    found = matching(typed)
    if source.key == PERSON.key:
        return source.table.c.id.in_(found)
    if source.key == CASE_FILE.key:
        cases: Select[str] = select(MEMBER.c.case_id).where(
            MEMBER.c.person_id.in_(found), MEMBER.c.deleted_at.is_(None)
        )
        return source.table.c.id.in_(cases)
    merged: Select[str] = select(_PERSON.c.id).where(_PERSON.c.merged_into_id.in_(found))
    owner = source.table.c.person_id
    return or_(owner.in_(found), owner.in_(merged)) if source.has_merged else owner.in_(found)
