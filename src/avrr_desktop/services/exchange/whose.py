"""Which record a line updates, and whose line it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.errors import Severity
from avrr_desktop.core.folding import fold
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.exchange.columns import ID, INTAKE, PERSON_NUMBER
from avrr_desktop.services.exchange.lines import Line, folded_number, texts
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.stored import Row

Sheets = Mapping[str, Sequence[Line]]


class Whose:
    """Finds the record and the person of every line of the activities' sheets."""

    def __init__(self, lookups: Lookups, sheets: Sheets) -> None:
        self._lookups = lookups
        self._sheets = sheets
        numbers = {
            folded_number(text)
            for activity in ACTIVITIES
            for text in texts(sheets.get(activity.key, ()), PERSON_NUMBER)
        }
        self._by_number = lookups.persons_by_number(numbers)
        self.persons: dict[str, Row] = {str(p["id"]): p for p in self._by_number.values()}

    def settle(self) -> None:
        """Give every line its record and its person, or say what is wrong."""
        for activity in ACTIVITIES:
            lines = self._sheets.get(activity.key, ())
            self._settle_records(activity.key, lines)
            for line in lines:
                self._settle_person(line, is_intake=activity is INTAKE)

    def _settle_records(self, key: str, lines: Sequence[Line]) -> None:
        stored = self._lookups.records(key, texts(lines, ID))
        owners = self._lookups.persons(str(row["person_id"]) for row in stored.values())
        self.persons.update({str(person["id"]): person for person in owners.values()})
        first: dict[str, int] = {}
        for line in lines:
            record_id = line.text(ID)
            if not record_id:
                continue
            line.stored = stored.get(record_id)
            if line.stored is None:
                line.add("", "no_such_record")
            elif first.setdefault(record_id, line.row) != line.row:
                line.add("", "repeated_record", row=first[record_id])
            else:
                line.record_id = record_id
                line.person_id = str(owners[str(line.stored["person_id"])]["id"])

    def _settle_person(self, line: Line, *, is_intake: bool) -> None:
        number = folded_number(line.text(PERSON_NUMBER))
        person = self._by_number.get(number)
        if number and person is None:
            line.add(PERSON_NUMBER, "unknown_person", number=number)
        elif person is not None and line.person_id not in ("", person["id"]):
            line.add(PERSON_NUMBER, "other_person", number=number)
        elif person is not None:
            line.person_id = str(person["id"])
            if not is_intake:
                self._compare_names(line, person)
        elif not is_intake and not line.person_id:
            line.add(PERSON_NUMBER, "required")

    def _compare_names(self, line: Line, person: Row) -> None:
        """A name beside the number is for people: it may reveal a wrong number."""
        for name, typed in line.prefixed(PERSON.key).items():
            known = str(person[name] or "")
            if fold(str(typed)) != fold(known):
                line.add(f"{PERSON.key}.{name}", "name_differs", Severity.CONFIRM, name=known)
