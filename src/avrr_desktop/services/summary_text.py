"""The summary as plain text, for a terminal: the rows of the summary's document in columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import translator
from avrr_desktop.services.comparisons import comparisons
from avrr_desktop.services.comparisons_words import NO_DATA, YearsDocument, years_document
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary_document import Cell, Number, Row, RowKind, SummaryDocument
from avrr_desktop.services.summary_view import document

_GAP = "  "
_INDENT = {RowKind.SUB: "  ", RowKind.TERM: "  "}


def summary_text(register: Register, summary: Summary, language: Language) -> str:
    """The main table, running totals, cohort and every list of every section, zeros left out."""
    shown = document(summary, summary.vocabularies, language, register=register.info)
    blocks = [f"{shown.title}\n{shown.subtitle}", _main(shown), _running(shown)]
    for part in shown.sections:
        for table in part.tables:
            rows = [row for row in table.rows if row.total.value]
            if rows:
                heading = f"{part.label} — {table.title}"
                blocks.append(f"{heading}\n{_table(shown, [*rows, table.total])}")
    blocks += [note.text for note in shown.notes]
    return "\n\n".join(block for block in blocks if block)


def years_said(
    register: Register, period: Period, language: Language, known_at: datetime | None = None
) -> str:
    """The comparison with other years, or why it cannot be made."""
    say = translator(language)
    try:
        found = comparisons(register, period, known_at=known_at)
    except UserError as error:
        return word_error(error, say)
    return years_text(years_document(found, register.vocabularies, say))


def years_text(shown: YearsDocument) -> str:
    """The main figures year after year; one sentence when there is one year only."""
    if not shown.has_several:
        return f"{shown.title}\n{shown.nothing}"
    head = ("", *(head.marked for head in shown.heads), shown.change_label, "%")
    lines = [
        (
            _INDENT.get(row.kind, "") + row.label,
            *(NO_DATA if value is None else str(value) for value in row.values),
            _signed(row.change),
            _signed(row.change_percent),
        )
        for row in shown.rows
        if row.kind is not RowKind.GAP
    ]
    return "\n".join((shown.title, _columns([head, *lines]), *shown.notes))


def _main(shown: SummaryDocument) -> str:
    return _table(shown, [*shown.main, shown.cohort])


def _running(shown: SummaryDocument) -> str:
    lines = [
        (running.label, *map(_number, (running.opening, running.counted, running.total)))
        for running in shown.running
        if running.total.value
    ]
    return _columns([(label, f"{a} + {b} = {c}") for label, a, b, c in lines])


def _table(shown: SummaryDocument, rows: Sequence[Row]) -> str:
    head = ("", *shown.group_labels, shown.total_label)
    lines = [
        (
            _INDENT.get(row.kind, "") + row.label,
            *([_number(cell) for cell in row.groups] or [""] * len(shown.group_labels)),
            _number(row.total),
        )
        for row in rows
        if row.kind is not RowKind.GAP
    ]
    return _columns([head, *lines])


def _columns(lines: Iterable[Sequence[str]]) -> str:
    """Lines with their columns aligned: texts at the start, numbers at the end."""
    rows = [tuple(line) for line in lines]
    if not rows:
        return ""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join(
        _GAP.join(
            text.rjust(width) if place else text.ljust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _number(cell: Cell) -> str:
    value: Number = cell.value
    if not cell.is_applicable:
        return "·"
    return "" if value is None else str(value)


def _signed(change: int | None) -> str:
    if not change:
        return "" if change is None else "0"
    return f"{change:+d}"
