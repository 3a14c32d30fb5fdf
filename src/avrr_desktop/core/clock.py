"""The clock: the only place that asks for the time, so that tests may move it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the instant and the civil day."""

    def now(self) -> datetime:
        """The instant, in UTC."""

    def today(self) -> date:
        """The civil day where the office is."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The instant, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """The civil day of the computer's own zone."""
        return datetime.now().astimezone().date()


@dataclass
class FixedClock:
    """A clock that stands still until it is moved."""

    instant: datetime

    def now(self) -> datetime:
        """The instant it was set to."""
        return self.instant

    def today(self) -> date:
        """The day of that instant."""
        return self.instant.date()
