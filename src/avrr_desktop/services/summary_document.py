"""The summary as a neutral document: rows, tables, notes and definitions, worded, in one order.

The screen, the workbook and the command line show the same rows with the same labels; every number
carries the key of its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import overload

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.services.summary.cells import CellKey

Number = int | float | None


class RowKind(StrEnum):
    """What a row is in its table."""

    MAIN = "main"  # a section
    SUB = "sub"  # a part of the section above it
    TERM = "term"
    TOTAL = "total"
    GAP = "gap"  # what stands above and below is never added


@dataclass(frozen=True, slots=True)
class Cell:
    """One number. Without a key it is not applicable; a value of None is blank."""

    key: CellKey | None
    value: Number

    @property
    def is_applicable(self) -> bool:
        """Whether the figure has a meaning at all, if only zero."""
        return self.key is not None


NOT_APPLICABLE = Cell(None, None)


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled line: one cell by group, then its total."""

    kind: RowKind
    label: str
    code: str = ""  # the section's key or the term's code
    groups: tuple[Cell, ...] = ()  # in the order of the five groups; empty without groups
    total: Cell = NOT_APPLICABLE
    previous: Number = None
    change: Number = None
    change_percent: int | None = None  # blank when the base is 0
    percent: int | None = None  # of the total of its table
    services: Cell | None = None  # the events beside the persons, where the list counts them

    def cells(self) -> Iterator[Cell]:
        """Every cell that means something, groups first."""
        for cell in (*self.groups, self.total, self.services):
            if cell is not None and cell.is_applicable:
                yield cell


@dataclass(frozen=True, slots=True)
class Table:
    """A section cut by a list: a row for every term, zeros too, then the section's total."""

    section: str
    measure: str
    key: str  # of the list: country, month, age_band…
    title: str
    rows: tuple[Row, ...]
    total: Row
    is_additive: bool
    note: str  # says so when the terms do not add up to the total
    is_long: bool  # a list of countries: terms counted first, by size
    is_by_month: bool
    has_services: bool


class Tables(Sequence[Table]):
    """The tables of a section, each made when first looked at: a save redraws only what shows."""

    def __init__(self, titles: Mapping[str, str], make: Callable[[str], Table]) -> None:
        self.titles = dict(titles)  # by measure, in order
        self._make = make
        self._made: dict[str, Table] = {}

    def of(self, measure: str) -> Table:
        """The table of a measure.

        Raises:
            KeyError: the section has none of this measure.
        """
        if measure not in self.titles:
            raise KeyError(measure)
        if measure not in self._made:
            self._made[measure] = self._make(measure)
        return self._made[measure]

    @overload
    def __getitem__(self, place: int) -> Table: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Table]: ...
    def __getitem__(self, place: int | slice) -> Table | Sequence[Table]:
        measures = tuple(self.titles)[place]
        if isinstance(measures, str):
            return self.of(measures)
        return tuple(self.of(measure) for measure in measures)

    def __len__(self) -> int:
        return len(self.titles)


@dataclass(frozen=True, slots=True)
class SectionPart:
    """Everything about one section: its row, its other figures, its tables."""

    key: str
    label: str
    icon: str
    row: Row
    subs: tuple[Row, ...]
    facts: tuple[Row, ...]  # services, cases, families, mean age, countries, delay: a total only
    tables: Tables


@dataclass(frozen=True, slots=True)
class Headline:
    """A figure shown large, with one more line about it."""

    label: str
    row: Row
    second: str


@dataclass(frozen=True, slots=True)
class Running:
    """A running total: taken over, counted here, both, and how the bulletin may say it."""

    code: str
    label: str
    opening: Cell
    counted: Cell
    total: Cell
    more_than: str  # « plus de 20 000 », or empty below the first step

    @property
    def parts(self) -> tuple[Cell, Cell]:
        """What adds up to the total."""
        return self.opening, self.counted


class NoteKind(StrEnum):
    """What a note is about."""

    VERIFIED = "verified"
    PERSONS = "persons"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Note:
    """A sentence about the figures; ``link`` is the part of it that opens ``key``'s persons."""

    kind: NoteKind
    text: str
    link: str = ""
    key: CellKey | None = None
    not_counted: bool = False  # opens those left out


@dataclass(frozen=True, slots=True)
class Definition:
    """A rule in plain words (rule 17)."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SummaryDocument:
    """The summary of a period in one language."""

    language: Language
    period: Period
    period_label: str
    previous_label: str
    title: str
    subtitle: str
    counted_at: datetime
    group_labels: tuple[str, ...]
    total_label: str
    change_label: str
    percent_label: str
    services_label: str
    headline: tuple[Headline, ...]
    main: tuple[Row, ...]
    footnotes: tuple[str, ...]  # of the main table: lists shown in it that are not additive
    sections: tuple[SectionPart, ...]
    cohort: Row
    cohort_note: str
    running: tuple[Running, ...]
    donors: tuple[tuple[str, str], ...]  # code, label
    notes: tuple[Note, ...]
    definitions: tuple[Definition, ...]

    def section(self, key: str) -> SectionPart:
        """One section.

        Raises:
            KeyError: there is none of this key.
        """
        for part in self.sections:
            if part.key == key:
                return part
        raise KeyError(key)

    def table(self, section: str, measure: str) -> Table:
        """One table of a section.

        Raises:
            KeyError: there is none of this measure.
        """
        return self.section(section).tables.of(measure)
