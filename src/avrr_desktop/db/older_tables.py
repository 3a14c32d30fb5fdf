"""The tables of an older register as this program's queries expect them, for one connection.

Temporary views bear the names of tables that lack a column or are not there yet: SQLite finds
them first. A column of tomorrow reads as its default, a table of tomorrow as empty. A revision
that moves values instead of adding some is therefore seen as a change: that is what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Column, Connection, Table, inspect
from sqlmodel import SQLModel


def read_as_new(connection: Connection) -> None:
    """Show every table this program knows, on this connection; it is to be closed, not lent."""
    for table, columns in tuple(lacking(connection)):
        connection.exec_driver_sql(_view(connection, table, columns))


def lacking(connection: Connection) -> Iterator[tuple[Table, set[str]]]:
    """The tables that are not whole, each with the columns it has: none when it is not there."""
    known = inspect(connection)
    held = set(known.get_table_names())
    for table in SQLModel.metadata.sorted_tables:
        is_there = table.name in held
        columns = {each["name"] for each in known.get_columns(table.name)} if is_there else set()
        if not columns >= {column.name for column in table.columns}:
            yield table, columns


def _view(connection: Connection, table: Table, columns: set[str]) -> str:
    quoted = connection.dialect.identifier_preparer.quote
    shown = ", ".join(_shown(connection, table, columns))
    source = f"FROM main.{quoted(table.name)}" if columns else "WHERE 0"
    return f"CREATE TEMP VIEW {quoted(table.name)} AS SELECT {shown} {source}"


def _shown(connection: Connection, table: Table, columns: set[str]) -> Iterator[str]:
    quoted = connection.dialect.identifier_preparer.quote
    for column in table.columns:
        if column.name in columns:
            yield quoted(column.name)
        else:
            yield f"{_default(column)} AS {quoted(column.name)}"


def _default(column: Column[object]) -> str:
    """What a migration would fill in: the server's default, else nothing."""
    default = getattr(column.server_default, "arg", None)
    text = str(getattr(default, "text", default or ""))
    return text if text.isdigit() else (f"'{text}'" if text else "NULL")
