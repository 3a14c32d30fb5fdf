"""The program's own template: a sheet per activity, empty, with its drop-downs and a guide."""

from __future__ import annotations

from pathlib import Path

from openpyxl.cell import WriteOnlyCell

from avrr_desktop.core.labels import Language
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.exchange.book import GUIDE_MARK, NOTE, TITLE, ExchangeBook
from avrr_desktop.services.exchange.cell_values import Wording
from avrr_desktop.services.exchange.columns import all_sheets
from avrr_desktop.services.register import Register
from avrr_desktop.services.workbook.saving import new_book, save_book

LINES = 2_000  # lines with drop-downs; more may be written below them


@needs(Permission.FIGURES)
def write_template(register: Register, path: Path, language: Language) -> None:
    """Write the empty template.

    Raises:
        UserError: see ``give_out``.
    """
    says = translator(language)
    with new_book(says.tr("AVRR template"), register.clock.now()) as book:
        exchange = ExchangeBook(book, Wording(register.vocabularies, language))
        add_guide(exchange, says)
        for spec in all_sheets():
            exchange.add_sheet(spec, LINES)
        exchange.add_lists()
        save_book(book, path)


def add_guide(exchange: ExchangeBook, says: Translator) -> None:
    """The first sheet: how the lines are filled in, and what the template does not carry."""
    sheet = exchange.new_sheet(says.tr("Read me"))
    sheet.column_dimensions["A"].hidden = True
    sheet.column_dimensions["B"].width = 100
    title = WriteOnlyCell(sheet, value=says.tr("How to fill in this template"))
    title.style = TITLE
    sheet.append([GUIDE_MARK, title])
    for sentence in _guide(says):
        cell = WriteOnlyCell(sheet, value=sentence)
        cell.style = NOTE
        sheet.append([None, cell])


def _guide(says: Translator) -> tuple[str, ...]:
    return (
        says.tr("One sheet for each activity, one line for each event. Leave unused sheets empty."),
        says.tr("Do not remove the hidden row and the hidden column: they tell what is what."),
        says.tr("Columns with an asterisk must be filled in."),
        says.tr(
            "Each line bears the number of a person of the register. Only a registration may "
            "leave it blank: the person is then new, and the columns beside say who it is."
        ),
        says.tr(
            "Registrations with the same family key make one case. Without a key, a new person "
            "has a case of their own."
        ),
        says.tr(
            "A line exported from the register updates its record: an emptied cell empties the "
            "field. What concerns the person, a document, a phone or a consent is never emptied."
        ),
        says.tr("Terms may be written in French, Arabic or English, or by their code."),
        says.tr("Several terms in one cell: a semicolon between them."),
        says.tr("Dates: day, month, year. A birth date may be 12/03/1994, 03/1994, 1994 or ~16."),
        says.tr(
            "The line key ties the lines of another sheet, deliveries for example, to their line."
        ),
        says.tr(
            "Not in this template: a person’s second and later documents, phones and consents, "
            "numbers of other systems, notes whose reading is restricted, and opening balances."
        ),
    )
