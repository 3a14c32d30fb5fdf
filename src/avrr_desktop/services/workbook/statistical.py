"""The statistical workbook of a period: figures, charts and definitions, no personal data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.worksheet.worksheet import Worksheet

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Activity
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import note_export
from avrr_desktop.services.closing.closings import published
from avrr_desktop.services.closing.held import closing_for
from avrr_desktop.services.comparisons import Comparisons, comparisons
from avrr_desktop.services.comparisons_words import years_document
from avrr_desktop.services.identities import Printed, guarded_count, require
from avrr_desktop.services.live import Counted
from avrr_desktop.services.register import Register, RegisterInfo
from avrr_desktop.services.summary.summary import CellValue
from avrr_desktop.services.summary_document import Row, SectionPart, SummaryDocument, Table
from avrr_desktop.services.summary_view import document
from avrr_desktop.services.workbook import charts
from avrr_desktop.services.workbook.figure_sheet import FigureSheet, new_sheet
from avrr_desktop.services.workbook.safe_text import set_text
from avrr_desktop.services.workbook.saving import new_book, save_book
from avrr_desktop.services.workbook.styles import Look, add_styles
from avrr_desktop.services.workbook.years_sheet import add_years

ReportProgress = Callable[[int, int], None]
DATA_COLUMNS: Final = ("section", "measure", "term", "group", "value")
_MOST_BARS: Final = 10
_BESIDE: Final = ("C", "H")  # where charts stand beside the one of groups


@needs(Permission.FIGURES)
def export_workbook(
    register: Register,
    period: Period,
    path: Path,
    language: Language,
    progress: ReportProgress | None = None,
) -> None:
    """Count the period and write its workbook; of a closed semester, what was frozen.

    Raises:
        UserError: ``identity_broken`` (figures that do not agree are not given out), or see
            ``atomic_write``; ``closing_altered`` when another program changed a closed semester.
    """
    _tell(progress, 0)
    if closing := closing_for(register, period):
        given = published(register, closing)
        counted, info = given.counted, given.register
    else:
        guarded = guarded_count(register, period)
        guarded.require()
        counted, info = guarded.counted, register.info
    _tell(progress, 1)
    # A closed semester keeps the workbook that was published: later years do not come into it.
    years = None if closing else comparisons(register, period)
    write_workbook(info, counted, path, language, progress, years=years)
    note_export(register, path, "workbook", period=period.code, language=language.value)


@needs(Permission.FIGURES)
def write_workbook(
    register: RegisterInfo,
    counted: Counted,
    path: Path,
    language: Language,
    progress: ReportProgress | None = None,
    *,
    years: Comparisons | None = None,
) -> None:
    """Write the workbook of a period already counted, dated by its count.

    ``years`` adds a sheet that compares the period with the same one of other years.

    Raises:
        UserError: ``identity_broken``, or see ``atomic_write``.
    """
    say, summary = translator(language), counted.summary
    shown = document(
        summary,
        summary.vocabularies,
        language,
        register=register,
        planned=counted.planned,
    )
    lines = tuple(summary.iter_cells())
    require(summary, printed=Printed(shown, lines))
    with new_book(f"{shown.title} {summary.period.code}", summary.counted_at) as book:
        add_styles(book)
        writing = _Writing(book, shown, say, _footer(register, shown, say))
        writing.add_synthesis()
        for step, activity in enumerate(ACTIVITIES, 2):
            writing.add_activity(activity)
            _tell(progress, step)
        if years is not None:
            worded = years_document(years, summary.vocabularies, say)
            add_years(book, shown, worded, say.tr("Comparisons"), writing.footer)
        writing.add_definitions()
        _add_data(book, lines, say)
        save_book(book, path)
    _tell(progress, _STEPS)


_STEPS: Final = len(ACTIVITIES) + 2


def _tell(progress: ReportProgress | None, done: int) -> None:
    if progress is not None:
        progress(done, _STEPS)


def _footer(register: RegisterInfo, shown: SummaryDocument, say: Translator) -> str:
    footer = f"AVRR · {shown.period.code}"
    if register.is_demo:
        footer = f"{footer} · {say.tr('Demonstration: every person is invented')}"
    return footer


class _Writing:
    """Writes the sheets of one workbook."""

    def __init__(
        self, book: Workbook, shown: SummaryDocument, say: Translator, footer: str
    ) -> None:
        self._book = book
        self._shown = shown
        self._say = say
        self.footer = footer
        self._is_rtl = shown.language.is_rtl

    def add_synthesis(self) -> None:
        """The bulletin's table, running totals, cohort, donors, and what must be known."""
        shown, say = self._shown, self._say
        page = FigureSheet(self._book, shown, say.tr("Summary"), self.footer)
        page.add_top(f"{shown.title} · {shown.period_label}", shown.subtitle)
        page.add_rows(shown.main)
        for note in shown.footnotes:
            page.add_text(note, Look.NOTE)
        page.add_gap()
        page.add_row(shown.cohort)
        page.add_text(shown.cohort_note, Look.NOTE)
        page.add_gap()
        self._add_running(page)
        self._add_donors(page)
        for note_ in shown.notes:
            page.add_text(note_.text, Look.NOTE)

    def add_activity(self, activity: Activity) -> None:
        """One sheet for an activity: its sections one below the other."""
        shown = self._shown
        title = activity.plural.text(shown.language)
        page = FigureSheet(self._book, shown, title, self.footer)
        page.add_top(f"{title} · {shown.period_label}", shown.subtitle)
        for section in activity.counted:
            self._add_section(page, shown.section(section.key))

    def add_definitions(self) -> None:
        """The rules in plain words, the period, the count, the register, the hidden sheet."""
        say = self._say
        sheet = new_sheet(
            self._book,
            say.tr("Definitions"),
            is_rtl=self._is_rtl,
            footer=self.footer,
            portrait=True,
        )
        sheet.column_dimensions["A"].width = 28
        sheet.column_dimensions["B"].width = 90
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.append([_worded(sheet, say.tr("Definitions"), Look.TITLE)])
        for title, text in self._definitions():
            sheet.append([_worded(sheet, title, Look.TERM), _worded(sheet, text, Look.TEXT)])

    def _definitions(self) -> Iterator[tuple[str, str]]:
        for definition in self._shown.definitions:
            yield definition.title, definition.text
        yield (
            self._say.tr("Sheet for other programs"),
            self._say.tr(
                "A hidden sheet holds every figure on a line: section, measure, term, group,"
                " value. Zeros are there; a blank value cannot be computed."
            ),
        )

    def _add_running(self, page: FigureSheet) -> None:
        shown, say = self._shown, self._say
        if not shown.running:
            return
        page.add_heads(
            (
                say.tr("Running totals"),
                say.tr("Carried over"),
                say.tr("Counted here"),
                shown.total_label,
            )
        )
        for running in shown.running:
            cells = (running.opening, running.counted, running.total)
            page.add_cells(running.label, cells, running.more_than)
        page.add_gap()

    def _add_donors(self, page: FigureSheet) -> None:
        if self._shown.donors:
            page.add_text(self._say.tr("Donors of the period"), Look.TABLE)
            for _, label in self._shown.donors:
                page.add_text(label, Look.LABEL)
            page.add_gap()

    def _add_section(self, page: FigureSheet, part: SectionPart) -> None:
        page.add_gap()
        page.add_band(part.label)
        row = page.add_row(part.row)
        page.add_rows(part.subs)
        page.add_rows(part.facts)
        chart_row = page.add_gap(charts.ROWS + 1) + 1 if part.row.total.value else 0
        if chart_row and part.row.groups:
            chart = charts.groups_chart(page.sheet, part.label, row, is_rtl=self._is_rtl)
            page.sheet.add_chart(chart, f"A{chart_row}")
        places = iter(_BESIDE) if chart_row else iter(())
        for table in part.tables:
            rows = self._add_table(page, table)
            if _is_drawn(table) and (column := next(places, "")):
                self._draw(page.sheet, table, rows, f"{column}{chart_row}")

    def _add_table(self, page: FigureSheet, table: Table) -> tuple[int, int]:
        page.add_gap()
        page.add_text(table.title, Look.TABLE)
        first = page.row + 1
        for row in table.rows:
            if table.is_by_month:  # the same month of another period has another name
                row_shown = replace(row, previous=None, change=None, change_percent=None)
                page.add_row(row_shown)
            else:
                page.add_row(row, folded=table.is_long and _is_empty(row))
        last = page.row
        page.add_row(table.total)
        for note in (table.note, self._folded_note(table)):
            if note:
                page.add_text(note, Look.NOTE)
        return first, last

    def _folded_note(self, table: Table) -> str:
        count = sum(map(_is_empty, table.rows)) if table.is_long else 0
        if not count:
            return ""
        return self._say.ntr(
            "{count} line of zeros is folded: the + beside the rows shows it.",
            "{count} lines of zeros are folded: the + beside the rows shows them.",
            count,
        )

    def _draw(self, sheet: Worksheet, table: Table, rows: tuple[int, int], anchor: str) -> None:
        first, last = rows
        if table.is_long:
            counted = sum(1 for row in table.rows if row.total.value)
            last = first + min(counted, _MOST_BARS) - 1
        chart = charts.terms_chart(
            sheet, table.title, (first, last), is_rtl=self._is_rtl, lying=table.is_long
        )
        sheet.add_chart(chart, anchor)


def _is_empty(row: Row) -> bool:
    return not row.total.value and not row.previous


def _is_drawn(table: Table) -> bool:
    """The first list of countries and the months are drawn."""
    return (table.is_long or table.is_by_month) and any(row.total.value for row in table.rows)


def _worded(sheet: Worksheet, text: str, look: Look) -> SheetCell:
    cell = WriteOnlyCell(sheet, value="")
    set_text(cell, text)
    cell.style = look.value
    return cell


def _add_data(book: Workbook, lines: Iterable[CellValue], say: Translator) -> None:
    """Every cell on a line, for other programs and for the test that holds both equal."""
    sheet = cast(Worksheet, book.create_sheet(say.tr("Data")))
    sheet.sheet_state = "hidden"
    sheet.freeze_panes = "A2"
    sheet.append(list(DATA_COLUMNS))
    for cell in lines:
        sheet.append([cell[name] for name in DATA_COLUMNS])
