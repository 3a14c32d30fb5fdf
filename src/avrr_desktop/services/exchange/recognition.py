"""Registrations without a person number: who is in the register already, who is new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import uuid4

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.births import Birth, Precision, parse_birth
from avrr_desktop.core.errors import Severity, UserError
from avrr_desktop.core.folding import fold
from avrr_desktop.people.person import PERSON
from avrr_desktop.services import validation
from avrr_desktop.services.exchange.columns import INTAKE, LINE_KEY, PERSON_NUMBER
from avrr_desktop.services.exchange.lines import Line
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.exchange.plan import Verdict
from avrr_desktop.services.stored import Row

Identity = tuple[str, str, str]
_DATES = ("contacted_on", INTAKE.dated_by)


class Recognition:
    """Tells whether a line without a number was imported or entered before.

    The same family name, given name, nationality, birth date and dates of contact and of
    registration: it was. The birth date unknown, everything else of the registration must agree
    too. The same person on other dates is to be confirmed.
    """

    def __init__(self, lookups: Lookups, today: date) -> None:
        self._lookups = lookups
        self._today = today
        self._known: dict[Identity, list[Row]] = defaultdict(list)
        self._seen: dict[Identity, list[Line]] = defaultdict(list)
        self.new_persons: dict[str, Line] = {}

    def settle(self, lines: Sequence[Line]) -> None:
        """Give each line a person: a known one, or a new id."""
        waiting = [line for line in lines if _is_without_number(line)]
        persons = {id(line): _person_of(line) for line in waiting}
        names = {str(p["family_name"]) for p in persons.values() if p.get("family_name")}
        for row in self._lookups.persons_named(names):
            self._known[_identity(row)].append(row)
        found = [str(row["id"]) for rows in self._known.values() for row in rows]
        self._lookups.load_events(INTAKE, {*found, *(line.person_id for line in lines)})
        for line in waiting:
            self._settle(line, persons[id(line)])

    def _settle(self, line: Line, person: Row) -> None:
        identity, birth = _identity(person), self._birth(person.get("birth_typed"))
        for known in self._known[identity]:
            if birth is not None and is_same_birth(birth, stored_birth(known)):
                if self._is_in_register(line, known, birth):
                    return
                number = known["number"]
                line.add("", "person_known", Severity.CONFIRM, number=number)
                break
        if not self._is_repeated(line, identity, birth):
            line.person_id = uuid4().hex
            self.new_persons[line.person_id] = line
        self._seen[identity].append(line)

    def _is_in_register(self, line: Line, person: Row, birth: Birth) -> bool:
        for event in self._lookups.events(INTAKE, str(person["id"])):
            same = all(event[name] == line.values.get(name) for name in _DATES)
            if same and (birth.precision is not Precision.UNKNOWN or is_same_event(line, event)):
                line.verdict = Verdict.UNCHANGED
                line.person_id, line.record_id = str(person["id"]), str(event["id"])
                line.stored = event
                line.add("", "already_there", Severity.CONFIRM, number=person["number"])
                return True
        return False

    def _is_repeated(self, line: Line, identity: Identity, birth: Birth | None) -> bool:
        for other in self._seen[identity]:
            theirs = self._birth(other.values.get("person.birth_typed"))
            if birth is None or theirs is None or not is_same_birth(birth, theirs):
                continue
            if _without_key(other) == _without_key(line):
                line.verdict = Verdict.UNCHANGED
                line.person_id = other.person_id
                line.add("", "same_line", Severity.CONFIRM, row=other.row)
                return True
            line.add("", "same_person_line", Severity.CONFIRM, row=other.row)
            return False
        return False

    def _birth(self, typed: object) -> Birth | None:
        try:
            return parse_birth(str(typed or ""), self._today)
        except UserError:
            return None


def is_same_event(line: Line, event: Mapping[str, object]) -> bool:
    """Whether a stored event of the line's activity holds just what the line says."""
    blank: dict[str, object] = {
        column.name: () if isinstance(event.get(column.name), tuple) else None
        for column in line.spec.own
    }
    said = validation.clean(ACTIVITY_BY_KEY[line.spec.key], {**blank, **line.own})
    return all(said[name] == event[name] for name in blank)


def _without_key(line: Line) -> dict[str, object]:
    return {name: value for name, value in line.values.items() if name != LINE_KEY}


def _is_without_number(line: Line) -> bool:
    return not line.person_id and not line.text(PERSON_NUMBER) and not line.is_settled


def _person_of(line: Line) -> Row:
    return validation.clean(PERSON, line.prefixed(PERSON.key))


def _identity(person: Mapping[str, object]) -> Identity:
    family, given = str(person.get("family_name") or ""), str(person.get("given_name") or "")
    return family, fold(given), str(person.get("nationality") or "")


def stored_birth(person: Row) -> Birth:
    """The birth date a person's row holds."""
    first, last = person["birth_first"], person["birth_last"]
    return Birth(
        str(person["birth_typed"] or ""),
        Precision(str(person["birth_precision"])),
        first if isinstance(first, date) else None,
        last if isinstance(last, date) else None,
    )


def is_same_birth(one: Birth, other: Birth) -> bool:
    """An age estimated on another day is the same when both may be true."""
    if one.precision is not other.precision:
        return False
    if one.precision is not Precision.ESTIMATED:
        return one.typed == other.typed
    if not (one.first and one.last and other.first and other.last):
        return False
    return one.first <= other.last and other.first <= one.last
