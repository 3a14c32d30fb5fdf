"""The raw facts of a count: one select for the counting events of each section (rule 2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Executable,
    FromClause,
    String,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.specs import Condition, CountedSection, Empty, Filled, NotExited, Tagged
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.people.base import choice_table, table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.summary.persons import Survivors, person_chunks

_PERSON = table_of(Person)
# The fixed columns that come before those of the section's lists.
FIXED = ("id", "person", "day", "case", "sex", "birth_first", "birth_last")


class Window(NamedTuple):
    """Civil days, both included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """The counting events of a section in a window, by day then id; a row is ``FIXED`` + lists.

    Dates are ISO texts, persons are survivors.
    """

    section: CountedSection
    rows: Sequence[tuple[str, ...]]
    several: Mapping[str, Sequence[tuple[str, str]]]  # list -> (event, term)


@cache
def list_columns(section_key: str) -> tuple[str, ...]:
    """The columns of an event that its section's lists and populations read."""
    _, section = SECTIONS[section_key]
    names = [b.column for b in section.breakdowns if not b.several]
    names += [p.where.column for p in section.populations if p.where]
    return tuple(dict.fromkeys(names))


class Source(NamedTuple):
    """Where the events of a section are read."""

    events: FromClause
    person: FromClause  # the file the event names
    survivor: FromClause  # the file it was merged into, if any

    @property
    def joined(self) -> FromClause:
        """Events with their person and, when that file was merged, its survivor (rule 12)."""
        own = self.events.join(self.person, self.person.c.id == self.events.c.person_id)
        return own.outerjoin(self.survivor, self.survivor.c.id == self.person.c.merged_into_id)

    def counted(self, column: str) -> ColumnElement[str]:
        """A column of the person who is counted."""
        own, survivor = self.person.c[column], self.survivor.c[column]
        return case((self.survivor.c.id.is_(None), own), else_=survivor)


@cache
def source_of(section_key: str) -> Source:
    """The tables of a section's events."""
    activity, _ = SECTIONS[section_key]
    person, survivor = _PERSON.alias("person_file"), _PERSON.alias("survivor")
    return Source(table_of(activity.model), person, survivor)


def counting(section_key: str, *, of_persons: bool) -> list[ColumnElement[bool]]:
    """The conditions under which an event counts (rule 2), its person's file being kept."""
    source = source_of(section_key)
    return [
        *counting_events(section_key, of_persons=of_persons),
        source.person.c.deleted_at.is_(None),
        source.survivor.c.deleted_at.is_(None),
    ]


def counting_events(section_key: str, *, of_persons: bool) -> list[ColumnElement[bool]]:
    """The conditions on the event alone; binds start, end, tags and persons."""
    _, section = SECTIONS[section_key]
    events = source_of(section_key).events.c
    day = events[section.dated_by]
    clauses: list[ColumnElement[bool]] = [
        day.between(bindparam("start"), bindparam("end")),
        events.deleted_at.is_(None),
    ]
    for place, condition in enumerate(section.conditions):
        clauses.append(_holds(condition, source_of(section_key).events, day, place))
    if of_persons:
        clauses.append(events.person_id.in_(bindparam("persons", expanding=True)))
    return clauses


def _holds(
    condition: Condition,
    events: FromClause,
    day: ColumnElement[date],
    place: int,
) -> ColumnElement[bool]:
    column = events.c[condition.column]
    match condition:
        case Filled():
            return column.is_not(None)
        case Empty():
            return column.is_(None)
        case NotExited():
            return or_(column.is_(None), column > day)
        case Tagged(negated=negated):
            codes: BindParameter[str] = bindparam(f"tagged_{place}", expanding=True)
            return or_(column.is_(None), column.not_in(codes)) if negated else column.in_(codes)


def bound(section: CountedSection, vocabularies: Vocabularies, window: Window) -> dict[str, object]:
    """The values that ``counting`` binds, but the persons."""
    values: dict[str, object] = {"start": window.start, "end": window.end}
    for place, condition in enumerate(section.conditions):
        if isinstance(condition, Tagged):
            codes = vocabularies.codes_tagged(condition.vocabulary, condition.tag)
            values[f"tagged_{place}"] = sorted(codes)
    return values


@cache
def _events_statement(section_key: str, *, of_persons: bool) -> Executable:
    _, section = SECTIONS[section_key]
    source = source_of(section_key)
    events, of_person = source.events.c, {b.column for b in section.breakdowns if b.of_person}
    day = events[section.dated_by]
    lists = [
        source.counted(name) if name in of_person else events[name]
        for name in list_columns(section_key)
    ]
    columns = (
        events.id,
        func.coalesce(source.survivor.c.id, source.person.c.id),
        cast(day, String),
        events.case_id,
        source.counted("sex"),
        cast(source.counted("birth_first"), String),
        cast(source.counted("birth_last"), String),
    )
    statement = select(*columns, *lists).select_from(source.joined)
    statement = statement.where(*counting(section_key, of_persons=of_persons))
    # Sorting the events of a few persons would tempt a database to walk the index of dates.
    return statement if of_persons else statement.order_by(day, events.id)


@cache
def _several_statement(section_key: str, column: str, *, of_persons: bool) -> Executable:
    activity, _ = SECTIONS[section_key]
    source = source_of(section_key)
    choices = choice_table(activity.model, column)
    joined = source.joined.join(choices, choices.c.owner_id == source.events.c.id)
    statement = select(choices.c.owner_id, choices.c.code).select_from(joined)
    return statement.where(*counting(section_key, of_persons=of_persons))


def read_facts(
    connection: Connection,
    vocabularies: Vocabularies,
    section: CountedSection,
    window: Window,
    survivors: Survivors | None,
    *,
    lists: bool = True,
) -> SectionFacts:
    """The counting events of ``section`` dated in ``window``, of everyone or of some persons."""
    binds = bound(section, vocabularies, window)
    of_persons = survivors is not None
    statement = _events_statement(section.key, of_persons=of_persons)
    rows = rows_of(connection, statement, binds, survivors)
    if of_persons:
        rows.sort(key=_by_day)
    several = {
        b.key: rows_of(
            connection,
            _several_statement(section.key, b.column, of_persons=of_persons),
            binds,
            survivors,
        )
        for b in section.breakdowns
        if b.several and lists and rows
    }
    return SectionFacts(section, rows, {k: [(e, t) for e, t in v] for k, v in several.items()})


def rows_of(
    connection: Connection,
    statement: Executable,
    binds: Mapping[str, object],
    survivors: Survivors | None,
) -> list[tuple[Any, ...]]:
    """Rows of a statement made with ``counting``, as plain tuples."""
    if survivors is None:
        return list(connection.execute(statement, binds).all())
    return [
        row
        for chunk in person_chunks(survivors)
        for row in connection.execute(statement, {**binds, "persons": chunk}).all()
    ]


def _by_day(row: tuple[str, ...]) -> tuple[str, str]:
    return row[2], row[0]
