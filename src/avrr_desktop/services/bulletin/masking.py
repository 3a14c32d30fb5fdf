"""Small figures masked so that none can be computed back from what stays (rule 16).

A relation says that a total is the sum of its parts. Figures from 1 to below the limit are hidden
first; then, as long as one of them has no other value that agrees with all that is told, one more
figure beside it is hidden.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from avrr_desktop.services.bulletin.shown import Said, Shown
from avrr_desktop.services.summary import CellKey

_MOST_TRIES: Final = 3_000  # of a search; where it gives up, more is hidden


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: a search compares many
class Relation:
    """A published total and the published parts it is the sum of."""

    total: CellKey
    parts: tuple[CellKey, ...]

    def sign(self, key: CellKey) -> int:
        """What one more of ``key`` does to the parts' sum less the total."""
        return (key in self.parts) - (key == self.total)


class Masks:
    """Which figures are hidden; nothing is when the limit is 0."""

    def __init__(
        self, values: Mapping[CellKey, int], relations: Iterable[Relation], limit: int
    ) -> None:
        self._values = values
        self._limit = limit
        self._of: defaultdict[CellKey, list[Relation]] = defaultdict(list)
        once = {(relation.total, relation.parts): relation for relation in relations}
        for relation in once.values():
            if _holds(relation, values):
                for key in (relation.total, *relation.parts):
                    self._of[key].append(relation)
        self.small = {key for key, value in values.items() if 0 < value < limit}
        self.beside: set[CellKey] = set()
        for key in sorted(self.small):
            while not self._is_safe(key) and self._hide_beside(key):
                pass

    @property
    def hidden(self) -> set[CellKey]:
        """Every figure that is not told."""
        return self.small | self.beside

    def shown(self, key: CellKey, value: int) -> Shown:
        """A figure as it may be told."""
        if key in self.beside:
            return Shown(value, Said.AT_LEAST, self._limit)
        if 0 < value < self._limit:
            return Shown(value, Said.BELOW, self._limit)
        return Shown(value)

    def _hide_beside(self, key: CellKey) -> bool:
        """Hide one figure more, as near to this one as there is one; false when none is left."""
        seen, near = {key}, [key]
        while near:
            relations = [relation for each in near for relation in self._of[each]]
            if self._hide_one(relations):
                return True
            beside = {each for r in relations for each in (r.total, *r.parts)}
            near = sorted((beside & self.hidden) - seen)
            seen |= beside
        return False

    def _hide_one(self, relations: Iterable[Relation]) -> bool:
        """Hide the smallest figure of some relations that is told, a total only last."""
        parts, totals = set[CellKey](), set[CellKey]()
        for relation in relations:
            parts |= {part for part in relation.parts if self._values[part]}
            totals.add(relation.total)
        told = (parts | totals) - self.hidden
        wanted = told - totals or told
        if wanted:
            self.beside.add(min(wanted, key=lambda each: (self._values[each], each)))
        return bool(wanted)

    def _is_safe(self, key: CellKey) -> bool:
        """Whether the figure may be another one, all that is told staying true.

        More hidden figures never make it less safe.
        """
        search = _Search(self._may_move, self._of)
        return any(search.finds({key: step}) for step in (1, -1))

    def _may_move(self, key: CellKey, step: int) -> bool:
        value = self._values[key] + step
        if key in self.beside:
            return value >= self._limit
        return key in self.small and 1 <= value < self._limit


class _Search:
    """Looks for other figures, each one more or one less, that leave every relation true."""

    def __init__(
        self, may_move: Callable[[CellKey, int], bool], of: Mapping[CellKey, list[Relation]]
    ) -> None:
        self._may_move = may_move
        self._of = of
        self._tries = 0

    def finds(self, moved: Mapping[CellKey, int]) -> bool:
        """Whether the moves made so far can be completed."""
        self._tries += 1
        if self._tries > _MOST_TRIES or not all(self._may_move(*move) for move in moved.items()):
            return False
        open_ones = self._unbalanced(moved)
        if not open_ones:
            return True
        relation, rest = min(open_ones.items(), key=lambda one: (len(one[0].parts), one[0].total))
        return any(self.finds({**moved, **step}) for step in self._steps(relation, rest, moved))

    def _steps(
        self, relation: Relation, rest: int, moved: Mapping[CellKey, int]
    ) -> Iterator[dict[CellKey, int]]:
        """Moves that bring the relation nearer, those first that leave the fewest others open."""
        found = []
        for key in (*relation.parts, relation.total):
            step = -relation.sign(key) * (1 if rest > 0 else -1)
            if key not in moved and self._may_move(key, step):
                after = len(self._unbalanced({**moved, key: step}))
                found.append((after, key, step))
        yield from ({key: step} for _, key, step in sorted(found))

    def _unbalanced(self, moved: Mapping[CellKey, int]) -> dict[Relation, int]:
        """By how much relations no longer hold."""
        rests: defaultdict[Relation, int] = defaultdict(int)
        for key, step in moved.items():
            for relation in self._of[key]:
                rests[relation] += relation.sign(key) * step
        return {relation: rest for relation, rest in rests.items() if rest}


def _holds(relation: Relation, values: Mapping[CellKey, int]) -> bool:
    """Lists that are not additive are no equations; nor is a figure that is its own total."""
    parts = sum(values[part] for part in relation.parts)
    return relation.total not in relation.parts and values[relation.total] == parts
