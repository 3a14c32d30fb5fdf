"""Ids of a list in order, its total and its pages: ids first, details for the rows shown only."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, Select, func, select

from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.lists.orders import Order, order_of, order_of_first
from avrr_desktop.services.lists.query import ListQuery, Page
from avrr_desktop.services.lists.rows import read_rows
from avrr_desktop.services.lists.sources import Source, conditions, source_of
from avrr_desktop.services.register import Register


@needs(Permission.NAMES)
def page(register: Register, query: ListQuery) -> Page:
    """The rows from ``offset`` on, at most ``limit``, and the total."""
    with register.database.reading() as connection:
        found = _ids(connection, register, query, query.offset, query.limit)
        total = _count(connection, register, query)
        return Page(read_rows(connection, register, query.record, found), total)


@needs(Permission.NAMES)
def ids(register: Register, query: ListQuery, limit: int | None = None) -> tuple[str, ...]:
    """Ids of every row in order, or of the first ``limit``; ``offset`` is not looked at."""
    with register.database.reading() as connection:
        return tuple(_ids(connection, register, query, 0, limit))


@needs(Permission.FIGURES)
def count(register: Register, query: ListQuery) -> int:
    """How many rows the list has."""
    with register.database.reading() as connection:
        return _count(connection, register, query)


def _count(connection: Connection, register: Register, query: ListQuery) -> int:
    source = source_of(connection, query.record, register.clock.today())
    clauses, needs_person = conditions(source, query)
    statement = (
        select(func.count()).select_from(source.joined(with_person=needs_person)).where(*clauses)
    )
    return connection.execute(statement).scalar_one()


def _ids(
    connection: Connection,
    register: Register,
    query: ListQuery,
    offset: int = 0,
    limit: int | None = None,
) -> Sequence[str]:
    source = source_of(connection, query.record, register.clock.today())
    if limit is not None:
        order = order_of_first(connection, register, source, query, offset + limit)
        if order is not None:
            first = _statement(source, query, order).offset(offset).limit(limit)
            found = connection.execute(first).scalars().all()
            if len(found) == limit:
                return found
    statement = _statement(source, query, order_of(connection, register, source, query))
    if limit is not None:
        statement = statement.offset(offset).limit(limit)
    return connection.execute(statement).scalars().all()


def _statement(source: Source, query: ListQuery, order: Order) -> Select[str]:
    clauses, _ = conditions(source, query)
    identity = source.table.c.id
    chosen = select(identity).select_from(order.joined).where(*clauses, *order.conditions)
    return chosen.order_by(*order.clauses)
