"""The cases of registrations: one for each family key, or the one a line names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import uuid4

from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.services.exchange.columns import CASE_NUMBER, FAMILY_KEY, INTAKE, MEMBERSHIP
from avrr_desktop.services.exchange.drafting import Drafting
from avrr_desktop.services.exchange.lines import Line, folded_number
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.stored import Row, values_of

_ALONE = "head"
_PLACE = f"{MEMBERSHIP.key}.place"
_PREFIX = f"{MEMBERSHIP.key}."


@dataclass(slots=True)
class _Members:
    """The members of one case while lines join it."""

    rows: list[tuple[Row, Line | None, str]]
    by_person: dict[str, int] = field(default_factory=dict)
    is_changed: bool = False


class CasesPlanning:
    """Gives every new registration its case, and every case its members."""

    def __init__(
        self,
        lookups: Lookups,
        drafting: Drafting,
        cases: Mapping[str, Row],
        persons: Mapping[str, Row],
    ) -> None:
        self._lookups = lookups
        self._drafting = drafting
        self._cases = cases  # by number
        self._by_id = {str(row["id"]): row for row in cases.values()}
        self._members: dict[str, _Members] = {}
        self._of_line: dict[int, str] = {}
        self._persons = persons  # those of the register, by id

    def case_of(self, line: Line) -> str:
        """The case a new registration belongs to; empty when it could not be told."""
        return self._of_line.get(id(line), "")

    def plan(self, lines: Sequence[Line]) -> None:
        """Form the families of these lines, and bring their cases up to date."""
        for key, family in self._families(lines).items():
            self._plan_family(family, is_family=isinstance(key, str))
        for line in lines:
            if line.stored is not None and not line.is_settled and line.person_id:
                self._keep_place(line)
        self._write()

    def _families(self, lines: Sequence[Line]) -> dict[object, list[Line]]:
        families: dict[object, list[Line]] = {}
        for line in lines:
            if line.stored is None or line.is_settled:
                families.setdefault(line.text(FAMILY_KEY) or id(line), []).append(line)
        return families

    def _plan_family(self, family: Sequence[Line], *, is_family: bool) -> None:
        joining = [line for line in family if not line.is_settled and line.person_id]
        if not joining:
            return
        named = {folded_number(n): line for line in joining if (n := line.text(CASE_NUMBER))}
        if len(named) > 1:
            for line in named.values():
                line.add(FAMILY_KEY, "several_cases")
            return
        case_id = self._known_case(family, joining, named, is_family=is_family)
        if case_id:
            self._join(case_id, joining)
        elif not named:
            self._open(joining)

    def _known_case(
        self,
        family: Sequence[Line],
        joining: Sequence[Line],
        named: Mapping[str, Line],
        *,
        is_family: bool,
    ) -> str:
        """The case named, else the one their relatives imported before are in."""
        for number in named:
            return str(self._cases[number]["id"]) if number in self._cases else ""
        for line in family:
            if line.is_settled and line.stored is not None and line.stored.get("case_id"):
                return str(line.stored["case_id"])
        if is_family or joining[0].person_id not in self._persons:
            return ""
        return self._lookups.case_on(joining[0].person_id, _day(joining[0]))

    def _open(self, lines: Sequence[Line]) -> None:
        days = [day for line in lines if (day := _day(line))]
        office = next((line.values["office"] for line in lines if line.values.get("office")), None)
        if not days or office is None:
            return  # said on the lines themselves
        case_id = uuid4().hex
        work = self._drafting.new(CASE_FILE.key, case_id, lines[0])
        work.values.update(office=office, opened_on=min(days))
        self._members[case_id] = _Members([])
        for line in lines:
            self._add(case_id, line, _ALONE if len(lines) == 1 else None)

    def _join(self, case_id: str, lines: Sequence[Line]) -> None:
        self._load(case_id)
        for line in lines:
            self._add(case_id, line, None)

    def _keep_place(self, line: Line) -> None:
        """The place in the household written on a line that updates its registration."""
        assert line.stored is not None
        number = folded_number(line.text(CASE_NUMBER))
        named = self._cases.get(number)
        case_id = str(named["id"]) if named else str(line.stored["case_id"] or "")
        if case_id and (line.values.get(_PLACE) or named):
            self._load(case_id)
            self._add(case_id, line, None)

    def _add(self, case_id: str, line: Line, place_alone: str | None) -> None:
        self._of_line[id(line)] = case_id
        members = self._members[case_id]
        place = line.values.get(_PLACE) or place_alone
        known = members.by_person.get(line.person_id)
        if known is None:
            day = _day(line)
            values: Row = {"person_id": line.person_id, "place": place, "from_on": day}
            members.by_person[line.person_id] = len(members.rows)
            members.rows.append((values, line, _PREFIX))
            members.is_changed = True
            return
        row, _, _ = members.rows[known]
        if place and row["place"] != place:
            members.rows[known] = ({**row, "place": place}, line, _PREFIX)
            members.is_changed = True

    def _load(self, case_id: str) -> None:
        if case_id in self._members:
            return
        members = self._members[case_id] = _Members([])
        stored = self._lookups.children(MEMBERSHIP, case_id)
        persons = self._lookups.persons(str(row["person_id"]) for row in stored)
        for row in stored:
            file = str(row["person_id"])
            members.by_person[str(persons[file]["id"])] = len(members.rows)
            values: Row = {"id": row["id"], **values_of(MEMBERSHIP, row, {})}
            members.rows.append((values, None, ""))
        if case_id not in self._by_id:
            self._by_id.update(self._lookups.records(CASE_FILE.key, [case_id]))

    def _write(self) -> None:
        for case_id, members in self._members.items():
            if not members.is_changed:
                continue
            work = self._drafting.get(CASE_FILE.key, case_id)
            if work is None:
                line = next(line for _, line, _ in members.rows if line is not None)
                work = self._drafting.update(CASE_FILE.key, self._by_id[case_id], line)
            work.put_children(MEMBERSHIP.key, members.rows)


def _day(line: Line) -> date | None:
    """The day a registration's case begins: the first contact, or the registration."""
    days = (line.values.get(name) for name in ("contacted_on", INTAKE.dated_by))
    return next((day for day in days if isinstance(day, date)), None)
