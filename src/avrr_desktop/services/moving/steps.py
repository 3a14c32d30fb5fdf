"""How far a work of several parts is, in thousandths of the whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

Tell = Callable[[int, int], None]
WHOLE: Final = 1000  # a bar on the screen counts no further than two thousand million


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a work, from one thousandth to another. May raise to stop, as ``tell`` does."""

    tell: Tell | None
    start: int
    end: int

    def __call__(self, done: int, total: int) -> None:
        """Say how far the part is."""
        if self.tell is not None:
            within = (self.end - self.start) * min(done, total) // max(total, 1)
            self.tell(self.start + within, WHOLE)
