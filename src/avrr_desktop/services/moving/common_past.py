"""What two copies of a register have in common: the journal up to some line, then each its own."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from avrr_desktop.db.database import Database
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.backups.making import NO_CHANGE
from avrr_desktop.services.journal import last_sequence


def lines_lost(here: Database, coming: Database) -> int:
    """Entries of ``here`` that are not in ``coming``; who only came in or looked made none.

    Each line is sealed over all lines before it: two copies agree up to the last common seal.
    """
    with here.reading() as ours, coming.reading() as theirs:
        last = _last_common(ours, theirs)
        lost = select(func.count()).where(
            CHANGE.c.sequence > last, CHANGE.c.action.not_in(NO_CHANGE)
        )
        return int(ours.execute(lost).scalar() or 0)


def _last_common(ours: Connection, theirs: Connection) -> int:
    """By halving: a line that agrees has only lines before it that do."""
    low, high = 0, min(last_sequence(ours), last_sequence(theirs))
    while low < high:
        middle = (low + high + 1) // 2
        if _seal(ours, middle) == _seal(theirs, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _seal(connection: Connection, sequence: int) -> str | None:
    """The seal of a line, or of the one before it where a number was left out."""
    query = select(CHANGE.c.chain).where(CHANGE.c.sequence <= sequence)
    return connection.execute(query.order_by(CHANGE.c.sequence.desc()).limit(1)).scalar()
