"""Loading very many new records without checking them: the rows the services would write."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from pydantic_core import PydanticUndefined
from sqlalchemy import Connection, Table, insert
from sqlmodel import SQLModel

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.specs import Record
from avrr_desktop.db import search_index
from avrr_desktop.db.tables import REGISTER, SEARCH_TEXT
from avrr_desktop.people.base import RecordBase, choice_fields_of, choice_table, table_of
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.completion import Numbering, complete
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register

Progress = Callable[[int, int], None]
Row = dict[str, object]
Line = tuple[object, ...]

_PER_TRANSACTION: Final = 60_000
_ACTION: Final = "bulk_load"
_NAMES: Final = ("family_name", "given_name", "family_name_ar", "given_name_ar", "other_names")


def load(
    register: Register, drafts: Iterable[Draft], persons: int, progress: Progress | None = None
) -> None:
    """Write new records without checking them, many a transaction; the index of words comes last.

    A person's drafts stand together, the person first. One line of the journal tells the load.
    """
    with register.database.writing() as connection:
        actor, clock = register.local_actor, register.clock
        journal = Journal(connection, actor, clock, action=_ACTION)
        journal.note(REGISTER.name, register.info.uuid, None, {"persons": persons})
        sequence = journal.batch
        journal.write()
        search_index.suspend(connection)
    done = 0
    for batch in _batches(drafts):
        with register.database.writing() as connection:
            rows = _Rows(connection, clock.today(), sequence)
            for draft in batch:
                rows.take(draft)
            rows.write()
        done += rows.persons
        if progress is not None:
            progress(done, persons)
    with register.database.writing() as connection:
        search_index.resume(connection)


def _batches(drafts: Iterable[Draft]) -> Iterator[list[Draft]]:
    """Many drafts at a time; a batch ends before the people of the next case."""
    batch: list[Draft] = []
    for draft in drafts:
        is_opening = draft.record == PERSON.key and batch and batch[-1].record != PERSON.key
        if is_opening and len(batch) >= _PER_TRANSACTION:
            yield batch
            batch = []
        batch.append(draft)
    if batch:
        yield batch


@dataclass(frozen=True, slots=True)
class _Shape:
    """How the values of one kind of record become rows."""

    record: Record
    table: Table
    blank: Row
    choices: tuple[tuple[str, str], ...]  # field and name of its table
    children: tuple[_Shape, ...]


@cache
def _shape(key: str) -> _Shape:
    record = RECORD_BY_KEY[key]
    model = record.model
    assert issubclass(model, RecordBase)
    table = table_of(model)
    blank: Row = {}
    for column in table.columns:
        default = model.model_fields[column.name].default
        blank[column.name] = None if default is PydanticUndefined else default
    choices = tuple(
        (field.name, choice_table(model, field.name).name) for field in choice_fields_of(model)
    )
    return _Shape(
        record, table, blank, choices, tuple(_shape(child.key) for child in record.children)
    )


@dataclass(slots=True)
class _Searched:
    """What is searched of one person."""

    names: list[str | None]
    numbers: list[str]
    phones: list[str]


class _Rows:
    """The rows of one transaction."""

    def __init__(self, connection: Connection, today: date, sequence: int) -> None:
        self._connection = connection
        self._today = today
        self._numbering = Numbering(connection)
        self._kept = {"created_seq": sequence, "changed_seq": sequence, "version": 1}
        self._lines: dict[str, list[Line]] = defaultdict(list)
        self._searched: dict[str, _Searched] = {}

    @property
    def persons(self) -> int:
        """How many persons there are."""
        return len(self._searched)

    def take(self, draft: Draft) -> None:
        """Turn a draft of a new record into rows."""
        assert not draft.id
        shape = _shape(draft.record)
        row = self._add(shape, draft.new_id, draft.values)
        for child in shape.children:
            lines = draft.values.get(child.record.key, ())
            assert isinstance(lines, tuple)
            for line in lines:
                self._add(child, str(line["id"]), line, {child.record.owner: draft.new_id})
        if draft.record == PERSON.key:
            self._search_person(row, draft.values)
        elif draft.record == CASE_FILE.key:
            for member in _texts(draft.values, "membership", "person_id"):
                self._searched[member].numbers.append(str(row["number"]))

    def _add(
        self,
        shape: _Shape,
        record_id: str,
        values: Mapping[str, object],
        owner: Mapping[str, str] | None = None,
    ) -> Row:
        row = dict(shape.blank)
        for name, value in values.items():
            if name in row:
                row[name] = value
        row["id"] = record_id
        row.update(self._kept)
        if owner:
            row.update(owner)
        complete(shape.record.key, row, None, self._today, self._numbering)
        self._lines[shape.table.name].append(
            tuple([v.isoformat() if type(v) is date else v for v in row.values()])
        )
        for name, table in shape.choices:
            codes = values.get(name)
            if isinstance(codes, tuple):
                self._lines[table] += [(record_id, code) for code in codes]
        return row

    def _search_person(self, row: Row, values: Mapping[str, object]) -> None:
        names = [str(text) if (text := row[name]) else None for name in _NAMES]
        numbers = [str(row["number"]), *_texts(values, "document", "number")]
        numbers += _texts(values, "external_number", "value")
        phones = list(_texts(values, "phone", "number"))
        self._searched[str(row["id"])] = _Searched(names, numbers, phones)

    def write(self) -> None:
        """Send counters, rows and searched texts to the register, owners first."""
        self._numbering.write()
        for table in SQLModel.metadata.sorted_tables:
            if lines := self._lines.pop(table.name, None):
                statement = insert(table).compile(dialect=self._connection.dialect)
                self._connection.exec_driver_sql(str(statement), lines)
        found = []
        for person, searched in self._searched.items():
            text = search_index.search_text(searched.names, searched.numbers, searched.phones)
            found.append(
                {
                    "person_id": person,
                    "words": text.words,
                    "sounds": text.sounds,
                    "digits": text.digits,
                }
            )
        if found:
            self._connection.execute(insert(SEARCH_TEXT), found)


def _texts(values: Mapping[str, object], child: str, column: str) -> Iterator[str]:
    lines = values.get(child, ())
    assert isinstance(lines, tuple)
    return (str(line[column]) for line in lines)
