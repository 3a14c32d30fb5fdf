"""Payloads erased under retention: what stands in their place, and which lines the journal names.

A line keeps who, when, what and its digest; before and after become ``{"erased_on": day}``.
Words beside the line that name somebody are ``erased_words``'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Final

from sqlalchemy import JSON, Connection, bindparam, select, update

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.append_only import lines_may_change
from avrr_desktop.db.tables import CHANGE

if TYPE_CHECKING:
    from avrr_desktop.services.journal import Journal

ERASE: Final = "erase"
MARK: Final = "erased_on"
LEFT: Final = "left"  # of lines that lost a word: what is left of each, sealed


@dataclass(frozen=True, slots=True)
class Erasures:
    """Which lines the journal says were erased, and on which day."""

    ranges: tuple[tuple[int, int, date], ...]
    left: Mapping[int, str] = field(default_factory=dict)  # see ``erased_words``

    def tell_of(self, sequence: int, day: date) -> bool:
        """Whether a line was erased that day."""
        return any(first <= sequence <= last and day == on for first, last, on in self.ranges)


def read_erasures(connection: Connection) -> Erasures:
    """The erasures of a register, from their lines in the journal."""
    query = select(CHANGE.c.after).where(
        CHANGE.c.table_name == CHANGE.name, CHANGE.c.action == ERASE
    )
    ranges: list[tuple[int, int, date]] = []
    left: dict[int, str] = {}
    for (after,) in connection.execute(query.order_by(CHANGE.c.sequence)):
        if isinstance(after, Mapping) and (on := _day(after.get(MARK))):
            ranges += [(int(first), int(last), on) for first, last in after.get("lines", ())]
            left |= {int(line): str(seal) for line, seal in after.get(LEFT, {}).items()}
    return Erasures(tuple(ranges), left)


def erased_on(*images: object) -> date | None:
    """When what a line held was erased; None when it is there, or stands in any other shape."""
    days = {_marked(image) for image in images if image is not None}
    return days.pop() if len(days) == 1 else None


def erase_payloads(
    connection: Connection, which: Iterable[int], on: date, *, journal: Journal
) -> int:
    """Replace what lines held, keeping digest and chain; ``journal`` gets a line that names them.

    Gives how many were erased. What says what was erased, the identity of closings and the
    journal's own lines are the caller's to leave out of ``which``.
    """
    wanted = sorted(set(which))
    if not wanted:
        return 0
    mark = {MARK: on.isoformat()}
    lines = [{"line": sequence, "mark": mark} for sequence in wanted]
    with lines_may_change(connection):
        for side in (CHANGE.c.before, CHANGE.c.after):
            here = (CHANGE.c.sequence == bindparam("line"), side.is_not(None))
            erasing = update(CHANGE).where(*here).values({side.name: bindparam("mark", type_=JSON)})
            connection.execute(erasing, lines)
    journal.note(CHANGE.name, "payloads", None, {**mark, "lines": _ranges(wanted)}, action=ERASE)
    journal.write()
    return len(wanted)


def erased_after(connection: Connection, sequence: int) -> date | None:
    """When the image from before of a line later than ``sequence`` was erased; None if none was."""
    days = []
    for first, last, day in read_erasures(connection).ranges:
        query = select(CHANGE.c.sequence).where(
            CHANGE.c.sequence.between(max(first, sequence + 1), last),
            CHANGE.c.before.is_not(None),
        )
        if connection.execute(query.limit(1)).first():
            days.append(day)
    return max(days, default=None)


def require_kept(*images: object) -> None:
    """Refuse to build on what was erased.

    Raises:
        UserError: ``payload_erased``, with the day.
    """
    if day := erased_on(*images):
        raise UserError("payload_erased", on=day)


def _marked(image: object) -> date | None:
    if not isinstance(image, Mapping) or set(image) != {MARK}:
        return None
    return _day(image[MARK])


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _ranges(sequences: list[int]) -> list[list[int]]:
    """Runs of lines: [[first, last], …]."""
    ranges: list[list[int]] = []
    for sequence in sequences:
        if ranges and ranges[-1][1] == sequence - 1:
            ranges[-1][1] = sequence
        else:
            ranges.append([sequence, sequence])
    return ranges
