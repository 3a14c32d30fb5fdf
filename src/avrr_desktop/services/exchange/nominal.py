"""The nominal list of an activity, in the template's own columns, so that it may come back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import translator
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import note_export
from avrr_desktop.services.exchange.book import DATE_FORMAT, ExchangeBook, format_of
from avrr_desktop.services.exchange.cell_values import Wording
from avrr_desktop.services.exchange.columns import Column, SheetSpec, sheets_of
from avrr_desktop.services.exchange.gathering import Gatherer, Lines, may_be_listed, read_lines
from avrr_desktop.services.exchange.sealed_list import check_list_password, save_list
from avrr_desktop.services.exchange.template import add_guide
from avrr_desktop.services.lists import Filter, ListQuery, ids
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import CHUNK
from avrr_desktop.services.workbook.safe_text import escaped, is_plain, text_cell
from avrr_desktop.services.workbook.saving import new_book

ReportProgress = Callable[[int, int], None]
_DAY_ZERO = date(1899, 12, 30).toordinal()  # day 0 as Excel counts


@dataclass(frozen=True, slots=True)
class Exported:
    """What a nominal list holds, and who was left out for want of consent."""

    lines: int
    persons_left_out: int
    lines_left_out: int
    path: Path


def list_of(key: str, period: Period | None = None) -> ListQuery:
    """The list of an activity, of a period when given, by its counting date.

    Raises:
        UserError: ``unknown_activity``.
    """
    if key not in ACTIVITY_BY_KEY:
        raise UserError("unknown_activity", activity=key, known=", ".join(ACTIVITY_BY_KEY))
    dated_by = ACTIVITY_BY_KEY[key].dated_by
    wanted = (Filter(dated_by, first=period.start, last=period.end),) if period else ()
    return ListQuery(key, sort=(dated_by, False), filters=wanted)


@needs(Permission.EXPORT_NAMES)
def export_nominal(
    register: Register,
    query: ListQuery | str,
    path: Path,
    language: Language,
    *,
    period: Period | None = None,
    password: str = "",
    progress: ReportProgress | None = None,
) -> Exported:
    """Write the lines of a list of one activity, in its order, or of an activity by its key.

    With a ``password`` the file is a zip encrypted under it, called as ``path`` but for its end;
    a list of a protected register needs one.

    ``period`` keeps those whose counting date lies in it, when ``query`` is a key.

    Persons whose consent does not cover statistics, or who withdrew it, are left out.

    Raises:
        UserError: ``unknown_activity``, ``list_needs_password``; see ``give_out``.
    """
    check_list_password(register, password)
    if isinstance(query, str):
        query = list_of(query, period)
    activity = ACTIVITY_BY_KEY[query.record]
    wanted = ids(register, query)
    says = translator(language)
    with (
        new_book(activity.plural.text(language), register.clock.now()) as book,
        register.database.reading() as connection,
    ):
        exchange = ExchangeBook(book, Wording(register.vocabularies, language))
        own, *children = sheets_of(activity)
        gatherer = Gatherer(connection, own)
        writers = [SheetWriter(exchange, spec, len(wanted)) for spec in (own, *children)]
        count = _Count()
        for start in range(0, len(wanted), CHUNK):
            if progress:
                progress(start, len(wanted))
            lines = read_lines(connection, activity, wanted[start : start + CHUNK])
            listed = may_be_listed(
                connection, register.vocabularies, lines.person_ids, register.clock.today()
            )
            kept = count.take(lines, listed)
            first_key = count.lines - len(kept.events) + 1
            writers[0].write(gatherer.columns(kept, first_key))
            for writer, child in zip(writers[1:], children, strict=True):
                writer.write(gatherer.children(child, kept, first_key))
        add_guide(exchange, says)
        exchange.add_lists()
        note_export(register, path, query.record, **_told(query, count), language=language.value)
        written = save_list(book, path, password)
        if progress:
            progress(len(wanted), len(wanted))
    return count.result(written)


def _told(query: ListQuery, count: _Count) -> dict[str, object]:
    """What the journal keeps of a list: filters and counts; a searched name is not kept."""
    filters = {
        each.column: [
            *each.codes,
            *(day.isoformat() if day else "" for day in (each.first, each.last)),
        ]
        for each in query.filters
    }
    return {"filters": filters, "searched": bool(query.text), "lines": count.lines}


class _Count:
    """Who was written and who was left out."""

    def __init__(self) -> None:
        self.lines = 0
        self._lines_left_out = 0
        self._left_out: set[str] = set()

    def take(self, lines: Lines, listed: set[str]) -> Lines:
        """The lines that may be listed."""
        kept, left = [], set()
        for event in lines.events:
            person = str(lines.person(event)["id"])
            if person in listed:
                kept.append(event)
            else:
                left.add(person)
        self.lines += len(kept)
        self._lines_left_out += len(lines.events) - len(kept)
        self._left_out |= left
        return Lines(kept, lines.persons)

    def result(self, path: Path) -> Exported:
        """The counts, and the file written."""
        return Exported(self.lines, len(self._left_out), self._lines_left_out, path)


class SheetWriter:
    """Writes columns of stored values as the lines of a sheet."""

    def __init__(self, exchange: ExchangeBook, spec: SheetSpec, count: int) -> None:
        self._sheet = exchange.add_sheet(spec, count + 2)
        self._columns = [_ColumnWriter(self._sheet, exchange.wording, c) for c in spec.columns]

    def write(self, columns: Sequence[list[object]]) -> None:
        """Append the lines made of these columns."""
        cells = [w.cells(column) for w, column in zip(self._columns, columns, strict=True)]
        styled = [(place, w.cell) for place, w in enumerate(self._columns) if w.cell is not None]
        append = self._sheet.append
        for line in zip(*cells, strict=True):
            row = list(line)
            for place, cell in styled:
                value = row[place]
                if value is not None:
                    _give(cell, value)  # written at once, so that one cell serves the column
                    row[place] = cell
            append(row)


def _give(cell: Any, value: object) -> None:
    if type(value) is str:
        cell._value, cell.data_type = value, "s"  # noqa: SLF001 (escapes are not to be cut)
    else:
        cell.value = value


class _StyledCell(Cell):
    """A cell whose name costs nothing: openpyxl builds it for each one handed over, unused."""

    def __repr__(self) -> str:
        return "cell"


class _ColumnWriter:
    """Turns one column's stored values into what openpyxl takes."""

    def __init__(self, sheet: Worksheet, wording: Wording, column: Column) -> None:
        self._sheet = sheet
        self._to_cell = wording.writer(column)
        # Numbers and days cannot look like a formula, answers come from a list of two.
        self._is_safe = column.kind in (Kind.YES_NO, Kind.INTEGER, Kind.AMOUNT, Kind.DATE)
        self._is_dated = format_of(column.kind) == DATE_FORMAT
        self.cell = self._styled(column.kind)

    def cells(self, values: list[object]) -> list[object]:
        """The cells of these values; bare values still where ``cell`` is to bear them."""
        if self._to_cell is not None:
            to_cell = self._to_cell
            values = [to_cell(value) for value in values]
        if self._is_dated:
            values = [_serial(value) for value in values]
        if self._is_safe:
            return values
        return [value if _is_safe(value) else self._safe(str(value)) for value in values]

    def _safe(self, text: str) -> object:
        return escaped(text) if self.cell is not None else text_cell(self._sheet, text)

    def _styled(self, kind: Kind) -> Cell | None:
        wanted = format_of(kind)
        if not wanted:
            return None
        cell = _StyledCell(self._sheet, row=1, column=1)
        cell.number_format = wanted
        return cell


def _is_safe(value: object) -> bool:
    return not isinstance(value, str) or is_plain(value)


def _serial(value: object) -> object:
    """A day as Excel counts it; anything else as it is."""
    return value.toordinal() - _DAY_ZERO if isinstance(value, date) else value
