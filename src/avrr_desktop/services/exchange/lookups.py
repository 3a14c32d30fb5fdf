"""What the register knows of the persons, cases and records a file names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import Connection, Table, select

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.specs import Activity, Record
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services import stored
from avrr_desktop.services.exchange.columns import MEMBERSHIP
from avrr_desktop.services.exchange.gathering import events_of, survivors
from avrr_desktop.services.stored import CHUNK, Row

_PERSON, _CASE = table_of(Person), table_of(CaseFile)
_MEMBER = table_of(MEMBERSHIP.model)


class Lookups:
    """Reads the register for one plan; what was read once is kept."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._events: dict[str, dict[str, list[Row]]] = {}
        self._children: dict[str, dict[str, list[Row]]] = {}
        self._memberships: dict[str, list[Row]] = {}

    def persons_by_number(self, numbers: Iterable[str]) -> dict[str, Row]:
        """Live persons by their number; for a merged one, its survivor."""
        found = self._by_number(_PERSON, numbers)
        kept = survivors(self._connection, (str(row["id"]) for row in found.values()))
        return {number: kept[str(row["id"])] for number, row in found.items()}

    def cases_by_number(self, numbers: Iterable[str]) -> dict[str, Row]:
        """Live cases by their number."""
        return self._by_number(_CASE, numbers)

    def persons(self, ids: Iterable[str]) -> dict[str, Row]:
        """Persons by the id of their file, merged or not."""
        return survivors(self._connection, ids)

    def records(self, key: str, ids: Iterable[str]) -> dict[str, Row]:
        """Live records of a key by their ids, with their multi-choice codes."""
        record = RECORD_BY_KEY[key]
        rows = stored.rows_by_id(self._connection, table_of(record.model), sorted(set(ids)))
        live = [row for row in rows.values() if row["deleted_at"] is None]
        return {str(row["id"]): row for row in self._whole(record, live)}

    def events(self, activity: Activity, person_id: str) -> list[Row]:
        """Live events of a person, whole."""
        return self._events.get(activity.key, {}).get(person_id, [])

    def load_events(self, activity: Activity, persons: Iterable[str]) -> None:
        """Read the events of these persons."""
        rows = events_of(self._connection, activity, sorted(set(persons) - {""}))
        self._events[activity.key] = _by(self._whole(activity, rows), "person_id")

    def children(self, child: Record, owner: str) -> list[Row]:
        """Live lines of a child table of an owner, whole, in the order they were entered."""
        known = self._children.setdefault(child.key, {})
        if owner not in known:
            self.load_children(child, [owner])
        return known[owner]

    def load_children(self, child: Record, owners: Iterable[str]) -> None:
        """Read the lines of these owners."""
        wanted = sorted(set(owners) - {""})
        rows = stored.children_of(self._connection, child, wanted)
        found = _by(self._whole(child, rows), child.owner)
        known = self._children.setdefault(child.key, {})
        known.update({owner: found.get(owner, []) for owner in wanted})

    def load_memberships(self, persons: Iterable[str]) -> None:
        """Read in which cases these persons are."""
        wanted = sorted(set(persons) - {""})
        rows: list[Row] = []
        for start in range(0, len(wanted), CHUNK):
            query = (
                select(_MEMBER)
                .join(_CASE, _CASE.c.id == _MEMBER.c.case_id)
                .where(
                    _MEMBER.c.person_id.in_(wanted[start : start + CHUNK]),
                    _MEMBER.c.deleted_at.is_(None),
                    _CASE.c.deleted_at.is_(None),
                )
            )
            rows += (dict(row) for row in self._connection.execute(query).mappings())
        self._memberships = _by(rows, "person_id")

    def case_on(self, person_id: str, day: date | None) -> str:
        """The one case a person is in on a day; empty when there is none, or several."""
        cases = {
            str(row["case_id"])
            for row in self._memberships.get(person_id, ())
            if day is None or _covers(row, day)
        }
        return cases.pop() if len(cases) == 1 else ""

    def persons_named(self, family_names: Iterable[str]) -> list[Row]:
        """Live persons with one of these family names, spelt so."""
        names = sorted(set(family_names))
        rows: list[Row] = []
        for start in range(0, len(names), CHUNK):
            query = select(_PERSON).where(
                _PERSON.c.family_name.in_(names[start : start + CHUNK]),
                _PERSON.c.deleted_at.is_(None),
                _PERSON.c.merged_into_id.is_(None),
            )
            rows += (dict(row) for row in self._connection.execute(query).mappings())
        return self._whole(PERSON, rows)

    def _by_number(self, table: Table, numbers: Iterable[str]) -> dict[str, Row]:
        wanted = sorted(set(numbers))
        found: dict[str, Row] = {}
        for start in range(0, len(wanted), CHUNK):
            query = select(table).where(
                table.c.number.in_(wanted[start : start + CHUNK]), table.c.deleted_at.is_(None)
            )
            for row in self._connection.execute(query).mappings():
                found[row["number"]] = dict(row)
        return found

    def _whole(self, record: Record, rows: Sequence[Row]) -> list[Row]:
        choices = stored.choices_of(self._connection, record, [str(row["id"]) for row in rows])
        return [{**row, **choices[str(row["id"])]} for row in rows]


def _covers(row: Row, day: date) -> bool:
    start, end = row["from_on"], row["to_on"]
    begun = not isinstance(start, date) or start <= day
    return begun and (not isinstance(end, date) or day <= end)


def _by(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[str(row[name])].append(row)
    return dict(found)
