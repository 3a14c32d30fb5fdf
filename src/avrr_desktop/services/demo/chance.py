"""Chance that repeats itself: the same seed tells the same stories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import TypeVar

T = TypeVar("T")

_NUMBERS = 100_000_000
_STRIDE = 48_271  # has no factor in common with _NUMBERS, hence no number comes twice


class Chance:
    """Draws, keys and numbers that depend on the seed alone."""

    def __init__(self, seed: int) -> None:
        self._rng = Random(seed)  # noqa: S311 - invented people must repeat, nothing is secret
        self.random = self._rng.random
        self._keys = 0
        self._numbers = 0

    def new_id(self) -> str:
        """A key of 32 hexadecimal digits, after all keys drawn before: neighbours are stored so."""
        self._keys += 1
        return f"{self._keys:012x}{self._rng.getrandbits(80):020x}"

    def number(self) -> int:
        """A number of at most eight digits that comes once."""
        self._numbers += 1
        return self._numbers * _STRIDE % _NUMBERS

    def happens(self, share: float) -> bool:
        """True in that share of draws."""
        return self.random() < share

    def whole(self, first: int, last: int) -> int:
        """A whole number, both ends included."""
        return first + int(self.random() * (last - first + 1))

    def pick(self, among: Sequence[T]) -> T:
        """One of them, each as likely."""
        return among[int(self.random() * len(among))]

    def day(self, first: date, last: date) -> date:
        """A day from ``first`` to ``last``; ``first`` when they are the wrong way round."""
        start = first.toordinal()
        return date.fromordinal(start + int(self.random() * max(1, last.toordinal() - start + 1)))

    def shuffle(self, items: list[T]) -> None:
        """Put a list in another order."""
        self._rng.shuffle(items)


def wheel(*weighted: tuple[T, int]) -> tuple[T, ...]:
    """Each value as often as its weight, for ``Chance.pick``."""
    return tuple(value for value, weight in weighted for _ in range(weight))
