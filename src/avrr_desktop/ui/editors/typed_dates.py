"""Dates as they are typed: digits only, short years, today and a day more or less."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from avrr_desktop.ui.editors.typed_numbers import plain_digits

_TODAY_KEYS: Final = frozenset({"j", "t", "ي"})
_SHORT_DIGITS: Final = 6
_LONG_DIGITS: Final = 8
_CENTURY: Final = 100
# How far ahead a two-digit year may point in a field that allows the future.
_YEARS_AHEAD: Final = 20
_PARTS: Final = re.compile(r"(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4}|\d{2})")
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


class DateProblem(StrEnum):
    """Why a typed date cannot be used."""

    UNREADABLE = "unreadable"
    IMPOSSIBLE = "impossible"
    FUTURE = "future"


class TypedDateError(ValueError):
    """The text is no usable date; ``problem`` says why."""

    def __init__(self, problem: DateProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read_date(text: str, today: date, *, future: bool = False) -> date | None:
    """The date typed in ``text``, day first; ``None`` when empty.

    Two-digit years fall in the latest century that keeps the date at or before ``today``; with
    ``future``, at most twenty years after it. Raises ``TypedDateError``.
    """
    bare = plain_digits(text).casefold()
    if not bare:
        return None
    if bare in _TODAY_KEYS:
        return today
    day, month, year, is_short = _parts(bare)
    found = _short_year(day, month, year, today, future) if is_short else _day(year, month, day)
    if found > today and not future:
        raise TypedDateError(DateProblem.FUTURE)
    return found


def moved(current: date | None, days: int, today: date, *, future: bool = False) -> date:
    """``current`` moved by ``days``, starting from today; never past today unless ``future``."""
    if current is None:
        return today
    try:
        found = current + timedelta(days=days)
    except OverflowError:
        return current
    return found if future or found <= today else max(current, today)


def _parts(bare: str) -> tuple[int, int, int, bool]:
    """Day, month, year, and whether the year has two digits."""
    if bare.isdigit() and len(bare) in {_SHORT_DIGITS, _LONG_DIGITS}:
        year = bare[4:]
        return int(bare[:2]), int(bare[2:4]), int(year), len(year) == 2
    iso = _ISO.fullmatch(bare)
    if iso:
        return int(iso[3]), int(iso[2]), int(iso[1]), False
    match = _PARTS.fullmatch(bare)
    if match is None:
        raise TypedDateError(DateProblem.UNREADABLE)
    return int(match[1]), int(match[2]), int(match[3]), len(match[3]) == 2


def _short_year(day: int, month: int, short: int, today: date, future: bool) -> date:
    """The date in the right century."""
    latest = today.year + (_YEARS_AHEAD if future else 0)
    year = latest - (latest - short) % _CENTURY
    found = _day(year, month, day)
    if found > today and not future:
        return _day(year - _CENTURY, month, day)
    return found


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise TypedDateError(DateProblem.IMPOSSIBLE) from None
