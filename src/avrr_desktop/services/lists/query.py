"""What a list is asked, and what it answers: values without a session."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from avrr_desktop.core.labels import Language


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows whose ``column`` holds one of ``codes`` ("" is *not stated*), or lies between two days.

    Both days are included; None leaves that side open.
    """

    column: str
    codes: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class ListQuery:
    """Which rows of which record, in which order.

    ``sort`` is a column's key and whether it descends; None is the record's own order. ``text`` is
    searched like in the search box. ``language`` orders terms by the labels one reads; ``columns``
    are those shown, for an export; empty for the usual ones.
    """

    record: str
    sort: tuple[str, bool] | None = None
    filters: tuple[Filter, ...] = ()
    text: str = ""
    offset: int = 0
    limit: int = 100
    language: Language = Language.FR
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in both scripts, as typed."""

    family: str
    given: str = ""
    family_ar: str = ""
    given_ar: str = ""

    @property
    def latin(self) -> str:
        """Family name, then given names."""
        return " ".join(part for part in (self.family, self.given) if part)

    @property
    def arabic(self) -> str:
        """Given names, then family name, as Arabic reads."""
        return " ".join(part for part in (self.given_ar, self.family_ar) if part)


@dataclass(frozen=True, slots=True, order=True)
class Age:
    """Lowest and highest possible age in completed years."""

    lowest: int
    highest: int

    @property
    def is_known(self) -> bool:
        """Whether both ends agree."""
        return self.lowest == self.highest


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; ``values`` by column key, codes not labels."""

    id: str
    person_id: str  # the person whose page it opens; empty for a case without members
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list, and how many there are in all."""

    rows: tuple[Row, ...]
    total: int
