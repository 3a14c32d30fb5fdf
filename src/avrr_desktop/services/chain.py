"""The chain of the journal: each line is sealed over the line before it; altering one shows.

A line's seal covers what it is (metadata) and a digest of what it holds (payload): a payload that
is erased one day leaves the chain whole.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from hashlib import sha256

from sqlalchemy import Connection, select

from avrr_desktop.db.tables import CHANGE

START = ""
_TOLD = 1000  # lines read between two words on it
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


def canonical(value: object) -> bytes:
    """JSON that is the same for equal values, as UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode()


def payload_digest(before: object, after: object) -> str:
    """SHA-256 of what a line holds, in hexadecimal."""
    return sha256(canonical([before, after])).hexdigest()


def seal(previous: str, line: Mapping[str, object]) -> str:
    """SHA-256 over the seal before, a line's metadata and its payload's digest."""
    kept = [_plain(line[name]) for name in _SEALED]
    return sha256(canonical([previous, kept, line["payload_digest"]])).hexdigest()


def last_seal(connection: Connection) -> str:
    """The seal the next line stands on."""
    query = select(CHANGE.c.chain).order_by(CHANGE.c.sequence.desc()).limit(1)
    return connection.execute(query).scalar() or START


def first_broken(connection: Connection, tell: Callable[[], None] = lambda: None) -> int | None:
    """The sequence of the first line that was altered, or after which one is missing.

    Lines older than the chain have no seal; None when every other line holds. ``tell`` is called
    every thousand lines, and may raise.
    """
    previous, expected = START, None
    for row in connection.execute(select(CHANGE).order_by(CHANGE.c.sequence)).mappings():
        sequence = int(row["sequence"])
        if sequence % _TOLD == 0:
            tell()
        if row["chain"] is None and previous == START:
            continue
        if (
            (expected is not None and sequence != expected)
            or row["payload_digest"] != payload_digest(row["before"], row["after"])
            or row["chain"] != seal(previous, dict(row))
        ):
            return sequence
        previous, expected = str(row["chain"]), sequence + 1
    return None


def _plain(value: object) -> object:
    """An instant as one text, whatever zone it came back with."""
    if isinstance(value, datetime):
        aware = value if value.tzinfo else value.replace(tzinfo=UTC)
        return aware.astimezone(UTC).isoformat()
    return value
