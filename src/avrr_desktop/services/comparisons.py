"""The main figures year after year: the same period of each year, and where the series breaks.

A semester that is closed is read from what was frozen; every other period is counted by the
rules and lists of now. A period that ended before the register's first event has no figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, func, select

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.db.publication_tables import CLOSING
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.closing.closings import frozen_of
from avrr_desktop.services.closing.frozen import counted_of, read_content
from avrr_desktop.services.closing.held import Closing, closing_of
from avrr_desktop.services.past import past, sequence_at
from avrr_desktop.services.register import Register
from avrr_desktop.services.series_breaks import ListBreak, RulesBreak, list_breaks, rules_breaks
from avrr_desktop.services.summary import RULES_VERSION, CellKey, Cells, counted_cells
from avrr_desktop.services.summary.derive import percent
from avrr_desktop.services.summary.facts import Window, bound, counting, source_of

YEARS: Final = 5  # before the period's own
ReportProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Year:
    """The period of one year, and how its figures were had."""

    period: Period
    has_data: bool  # not when it ended before the register's first event
    is_frozen: bool
    rules_version: str


@dataclass(frozen=True, slots=True)
class Series:
    """One main figure; a value is None for years of which the register holds nothing."""

    key: CellKey
    values: tuple[int | None, ...]

    @property
    def change(self) -> int | None:
        """The difference with the year before."""
        before, now = self.values[-2:]
        return None if before is None or now is None else now - before

    @property
    def change_percent(self) -> int | None:
        """The same in percent; blank when the base is 0."""
        change, before = self.change, self.values[-2]
        return None if change is None or before is None else percent(change, before)


@dataclass(frozen=True, slots=True)
class Comparisons:
    """The same period of each year, the oldest first; the last but one is a year ago."""

    years: tuple[Year, ...]
    series: tuple[Series, ...]
    lists: tuple[ListBreak, ...]
    rules: tuple[RulesBreak, ...]
    first_event: date | None
    today: date  # of the count

    @property
    def period(self) -> Period:
        """The period looked at."""
        return self.years[-1].period

    @property
    def has_several(self) -> bool:
        """Whether there is another year to compare with."""
        return sum(year.has_data for year in self.years) > 1

    def breaks_before(self, period: Period) -> bool:
        """Whether a period is counted otherwise than the one before it."""
        broken = {each.period for each in self.lists} | {each.period for each in self.rules}
        return period in broken


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What is read, and from when: the register of now, or as it was known at a moment."""

    connection: Connection
    vocabularies: Vocabularies
    today: date
    known_at: datetime | None = None


@needs(Permission.FIGURES)
def comparisons(
    register: Register,
    period: Period,
    progress: ReportProgress | None = None,
    *,
    known_at: datetime | None = None,
) -> Comparisons:
    """The main figures of a period and of the same one in the five years before.

    ``known_at``: as they were known then. ``progress`` is called before each year and may raise.

    Raises:
        UserError: ``closing_altered`` when another program changed a closed semester.
    """
    if known_at is None:
        with register.database.reading() as connection:
            today = register.clock.today()
            return compare(Standpoint(connection, register.vocabularies, today), period, progress)
    with past(register, sequence_at(register, known_at)) as view:
        today = known_at.astimezone().date()
        then = Standpoint(view.connection, view.vocabularies, today, known_at)
        return compare(then, period, progress)


def compare(
    stand: Standpoint, period: Period, progress: ReportProgress | None = None
) -> Comparisons:
    """The same, of what is read from a standpoint."""
    closed = {each.period: each for each in _closings(stand)}
    first = _first_event(stand)
    years: list[Year] = []
    counted: list[Cells] = []
    for place, each in enumerate(_periods(period)):
        if progress is not None:
            progress(place, YEARS + 1)
        year = _year(each, closed.get(each), first)
        years.append(year)
        counted.append(_cells(stand, year, closed.get(each)))
    known = tuple(year for year in years if year.has_data)
    return Comparisons(
        tuple(years),
        tuple(Series(key, tuple(_values(key, years, counted))) for key in main_keys()),
        list_breaks(stand.connection, stand.vocabularies, _of(known), stand.known_at),
        rules_breaks([(year.period, year.rules_version) for year in known]),
        first,
        stand.today,
    )


def main_keys() -> Iterator[CellKey]:
    """The persons of every section and population, in the order of the bulletin."""
    for key, (_, section) in SECTIONS.items():
        for population in section.populations:
            yield CellKey(key, f"persons{population.suffix}")


def _periods(period: Period) -> tuple[Period, ...]:
    periods = [period]
    for _ in range(YEARS):
        periods.append(periods[-1].a_year_earlier)
    return tuple(reversed(periods))


def _of(years: tuple[Year, ...]) -> tuple[Period, ...]:
    return tuple(year.period for year in years)


def _year(period: Period, closing: Closing | None, first: date | None) -> Year:
    if closing is not None:
        return Year(period, has_data=True, is_frozen=True, rules_version=closing.rules_version)
    has_data = first is not None and period.end >= first
    return Year(period, has_data, is_frozen=False, rules_version=RULES_VERSION)


def _cells(stand: Standpoint, year: Year, closing: Closing | None) -> Cells:
    if closing is not None:
        content = read_content(frozen_of(stand.connection, closing).content)
        return dict(counted_of(content).summary.cells)
    if not year.has_data:
        return {}
    lists, sections = stand.vocabularies, tuple(SECTIONS)
    return counted_cells(
        stand.connection, lists, year.period, stand.today, sections=sections, details=False
    )


def _values(key: CellKey, years: list[Year], counted: list[Cells]) -> Iterator[int | None]:
    for year, cells in zip(years, counted, strict=True):
        yield cells.get(key, 0) if year.has_data else None


def _closings(stand: Standpoint) -> Iterator[Closing]:
    """The closings in force, or that were at the moment looked from."""
    brief = [column for column in CLOSING.c if column.name not in ("content", "members")]
    for row in stand.connection.execute(select(*brief)):
        closing, at = closing_of(row), stand.known_at
        was_made = at is None or closing.closed_at <= at
        reopened = closing.reopened_at
        if was_made and (reopened is None or (at is not None and reopened > at)):
            yield closing


def _first_event(stand: Standpoint) -> date | None:
    """The day of the first event that counts in any section."""
    ever, days = Window(date.min, date.max), []
    for key, (_, section) in SECTIONS.items():
        source = source_of(key)
        first = select(func.min(source.events.c[section.dated_by])).select_from(source.joined)
        query = first.where(*counting(key, of_persons=False))
        binds = bound(section, stand.vocabularies, ever)
        days.append(stand.connection.execute(query, binds).scalar())
    return min((day for day in days if day is not None), default=None)
