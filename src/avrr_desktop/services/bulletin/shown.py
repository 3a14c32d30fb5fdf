"""A figure as it may be published: exact, or behind « <5 » and « ≥5 » (rule 16)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from avrr_desktop.services.summary_rows import number

_ISOLATE, _END = "\u2066", "\u2069"


class Said(Enum):
    """How much of a figure is told."""

    EXACT = auto()
    BELOW = auto()  # at least 1, below the limit
    AT_LEAST = auto()  # the limit or more: it would give a smaller one away


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure and how it is told; ``limit`` counts only when it is not exact."""

    value: int
    said: Said = Said.EXACT
    limit: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether the number itself is told."""
        return self.said is Said.EXACT

    @property
    def agrees_with(self) -> int:
        """The number that words agree with."""
        return self.value if self.is_exact else self.limit

    @property
    def text(self) -> str:
        """For a table."""
        if self.is_exact:
            return number(self.value)
        sign = "<" if self.said is Said.BELOW else "≥"
        return isolated(f"{sign}{self.limit}")


def isolated(text: str) -> str:
    """Text that reads from left to right whatever stands around it."""
    return f"{_ISOLATE}{text}{_END}"


def percent_text(value: int | None) -> str:
    """Whole percents; nothing where they are not told."""
    return "" if value is None else isolated(f"{value}\u00a0%")
