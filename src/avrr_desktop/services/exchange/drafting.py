"""Drafts while they are put together from lines, and the line each of their faults is of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from avrr_desktop.core.errors import Finding
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.exchange.columns import FAMILY_KEY, MEMBERSHIP, PERSON_NUMBER
from avrr_desktop.services.exchange.lines import Line
from avrr_desktop.services.stored import Row


@dataclass(eq=False, slots=True)
class Work:
    """One record to be written, and the lines that ask for it."""

    record: str
    id: str
    line: Line
    version: int | None = None  # None for a new record
    values: dict[str, object] = field(default_factory=dict)
    child_lines: dict[tuple[str, int], tuple[Line, str]] = field(default_factory=dict)

    def draft(self) -> Draft:
        """What is handed to the register."""
        if self.version is None:
            return Draft(self.record, self.values, new_id=self.id)
        return Draft(self.record, self.values, id=self.id, version=self.version)

    def put_children(self, key: str, rows: Iterable[tuple[Row, Line | None, str]]) -> None:
        """Write the lines of a child table: values, where they come from, its columns' prefix."""
        kept = []
        for place, (values, line, prefix) in enumerate(rows):
            kept.append(values)
            if line is not None:
                line.changes = True
                self.child_lines[key, place] = (line, prefix)
        self.values[key] = tuple(kept)

    def tell(self, finding: Finding) -> None:
        """Note a fault of the record on its line."""
        line, prefix = self.child_lines.get((finding.child, finding.row), (self.line, ""))
        column = f"{prefix}{finding.field}"
        if finding.child and (finding.child, finding.row) not in self.child_lines:
            column = ""
        elif not finding.child and self.record == PERSON.key:
            column = f"{PERSON.key}.{finding.field}"
        elif finding.field == "person_id":
            column = PERSON_NUMBER
        if not _has(line, column):
            column = FAMILY_KEY if _is_of_case(self, finding) and _has(line, FAMILY_KEY) else ""
        line.take(column, finding)


class Drafting:
    """Every record the file asks to write, each once."""

    def __init__(self) -> None:
        self._works: dict[tuple[str, str], Work] = {}

    def new(self, record: str, record_id: str, line: Line) -> Work:
        """A record to be made."""
        return self._keep(Work(record, record_id, line))

    def update(self, record: str, row: Mapping[str, object], line: Line) -> Work:
        """A stored record to be changed, or what is already kept of it."""
        version = row["version"]
        assert isinstance(version, int)
        known = self._works.get((record, str(row["id"])))
        return known or self._keep(Work(record, str(row["id"]), line, version))

    def get(self, record: str, record_id: str) -> Work | None:
        """What is kept of a record."""
        return self._works.get((record, record_id))

    def in_order(self, keys: Iterable[str]) -> list[Work]:
        """The records of these keys, in the order of the keys, then of the lines."""
        places = {key: place for place, key in enumerate(keys)}
        return sorted(self._works.values(), key=lambda work: places[work.record])

    def _keep(self, work: Work) -> Work:
        self._works[work.record, work.id] = work
        return work


def _has(line: Line, column: str) -> bool:
    return any(known.name == column for known in line.spec.columns)


def _is_of_case(work: Work, finding: Finding) -> bool:
    return finding.child == MEMBERSHIP.key or work.record not in (PERSON.key, work.line.spec.key)
