"""A line while it is being planned: what its cells say, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from avrr_desktop.core.errors import Finding, Severity
from avrr_desktop.services.exchange.cell_values import CellFault, Reading
from avrr_desktop.services.exchange.columns import SheetSpec
from avrr_desktop.services.exchange.plan import LineFinding, PlannedLine, Verdict
from avrr_desktop.services.exchange.reading import RawLine, RawSheet
from avrr_desktop.services.stored import Row


@dataclass(eq=False, slots=True)
class Line:
    """One line; ``values`` are those of the columns the file has, by column name."""

    spec: SheetSpec
    row: int
    values: dict[str, object]
    findings: list[LineFinding] = field(default_factory=list)
    stored: Row | None = None  # the record it updates
    person_id: str = ""
    record_id: str = ""
    verdict: Verdict | None = None  # settled while planning; else from the drafts it led to
    changes: bool = False  # it led to a draft

    def text(self, name: str) -> str:
        """A cell as text; empty when it is, or when the file lacks the column."""
        value = self.values.get(name)
        return "" if value is None else str(value).strip()

    def add(
        self, column: str, code: str, severity: Severity = Severity.ERROR, **values: object
    ) -> None:
        """Note a fault."""
        self.take(column, Finding(column, code, severity, values))

    def take(self, column: str, finding: Finding) -> None:
        """Note a fault found elsewhere; one a column, the first, so that each is told once."""
        if not column or all(known.column != column for known in self.findings):
            self.findings.append(LineFinding(column, finding))

    @property
    def is_refused(self) -> bool:
        """Whether it has a fault no reason mends."""
        return any(known.finding.severity is Severity.ERROR for known in self.findings)

    @property
    def is_settled(self) -> bool:
        """Whether nothing of it is to be written."""
        return self.verdict is not None

    def prefixed(self, prefix: str) -> dict[str, object]:
        """What its filled cells say of a record beside its own, by field name."""
        start = f"{prefix}."
        return {
            name.removeprefix(start): value
            for name, value in self.values.items()
            if name.startswith(start) and value not in (None, ())
        }

    @property
    def own(self) -> dict[str, object]:
        """What its cells say of its own record, by field name; an empty cell says empty."""
        return {c.name: self.values[c.name] for c in self.spec.own if c.name in self.values}

    def planned(self, person: str) -> PlannedLine:
        """What became of it."""
        return PlannedLine(
            self.spec.key,
            self.row,
            self._verdict(),
            person,
            self.person_id,
            self.record_id,
            tuple(self.findings),
        )

    def _verdict(self) -> Verdict:
        if self.is_refused:
            return Verdict.REFUSED
        if self.verdict is not None:
            return self.verdict
        if self.findings:
            return Verdict.CONFIRM
        if not self.changes:
            return Verdict.UNCHANGED
        return Verdict.UPDATE if self.stored is not None else Verdict.NEW


def read_line(spec: SheetSpec, raw: RawLine, reading: Reading) -> Line:
    """A line with its cells read; those that cannot be are left out and noted."""
    values: dict[str, object] = {}
    line = Line(spec, raw.row, values)
    for column in spec.columns:
        if column.name not in raw.cells:
            continue
        try:
            values[column.name] = reading.value(column, raw.cells[column.name])
        except CellFault as fault:
            line.take(column.name, Finding(column.name, fault.code, values=fault.values))
    return line


def read_lines(sheet: RawSheet, reading: Reading) -> list[Line]:
    """The lines of a sheet."""
    return [read_line(sheet.spec, raw, reading) for raw in sheet.lines]


def texts(lines: Sequence[Line], name: str) -> set[str]:
    """What a column says, over all lines."""
    return {text for line in lines if (text := line.text(name))}


def folded_number(text: str) -> str:
    """A number of the register as it is compared."""
    return "".join(text.split()).upper()
