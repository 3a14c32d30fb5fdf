"""What an import would do, line by line, before anything is written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Final

from avrr_desktop.core.errors import Finding
from avrr_desktop.services.drafts import Draft

MOST_LINES: Final = 20_000  # of one file


class Verdict(StrEnum):
    """What becomes of a line."""

    NEW = "new"
    UPDATE = "update"
    UNCHANGED = "unchanged"  # already in the register
    CONFIRM = "confirm"  # unlikely: imported once a reason is given
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class LineFinding:
    """A fault of a line: the column it stands in (empty: the whole line), and what it is."""

    column: str
    finding: Finding


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One line of the file: its sheet, its number as Excel shows it, and what becomes of it.

    ``person`` is the number of the person, or the name typed for a new one.
    """

    sheet: str
    row: int
    verdict: Verdict
    person: str
    person_id: str = ""
    record_id: str = ""
    findings: tuple[LineFinding, ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """Every line with its verdict, and the drafts that would be saved in one transaction.

    ``sequence`` is where the journal stood: a plan made before a later change is made anew.
    """

    file: str
    lines: tuple[PlannedLine, ...]
    drafts: tuple[Draft, ...]
    sequence: int

    @cached_property
    def counts(self) -> Counter[Verdict]:
        """How many lines of each verdict."""
        return Counter(line.verdict for line in self.lines)

    @property
    def is_refused(self) -> bool:
        """Whether a line is refused: then none is imported."""
        return self.counts[Verdict.REFUSED] > 0

    @property
    def needs_reason(self) -> bool:
        """Whether unlikely values wait for a reason."""
        return self.counts[Verdict.CONFIRM] > 0

    @property
    def changing(self) -> int:
        """Lines that would change the register."""
        return sum(self.counts[v] for v in (Verdict.NEW, Verdict.UPDATE, Verdict.CONFIRM))
