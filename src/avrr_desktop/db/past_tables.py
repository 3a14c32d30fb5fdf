"""The tables of the register as they stood after a line of the journal, for one connection.

Temporary tables and views bear the names of the real ones: SQLite finds them first, so that
whatever reads the register on this connection reads its past. No row ever leaves the register;
a table's past is therefore its rows not changed since and, for the others, the image from before
that their first later line in the journal keeps.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Column, Connection, Table

from avrr_desktop.activities import ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.db.tables import TERM
from avrr_desktop.people.base import choice_fields_of, choice_table, table_of
from avrr_desktop.people.person import PERSON

# Joined to every event: through a view SQLite would gather all persons anew for each query.
_COPIED: Final = frozenset({PERSON.key})
# Read by every count: their images are taken out of the journal once, those of others when read.
_GATHERED: Final = frozenset({*ACTIVITY_BY_KEY, "membership", "vulnerability", "opening_balance"})


def shadow(connection: Connection, sequence: int, choices: str) -> None:
    """Hide the tables of records, choices and terms behind their past, on this connection.

    ``choices`` is where an image of the journal keeps the codes of its multi-choice fields.
    The connection can only be read then, and is to be closed, not lent again.
    """
    run = connection.exec_driver_sql
    run(
        "CREATE TEMP TABLE past_lines AS SELECT table_name, record_id, min(sequence) AS sequence"
        f" FROM main.change WHERE sequence > {sequence:d} GROUP BY table_name, record_id"
    )
    run("CREATE INDEX temp.ix_past_lines ON past_lines (table_name, record_id)")
    for key in RECORD_BY_KEY:
        since = f"SELECT 1 FROM main.{key} WHERE changed_seq > {sequence:d} LIMIT 1"
        if run(since).first():
            for statement in (*_record(key, sequence), *_choices(key, sequence, choices)):
                run(statement)
    for statement in _terms():
        run(statement)
    run("PRAGMA query_only = ON")


def _record(key: str, sequence: int) -> Iterator[str]:
    """The past of one table of records."""
    table = table_of(RECORD_BY_KEY[key].model)
    names = ", ".join(column.name for column in table.columns)
    kept = f"SELECT {names} FROM main.{key} WHERE +changed_seq <= {sequence:d}"  # + : not by index
    images = f"SELECT {_images(table)} {_lines(key, sequence)}"
    if key in _COPIED:
        yield f"CREATE TEMP TABLE {key} AS {kept} UNION ALL {images}"
        yield from _indexes(table, key)
        return
    if key in _GATHERED:
        yield f"CREATE TEMP TABLE past_{key} AS {images}"
        yield from _indexes(table, f"past_{key}")
        images = f"SELECT {names} FROM temp.past_{key}"
    yield f"CREATE TEMP VIEW {key} AS {kept} UNION ALL {images}"


def _choices(key: str, sequence: int, choices: str) -> Iterator[str]:
    """Codes belong to their owner: they change with its line in the journal."""
    model = RECORD_BY_KEY[key].model
    for field in choice_fields_of(model):
        name = choice_table(model, field.name).name
        codes = f"JOIN json_each(c.before, '$.{choices}.{field.name}') j"
        lines = _lines(key, sequence, codes)
        images = f"SELECT l.record_id AS owner_id, j.value AS code {lines}"
        if key in _GATHERED:
            yield f"CREATE TEMP TABLE past_{name} AS {images}"
            yield f"CREATE INDEX temp.ix_past_{name} ON past_{name} (owner_id)"
            images = f"SELECT owner_id, code FROM temp.past_{name}"
        yield (
            f"CREATE TEMP VIEW {name} AS SELECT owner_id, code FROM main.{name} kept WHERE"
            f" (SELECT changed_seq FROM main.{key} WHERE id = kept.owner_id) <= {sequence:d}"
            f" UNION ALL {images}"
        )


def _lines(key: str, sequence: int, also: str = "") -> str:
    """The first later lines ``l`` of a table's records, and the lines ``c`` of the journal."""
    return (
        f"FROM temp.past_lines l JOIN main.change c ON c.sequence = l.sequence {also}"
        f" WHERE l.table_name = '{key}' AND json_extract(c.before, '$.created_seq') <= {sequence:d}"
    )


def _terms() -> Iterator[str]:
    """Terms bear no sequence: those that a later line tells of are taken from it."""
    names = ", ".join(column.name for column in TERM.columns)
    yield (
        f"CREATE TEMP TABLE term AS SELECT {names} FROM main.term WHERE vocabulary || '/' || code"
        " NOT IN (SELECT record_id FROM temp.past_lines WHERE table_name = 'term')"
        f" UNION ALL SELECT {_images(TERM)} FROM temp.past_lines l"
        " JOIN main.change c ON c.sequence = l.sequence"
        " WHERE l.table_name = 'term' AND c.before IS NOT NULL"
    )


def _images(table: Table) -> str:
    """The columns of a table, read from the image before a line ``c`` of the journal."""
    return ", ".join(f"{_value(column)} AS {column.name}" for column in table.columns)


def _value(column: Column[Any]) -> str:
    """A value of an image as its column stores it; see ``journal.image``."""
    value = f"json_extract(c.before, '$.{column.name}')"
    if column.type.python_type is not datetime:
        return value
    # Images keep instants in ISO form: 2023-07-05T10:00:00+00:00, with a fraction or not.
    fraction = (
        f"CASE substr({value}, 20, 1) WHEN '.' THEN substr({value}, 20, 7) ELSE '.000000' END"
    )
    return f"substr({value}, 1, 10) || ' ' || substr({value}, 12, 8) || {fraction}"


def _indexes(table: Table, name: str) -> Iterator[str]:
    """The same indexes as the real table's, and its key."""
    yield f"CREATE UNIQUE INDEX temp.ux_{name} ON {name} (id)"
    for index in table.indexes:
        columns = ", ".join(column.name for column in index.columns)
        yield f"CREATE INDEX temp.past_{index.name} ON {name} ({columns})"
