"""The sheets of the exchange workbook: headings, hidden row and column, drop-downs, printing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from avrr_desktop.core import colours
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label
from avrr_desktop.core.translation import Translator, translator
from avrr_desktop.services.exchange.cell_values import Wording
from avrr_desktop.services.exchange.columns import (
    CASE_NUMBER,
    FAMILY_KEY,
    ID,
    LINE_KEY,
    PERSON_NUMBER,
    Column,
    SheetSpec,
)
from avrr_desktop.services.workbook.safe_text import text_cell

LISTS_MARK: Final = "avrr.lists"
GUIDE_MARK: Final = "avrr.guide"
FIRST_ROW: Final = 3  # the hidden names, the headings, then the lines
DATE_FORMAT: Final = "dd/mm/yyyy"
TEXT_FORMAT: Final = "@"
AMOUNT_FORMAT: Final = "#,##0.00"
HEADING: Final = "avrr heading"
HEADING_REQUIRED: Final = "avrr heading required"
NOTE: Final = "avrr note"
TITLE: Final = "avrr title"

# Excel writes opacity first.
_INK, _PALE = f"FF{colours.INK}", f"FF{colours.ACCENT_SOFT}"
_WARM, _EDGE = f"FF{colours.WARNING_SOFT}", f"FF{colours.HAIRLINE}"
_LISTS_TITLE: Final = Label("Listes", "القوائم", "Lists")
_MOST_PROMPT = 255
_A4: Final = 9
_FIRST_DAY, _LAST_DAY = "1", "109574"  # 1 January 1900 and 31 December 2199, as Excel counts
_FORMATS: Final = {
    Kind.DATE: DATE_FORMAT,
    Kind.REFERENCE: DATE_FORMAT,
    Kind.BIRTH: DATE_FORMAT,
    Kind.AMOUNT: AMOUNT_FORMAT,
    Kind.IDENTIFIER: TEXT_FORMAT,
}
_WIDTHS: Final = {
    Kind.DATE: 13,
    Kind.BIRTH: 16,
    Kind.INTEGER: 10,
    Kind.AMOUNT: 13,
    Kind.YES_NO: 9,
    Kind.LONG_TEXT: 36,
    Kind.IDENTIFIER: 16,
    Kind.TERMS: 30,
}


@dataclass(frozen=True, slots=True)
class _ListPlace:
    """Where a list stands in the sheet of lists."""

    column: int
    count: int


class ExchangeBook:
    """A workbook of the exchange in one language."""

    def __init__(self, book: Workbook, wording: Wording) -> None:
        self.book = book
        self.wording = wording
        self.language = wording.language
        self._says: Translator = translator(self.language)
        self._lists: dict[str, _ListPlace] = {}
        for style in _styles():
            book.add_named_style(style)

    def add_sheet(self, spec: SheetSpec, last_row: int) -> Worksheet:
        """A sheet ready for its lines, validated down to ``last_row``."""
        sheet = self.new_sheet(spec.title(self.language))
        sheet.freeze_panes = f"{get_column_letter(1 + _frozen(spec))}{FIRST_ROW}"
        sheet.row_dimensions[1].hidden = True
        sheet.row_dimensions[2].height = 32
        for place, column in enumerate(spec.columns, 1):
            self._dress(sheet, place, column)
        set_for_print(sheet, "2:2")
        last = max(last_row, FIRST_ROW)
        sheet.auto_filter.ref = f"A2:{get_column_letter(len(spec.columns))}{last}"
        for place, column in enumerate(spec.columns, 1):
            self._validate(sheet, place, column, last)
        names = (f"{spec.key}.{ID}", *(column.name for column in spec.columns[1:]))
        sheet.append(names)
        sheet.append([self._heading(sheet, column) for column in spec.columns])
        return sheet

    def new_sheet(self, title: str) -> Worksheet:
        """An empty sheet that reads in the direction of the language."""
        sheet = cast(Worksheet, self.book.create_sheet(title))  # a write-only one is alike
        sheet.sheet_view.rightToLeft = self.language.is_rtl
        return sheet

    def add_lists(self) -> None:
        """The hidden sheet the drop-downs refer to; the last one written."""
        sheet = self.book.create_sheet(_LISTS_TITLE.text(self.language))
        sheet.sheet_state = "hidden"
        names = list(self._lists)
        columns = [self._choices(name) for name in names]
        sheet.append([LISTS_MARK, *names])
        for row in range(max(map(len, columns), default=0)):
            line = [column[row] if row < len(column) else "" for column in columns]
            sheet.append([None, *(text_cell(sheet, text) if text else None for text in line)])

    def _dress(self, sheet: Worksheet, place: int, column: Column) -> None:
        dimension = sheet.column_dimensions[get_column_letter(place)]
        dimension.width = _WIDTHS.get(column.kind, 20)
        dimension.hidden = column.name == ID
        if column.kind in _FORMATS:
            dimension.number_format = _FORMATS[column.kind]

    def _heading(self, sheet: Worksheet, column: Column) -> Cell:
        text = column.label.text(self.language)
        cell = WriteOnlyCell(sheet, value=f"{text} *" if column.required else text)
        cell.style = HEADING_REQUIRED if column.required else HEADING
        return cell

    def _validate(self, sheet: Worksheet, place: int, column: Column, last_row: int) -> None:
        rule = self._rule(column)
        if rule is None:
            return
        prompt = self._prompt(column)
        if prompt:
            rule.promptTitle = column.label.text(self.language)[:32]
            rule.prompt = prompt[:_MOST_PROMPT]
            rule.showInputMessage = True
        letter = get_column_letter(place)
        rule.add(f"{letter}{FIRST_ROW}:{letter}{last_row}")
        sheet.data_validations.append(rule)

    def _rule(self, column: Column) -> DataValidation | None:
        says = self._says
        if column.kind in (Kind.TERM, Kind.YES_NO, Kind.TERMS):
            strict = column.kind is not Kind.TERMS
            rule = DataValidation("list", formula1=self._range(column), allow_blank=True)
            rule.showErrorMessage = strict
            rule.error = says.tr("Choose one of the terms of the list.")
            return rule
        if column.kind is Kind.DATE:
            rule = DataValidation("date", operator="between", allow_blank=True)
            rule.formula1, rule.formula2 = _FIRST_DAY, _LAST_DAY
            rule.showErrorMessage = True
            rule.error = says.tr("Type a date: day, month, year.")
            return rule
        return DataValidation(allow_blank=True) if self._prompt(column) else None

    def _prompt(self, column: Column) -> str:
        says = self._says
        if column.kind is Kind.TERMS:
            return says.tr("Several terms: write them with a semicolon between them.")
        if column.kind is Kind.REFERENCE:
            return says.tr("The date of the person’s return: departure, arrival, or planned date.")
        if column.name in _CONTROLS:
            return _CONTROLS[column.name](says)
        help_text = column.field.spec.help if column.field else None
        return help_text.text(self.language) if help_text else ""

    def _range(self, column: Column) -> str:
        name = column.vocabulary or Kind.YES_NO.value
        place = self._lists.get(name)
        if place is None:
            count = len(self._choices(name))
            place = self._lists[name] = _ListPlace(len(self._lists) + 2, count)
        letter = get_column_letter(place.column)
        sheet = _LISTS_TITLE.text(self.language)
        return f"'{sheet}'!${letter}$2:${letter}${1 + max(place.count, 1)}"

    def _choices(self, name: str) -> tuple[str, ...]:
        return self.wording.yes_no if name == Kind.YES_NO else self.wording.choices(name)


_CONTROLS: Final[dict[str, Callable[[Translator], str]]] = {
    PERSON_NUMBER: lambda says: says.tr("The number the program gave the person, P-000042."),
    CASE_NUMBER: lambda says: says.tr("A case of the register, or nothing."),
    FAMILY_KEY: lambda says: says.tr(
        "The same word on the lines of one family makes them one new case."
    ),
    LINE_KEY: lambda says: says.tr("Any word, once in this sheet: the other sheets refer to it."),
}


def format_of(kind: Kind) -> str:
    """The number format of a kind's cells; empty for the general one."""
    return _FORMATS.get(kind, "")


def set_for_print(sheet: Worksheet, title_rows: str) -> None:
    """A4 lying, as wide as one page, headings on every page, page numbers below."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = title_rows
    for part, text in ((sheet.oddHeader, "&A"), (sheet.oddFooter, "&P / &N")):
        assert part is not None
        part.center.text = text


def _frozen(spec: SheetSpec) -> int:
    """Columns that stay in sight: whose line it is."""
    names = [column.name for column in spec.columns]
    return 1 + max(
        (names.index(name) for name in (PERSON_NUMBER, LINE_KEY) if name in names), default=0
    )


def _styles() -> tuple[NamedStyle, ...]:
    edge = Border(bottom=Side(style="thin", color=_EDGE))
    wrapped = Alignment(wrap_text=True, vertical="center")
    bold = Font(name="Arial", size=10, bold=True, color=_INK)
    heading = NamedStyle(
        HEADING, font=bold, fill=PatternFill("solid", fgColor=_PALE), border=edge, alignment=wrapped
    )
    required = NamedStyle(
        HEADING_REQUIRED,
        font=bold,
        fill=PatternFill("solid", fgColor=_WARM),
        border=edge,
        alignment=wrapped,
    )
    title = NamedStyle(TITLE, font=Font(name="Arial", size=14, bold=True, color=_INK))
    note = NamedStyle(
        NOTE,
        font=Font(name="Arial", size=10, color=_INK),
        alignment=Alignment(wrap_text=True, vertical="top"),
    )
    return heading, required, title, note
