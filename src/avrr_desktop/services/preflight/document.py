"""What is doubtful in a semester before it is closed, as a neutral document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from avrr_desktop.core.periods import Period
from avrr_desktop.services.identities import Check
from avrr_desktop.services.live import Counted

SHOWN = 200  # records named under a point: the first ones, the count is of all


class Severity(StrEnum):
    """How much a point weighs, in the order the points are shown."""

    BLOCKING = "blocking"
    TO_DECIDE = "to_decide"
    IN_ORDER = "in_order"


class Doubt(StrEnum):
    """What a point is about, in the order the points are shown."""

    IDENTITIES = "identities"
    PLANNED_PAST = "planned_past"
    DUPLICATES = "duplicates"
    VAGUE_BIRTHS = "vague_births"
    UNKNOWN_SEX = "unknown_sex"
    NO_FUND = "no_fund"
    LONG_DELAYS = "long_delays"
    NO_CONSENT = "no_consent"
    WITHDRAWN_CONSENT = "withdrawn_consent"
    EMPTY_SECTIONS = "empty_sections"
    CONTRADICTED = "contradicted"
    NO_OPENING = "no_opening"


BLOCKING = frozenset({Doubt.IDENTITIES, Doubt.PLANNED_PAST})
# Figures that contradict each other are never frozen; what is only unsettled may be, for a reason.
_WITHOUT_WAY_PAST = frozenset({Doubt.IDENTITIES})


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a point: a person, an event, or (``other_id``) a pair of files."""

    record: str
    record_id: str
    person_id: str
    other_id: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One doubt: how many, among how many looked at, and the records it opens.

    ``keys`` are identities that are red, sections of the bulletin, or codes of running totals.
    ``touching`` is how many of the pairs of files have somebody in a figure of the semester.
    """

    doubt: Doubt
    count: int = 0
    among: int = 0
    items: tuple[Item, ...] = ()
    keys: tuple[str, ...] = ()
    touching: int = 0

    @property
    def severity(self) -> Severity:
        """In order when there is none of it."""
        if not self.count:
            return Severity.IN_ORDER
        return Severity.BLOCKING if self.doubt in BLOCKING else Severity.TO_DECIDE

    @property
    def is_final(self) -> bool:
        """Whether no reason lets a closing pass it."""
        return self.severity is Severity.BLOCKING and self.doubt in _WITHOUT_WAY_PAST


@dataclass(frozen=True, slots=True)
class Preflight:
    """Every point of a semester, the heaviest first, and the figures that would be frozen."""

    period: Period
    points: tuple[Point, ...]
    counted: Counted
    checks: tuple[Check, ...]
    at: datetime

    def of(self, severity: Severity) -> tuple[Point, ...]:
        """The points that weigh so much."""
        return tuple(point for point in self.points if point.severity is severity)

    def point(self, doubt: Doubt) -> Point:
        """The point about something.

        Raises:
            KeyError: it was not looked at.
        """
        for each in self.points:
            if each.doubt is doubt:
                return each
        raise KeyError(doubt)

    @property
    def may_close(self) -> bool:
        """Whether nothing stands in the way of a closing."""
        return not self.of(Severity.BLOCKING)
