"""Running totals: an opening balance and the register's own count since (rule 10)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, Executable, distinct, func, literal, select

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.specs import Breakdown, CountedSection
from avrr_desktop.people.base import table_of
from avrr_desktop.people.opening_balance import OpeningBalance
from avrr_desktop.services.summary.cells import COUNTED, NOT_STATED, RUNNING_TOTALS, CellKey, Cells
from avrr_desktop.services.summary.facts import (
    FIXED,
    Window,
    bound,
    counting,
    list_columns,
    rows_of,
    source_of,
)
from avrr_desktop.services.summary.reading import Reading


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
    for row in rows.tuples():
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
    source = source_of(section_key)
    breakdown = running_list(SECTIONS[section_key][1]) if by_term else None
    term = source.events.c[breakdown.column] if breakdown else literal(section_key)
    person = func.coalesce(source.survivor.c.id, source.person.c.id)
    statement = (
        select(term, func.count(distinct(person)))
        .select_from(source.joined)
        .where(*counting(section_key, of_persons=of_persons))
    )
    return statement.group_by(term) if breakdown else statement


def running_cells(reading: Reading) -> Cells:
    """The register's own part of every running total; its opening part belongs to no person."""
    cells: Cells = {}
    balances = read_balances(reading.connection, reading.period.end)
    for own in counts_needed(balances):
        for term, count in _count(reading, own):
            key = CellKey(RUNNING_TOTALS, COUNTED, term)
            cells[key] = cells.get(key, 0) + count
    return {key: value for key, value in cells.items() if value}


def _count(reading: Reading, own: Own) -> Iterator[tuple[str, int]]:
    section = SECTIONS[own.section][1]
    of_persons = reading.survivors is not None
    statement = _statement(own.section, by_term=own.by_term, of_persons=of_persons)
    binds = bound(section, reading.vocabularies, Window(own.start, reading.period.end))
    for term, count in rows_of(reading.connection, statement, binds, reading.survivors):
        if not own.by_term:
            yield own.section, count
        elif own.takes(term or NOT_STATED):
            yield running_code(own.section, term or NOT_STATED), count


def running_events(reading: Reading, code: str) -> list[tuple[str, ...]]:
    """The register's own events behind a running total, by day."""
    section_key, _, term = code.partition(":")
    balances = read_balances(reading.connection, reading.period.end)
    for own in counts_needed(balances):
        if own.section != section_key or own.by_term != bool(term) or not own.takes(term):
            continue
        rows = reading.facts(section_key, Window(own.start, reading.period.end)).rows
        breakdown = running_list(SECTIONS[section_key][1])
        if not term or breakdown is None:
            return list(rows)
        place = len(FIXED) + list_columns(section_key).index(breakdown.column)
        return [row for row in rows if (row[place] or NOT_STATED) == term]
    return []
