"""Running totals: an opening balance and the register's own count since (rule 10)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple, Protocol

from sqlalchemy import (
    ColumnElement,
    Connection,
    Executable,
    Null,
    distinct,
    func,
    null,
    or_,
    select,
)

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.specs import Breakdown, CountedSection
from avrr_desktop.people.base import table_of
from avrr_desktop.people.opening_balance import OpeningBalance
from avrr_desktop.people.person import Person
from avrr_desktop.services.summary.cells import COUNTED, NOT_STATED, RUNNING_TOTALS, CellKey, Cells
from avrr_desktop.services.summary.facts import (
    FIXED,
    Window,
    bound,
    counting,
    counting_events,
    list_columns,
    rows_of,
    source_of,
)
from avrr_desktop.services.summary.persons import Survivors
from avrr_desktop.services.summary.reading import Reading


class _Statement(Protocol):
    def __call__(self, section_key: str, *, by_term: bool, of_persons: bool) -> Executable: ...


class Balance(NamedTuple):
    """An opening balance as the count reads it."""

    section: str
    term: str | None
    as_of: date
    value: int

    @property
    def code(self) -> str:
        """The term of its cells: ``resettlement`` or ``resettlement:CA``."""
        return running_code(self.section, self.term)


class Own(NamedTuple):
    """A count of the register's own persons: of a section, whole or for some terms of its list."""

    section: str
    start: date
    terms: frozenset[str] | None = None  # None with by_term: every term but those ``apart``
    apart: frozenset[str] = frozenset()
    by_term: bool = False

    def takes(self, term: str) -> bool:
        """Whether the count is for a term."""
        return term in self.terms if self.terms is not None else term not in self.apart


def running_code(section: str, term: str | None) -> str:
    """The term of a running total's cells."""
    return f"{section}:{term}" if term else section


_BALANCE = table_of(OpeningBalance).c
_PERSON = table_of(Person).c


def read_balances(connection: Connection, end: date) -> dict[str, Balance]:
    """The balance in force for each running total at the end of a period, by its code.

    The latest taken on or before ``end``; before the first, the first.
    """
    rows = connection.execute(
        select(_BALANCE.section, _BALANCE.term, _BALANCE.as_of, _BALANCE.value)
        .where(_BALANCE.deleted_at.is_(None))
        .order_by(_BALANCE.as_of, _BALANCE.id)
    )
    balances: dict[str, Balance] = {}
    for row in rows:
        balance = Balance(*row)
        if balance.as_of <= end or balance.code not in balances:
            balances[balance.code] = balance
    return {code: balance for code, balance in balances.items() if balance.section in SECTIONS}


def counts_needed(balances: Mapping[str, Balance]) -> Iterator[Own]:
    """The counts of the register's own events that running totals need."""
    for key, (_, section) in SECTIONS.items():
        whole = balances.get(key)
        if section.running_total or whole:
            yield Own(key, _day_after(whole))
        if running_list(section) is None:
            continue
        of_terms = {b.term: b for b in balances.values() if b.section == key and b.term}
        for term, balance in of_terms.items():
            yield Own(key, _day_after(balance), terms=frozenset({term}), by_term=True)
        yield Own(key, date.min, apart=frozenset(of_terms), by_term=True)


def running_list(section: CountedSection) -> Breakdown | None:
    """The list by which the running total of a section is cut too."""
    return next((b for b in section.breakdowns if b.key == section.running_by), None)


def _day_after(balance: Balance | None) -> date:
    return balance.as_of + timedelta(days=1) if balance else date.min


@cache
def _statement(section_key: str, *, by_term: bool, of_persons: bool) -> Executable:
    """Distinct persons of a section (rule 12: survivors), by term of its list or not."""
    source = source_of(section_key)
    term = _term_column(section_key, by_term=by_term)
    person = func.coalesce(source.survivor.c.id, source.person.c.id)
    return (
        select(term, func.count(distinct(person)))
        .select_from(source.joined)
        .where(*counting(section_key, of_persons=of_persons))
        .group_by(term)
    )


@cache
def _statement_of_files(section_key: str, *, by_term: bool, of_persons: bool) -> Executable:
    """Distinct files, without a look at the persons: much faster, wrong for merged or deleted."""
    events = source_of(section_key).events
    term = _term_column(section_key, by_term=by_term)
    return (
        select(term, func.count(distinct(events.c.person_id)))
        .select_from(events)
        .where(*counting_events(section_key, of_persons=of_persons))
        .group_by(term)
    )


def _term_column(section_key: str, *, by_term: bool) -> ColumnElement[str] | Null:
    breakdown = running_list(SECTIONS[section_key][1]) if by_term else None
    column: ColumnElement[str] | None = None
    if breakdown:
        column = source_of(section_key).events.c[breakdown.column]
    return null() if column is None else column


_MERGED_OR_DELETED = select(_PERSON.id, _PERSON.merged_into_id).where(
    or_(_PERSON.deleted_at.is_not(None), _PERSON.merged_into_id.is_not(None))
)


def running_cells(reading: Reading) -> Cells:
    """The register's own part of every running total; its opening part belongs to no person."""
    cells: Cells = {}
    special = _special_persons(reading)
    for own in counts_needed(read_balances(reading.connection, reading.period.end)):
        for code, count in _count(reading, own, special).items():
            cells[CellKey(RUNNING_TOTALS, COUNTED, code)] = count
    return {key: value for key, value in cells.items() if value}


def _special_persons(reading: Reading) -> Survivors:
    """The files that are deleted, merged, or survive a merger; all those counted, if some are."""
    if reading.survivors is not None:
        return reading.survivors
    rows = reading.connection.execute(_MERGED_OR_DELETED)
    special = {file: survivor or file for file, survivor in rows}
    return special | {survivor: survivor for survivor in special.values()}


def _count(reading: Reading, own: Own, special: Survivors) -> Counter[str]:
    """Distinct persons by code; for everyone, counted by file and mended for the special ones."""
    counts = _counted(reading, own, _statement, special)
    if reading.survivors is None:
        counts.update(_counted(reading, own, _statement_of_files, None))
        counts.subtract(_counted(reading, own, _statement_of_files, special))
    return counts


def _counted(
    reading: Reading, own: Own, statement: _Statement, survivors: Survivors | None
) -> Counter[str]:
    section = SECTIONS[own.section][1]
    query = statement(own.section, by_term=own.by_term, of_persons=survivors is not None)
    binds = bound(section, reading.vocabularies, Window(own.start, reading.period.end))
    counts: Counter[str] = Counter()
    for term, count in rows_of(reading.connection, query, binds, survivors):
        if not own.by_term:
            counts[own.section] += count
        elif own.takes(term or NOT_STATED):
            counts[running_code(own.section, term or NOT_STATED)] += count
    return counts


def running_events(reading: Reading, code: str) -> list[tuple[str, ...]]:
    """The register's own events behind a running total, by day."""
    section_key, _, term = code.partition(":")
    for own in counts_needed(read_balances(reading.connection, reading.period.end)):
        if own.section != section_key or own.by_term != bool(term):
            continue
        if not term or own.takes(term):
            return [row for found, row in running_own_events(reading, own) if found == code]
    return []


def running_own_events(reading: Reading, own: Own) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The events of one of the register's own counts, each with the code it counts under."""
    rows = reading.facts(own.section, Window(own.start, reading.period.end)).rows
    breakdown = running_list(SECTIONS[own.section][1]) if own.by_term else None
    if breakdown is None:
        yield from ((own.section, row) for row in rows)
        return
    place = len(FIXED) + list_columns(own.section).index(breakdown.column)
    for row in rows:
        if own.takes(term := row[place] or NOT_STATED):
            yield running_code(own.section, term), row
