"""Orders of a list in SQL: the joins a sort needs and the clauses it ends in."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, case, func, select

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.folding import fold
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Activity
from avrr_desktop.core.vocabularies import Term
from avrr_desktop.db.tables import SEARCH_TEXT
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CASE_FILE, CaseFile
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.lists.columns import Column, ColumnKind, columns_of
from avrr_desktop.services.lists.expressions import age_expression, group_expression
from avrr_desktop.services.lists.query import ListQuery
from avrr_desktop.services.lists.sources import MEMBER, Source, conditions
from avrr_desktop.services.register import Register

# A column of any type: what is sorted by is never computed with.
Element = ColumnElement[Any]
_CASE = table_of(CaseFile)
_CODED = (Kind.TERM, Kind.YES_NO)
_PERSONS_A_ROW = 10  # not everybody has an event of every kind
_IN_THEIR_ORDER = (ColumnKind.GROUP, ColumnKind.STATE)


class Order(NamedTuple):
    """Where rows are read from, the clauses of their order, and what that way of reading asks."""

    joined: FromClause
    clauses: tuple[Element, ...]
    conditions: tuple[ColumnElement[bool], ...] = ()


def default_sort(key: str) -> tuple[str, bool]:
    """The order a list opens in: persons by name, cases and events with the latest first."""
    record = RECORD_BY_KEY[key]
    if record is PERSON:
        return ("name", False)
    return (record.dated_by, True) if isinstance(record, Activity) else ("opened_on", True)


def order_of(connection: Connection, register: Register, source: Source, query: ListQuery) -> Order:
    """The order a query asks for, or its record's own."""
    columns = {column.key: column for column in columns_of(query.record)}
    wanted, descending = query.sort or default_sort(query.record)
    column = columns.get(wanted) or columns[default_sort(query.record)[0]]
    is_whole = not query.filters and not query.text.strip()
    if column.kind is ColumnKind.NAME and is_whole and source.key != CASE_FILE.key:
        return _led_by_names(source, descending=descending)
    joined, by = _sorted_by(source, query, column)
    if column.value_kind in _CODED:
        by = _ranked(connection, register, query, column, by)
    first = (by.desc() if descending else by.asc()).nulls_last()
    if column.key == source.dated_by:
        # The date's own index ends with the person: going on with it, no sort is needed.
        ties = (source.table.c.person_id, source.table.c.id)
        return Order(joined, (first, *(t.desc() if descending else t.asc() for t in ties)))
    return Order(joined, (first, *_ties(source)))


def order_of_first(
    connection: Connection, register: Register, source: Source, query: ListQuery, needed: int
) -> Order | None:
    """The order of a whole list of events sorted by a term of their persons, for its first rows.

    It reads the events of those persons alone whose terms come first, enough of them as a rule for
    ``needed`` rows; looking up the person of each event takes ten times as long. None for any
    other list.
    """
    wanted, descending = query.sort or default_sort(query.record)
    column = next((c for c in columns_of(query.record) if c.key == wanted), None)
    if column is None or not _is_term_of_person(source, query, column):
        return None
    by = source.of_person(column.key)
    counted = select(by, func.count()).group_by(by)
    counts = {code: count for code, count in connection.execute(counted) if code}
    terms = [term for term in _by_label(register, query, column) if term.code in counts]
    codes: list[str] = []
    for term in reversed(terms) if descending else terms:
        if sum(counts[code] for code in codes) >= _PERSONS_A_ROW * needed:
            break
        codes.append(term.code)
    if not codes:
        return None
    places = {code: place for place, code in enumerate(codes)}
    joined, led = _led_by(source, source.person, source.person.c.id)
    return Order(joined, (case(places, value=by), *_ties(source)), (by.in_(codes), led))


def _is_term_of_person(source: Source, query: ListQuery, column: Column) -> bool:
    """Whether a whole list of events is sorted by a list that stands with the person."""
    is_whole = not query.filters and not query.text.strip()
    is_term = column.kind is ColumnKind.FIELD and column.value_kind is Kind.TERM
    return is_whole and is_term and source.is_event and column.key not in source.table.c


def _by_label(register: Register, query: ListQuery, column: Column) -> list[Term]:
    terms = register.vocabularies.terms(column.vocabulary)
    return sorted(terms, key=lambda term: fold(term.label.text(query.language)))


def _ties(source: Source) -> tuple[Element, ...]:
    table = source.table
    if not source.is_event:
        return (table.c.id,)
    return (table.c[source.dated_by].desc().nulls_last(), table.c.person_id.desc(), table.c.id)


def _sorted_by(source: Source, query: ListQuery, column: Column) -> tuple[FromClause, Element]:
    own = source.state if column.kind is ColumnKind.STATE else source.table.c.get(column.key)
    if own is not None:
        _, needs_person = conditions(source, query)
        return source.joined(with_person=needs_person), own
    special = _ELSEWHERE.get(column.kind)
    if special is not None:
        return special(source)
    joined = source.joined(with_person=True)
    if column.kind is ColumnKind.GROUP:
        return joined, group_expression(source.of_person, source.day)
    if column.kind is ColumnKind.AGE:
        return joined, age_expression(source.of_person, source.day)
    if column.kind is ColumnKind.NAME_AR:
        return joined, func.coalesce(
            source.of_person("family_name_ar"), source.of_person("given_name_ar")
        )
    return joined, source.of_person(column.key)


def _ranked(
    connection: Connection, register: Register, query: ListQuery, column: Column, by: Element
) -> Element:
    """The place of each code: groups and states in their own order, terms by their labels."""
    if column.value_kind is Kind.YES_NO:
        return by
    if column.kind in _IN_THEIR_ORDER:
        codes = [term.code for term in register.vocabularies.terms(column.vocabulary)]
    else:
        # Few of the codes of a long list occur: a CASE of them all would be slow.
        present = set(connection.execute(select(by).distinct()).scalars())
        terms = _by_label(register, query, column)
        codes = [term.code for term in terms if term.code in present]
    places = {code: place for place, code in enumerate(codes)}
    if not places:
        return by
    return case(places, value=by, else_=None)


def _by_name(source: Source) -> tuple[FromClause, Element]:
    """Names without accents or capitals, as the search index keeps them."""
    words = SEARCH_TEXT.c.words
    if source.key == CASE_FILE.key:
        head = _heads()
        joined = source.table.outerjoin(head, head.c.case_id == source.table.c.id)
        return joined.outerjoin(SEARCH_TEXT, SEARCH_TEXT.c.person_id == head.c.person_id), words
    person_id = source.table.c.person_id if source.is_event else source.table.c.id
    joined_person = source.joined(with_person=True)
    return joined_person.outerjoin(SEARCH_TEXT, SEARCH_TEXT.c.person_id == person_id), words


def _led_by_names(source: Source, *, descending: bool) -> Order:
    """The whole list by name, read from the index of words on: the first rows need no sort."""
    words = SEARCH_TEXT.c.words
    joined, led = _led_by(source, SEARCH_TEXT, SEARCH_TEXT.c.person_id)
    return Order(joined, (words.desc() if descending else words.asc(), *_ties(source)), (led,))


def _led_by(
    source: Source, persons: FromClause, person_id: Element
) -> tuple[FromClause, ColumnElement[bool]]:
    """The rows of each of ``persons``, read in this way round.

    An outer join keeps a database from starting at the rows and sorting them all; those who have
    none are left out by an expression it does not look through.
    """
    rows = source.table
    whose = rows.c.person_id if source.is_event else rows.c.id
    return persons.outerjoin(rows, whose == person_id), func.coalesce(rows.c.id, "") != ""


def _heads() -> FromClause:
    """One member of each case: the first entered, who is its head as a rule."""
    first = (
        select(MEMBER.c.case_id, func.min(MEMBER.c.created_seq).label("first"))
        .where(MEMBER.c.deleted_at.is_(None))
        .group_by(MEMBER.c.case_id)
        .subquery()
    )
    same_line = (first.c.case_id == MEMBER.c.case_id) & (first.c.first == MEMBER.c.created_seq)
    return select(MEMBER.c.case_id, MEMBER.c.person_id).join(first, same_line).subquery("head")


def _by_case(source: Source) -> tuple[FromClause, Element]:
    if source.is_event:
        joined = source.joined(with_person=True)
        return joined.outerjoin(_CASE, _CASE.c.id == source.table.c.case_id), _CASE.c.number
    current = (
        select(MEMBER.c.person_id, func.max(_CASE.c.number).label("number"))
        .join(_CASE, _CASE.c.id == MEMBER.c.case_id)
        .where(MEMBER.c.deleted_at.is_(None), MEMBER.c.to_on.is_(None))
        .group_by(MEMBER.c.person_id)
        .subquery("current_case")
    )
    of_person = current.c.person_id == source.table.c.id
    return source.table.outerjoin(current, of_person), current.c.number


def _by_members(source: Source) -> tuple[FromClause, Element]:
    counted = (
        select(MEMBER.c.case_id, func.count().label("members"))
        .where(MEMBER.c.deleted_at.is_(None), MEMBER.c.to_on.is_(None))
        .group_by(MEMBER.c.case_id)
        .subquery("counted")
    )
    joined = source.table.outerjoin(counted, counted.c.case_id == source.table.c.id)
    return joined, func.coalesce(counted.c.members, 0)


_ELSEWHERE = {
    ColumnKind.NAME: _by_name,
    ColumnKind.CASE: _by_case,
    ColumnKind.MEMBERS: _by_members,
}
