"""What the cells of a list say: values of each kind as text, on screen and on the clipboard."""

from __future__ import annotations

from datetime import date

from avrr_desktop.core.ages import Group
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.lists import Age, Column, ColumnKind, PersonName, Row
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.widgets.formats import (
    amount_text,
    code_text,
    date_text,
    ltr,
    name_text,
    number_text,
)

_UNKNOWN_AGE = 120
_BIDI = dict.fromkeys(range(0x2066, 0x206A))
_SPACES = {0x202F: " ", 0xA0: " ", 0x2011: "-", 0x2212: "-", 0x09: " ", 0x0A: " ", 0x0D: " "}
END_KINDS = frozenset({Kind.INTEGER, Kind.AMOUNT})


def shown_name(name: PersonName) -> str:
    """« KONÉ Aïcha »; the Arabic name where there is no other."""
    return name_text(name.family, name.given) or name.arabic


def age_text(age: Age) -> str:
    """« 29 years », « 15–16 years », or a dash when nothing is known."""
    if age.highest - age.lowest >= _UNKNOWN_AGE:
        return "—"
    if age.is_known:
        return ntr("{count} year", "{count} years", age.lowest)
    return tr("{lowest} to {highest} years", lowest=age.lowest, highest=age.highest)


def cell_text(context: Context, column: Column, row: Row) -> str:
    """One value of a row as the table shows it; empty for none."""
    value = row.values.get(column.key)
    if value is None or value == "":
        return ""
    if isinstance(value, PersonName):
        return shown_name(value)
    if isinstance(value, Age):
        return age_text(value)
    if column.kind is ColumnKind.GROUP:
        return group_word(Group(str(value)))
    if isinstance(value, date):
        return ltr(date_text(value))
    return _by_kind(context, column, row, value)


def _by_kind(context: Context, column: Column, row: Row, value: object) -> str:
    if column.value_kind is Kind.TERM:
        return context.term(column.vocabulary, value)
    if column.value_kind is Kind.YES_NO:
        return tr("Yes") if value else tr("No")
    if isinstance(value, int):
        return _number(column, row, value)
    return code_text(str(value)) if column.value_kind.is_left_to_right else str(value)


def _number(column: Column, row: Row, value: int) -> str:
    if column.value_kind is Kind.AMOUNT:
        currency = str(row.values.get("currency") or "")
        return ltr(f"{amount_text(value)}\u00a0{currency}".rstrip())
    return ltr(number_text(value))


def copied_text(context: Context, column: Column, row: Row) -> str:
    """One value as a spreadsheet takes it: no direction marks, plain numbers, one line."""
    value = row.values.get(column.key)
    if isinstance(value, int) and not isinstance(value, bool):
        if column.value_kind is Kind.AMOUNT:
            whole, rest = divmod(value, 100)
            return f"{whole},{rest:02d}" if rest else str(whole)
        if column.value_kind is Kind.INTEGER:
            return str(value)
    return clean_text(cell_text(context, column, row))


def clean_text(text: str) -> str:
    """Text without marks of direction, typographic spaces or line breaks."""
    return text.translate(_BIDI).translate(_SPACES).strip()
