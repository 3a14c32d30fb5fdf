"""What a workbook prints is what the screen shows: every number, under the same key (rule 14)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from avrr_desktop.services.identities.model import Bound, Offence
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.services.summary.measures import measure_of
from avrr_desktop.services.summary.summary import CellValue
from avrr_desktop.services.summary_document import Cell, Number, Row, SummaryDocument


@dataclass(frozen=True, slots=True)
class Printed:
    """A workbook before it is written: its sheets' rows and the lines of its data sheet."""

    document: SummaryDocument
    lines: Sequence[CellValue]


def workbook_is_screen(summary: Summary, printed: Printed) -> Iterator[Offence]:
    """Data sheet, sheets and figures agree; nothing counted is left out; no row adds sections."""
    lines = {
        CellKey(line["section"], line["measure"], line["term"], line["group"]): line["value"]
        for line in printed.lines
    }
    yield from _lines(summary, lines)
    for row in rows_of(printed.document):
        cells = list(row.cells())
        yield from _cells(cells, lines)
        sections = {cell.key.section for cell in cells if cell.key}
        if len(sections) > 1 and row.total.key:
            yield Offence(row.total.key, row.total.value or 0, 0, Bound.ABSENT)


def _lines(summary: Summary, lines: Mapping[CellKey, float]) -> Iterator[Offence]:
    for key, value in lines.items():
        if value != (shown := summary.value(*key)):
            yield Offence(key, value, shown or 0)
    for key, value in summary.cells.items():
        if key not in lines and measure_of(key.section, key.measure) is not None:
            yield Offence(key, 0, value)


def _cells(cells: Sequence[Cell], lines: Mapping[CellKey, Number]) -> Iterator[Offence]:
    for cell in cells:
        if cell.key is not None and cell.value != (line := lines.get(cell.key)):
            yield Offence(cell.key, cell.value or 0, line or 0)


def rows_of(document: SummaryDocument) -> Iterator[Row]:
    """Every row of every sheet."""
    yield from (headline.row for headline in document.headline)
    yield from document.main
    yield document.cohort
    for part in document.sections:
        yield part.row
        yield from (*part.subs, *part.facts)
        for table in part.tables:
            yield from (*table.rows, table.total)
    for running in document.running:
        for cell in (running.opening, running.counted, running.total):
            yield Row(document.cohort.kind, running.label, running.code, total=cell)
