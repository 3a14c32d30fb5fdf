"""Drafts being checked and turned into rows within one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from uuid import uuid4

from pydantic_core import PydanticUndefined
from sqlalchemy import Connection

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding, Refused, Severity, UserError
from avrr_desktop.core.specs import Activity, Record
from avrr_desktop.people.base import (
    RecordBase,
    choice_fields_of,
    column_fields_of,
    table_of,
)
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services import stored, validation
from avrr_desktop.services.completion import Numbering, complete
from avrr_desktop.services.drafts import Draft, lines_of
from avrr_desktop.services.duplicates import KnownNumbers
from avrr_desktop.services.journal import Journal, Row
from avrr_desktop.services.known import Known
from avrr_desktop.services.register import Register


class Batch:
    """The drafts of one save; each sees those before it."""

    def __init__(self, register: Register, connection: Connection, drafts: Sequence[Draft]) -> None:
        self._register = register
        self._drafts = drafts
        self._known = Known(connection, register.clock.today())
        together = {draft.target for draft in drafts if draft.record == PERSON.key} - {""}
        self._numbers = KnownNumbers(connection, together)
        self._numbering = Numbering(connection)
        self._before = _Before(connection, drafts)
        self._known.load(self.persons())

    def persons(self) -> set[str]:
        """Persons the drafts are about, new ones included when their id is given."""
        found: set[str] = set()
        for draft in self._drafts:
            values: dict[str, object] = {**self._before.rows.get(draft.id, {}), **draft.values}
            if draft.record == PERSON.key:
                found.add(draft.target)
            if isinstance(person := values.get("person_id"), str):
                found.add(person)
            found.update(str(line.get("person_id")) for line in lines_of(values, "membership"))
        return found - {""}

    def cases(self) -> set[str]:
        """Cases the drafts name, before and after."""
        found: set[str] = set()
        for draft in self._drafts:
            if draft.record == CASE_FILE.key:
                found.add(draft.target)
            for values in (draft.values, self._before.rows.get(draft.id, {})):
                if isinstance(case := values.get("case_id"), str):
                    found.add(case)
        return found - {""}

    def findings(self, draft: Draft) -> tuple[Finding, ...]:
        """The faults of one draft; it is then known to those that follow."""
        record = RECORD_BY_KEY[draft.record]
        values = self._whole(record, draft)
        found = self._check(record, draft, values)
        self._remember(record, draft.target or uuid4().hex, values)
        return found

    def take(self, journal: Journal, draft: Draft, place: int, confirm_all: str) -> str:
        """Check a draft and turn it into rows of the journal; gives the record's id.

        Raises:
            Refused: with ``values["draft"]``, the place of the draft.
            UserError: ``person_anonymised``: what is left of the file stays as it is.
        """
        record = RECORD_BY_KEY[draft.record]
        values = self._whole(record, draft)
        about = draft.target if record is PERSON else str(values.get("person_id") or "")
        if about in self._known.anonymised:
            raise UserError("person_anonymised")
        left = tuple(
            finding
            for finding in self._check(record, draft, values)
            if finding.severity is Severity.ERROR
            or not (confirm_all or draft.confirmations.get(finding.place, "").strip())
        )
        if left:
            raise Refused(left, draft=place)
        return self._put(journal, record, draft, values, confirm_all)

    def write(self, journal: Journal) -> None:
        """Send the counters, the rows and the journal to the register."""
        self._numbering.write()
        journal.write()

    def _whole(self, record: Record, draft: Draft) -> Row:
        """The stored values overlaid with the typed ones, cleaned."""
        values: Row = {}
        if draft.id:
            before = self._before.rows.get(draft.id)
            if before is None or before["deleted_at"] is not None:
                raise UserError("no_such_record")
            if draft.version is not None and draft.version != before["version"]:
                raise UserError("changed_meanwhile")
            values = self._before.values(record, draft.id)
        values.update(draft.values)
        if isinstance(record, Activity) and values.get("person_id"):
            values["person_id"] = self._file_of(draft.id, str(values["person_id"]))
        return validation.clean(record, values)

    def _file_of(self, event_id: str, person_id: str) -> str:
        """The file an event stands on: its own while it is of that person, else the survivor."""
        survivor = self._known.survivor(person_id)
        if event_id:
            own = str(self._before.rows[event_id]["person_id"])
            if self._known.survivor(own) == survivor:
                return own
        return survivor

    def _check(self, record: Record, draft: Draft, values: Row) -> tuple[Finding, ...]:
        if record is PERSON:
            target = draft.target or "new"
            self._known.take_person(target, values)
            facts = self._known.facts(target, draft.target)
            others = tuple(self._numbers.check(draft.target, values))
        else:
            person = str(values.get("person_id") or "")
            facts = self._known.facts(person, draft.target)
            is_lost = isinstance(record, Activity) and not self._known.knows(person)
            others = (Finding("person_id", "no_such_person"),) if is_lost else ()
        found = validation.check(record, values, facts, self._register.vocabularies)
        return (*found, *others)

    def _put(
        self, journal: Journal, record: Record, draft: Draft, values: Row, confirm_all: str
    ) -> str:
        record_id = draft.target or uuid4().hex
        before = self._before.rows.get(draft.id) if draft.id else None
        reason = "; ".join(draft.confirmations.values()) or confirm_all
        self._write_row(journal, record, record_id, values, before, reason=reason)
        for child in record.children:
            if child.key in draft.values:
                self._put_children(journal, child, record_id, values)
        self._remember(record, record_id, values)
        return record_id

    def _remember(self, record: Record, record_id: str, values: Row) -> None:
        """What the drafts that follow know of this one, whether it is checked or saved."""
        if record is PERSON:
            self._numbers.take(record_id, values)
            self._known.take_person(record_id, values)
        elif isinstance(record, Activity):
            self._known.take_event(record.key, record_id, values)

    def _put_children(self, journal: Journal, child: Record, owner: str, values: Row) -> None:
        before = self._before.lines(child, owner)
        kept = set()
        for line in lines_of(values, child.key):
            line_id = str(line.get("id") or uuid4().hex)
            kept.add(line_id)
            self._write_row(
                journal, child, line_id, {**line, child.owner: owner}, before.get(line_id)
            )
        for line_id, row in before.items():
            if line_id not in kept:
                after = {**row, "deleted_at": journal.at, "deleted_reason": "removed"}
                complete(child.key, after, row, self._known.today, self._numbering)
                choices = self._before.choices.get(line_id, {})
                journal.update(table_of(child.model), row, after, choices, choices)

    def _write_row(
        self,
        journal: Journal,
        record: Record,
        record_id: str,
        values: Mapping[str, object],
        before: Row | None,
        *,
        reason: str = "",
    ) -> None:
        row: Row = dict(before) if before else dict(_blank(record.model))
        row["id"] = record_id
        for field in column_fields_of(record.model):
            if not field.spec.assigned and field.name in values:
                row[field.name] = values[field.name]
        for name in (*stored.OWNERSHIP, record.owner):
            if name in row and name in values:
                row[name] = values[name]
        complete(record.key, row, before, self._known.today, self._numbering)
        choices = {
            field.name: tuple(codes) if isinstance(codes := values.get(field.name), tuple) else ()
            for field in choice_fields_of(record.model)
        }
        table = table_of(record.model)
        if before is None:
            journal.insert(table, row, choices)
        else:
            old = self._before.choices.get(record_id, {})
            journal.update(table, before, row, old, choices, reason=reason)


class _Before:
    """The stored records that drafts update, read in bulk."""

    def __init__(self, connection: Connection, drafts: Iterable[Draft]) -> None:
        self.rows: dict[str, Row] = {}
        self.choices: dict[str, stored.Choices] = {}
        self._lines: dict[tuple[str, str], dict[str, Row]] = {}
        by_record: dict[str, list[str]] = {}
        for draft in drafts:
            if draft.id:
                by_record.setdefault(draft.record, []).append(draft.id)
        for key, ids in by_record.items():
            self._read(connection, RECORD_BY_KEY[key], ids)

    def _read(self, connection: Connection, record: Record, ids: Sequence[str]) -> None:
        self.rows.update(stored.rows_by_id(connection, table_of(record.model), ids))
        self.choices.update(stored.choices_of(connection, record, ids))
        for child in record.children:
            rows = stored.children_of(connection, child, ids)
            self.choices.update(
                stored.choices_of(connection, child, [str(row["id"]) for row in rows])
            )
            for row in rows:
                owner = (child.key, str(row[child.owner]))
                self._lines.setdefault(owner, {})[str(row["id"])] = row

    def lines(self, child: Record, owner: str) -> dict[str, Row]:
        """The stored live lines of one child table, by their ids."""
        return self._lines.get((child.key, owner), {})

    def values(self, record: Record, record_id: str) -> Row:
        """A stored record shaped like a draft's values, children included."""
        values = stored.values_of(record, self.rows[record_id], self.choices[record_id])
        for child in record.children:
            values[child.key] = tuple(
                {"id": line_id, **stored.values_of(child, row, self.choices[line_id])}
                for line_id, row in self.lines(child, record_id).items()
            )
        return values


@cache
def _blank(model: type) -> Row:
    """A new row with every column's default."""
    assert issubclass(model, RecordBase)
    row: Row = {}
    for column in table_of(model).columns:
        default = model.model_fields[column.name].default
        row[column.name] = None if default is PydanticUndefined else default
    return row
