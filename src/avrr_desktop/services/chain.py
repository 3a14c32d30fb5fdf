"""The chain of the journal: each line is sealed over the line before it; altering one shows.

A line's seal covers what it is (metadata) and a keyed digest of what it holds (payload): a payload
that is erased one day leaves the chain whole, and its digest tells nothing of what it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from sqlalchemy import Connection, func, select

from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.erased import Erasures, erased_on, read_erasures
from avrr_desktop.services.journal_keys import MARK, JournalKeys, read_keys

START: Final = ""
MOST_FAULTS: Final = 50
_TOLD = 1000  # lines read between two words on it
_NEAR = 1000  # lines among which the one that changed places is looked for
_SEALED = (
    "sequence",
    "at",
    "actor_id",
    "actor_name",
    "action",
    "table_name",
    "record_id",
    "reason",
    "batch",
    "undoes",
)

Line = Mapping[str, object]
Tell = Callable[[int, int], None]


class FaultKind(StrEnum):
    """What another program did to the journal."""

    ALTERED = "altered"  # the line no longer is what was written
    MISSING = "missing"  # from the line to ``last``
    MOVED = "moved"  # the line and ``last`` changed places
    CUT = "cut"  # the end is gone, from the line to ``last``
    REWRITTEN = "rewritten"  # at the line the head tells of, another seal stands
    HEAD_MISSING = "head_missing"
    HEAD_ALTERED = "head_altered"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that does not hold, and at which line."""

    kind: FaultKind
    sequence: int
    last: int = 0


def canonical(value: object) -> bytes:
    """JSON that is the same for equal values, as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def payload_digest(keys: JournalKeys, before: object, after: object) -> str:
    """The keyed digest of what a line holds."""
    return keys.digest(canonical([before, after]))


def seal(previous: str, line: Line) -> str:
    """SHA-256 over the seal before, a line's metadata and its payload's digest."""
    kept = [_plain(line[name]) for name in _SEALED]
    return sha256(canonical([previous, kept, line["payload_digest"]])).hexdigest()


def left_digest(previous: str, line: Line) -> bytes:
    """What is sealed anew of a line that lost a word: all that stands now, and its first seal."""
    kept = [_plain(line[name]) for name in _SEALED]
    return canonical([previous, kept, line["payload_digest"], line["chain"]])


def last_seal(connection: Connection) -> str:
    """The seal the next line stands on."""
    query = select(CHANGE.c.chain).order_by(CHANGE.c.sequence.desc()).limit(1)
    return connection.execute(query).scalar() or START


def first_broken(connection: Connection, tell: Callable[[], None] = lambda: None) -> int | None:
    """The sequence of the first line that was altered, moved or is missing; None when all hold.

    ``tell`` is called every thousand lines, and may raise.
    """
    found = faults(connection, lambda _done, _total: tell(), most=1)
    return found[0].sequence if found else None


def faults(
    connection: Connection, tell: Tell = lambda _done, _total: None, most: int = MOST_FAULTS
) -> tuple[Fault, ...]:
    """What does not hold in the journal, in its order, at most so many.

    Lines older than the chain have no seal. ``tell`` is given lines read and lines in all, and
    may raise to stop.
    """
    total = connection.execute(select(func.count()).select_from(CHANGE)).scalar() or 0
    found: list[Fault] = []
    for fault in _Verifier(connection).faults(total, tell):
        found.append(fault)
        if len(found) >= most:
            break
    return tuple(found)


class _Verifier:
    """One reading of the journal from its beginning."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keys = read_keys(connection)
        self._erasures: Erasures = read_erasures(connection)
        self._seals: tuple[str, ...] | None = (START,)  # any may stand before; None: unknown
        self._expected = 1
        self._is_keyed = False
        self._put_back: dict[int, Line] = {}

    def faults(self, total: int, tell: Tell) -> Iterator[Fault]:
        query = select(CHANGE).order_by(CHANGE.c.sequence)
        for done, row in enumerate(self._connection.execute(query).mappings()):
            if done % _TOLD == 0:
                tell(done, total)
            sequence = int(row["sequence"])
            if sequence != self._expected:
                yield Fault(FaultKind.MISSING, self._expected, sequence - 1)
                self._seals = None
            self._expected = sequence + 1
            if row["chain"] is None and self._seals == (START,):
                continue
            yield from self._of_line(sequence, self._put_back.pop(sequence, dict(row)))
        tell(total, total)

    def _of_line(self, sequence: int, line: Line) -> Iterator[Fault]:
        if not self._stands(line) and (other := self._moved_here(sequence)):
            place = int(str(other["sequence"]))
            self._put_back[place] = {**line, "sequence": place}
            line = {**other, "sequence": sequence}
            yield Fault(FaultKind.MOVED, sequence, place)
        if not (self._stands(line) and self._holds(sequence, line)):
            yield Fault(FaultKind.ALTERED, sequence)
        self._go_on(line)

    def _stands(self, line: Line) -> bool:
        """Whether the seal is that of the line, over the line before."""
        if self._seals is None:
            return line["chain"] is not None
        if told := self._erasures.left.get(int(str(line["sequence"]))):
            return any(self._keys.fits(told, left_digest(before, line)) for before in self._seals)
        return line["chain"] in {seal(before, line) for before in self._seals}

    def _holds(self, sequence: int, line: Line) -> bool:
        """Whether the payload is what was sealed, or was erased and the journal says so."""
        kept, before, after = str(line["payload_digest"]), line["before"], line["after"]
        is_keyed = kept.startswith(MARK)
        if self._is_keyed and not is_keyed:
            return False
        self._is_keyed = is_keyed
        if day := erased_on(before, after):
            return self._erasures.tell_of(sequence, day)
        content = canonical([before, after])
        if is_keyed:
            return self._keys.fits(kept, content)
        return kept == sha256(content).hexdigest()

    def _moved_here(self, sequence: int) -> Line | None:
        """The later line that was written in this place."""
        for other in self._lines_after(sequence):
            if self._seals and self._stands({**other, "sequence": sequence}):
                return other
        return None

    def _lines_after(self, sequence: int) -> Sequence[Line]:
        query = select(CHANGE).where(CHANGE.c.sequence > sequence).order_by(CHANGE.c.sequence)
        rows = self._connection.execute(query.limit(_NEAR)).mappings()
        return [dict(row) for row in rows]

    def _go_on(self, line: Line) -> None:
        """After an altered line the next may stand on its seal or on what it ought to be."""
        kept = line["chain"]
        ought = [seal(before, line) for before in self._seals or ()]
        self._seals = tuple(dict.fromkeys([*([str(kept)] if kept else []), *ought])) or None


def _plain(value: object) -> object:
    """An instant as one text, whatever zone it came back with."""
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    return value
