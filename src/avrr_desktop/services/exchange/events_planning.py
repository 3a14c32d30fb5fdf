"""The events of an activity's lines: new, changed, or in the register already."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import uuid4

from avrr_desktop.activities import ACTIVITIES, ACTIVITY_BY_KEY
from avrr_desktop.core.errors import Severity
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Activity
from avrr_desktop.services import validation
from avrr_desktop.services.exchange.cell_values import CellFault, day_of
from avrr_desktop.services.exchange.columns import CASE_NUMBER, INTAKE, Column, sheets_of
from avrr_desktop.services.exchange.drafting import Drafting
from avrr_desktop.services.exchange.gathering import reference_day
from avrr_desktop.services.exchange.lines import Line, folded_number
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.exchange.plan import Verdict
from avrr_desktop.services.stored import Row

_RECORD_ID = re.compile(r"[0-9a-f]{32}")
CaseOf = Callable[[Line], str]


def in_order() -> tuple[Activity, ...]:
    """The activities, those that name another one's records after it."""
    return tuple(sorted(ACTIVITIES, key=lambda activity: bool(_references(activity))))


def _references(activity: Activity) -> list[Column]:
    return [c for c in sheets_of(activity)[0].own if c.kind is Kind.REFERENCE]


class EventsPlanning:
    """Puts together the events of every activity, in the order of ``in_order``."""

    def __init__(
        self,
        lookups: Lookups,
        drafting: Drafting,
        cases: Mapping[str, Row],
        case_of_registration: CaseOf,
    ) -> None:
        self._lookups = lookups
        self._drafting = drafting
        self._cases = cases
        self._case_of_registration = case_of_registration
        # ids of events by activity, person and the day that names them, those of the file too
        self._named: dict[tuple[str, str, date | None], set[str]] = defaultdict(set)
        self._seen: dict[tuple[str, str], list[Line]] = defaultdict(list)

    def plan(self, activity: Activity, lines: Sequence[Line]) -> None:
        """Take the events of one activity's lines."""
        if activity is not INTAKE:
            self._lookups.load_events(activity, (line.person_id for line in lines))
        for column in _references(activity):
            assert column.field is not None
            self._learn(ACTIVITY_BY_KEY[column.field.spec.refers_to], lines)
        for line in lines:
            if line.person_id and not line.is_settled:
                self._plan_line(activity, line)

    def _plan_line(self, activity: Activity, line: Line) -> None:
        self._resolve(activity, line)
        case_id = self._case(activity, line)
        if line.stored is not None:
            self._update(activity, line, line.stored, case_id)
        elif not self._is_known(activity, line):
            self._create(activity, line, case_id)

    def _create(self, activity: Activity, line: Line, case_id: str) -> None:
        line.record_id = uuid4().hex
        line.changes = True
        work = self._drafting.new(activity.key, line.record_id, line)
        work.values.update(line.own)
        work.values.update(person_id=line.person_id, case_id=case_id or None)
        self._name(activity, line, line.own)

    def _update(self, activity: Activity, line: Line, stored: Row, case_id: str) -> None:
        names = [column.name for column in line.spec.own]
        own = {name: stored[name] for name in names}
        said = validation.clean(activity, {**own, **line.own})
        changed = {name: said[name] for name in names if said[name] != stored[name]}
        if case_id and case_id != stored["case_id"]:
            changed["case_id"] = case_id
        if changed:
            line.changes = True
            self._drafting.update(activity.key, stored, line).values.update(changed)
        self._name(activity, line, {**stored, **said})

    def _is_known(self, activity: Activity, line: Line) -> bool:
        """Whether the register, or an earlier line, holds the very same event."""
        names = [column.name for column in line.spec.own]
        said = self._said(activity, line)
        for event in self._lookups.events(activity, line.person_id):
            if all(said[name] == event[name] for name in names):
                line.verdict = Verdict.UNCHANGED
                line.record_id = str(event["id"])
                line.add("", "event_already_there", Severity.CONFIRM)
                return True
        for other in self._seen[activity.key, line.person_id]:
            if self._said(activity, other) == said:
                line.verdict = Verdict.UNCHANGED
                line.record_id = other.record_id
                line.add("", "same_line", Severity.CONFIRM, row=other.row)
                return True
        self._seen[activity.key, line.person_id].append(line)
        return False

    def _said(self, activity: Activity, line: Line) -> Row:
        blank: Row = {c.name: () if c.kind is Kind.TERMS else None for c in line.spec.own}
        return validation.clean(activity, {**blank, **line.own})

    def _case(self, activity: Activity, line: Line) -> str:
        """The case a line names, the one of its registration, or the person's only one."""
        number = folded_number(line.text(CASE_NUMBER))
        if number:
            case = self._cases.get(number)
            if case is None:
                line.add(CASE_NUMBER, "unknown_case", number=number)
                return ""
            return str(case["id"])
        if line.stored is not None:
            return ""
        if activity is INTAKE:
            return self._case_of_registration(line)
        day = line.values.get(activity.dated_by)
        return self._lookups.case_on(line.person_id, day if isinstance(day, date) else None)

    def _learn(self, activity: Activity, lines: Sequence[Line]) -> None:
        persons = {line.person_id for line in lines} - {""}
        self._lookups.load_events(activity, persons)
        for person in persons:
            for event in self._lookups.events(activity, person):
                day = reference_day(event, activity)
                self._named[activity.key, person, day].add(str(event["id"]))

    def _name(self, activity: Activity, line: Line, values: Mapping[str, object]) -> None:
        day = reference_day(values, activity)
        self._named[activity.key, line.person_id, day].add(line.record_id)

    def _resolve(self, activity: Activity, line: Line) -> None:
        """Put the ids of the records a line names by their day."""
        for column in _references(activity):
            raw = line.values.get(column.name)
            if raw is None:
                continue
            line.values[column.name] = self._record_named(line, column, raw)

    def _record_named(self, line: Line, column: Column, raw: object) -> str | None:
        assert column.field is not None
        key = column.field.spec.refers_to
        text = raw.strip() if isinstance(raw, str) else ""
        if _RECORD_ID.fullmatch(text):
            known = (
                ids for (k, p, _), ids in self._named.items() if (k, p) == (key, line.person_id)
            )
            if any(text in ids for ids in known):
                return text
            line.add(column.name, "unknown_return")
            return None
        try:
            day = day_of(raw)
        except CellFault as fault:
            line.add(column.name, fault.code)
            return None
        found = self._named.get((key, line.person_id, day), set())
        if len(found) != 1:
            line.add(column.name, "several_returns" if found else "unknown_return")
            return None
        return next(iter(found))
