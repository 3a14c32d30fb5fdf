"""The lines of children's sheets, tied to their owner by its line key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from avrr_desktop.activities import ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.core.errors import Severity
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Record
from avrr_desktop.people.person import PERSON
from avrr_desktop.services import validation
from avrr_desktop.services.exchange.columns import ID, LINE_KEY, SheetSpec
from avrr_desktop.services.exchange.drafting import Drafting
from avrr_desktop.services.exchange.lines import Line
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.exchange.people_planning import choices
from avrr_desktop.services.exchange.plan import Verdict
from avrr_desktop.services.stored import Row, values_of


class ChildrenPlanning:
    """Adds and changes the lines of children; those the file leaves out stay as they are."""

    def __init__(self, lookups: Lookups, drafting: Drafting) -> None:
        self._lookups = lookups
        self._drafting = drafting

    def plan(self, spec: SheetSpec, lines: Sequence[Line], owners: Sequence[Line]) -> None:
        """Take the lines of one sheet of children."""
        child = RECORD_BY_KEY[spec.key]
        is_of_person = child not in ACTIVITY_BY_KEY[spec.owner].children
        by_owner = self._tie(lines, owners, is_of_person=is_of_person)
        self._lookups.load_children(child, by_owner)
        owner_key = PERSON.key if is_of_person else spec.owner
        stored = self._lookups.records(owner_key, by_owner)
        for owner_id, own in by_owner.items():
            self._plan_owner(child, owner_key, stored.get(owner_id), owner_id, own)

    def _tie(
        self, lines: Sequence[Line], owners: Sequence[Line], *, is_of_person: bool
    ) -> dict[str, list[Line]]:
        by_key = _by_key(owners)
        found: dict[str, list[Line]] = defaultdict(list)
        for line in lines:
            owner = by_key.get(line.text(LINE_KEY))
            if owner is None:
                line.add(LINE_KEY, "unknown_key" if line.text(LINE_KEY) else "required")
                continue
            owner_id = owner.person_id if is_of_person else owner.record_id
            line.person_id = owner.person_id
            if owner_id:
                found[owner_id].append(line)
            else:
                line.add(LINE_KEY, "owner_refused", row=owner.row)
        return found

    def _plan_owner(
        self, child: Record, owner_key: str, owner: Row | None, owner_id: str, lines: list[Line]
    ) -> None:
        rows: dict[str, tuple[Row, Line | None, str]] = {
            str(row["id"]): ({"id": row["id"], **values_of(child, row, choices(row))}, None, "")
            for row in self._lookups.children(child, owner_id)
        }
        added: list[tuple[Row, Line | None, str]] = []
        taken: set[str] = set()
        for line in lines:
            said = _said(child, line)
            if line.text(ID):
                _overlay(child, rows, line)
            elif (known := _alike(rows, said, taken)) is not None:
                taken.add(known)
                line.verdict = Verdict.UNCHANGED
                line.add("", "event_already_there", Severity.CONFIRM)
            else:
                added.append((said, line, ""))
        changed = [entry for entry in (*rows.values(), *added) if entry[1] is not None]
        if not changed:
            return
        work = self._drafting.get(owner_key, owner_id)
        if work is None:
            if owner is None:
                return  # the owner itself is refused
            work = self._drafting.update(owner_key, owner, lines[0])
        work.put_children(child.key, (*rows.values(), *added))


def _overlay(child: Record, rows: dict[str, tuple[Row, Line | None, str]], line: Line) -> None:
    """A stored line as the file changes it."""
    record_id = line.text(ID)
    if record_id not in rows:
        line.add("", "no_such_record")
        return
    values, other, _ = rows[record_id]
    if other is not None:
        line.add("", "repeated_record", row=other.row)
        return
    line.stored = values
    said = validation.clean(child, {**values, **line.own})
    if any(said[name] != values.get(name) for name in said):
        rows[record_id] = (said, line, "")


def _alike(
    rows: Mapping[str, tuple[Row, Line | None, str]], said: Row, taken: set[str]
) -> str | None:
    """A stored line that says the same, each taken once."""
    for record_id, (values, _, _) in rows.items():
        same = all(values.get(name) == value for name, value in said.items())
        if record_id not in taken and same:
            return record_id
    return None


def _said(child: Record, line: Line) -> Row:
    blank: Row = {c.name: () if c.kind is Kind.TERMS else None for c in line.spec.own}
    return validation.clean(child, {**blank, **line.own})


def _by_key(owners: Sequence[Line]) -> dict[str, Line]:
    found: dict[str, Line] = {}
    for line in owners:
        key = line.text(LINE_KEY)
        if key and found.setdefault(key, line) is not line:
            line.add(LINE_KEY, "repeated_key", row=found[key].row)
    return found
