"""How wide the columns of a table are, so that no head or figure is broken in two."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from avrr_desktop.services.bulletin.blocks import Table

_LEAST_LABEL: Final = 0.24  # of the width, however many figures stand beside
# Bold letters of the shipped fonts, in widths of an em, a little on the wide side.
_WIDE, _USUAL, _CAPITAL, _ARABIC, _NARROW = 0.96, 0.64, 0.74, 0.58, 0.36
_LETTERS: Final[Mapping[str, float]] = {
    **dict.fromkeys("mMwW%@≥", _WIDE),
    **dict.fromkeys("ijlI.,:;'’|!()[] \u00a0\u202f", _NARROW),
}


@dataclass(frozen=True, slots=True)
class Room:
    """What a file has for a table: its width, the size of its letters, the padding at each side.

    All in one unit; ``label_share`` is the part of the width that labels usually take.
    """

    width: float
    letters: float
    padding: float
    label_share: float


def column_widths(table: Table, room: Room) -> tuple[float, ...]:
    """The width of each column, labels first, in the unit of ``room``; they fill it.

    Columns of figures are alike as long as the longest word fits; else each gets what it needs
    and labels give way, down to a quarter of the width.
    """
    count = len(table.heads) - 1
    if table.is_text:
        labels = room.width * room.label_share
        return labels, *([(room.width - labels) / count] * count)
    usual = room.width * (1 - room.label_share)
    needs = [_need(table, place, room) for place in range(1, count + 1)]
    if max(needs) <= usual / count:
        return room.width - usual, *([usual / count] * count)
    taken = min(max(usual, sum(needs)), room.width * (1 - _LEAST_LABEL))
    spare = (taken - sum(needs)) / count
    if spare < 0:
        scale = taken / sum(needs)
        return room.width - taken, *(need * scale for need in needs)
    return room.width - taken, *(need + spare for need in needs)


def _need(table: Table, place: int, room: Room) -> float:
    """For the longest word of a column; figures are never broken."""
    words = [*table.heads[place].split(" "), *(row.cells[place] for row in table.rows)]
    return max(map(_ems, words)) * room.letters + 2 * room.padding


def _ems(word: str) -> float:
    return sum(_em(letter) for letter in word)


def _em(letter: str) -> float:
    if unicodedata.combining(letter) or unicodedata.category(letter) == "Cf":
        return 0.0
    if letter in _LETTERS:
        return _LETTERS[letter]
    if unicodedata.bidirectional(letter) == "AL":
        return _ARABIC
    return _CAPITAL if letter.isupper() else _USUAL
