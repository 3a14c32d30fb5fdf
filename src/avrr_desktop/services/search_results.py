"""What the search box answers: values without a session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from avrr_desktop.services.lists.query import Age, PersonName
from avrr_desktop.services.search_matches import Reason


class Script(StrEnum):
    """The script of what was typed."""

    LATIN = "latin"
    ARABIC = "arabic"


@dataclass(frozen=True, slots=True)
class LastEvent:
    """The latest dated event of a person: its activity's key and its day."""

    activity: str
    day: date


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found, and why.

    ``latin_spans`` and ``arabic_spans`` are the matched parts of ``name.latin`` and
    ``name.arabic``, as (start, end).
    """

    person_id: str
    number: str
    name: PersonName
    other_names: str
    age: Age
    nationality: str
    case_number: str
    last_event: LastEvent | None
    reasons: tuple[tuple[Reason, str], ...]  # with the number or name it matched, if it says more
    latin_spans: tuple[tuple[int, int], ...]
    arabic_spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class CaseHit:
    """One case found: its number, a family name, how many are in it."""

    case_id: str
    number: str
    family_name: str
    members: int


@dataclass(frozen=True, slots=True)
class Elements:
    """What was typed, split into the names of a person to create; both may be empty."""

    family_name: str
    given_name: str
    script: Script

    def prefill(self) -> tuple[tuple[str, object], ...]:
        """The fields of a person they fill in."""
        suffix = "_ar" if self.script is Script.ARABIC else ""
        named = (
            (f"family_name{suffix}", self.family_name),
            (f"given_name{suffix}", self.given_name),
        )
        return tuple((name, value) for name, value in named if value)


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found; ``more`` when the register holds other matches."""

    typed: str
    hits: tuple[Hit, ...]
    cases: tuple[CaseHit, ...]
    total: int
    more: bool
    elements: Elements
