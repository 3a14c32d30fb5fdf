"""The summary's rows as lines of text for a table: one cell by column, each with its figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from avrr_desktop.activities.across import COHORT_FROM
from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.summary import CellKey
from avrr_desktop.services.summary.measures import measure_of
from avrr_desktop.services.summary_document import (
    Cell,
    Number,
    Row,
    RowKind,
    SectionPart,
    SummaryDocument,
    Table,
)
from avrr_desktop.services.summary_labels import measure_label
from avrr_desktop.ui.widgets.formats import NO_BREAK_SPACE, delta_text, number_text

_NOT_APPLICABLE_TEXT = "·"
_FOLD_ABOVE = 20  # terms at zero of a long list that fold into one line


class LineKind(StrEnum):
    """How a line looks and behaves."""

    MAIN = "main"
    SUB = "sub"
    TOTAL = "total"
    GAP = "gap"
    HEADING = "heading"
    NOTE = "note"
    FOLD = "fold"


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A text and the figure it shows; ``is_previous`` belongs to the period before."""

    text: str
    key: CellKey | None = None
    is_previous: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its label, then a cell by column; ``code`` tells lines apart."""

    kind: LineKind
    label: str
    code: str = ""
    cells: tuple[ShownCell, ...] = field(default_factory=tuple)
    bars: tuple[int | None, ...] = ()  # drawn in the column that has them


def value_text(value: Number, language: Language) -> str:
    """A figure as the screen writes it; blank for none."""
    if value is None:
        return ""
    if isinstance(value, float):
        point = "." if language is Language.EN else ","
        return f"{value:.1f}".replace(".", point)
    return number_text(value)


def _shown(cell: Cell, language: Language) -> ShownCell:
    if not cell.is_applicable:
        return ShownCell(_NOT_APPLICABLE_TEXT)
    return ShownCell(value_text(cell.value, language), cell.key)


def _group_cells(row: Row, language: Language) -> tuple[ShownCell, ...]:
    """Five cells; a figure without groups leaves them empty."""
    if not row.groups:
        return tuple(ShownCell("") for _ in GROUPS)
    return tuple(_shown(cell, language) for cell in row.groups)


def change_text(row: Row) -> str:
    """Arrow, signed number and percent; a mean's change has one decimal."""
    if row.total.value is None or row.previous is None:
        return ""
    if isinstance(row.total.value, int) and isinstance(row.previous, int):
        return delta_text(row.total.value, row.previous)
    return ""


_KINDS = {
    RowKind.MAIN: LineKind.MAIN,
    RowKind.SUB: LineKind.SUB,
    RowKind.TERM: LineKind.SUB,
    RowKind.TOTAL: LineKind.TOTAL,
    RowKind.GAP: LineKind.GAP,
}


def main_lines(document: SummaryDocument) -> tuple[Line, ...]:
    """Label, groups, total, previous, change."""
    return tuple(_main_line(row, document.language) for row in document.main)


def _main_line(row: Row, language: Language) -> Line:
    if row.kind is RowKind.GAP:
        return Line(LineKind.GAP, "")
    previous = ShownCell(value_text(row.previous, language), row.total.key, is_previous=True)
    cells = (
        *_group_cells(row, language),
        _shown(row.total, language),
        previous,
        ShownCell(change_text(row)),
    )
    return Line(_KINDS[row.kind], row.label, row.code, cells)


def detail_lines(
    document: SummaryDocument, part: SectionPart, unfolded: Iterable[str] = ()
) -> tuple[Line, ...]:
    """Label, groups, total, percent, services: every figure of a section, table after table."""
    language = document.language
    opened = frozenset(unfolded)
    lines = [_detail_line(row, language) for row in (part.row, *part.subs)]
    lines.append(Line(LineKind.HEADING, tr("Other figures"), "facts"))
    lines += [_detail_line(row, language) for row in part.facts]
    if part.key == COHORT_FROM:
        lines += _cohort_lines(document)
    lines += _running_lines(document, part)
    for table in part.tables:
        lines += _table_lines(table, language, is_open=table.measure in opened)
    return tuple(lines)


def _detail_line(row: Row, language: Language) -> Line:
    percent = "" if row.percent is None else f"{number_text(row.percent)}{NO_BREAK_SPACE}%"
    services = ShownCell("") if row.services is None else _shown(row.services, language)
    cells = (
        *_group_cells(row, language),
        _shown(row.total, language),
        ShownCell(percent),
        services,
    )
    return Line(_KINDS[row.kind], row.label, row.code, cells)


def _cohort_lines(document: SummaryDocument) -> Iterator[Line]:
    yield Line(LineKind.HEADING, tr("Cohort"), "cohort")
    yield Line(LineKind.NOTE, document.cohort_note)
    yield _detail_line(document.cohort, document.language)


def _running_lines(document: SummaryDocument, part: SectionPart) -> Iterator[Line]:
    running = [each for each in document.running if each.code.partition(":")[0] == part.key]
    if not running:
        return
    yield Line(LineKind.HEADING, tr("Running totals"), "running")
    for each in running:
        if each.code == part.key:
            yield from (_part_line(cell, each.code, document.language) for cell in each.parts)
        label = f"{each.label} ({each.more_than})" if each.more_than else each.label
        row = Row(RowKind.SUB, label, each.code, total=each.total)
        yield _detail_line(row, document.language)


def _part_line(cell: Cell, code: str, language: Language) -> Line:
    """The opening balance, or the register's own count."""
    measure = measure_of(cell.key.section, cell.key.measure) if cell.key else None
    label = measure_label(measure).text(language) if measure else ""
    return _detail_line(Row(RowKind.SUB, label, code, total=cell), language)


def _table_lines(table: Table, language: Language, *, is_open: bool) -> Iterator[Line]:
    yield Line(LineKind.HEADING, table.title, table.measure)
    if table.note:
        yield Line(LineKind.NOTE, table.note)
    rows: Sequence[Row] = table.rows
    zeros = [row for row in rows if not row.total.value] if table.is_long else []
    folds = len(zeros) > _FOLD_ABOVE
    if folds and not is_open:
        rows = [row for row in rows if row.total.value]
    yield from (_detail_line(row, language) for row in rows)
    if folds:
        count = len(zeros)
        if is_open:
            text = ntr("Hide the term at 0", "Hide the {count} terms at 0", count)
        else:
            text = ntr("Show the term at 0", "Show the {count} terms at 0", count)
        yield Line(LineKind.FOLD, text, table.measure)
    yield _detail_line(table.total, language)
