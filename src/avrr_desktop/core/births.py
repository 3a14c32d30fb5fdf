"""Birth dates as typed, with their precision: never an invented day (counting rule 5)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from avrr_desktop.core.errors import UserError

_OLDEST = 120


class Precision(StrEnum):
    """How well a birth date is known."""

    EXACT = "exact"
    MONTH = "month"
    YEAR = "year"
    ESTIMATED = "estimated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date: its canonical text and the earliest and latest day it can mean."""

    typed: str
    precision: Precision
    first: date | None
    last: date | None


UNKNOWN_BIRTH = Birth("", Precision.UNKNOWN, None, None)

_SEPARATOR = r"[./\-\s]"
_EXACT = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{4}}|\d{{2}})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_MONTH = re.compile(rf"(\d{{1,2}}){_SEPARATOR}(\d{{4}})")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_AGE = re.compile(
    r"(?:~|≈|env\.?|vers|about|aged?)?\s*(\d{1,3})\s*(?:ans?|years?|سنة|سنوات|y)?"
    r"(?:\s*(?:\(|@|au|le|on|في)\s*(\d{1,2})/(\d{1,2})/(\d{4})\)?)?",
    re.IGNORECASE,
)
_UNKNOWN = frozenset({"", "?", "-", "inconnu", "inconnue", "unknown", "غير معروف"})


def parse_birth(typed: str, today: date) -> Birth:
    """Read a birth date as a caseworker types it.

    ``12/03/1994``, ``120394``, ``03/1994``, ``1994``, ``~16`` or ``16 ans`` (aged 16 today),
    ``~16 (02/05/2023)`` (aged 16 on that day), or nothing.

    Raises:
        UserError: ``bad_birth_date`` (no such day, or not readable), ``future_birth_date``.
    """
    text = typed.strip()
    if text.lower() in _UNKNOWN:
        return UNKNOWN_BIRTH
    birth = _exact(text, today) or _month(text) or _year(text) or _estimated(text, today)
    if birth is None:
        raise UserError("bad_birth_date", typed=typed)
    if birth.first is not None and birth.first > today:
        raise UserError("future_birth_date", typed=typed)
    return birth


def aged_on(age: int, day: date) -> Birth:
    """Someone ``age`` completed years old on ``day``."""
    first = years_before(day, age + 1) + timedelta(days=1)
    return Birth(f"~{age} ({day:%d/%m/%Y})", Precision.ESTIMATED, first, years_before(day, age))


def exact_birth(day: date) -> Birth:
    """Someone born on ``day``."""
    return Birth(f"{day:%d/%m/%Y}", Precision.EXACT, day, day)


def _exact(text: str, today: date) -> Birth | None:
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _EXACT.fullmatch(text) or _PACKED.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    full_year = int(year)
    if len(year) < len("1994"):
        full_year += today.year // 100 * 100
        full_year -= 100 if full_year > today.year else 0
    return exact_birth(_day(full_year, int(month), int(day), text))


def _month(text: str) -> Birth | None:
    if match := _MONTH.fullmatch(text):
        month, year = match.groups()
    elif match := _ISO_MONTH.fullmatch(text):
        year, month = match.groups()
    else:
        return None
    first = _day(int(year), int(month), 1, text)
    after = _day(first.year + first.month // 12, first.month % 12 + 1, 1, text)
    return Birth(f"{first:%m/%Y}", Precision.MONTH, first, after - timedelta(days=1))


def _year(text: str) -> Birth | None:
    if not _YEAR.fullmatch(text):
        return None
    year = int(text)
    first = _day(year, 1, 1, text)
    return Birth(text, Precision.YEAR, first, date(year, 12, 31))


def _estimated(text: str, today: date) -> Birth | None:
    match = _AGE.fullmatch(text)
    if match is None or int(match[1]) > _OLDEST:
        return None
    on = _day(int(match[4]), int(match[3]), int(match[2]), text) if match[2] else today
    return aged_on(int(match[1]), on)


def _day(year: int, month: int, day: int, typed: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UserError("bad_birth_date", typed=typed) from None


def years_after(day: date, years: int) -> date:
    """The day on which ``years`` are completed; 1 March where there is no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def years_before(day: date, years: int) -> date:
    """The last birth day with which ``years`` are completed on ``day``."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February in a common year: 28 is the last day already completed
        return date(day.year - years, 2, 28)
