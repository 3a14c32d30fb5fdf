"""What a value is in a cell, and what a cell says: one way out, one way back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from openpyxl.utils.datetime import from_excel

from avrr_desktop.core.folding import fold
from avrr_desktop.core.harmless import stripped
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Label, Language
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.exchange.columns import Column
from avrr_desktop.services.workbook.safe_text import unescaped

YES: Final = Label("Oui", "نعم", "Yes")
NO: Final = Label("Non", "لا", "No")
SEPARATOR: Final = " ; "

CellValue = str | int | float | date | None
ToCell = Callable[[object], CellValue]

_SEPARATORS = re.compile(r"[;؛\n]")
_DAY_FIRST = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_EXACT = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_SERIALS = range(1, 80_000)  # days Excel may have shown as numbers: 1900 to 2119
_ENDS_OF_NUMBER = str.maketrans({" ": None, "\u00a0": None, "\u202f": None, "٫": ".", ",": "."})
_YES_WORDS = frozenset(fold(word) for word in (YES.fr, YES.ar, YES.en, "1", "true", "vrai", "x"))
_NO_WORDS = frozenset(fold(word) for word in (NO.fr, NO.ar, NO.en, "0", "false", "faux"))


class CellFault(Exception):
    """A cell that cannot be read: a code that ``messages`` words, with its values."""

    def __init__(self, code: str, /, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


class Wording:
    """Values as cells of a workbook in one language."""

    def __init__(self, vocabularies: Vocabularies, language: Language) -> None:
        self._vocabularies = vocabularies
        self.language = language
        self._terms: dict[str, dict[str, str]] = {}
        self._yes, self._no = YES.text(language), NO.text(language)

    def terms(self, vocabulary: str) -> dict[str, str]:
        """The text of every code of a list, retired ones too.

        A label that would not be read back as this code gives way to the code itself.
        """
        texts = self._terms.get(vocabulary)
        if texts is None:
            texts = self._terms[vocabulary] = {
                term.code: self._text(vocabulary, term.code, term.label)
                for term in self._vocabularies.terms(vocabulary)
            }
        return texts

    def choices(self, vocabulary: str) -> tuple[str, ...]:
        """What a drop-down offers: the terms in use, in their order."""
        texts = self.terms(vocabulary)
        return tuple(texts[term.code] for term in self._vocabularies.active(vocabulary))

    @property
    def yes_no(self) -> tuple[str, str]:
        """The two answers."""
        return self._yes, self._no

    def writer(self, column: Column) -> ToCell | None:
        """How the column's stored values become cells; None when they go as they are."""
        match column.kind:
            case Kind.TERM:
                return self._term_writer(column.vocabulary)
            case Kind.TERMS:
                return self._terms_writer(column.vocabulary)
            case Kind.AMOUNT:
                return _amount_cell
            case Kind.YES_NO:
                return self._yes_no_cell
            case Kind.BIRTH:
                return birth_cell
            case _:
                return None

    def _term_writer(self, vocabulary: str) -> ToCell:
        texts = self.terms(vocabulary)

        def to_cell(code: object) -> CellValue:
            return None if code is None else texts.get(str(code), str(code))

        return to_cell

    def _terms_writer(self, vocabulary: str) -> ToCell:
        texts = self.terms(vocabulary)

        def to_cell(codes: object) -> CellValue:
            chosen = codes if isinstance(codes, tuple | list) else ()
            return SEPARATOR.join(texts.get(str(code), str(code)) for code in chosen) or None

        return to_cell

    def _yes_no_cell(self, value: object) -> CellValue:
        if value is None:
            return None
        return self._yes if value else self._no

    def _text(self, vocabulary: str, code: str, label: Label) -> str:
        text = label.text(self.language)
        is_read_back = self._vocabularies.find(vocabulary, text) == code
        return text if is_read_back and not _SEPARATORS.search(text) else code


def birth_cell(typed: object) -> CellValue:
    """A whole birth date as a date of Excel; a month, a year or an age as typed."""
    if not isinstance(typed, str) or not typed:
        return None
    match = _EXACT.fullmatch(typed)
    if match is None or int(match[3]) <= 1900:  # noqa: PLR2004 (Excel's first year)
        return typed
    return date(int(match[3]), int(match[2]), int(match[1]))


def _amount_cell(value: object) -> CellValue:
    if not isinstance(value, int):
        return None
    return value // 100 if value % 100 == 0 else value / 100


class Reading:
    """What the cells of a column mean, whatever the language they are written in."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self._vocabularies = vocabularies

    def value(self, column: Column, raw: object) -> object:
        """The value a cell stands for; None for an empty one.

        Raises:
            CellFault: what is written cannot be such a value.
        """
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return () if column.kind is Kind.TERMS else None
        if column.kind is Kind.TERM:
            return self._code(column.vocabulary, _text(raw))
        if column.kind is Kind.TERMS:
            return self._codes(column.vocabulary, _text(raw))
        return _READERS.get(column.kind, _text)(raw)

    def _code(self, vocabulary: str, text: str) -> str:
        code = self._vocabularies.find(vocabulary, text)
        if code is None:
            raise CellFault("unknown_code", code=text)
        return code

    def _codes(self, vocabulary: str, text: str) -> tuple[str, ...]:
        parts = (part.strip() for part in _SEPARATORS.split(text))
        return tuple(sorted({self._code(vocabulary, part) for part in parts if part}))


def day_of(raw: object) -> date:
    """The day a cell holds: a date of Excel, its number, 12/03/1994 or 1994-03-12.

    Raises:
        CellFault: ``bad_date``.
    """
    day: object = None
    if isinstance(raw, datetime):
        day = raw.date() if raw.time() == time() else None
    elif isinstance(raw, date):
        day = raw
    elif isinstance(raw, int | float) and not isinstance(raw, bool):
        if raw in _SERIALS:
            day = from_excel(int(raw))
            day = day.date() if isinstance(day, datetime) else None
    elif isinstance(raw, str):
        day = _written_day(raw.strip())
    if not isinstance(day, date):
        raise CellFault("bad_date", value=str(raw))
    return day


def _written_day(text: str) -> date | None:
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = match.groups()
    elif match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _birth(raw: object) -> str:
    if isinstance(raw, datetime | date):
        return f"{day_of(raw):%d/%m/%Y}"
    return _text(raw)


def _whole(raw: object) -> int:
    number = _number(raw)
    if number != number.to_integral_value():
        raise CellFault("bad_number", value=str(raw))
    return int(number)


def _hundredths(raw: object) -> int:
    hundredths = _number(raw) * 100
    if isinstance(raw, float):
        hundredths = hundredths.quantize(Decimal("0.0001"))  # what Excel computed
    if hundredths != hundredths.to_integral_value():
        raise CellFault("bad_number", value=str(raw))
    return int(hundredths)


def _number(raw: object) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise CellFault("bad_number", value=str(raw))
    text = raw.strip().translate(_ENDS_OF_NUMBER) if isinstance(raw, str) else repr(raw)
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise CellFault("bad_number", value=str(raw)) from None
    if not number.is_finite() or abs(number) > 10**12:
        raise CellFault("bad_number", value=str(raw))
    return number


def _yes_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(_text(raw))
    if word in _YES_WORDS:
        return True
    if word in _NO_WORDS:
        return False
    raise CellFault("bad_value", value=str(raw))


def _text(raw: object) -> str:
    """A cell as text: a number Excel made of a passport or of a year keeps its digits."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, datetime | date):
        return f"{raw:%d/%m/%Y}"
    return stripped(unescaped(str(raw)))


def _as_it_is(raw: object) -> object:
    return raw


_READERS: Final[dict[Kind, Callable[[object], object]]] = {
    Kind.DATE: day_of,
    Kind.BIRTH: _birth,
    Kind.INTEGER: _whole,
    Kind.AMOUNT: _hundredths,
    Kind.YES_NO: _yes_no,
    Kind.REFERENCE: _as_it_is,
}
