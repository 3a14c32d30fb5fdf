"""Periods of civil dates: semester, quarter, month, year or free range (counting rule 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from avrr_desktop.core.errors import UserError

_EARLIEST_YEAR = 1950
_LATEST_YEAR = 2199


class PeriodKind(StrEnum):
    """How a period is cut."""

    SEMESTER = "semester"
    QUARTER = "quarter"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


_MONTHS = {
    PeriodKind.SEMESTER: 6,
    PeriodKind.QUARTER: 3,
    PeriodKind.MONTH: 1,
    PeriodKind.YEAR: 12,
}


@dataclass(frozen=True, slots=True)
class Period:
    """Civil days from ``start`` to ``end``, both included."""

    kind: PeriodKind
    start: date
    end: date

    @property
    def code(self) -> str:
        """How the period is written: 2023-S1, 2023-Q2, 2023-06, 2023, 2023-01-15..2023-03-02."""
        year = self.start.year
        match self.kind:
            case PeriodKind.SEMESTER:
                return f"{year}-S{1 + (self.start.month - 1) // 6}"
            case PeriodKind.QUARTER:
                return f"{year}-Q{1 + (self.start.month - 1) // 3}"
            case PeriodKind.MONTH:
                return f"{year}-{self.start.month:02d}"
            case PeriodKind.YEAR:
                return str(year)
            case PeriodKind.RANGE:
                return f"{self.start.isoformat()}..{self.end.isoformat()}"

    def __contains__(self, day: date | None) -> bool:
        return day is not None and self.start <= day <= self.end

    @property
    def previous(self) -> Period:
        """The same kind just before; for a range, as many days before."""
        return self._shifted(-1)

    @property
    def following(self) -> Period:
        """The same kind just after; for a range, as many days after."""
        return self._shifted(1)

    @property
    def a_year_earlier(self) -> Period:
        """The same cut of the year before; a range moves by its own length in days of a year."""
        if self.kind is PeriodKind.RANGE:
            return Period(self.kind, _year_before(self.start), _year_before(self.end))
        return period_of(self.kind, _year_before(self.start))

    @property
    def months(self) -> tuple[str, ...]:
        """Codes of the months the period touches, in order."""
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return tuple(f"{m // 12:04d}-{m % 12 + 1:02d}" for m in range(first, last + 1))

    def _shifted(self, steps: int) -> Period:
        if self.kind is PeriodKind.RANGE:
            days = timedelta(days=((self.end - self.start).days + 1) * steps)
            return Period(self.kind, self.start + days, self.end + days)
        length = _MONTHS[self.kind] * steps
        months = self.start.year * 12 + self.start.month - 1 + length
        return period_of(self.kind, date(months // 12, months % 12 + 1, 1))


def period_of(kind: PeriodKind, day: date) -> Period:
    """The period of ``kind`` that holds ``day``; ``kind`` is not a range."""
    length = _MONTHS[kind]
    first_month = (day.month - 1) // length * length + 1
    start = date(day.year, first_month, 1)
    after = day.year * 12 + first_month - 1 + length
    return Period(kind, start, date(after // 12, after % 12 + 1, 1) - timedelta(days=1))


def semester_of(day: date) -> Period:
    """The semester that holds ``day``."""
    return period_of(PeriodKind.SEMESTER, day)


def free_range(start: date, end: date) -> Period:
    """The days from ``start`` to ``end``.

    Raises:
        UserError: ``period_backwards`` when the end lies before the start.
    """
    if end < start:
        raise UserError("period_backwards", start=start, end=end)
    return Period(PeriodKind.RANGE, start, end)


_PATTERN = re.compile(
    r"(?P<year>\d{4})(?:-(?:S(?P<semester>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?"
)


def parse_period(code: str) -> Period:
    """Read a period's code.

    Raises:
        UserError: ``unknown_period`` when the text is no period, ``period_backwards``.
    """
    text = code.strip().upper().replace("\u2011", "-")
    if ".." in text:
        try:
            start, end = (date.fromisoformat(part.strip()) for part in text.split(".."))
        except ValueError:
            raise UserError("unknown_period", period=code) from None
        return free_range(start, end)
    match = _PATTERN.fullmatch(text)
    if match is None or not _EARLIEST_YEAR <= int(match["year"]) <= _LATEST_YEAR:
        raise UserError("unknown_period", period=code)
    year = int(match["year"])
    if match["semester"]:
        return period_of(PeriodKind.SEMESTER, date(year, int(match["semester"]) * 6, 1))
    if match["quarter"]:
        return period_of(PeriodKind.QUARTER, date(year, int(match["quarter"]) * 3, 1))
    if match["month"]:
        return period_of(PeriodKind.MONTH, date(year, int(match["month"]), 1))
    return period_of(PeriodKind.YEAR, date(year, 1, 1))


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return date(day.year - 1, 2, 28)
