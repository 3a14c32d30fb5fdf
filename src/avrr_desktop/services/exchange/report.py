"""The report of an import: every line with its verdict and why, as a workbook or as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from openpyxl.cell import WriteOnlyCell

from avrr_desktop.core.labels import Language
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import give_out
from avrr_desktop.services.audit import note_export
from avrr_desktop.services.exchange.book import HEADING, NOTE, ExchangeBook, set_for_print
from avrr_desktop.services.exchange.cell_values import Wording
from avrr_desktop.services.exchange.lookups import Lookups
from avrr_desktop.services.exchange.plan import ImportPlan
from avrr_desktop.services.exchange.wording import sheet_title, word_line, word_verdict
from avrr_desktop.services.register import Register
from avrr_desktop.services.workbook.safe_text import looks_computed, set_text, text_cell
from avrr_desktop.services.workbook.saving import new_book, save_book

ReportRow = tuple[str, int, str, str, str]
_WIDTHS = (26, 8, 24, 20, 90)


@needs(Permission.IMPORT)
def write_report(register: Register, plan: ImportPlan, path: Path, language: Language) -> None:
    """Write what became of every line; a path ending in .csv asks for CSV.

    Raises:
        UserError: see ``give_out``.
    """
    say = translator(language)
    rows = _rows(register, plan, say)
    note_export(register, path, "import_report", lines=len(rows), language=language.value)
    if path.suffix.lower() == ".csv":
        _write_csv(path, _headings(say), rows)
        return
    with new_book(say.tr("Report of the import"), register.clock.now()) as book:
        exchange = ExchangeBook(book, Wording(register.vocabularies, language))
        sheet = exchange.new_sheet(say.tr("Report"))
        sheet.freeze_panes = "A2"
        set_for_print(sheet, "1:1")
        for letter, width in zip("ABCDE", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        headings = [WriteOnlyCell(sheet, value=text) for text in _headings(say)]
        for cell in headings:
            cell.style = HEADING
        sheet.append(headings)
        for *places, why in rows:
            reason = WriteOnlyCell(sheet, value="")
            set_text(reason, why)
            reason.style = NOTE
            texts = [text_cell(sheet, p) if isinstance(p, str) else p for p in places]
            sheet.append([*texts, reason])
        save_book(book, path)


def _headings(say: Translator) -> tuple[str, ...]:
    return (say.tr("Sheet"), say.tr("Line"), say.tr("Person"), say.tr("Verdict"), say.tr("Reason"))


def _rows(register: Register, plan: ImportPlan, say: Translator) -> list[ReportRow]:
    """The lines; once imported, new persons stand under the number they were given."""
    with register.database.reading() as connection:
        persons = Lookups(connection).persons(line.person_id for line in plan.lines)
    numbers = {i: str(row["number"]) for i, row in persons.items() if row["deleted_at"] is None}
    return [
        (
            sheet_title(line.sheet, say),
            line.row,
            numbers.get(line.person_id, line.person),
            word_verdict(line.verdict, say),
            word_line(line, say),
        )
        for line in plan.lines
    ]


def _write_csv(path: Path, headings: tuple[str, ...], rows: list[ReportRow]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_disarmed(cell) for cell in row])
    with give_out(path) as file:
        file.write(text.getvalue().encode("utf-8-sig"))  # so that Excel sees it is UTF-8


def _disarmed(cell: object) -> object:
    """An apostrophe keeps Excel from computing a text of a CSV file."""
    return f"'{cell}" if isinstance(cell, str) and looks_computed(cell) else cell
