"""What the register holds for the columns of a sheet: whole columns, a chunk of lines at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Activity, Record
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.people.base import choice_fields_of, choice_table, table_of
from avrr_desktop.people.case import CaseFile
from avrr_desktop.people.papers import Consent
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.exchange.columns import (
    CASE_NUMBER,
    ID,
    LINE_KEY,
    MEMBERSHIP,
    PAPERS_BESIDE,
    PERSON_NUMBER,
    PERSON_PAPERS,
    Column,
    SheetSpec,
    sheets_of,
)
from avrr_desktop.services.stored import CHUNK, Row, children_of, choices_of, rows_by_id

Values = Mapping[str, object]
_NOTHING: Values = {}
_STATISTICS = ("consent_purpose", "statistics")


@dataclass(frozen=True, slots=True)
class Lines:
    """Some lines of an activity's sheet: the events and the persons they are counted on."""

    events: Sequence[Row]
    persons: Mapping[str, Row]  # by the id of the file an event names

    def person(self, event: Values) -> Row:
        """Whose event it is; for a merged file, its survivor (rule 12)."""
        return self.persons[str(event["person_id"])]

    @property
    def person_ids(self) -> list[str]:
        """Ids of the persons, one an event."""
        return [str(self.person(event)["id"]) for event in self.events]


def read_lines(connection: Connection, activity: Activity, ids: Sequence[str]) -> Lines:
    """The events of these ids in their order, those deleted left out, and their persons."""
    found = rows_by_id(connection, table_of(activity.model), ids)
    events = [found[i] for i in ids if i in found and found[i]["deleted_at"] is None]
    files = {str(event["person_id"]) for event in events}
    return Lines(events, survivors(connection, files, _PERSON_COLUMNS[activity.key]))


def _person_columns(activity: Activity) -> tuple[str, ...]:
    """The columns of a person that the activity's sheet shows, and what tells who it is."""
    shown = (c for c in sheets_of(activity)[0].columns if c.record == PERSON.key)
    names = (c.field.name for c in shown if c.field and c.kind is not Kind.TERMS)
    return ("id", "number", "merged_into_id", *names)


_PERSON_COLUMNS: Final = {a.key: _person_columns(a) for a in ACTIVITIES}


def survivors(
    connection: Connection, ids: Iterable[str], columns: Sequence[str] = ()
) -> dict[str, Row]:
    """The persons of these files, whole or some columns; for a merged one, its survivor."""
    found = _persons(connection, sorted(set(ids)), columns)
    merged = {i: str(row["merged_into_id"]) for i, row in found.items() if row["merged_into_id"]}
    if merged:
        kept = _persons(connection, sorted(set(merged.values())), columns)
        found.update({i: kept[to] for i, to in merged.items() if to in kept})
    return found


def _persons(connection: Connection, ids: Sequence[str], columns: Sequence[str]) -> dict[str, Row]:
    table = table_of(Person)
    if not columns:
        return rows_by_id(connection, table, ids)
    found: dict[str, Row] = {}
    chosen = [table.c[name] for name in columns]
    for start in range(0, len(ids), CHUNK):
        query = select(*chosen).where(table.c.id.in_(ids[start : start + CHUNK]))
        for row in connection.execute(query):
            found[row[0]] = dict(zip(columns, row, strict=True))
    return found


def may_be_listed(
    connection: Connection, vocabularies: Vocabularies, persons: Sequence[str], today: date
) -> set[str]:
    """Those whose consent in force covers statistics: the others stay in totals only."""
    consent, purposes = table_of(Consent), choice_table(Consent, "purposes")
    codes = sorted(vocabularies.codes_tagged(*_STATISTICS))
    statement = (
        select(consent.c.person_id)
        .join(purposes, purposes.c.owner_id == consent.c.id)
        .where(
            purposes.c.code.in_(codes),
            consent.c.deleted_at.is_(None),
            consent.c.given_on <= today,
            consent.c.withdrawn_on.is_(None) | (consent.c.withdrawn_on > today),
        )
    )
    found: set[str] = set()
    for start in range(0, len(persons), CHUNK):
        chunk = statement.where(consent.c.person_id.in_(persons[start : start + CHUNK]))
        found.update(connection.execute(chunk).scalars())
    return found


class Gatherer:
    """Gives the columns of an activity's sheet for its lines."""

    def __init__(self, connection: Connection, spec: SheetSpec) -> None:
        self._connection = connection
        self._spec = spec
        self._activity = ACTIVITY_BY_KEY[spec.key]
        self._records = {column.record for column in spec.columns}

    def columns(self, lines: Lines, first_key: int) -> list[list[object]]:
        """The values of every column, in the order of the sheet; line keys count from here."""
        events, persons = lines.events, [lines.person(event) for event in lines.events]
        of = {
            "": self._places(lines, first_key),
            self._spec.key: self._with_choices(self._activity, events),
            PERSON.key: self._with_choices(PERSON, persons),
            **self._papers(persons),
        }
        if MEMBERSHIP.key in self._records:
            of[MEMBERSHIP.key] = self._memberships(lines)
        found = [self._column(column, of[column.record]) for column in self._spec.columns]
        for place, column in enumerate(self._spec.columns):
            if column.kind is Kind.REFERENCE:
                found[place] = reference_cells(self._connection, column, found[place])
        return found

    def children(self, child: SheetSpec, lines: Lines, first_key: int) -> list[list[object]]:
        """The columns of a sheet of children for these lines; a person's stand once."""
        record = RECORD_BY_KEY[child.key]
        owners = (
            [str(event["id"]) for event in lines.events]
            if record in self._activity.children
            else lines.person_ids
        )
        keys: dict[str, int] = {}
        for place, owner in enumerate(owners, first_key):
            keys.setdefault(owner, place)
        rows = children_of(self._connection, record, list(keys))
        rows.sort(key=lambda row: keys[str(row[record.owner])])
        whole = self._with_choices(record, rows)
        named = [{**row, LINE_KEY: keys[str(row[record.owner])]} for row in whole]
        return [[row.get(column.name) for row in named] for column in child.columns]

    def _column(self, column: Column, rows: Sequence[Values]) -> list[object]:
        name = column.field.name if column.field else column.name
        return [row.get(name) for row in rows]

    def _places(self, lines: Lines, first_key: int) -> list[Values]:
        """What says where each line belongs: record, person, case."""
        numbers = self._case_numbers(_filled(lines.events, "case_id"))
        return [
            {
                ID: event["id"],
                LINE_KEY: first_key + place,
                PERSON_NUMBER: lines.person(event)["number"],
                CASE_NUMBER: numbers.get(event["case_id"]),
            }
            for place, event in enumerate(lines.events)
        ]

    def _case_numbers(self, ids: Sequence[str]) -> dict[object, object]:
        table = table_of(CaseFile)
        found: dict[object, object] = {}
        for start in range(0, len(ids), CHUNK):
            some = table.c.id.in_(ids[start : start + CHUNK])
            rows = self._connection.execute(select(table.c.id, table.c.number).where(some))
            found.update((row[0], row[1]) for row in rows)
        return found

    def _papers(self, persons: Sequence[Row]) -> dict[str, list[Values]]:
        """The first line of each paper kept beside its person."""
        ids = sorted({str(person["id"]) for person in persons})
        found: dict[str, list[Values]] = {}
        for key in PAPERS_BESIDE:
            if key in self._records:
                first = self._first_lines(PERSON_PAPERS[key], ids)
                found[key] = [first.get(str(person["id"]), _NOTHING) for person in persons]
        return found

    def _first_lines(self, record: Record, owners: Sequence[str]) -> dict[str, Values]:
        first: dict[str, Row] = {}
        for row in children_of(self._connection, record, owners):
            first.setdefault(str(row[record.owner]), row)
        whole = self._with_choices(record, list(first.values()))
        return {str(row[record.owner]): row for row in whole}

    def _memberships(self, lines: Lines) -> list[Values]:
        """The place of each person in the case of their line."""
        rows = children_of(self._connection, MEMBERSHIP, _filled(lines.events, "case_id"))
        places = {(row["case_id"], row["person_id"]): row for row in reversed(rows)}
        found: list[Values] = []
        for event in lines.events:
            own = places.get((event["case_id"], event["person_id"]))
            kept = places.get((event["case_id"], lines.person(event)["id"]))
            found.append(own or kept or _NOTHING)
        return found

    def _with_choices(self, record: Record, rows: Sequence[Row]) -> Sequence[Values]:
        names = {field.name for field in choice_fields_of(record.model)}
        if not names or not self._shows(record, names):
            return rows
        ids = list(dict.fromkeys(str(row["id"]) for row in rows))
        choices = choices_of(self._connection, record, ids)
        return [{**row, **choices[str(row["id"])]} for row in rows]

    def _shows(self, record: Record, names: set[str]) -> bool:
        """Whether a sheet of the activity has one of these columns."""
        return any(
            column.record == record.key and column.field and column.field.name in names
            for spec in sheets_of(self._activity)
            for column in spec.columns
        )


def reference_day(event: Values, activity: Activity) -> date | None:
    """The day by which a line names a return: its counting date, or the planned one."""
    day = event.get(activity.dated_by) or event.get("planned_on")
    return day if isinstance(day, date) else None


def reference_cells(connection: Connection, column: Column, ids: Sequence[object]) -> list[object]:
    """What names the records of these ids: their day, or the id where two share it."""
    assert column.field is not None
    activity = ACTIVITY_BY_KEY[column.field.spec.refers_to]
    wanted = sorted({str(i) for i in ids if i})
    named = rows_by_id(connection, table_of(activity.model), wanted)
    persons = sorted({str(row["person_id"]) for row in named.values()})
    of_persons = events_of(connection, activity, persons)
    days = Counter((row["person_id"], reference_day(row, activity)) for row in of_persons)

    def cell(record_id: object) -> object:
        row = named.get(str(record_id))
        day = reference_day(row, activity) if row else None
        is_single = row is not None and days[row["person_id"], day] == 1
        return day if day is not None and is_single else record_id

    return [cell(i) if i else None for i in ids]


def events_of(connection: Connection, activity: Activity, persons: Sequence[str]) -> list[Row]:
    """The live events of these files."""
    table = table_of(activity.model)
    found: list[Row] = []
    for start in range(0, len(persons), CHUNK):
        query = select(table).where(
            table.c.person_id.in_(persons[start : start + CHUNK]), table.c.deleted_at.is_(None)
        )
        found += (dict(row) for row in connection.execute(query).mappings())
    return found


def _filled(rows: Sequence[Row], name: str) -> list[str]:
    return sorted({str(row[name]) for row in rows if row[name]})
