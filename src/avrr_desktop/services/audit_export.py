"""The lines of the journal that are shown, as a workbook or as CSV; a line of the journal too."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from openpyxl.cell import WriteOnlyCell

from avrr_desktop.core.labels import Language
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import give_out
from avrr_desktop.services.audit import note_export
from avrr_desktop.services.audit_lines import AuditLine, AuditQuery, lines
from avrr_desktop.services.audit_words import deed_text, record_text, summary_text
from avrr_desktop.services.exchange.book import HEADING, ExchangeBook, set_for_print
from avrr_desktop.services.exchange.cell_values import Wording
from avrr_desktop.services.register import Register
from avrr_desktop.services.workbook.safe_text import looks_computed, text_cell
from avrr_desktop.services.workbook.saving import new_book, save_book

Tell = Callable[[int, int], None]
_PAGE: Final = 500
_WIDTHS: Final = (9, 20, 24, 28, 30, 70, 40)


@needs(Permission.EXPORT_NAMES)
def export_journal(
    register: Register,
    wanted: Sequence[int],
    path: Path,
    language: Language,
    *,
    query: AuditQuery | None = None,
    tell: Tell = lambda _done, _total: None,
) -> int:
    """Write lines by their sequences; a path ending in .csv asks for CSV. Gives how many.

    Notes whose reading is restricted are left out, whoever exports. ``query`` is what chose the
    lines, for the journal.

    Raises:
        UserError: ``not_allowed``; see ``give_out``.
    """
    say = translator(language)
    told: dict[str, object] = {"lines": len(wanted), "language": language.value}
    if query is not None and query.is_narrow:
        told["filters"] = _filters(query)
    rows = _rows(register, wanted, say, tell)
    if path.suffix.lower() == ".csv":
        content = _csv(say, rows)
        note_export(register, path, "journal", **told)
        with give_out(path) as file:
            file.write(content)
        return len(wanted)
    with new_book(say.tr("Journal"), register.clock.now()) as book:
        sheet = ExchangeBook(book, Wording(register.vocabularies, language)).new_sheet(
            say.tr("Journal")
        )
        sheet.freeze_panes = "A2"
        set_for_print(sheet, "1:1")
        for letter, width in zip("ABCDEFG", _WIDTHS, strict=True):
            sheet.column_dimensions[letter].width = width
        headings = [WriteOnlyCell(sheet, value=text) for text in _headings(say)]
        for cell in headings:
            cell.style = HEADING
        sheet.append(headings)
        for number, *texts in rows:
            sheet.append([number, *(text_cell(sheet, str(text)) for text in texts)])
        note_export(register, path, "journal", **told)
        save_book(book, path)
    return len(wanted)


def _headings(say: Translator) -> tuple[str, ...]:
    return (
        say.tr("Line"),
        say.tr("When"),
        say.tr("Who"),
        say.tr("Action"),
        say.tr("Record"),
        say.tr("Before → after"),
        say.tr("Reason"),
    )


def _rows(
    register: Register, wanted: Sequence[int], say: Translator, tell: Tell
) -> Iterator[tuple[object, ...]]:
    for start in range(0, len(wanted), _PAGE):
        tell(start, len(wanted))
        for line in lines(register, wanted[start : start + _PAGE]):
            yield _row(register, line, say)
    tell(len(wanted), len(wanted))


def _row(register: Register, line: AuditLine, say: Translator) -> tuple[object, ...]:
    return (
        line.sequence,
        line.at.astimezone().isoformat(sep=" ", timespec="seconds"),
        line.actor,
        deed_text(line, say),
        record_text(line, say),
        summary_text(line, register.vocabularies, say),
        line.reason,
    )


def _csv(say: Translator, rows: Iterator[tuple[object, ...]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(_headings(say))
    for row in rows:
        writer.writerow([_disarmed(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig")  # so that Excel sees it is UTF-8


def _disarmed(cell: object) -> object:
    """An apostrophe keeps Excel from computing a text of a CSV file."""
    return f"'{cell}" if isinstance(cell, str) and looks_computed(cell) else cell


def _filters(query: AuditQuery) -> dict[str, object]:
    """What the journal keeps of them: no name that was searched."""
    return {
        "users": list(query.actors),
        "actions": list(query.actions),
        "tables": list(query.tables),
        "from": query.first.isoformat() if query.first else "",
        "to": query.last.isoformat() if query.last else "",
        "searched": bool(query.text),
        "person": query.person,
    }
