"""The head of the journal, kept in a file beside the register: where the journal had got to.

A chain alone cannot tell that its end was cut off. The head is written after each commit; lines
beyond it are accepted if they chain, fewer lines or another seal at its place are not. It is
authenticated by the journal's key, which stands in the (encrypted) register.
"""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import Connection, func, select

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.atomic import atomic_write
from avrr_desktop.services.chain import Fault, FaultKind, canonical
from avrr_desktop.services.journal_keys import MARK, JournalKeys, read_keys

_LOG = logging.getLogger(__name__)
HEAD_ACCEPTED = "journal_head"
RESTORE_BACKUP = "restore_backup"
_BEGINS_ANEW = frozenset({HEAD_ACCEPTED, RESTORE_BACKUP})


@dataclass(frozen=True, slots=True)
class Head:
    """A line of the journal and its seal, as they were right after a commit."""

    register: str
    sequence: int
    seal: str
    since: int  # the line after which this file was begun
    mac: str = ""

    def signed(self, keys: JournalKeys) -> Head:
        """The same, authenticated."""
        return replace(self, mac=keys.digest(self._content()))

    def holds(self, keys: JournalKeys) -> bool:
        """Whether it was written by the program."""
        return keys.fits(self.mac, self._content())

    def _content(self) -> bytes:
        return canonical([self.register, self.sequence, self.seal, self.since])


class HeadFile:
    """The head of one register's journal on the disk."""

    def __init__(self, path: Path, register: str) -> None:
        self._path = path
        self._register = register

    def read(self) -> Head | None:
        """What the file tells, right or wrong; None when there is no file.

        To be read before the journal it is held against: a save in between only adds lines.
        """
        try:
            kept = json.loads(self._path.read_bytes())
            return Head(
                str(kept["register"]),
                int(kept["sequence"]),
                str(kept["seal"]),
                int(kept["since"]),
                str(kept["mac"]),
            )
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError):
            return Head("", 0, "", 0)

    def advance(self, database: Database) -> None:
        """After a commit: tell of the last line. A head that does not fit is left for the check.

        Never fails: the next save tells what this one could not.
        """
        try:
            kept = self.read()
            with database.reading() as connection:
                head = self._next(connection, kept)
            if head is not None:
                self._write(head)
        except (UserError, OSError) as error:
            code = error.code if isinstance(error, UserError) else type(error).__name__
            _LOG.warning("the head of the journal was not written: %s", code)

    def settle(self, database: Database) -> None:
        """At an opening: begin anew the head that the last line, a restore, names as the former.

        The line came with the restored file; a kill may have kept the head from following. Never
        fails: the next opening settles what this one could not.
        """
        kept = self.read()
        told = {"sequence": kept.sequence, "seal": kept.seal} if kept else None
        with database.reading() as connection:
            query = select(CHANGE.c.action, CHANGE.c.after)
            line = connection.execute(query.order_by(CHANGE.c.sequence.desc()).limit(1)).first()
        if line is None or line.action != RESTORE_BACKUP or not isinstance(line.after, dict):
            return
        if line.after.get("head") == told:
            try:
                self.begin_anew(database)
            except UserError as error:
                _LOG.warning("the head of the journal was not begun anew: %s", error.code)

    def begin_anew(self, database: Database) -> None:
        """Forget the head there was: the journal's last line says why.

        Raises:
            UserError: a failure of the disk.
        """
        with database.reading() as connection:
            keys, last, seal = read_keys(connection), *_last(connection)
        self._write(Head(self._register, last, seal, last).signed(keys))

    def faults(self, connection: Connection, head: Head | None) -> tuple[Fault, ...]:
        """What the head shows that the chain alone does not; ``head`` was read before."""
        keys = read_keys(connection)
        if not keys.by_number:
            return ()  # every line is older than the head
        last, _seal = _last(connection)
        if head is None:
            return (Fault(FaultKind.HEAD_MISSING, last),)
        if not self._is_ours(head, keys):
            return (Fault(FaultKind.HEAD_ALTERED, last),)
        found = []
        if last < head.sequence:
            found.append(Fault(FaultKind.CUT, last + 1, head.sequence))
        elif _seal_at(connection, head.sequence) != head.seal:
            found.append(Fault(FaultKind.REWRITTEN, head.sequence))
        if head.since > _first_batch(connection) and not _begins_anew(connection, head.since):
            found.append(Fault(FaultKind.HEAD_MISSING, head.since))
        return tuple(found)

    def _is_ours(self, head: Head, keys: JournalKeys) -> bool:
        return head.register == self._register and head.holds(keys)

    def _next(self, connection: Connection, kept: Head | None) -> Head | None:
        """The head to write; None when the one there is stays."""
        keys, (last, seal) = read_keys(connection), _last(connection)
        if not keys.by_number or (kept and kept.sequence == last):
            return None
        if kept is None:
            since = min(last, _first_batch(connection))
            is_first = _batch_of(connection, last) == since
            return Head(self._register, last, seal, since if is_first else last).signed(keys)
        if not self._is_ours(kept, keys) or _seal_at(connection, kept.sequence) != kept.seal:
            return None
        return Head(self._register, last, seal, kept.since).signed(keys)

    def _write(self, head: Head) -> None:
        with atomic_write(self._path) as file:
            file.write(json.dumps(asdict(head)).encode())


def _last(connection: Connection) -> tuple[int, str]:
    query = select(CHANGE.c.sequence, CHANGE.c.chain).order_by(CHANGE.c.sequence.desc()).limit(1)
    row = connection.execute(query).first()
    return (row.sequence, row.chain or "") if row else (0, "")


def _seal_at(connection: Connection, sequence: int) -> str | None:
    query = select(CHANGE.c.chain).where(CHANGE.c.sequence == sequence)
    return connection.execute(query).scalar()


def _batch_of(connection: Connection, sequence: int) -> int:
    query = select(CHANGE.c.batch).where(CHANGE.c.sequence == sequence)
    return connection.execute(query).scalar() or 0


def _first_batch(connection: Connection) -> int:
    """The transaction that wrote the first keyed line: the head's file is as old."""
    query = select(func.min(CHANGE.c.batch)).where(CHANGE.c.payload_digest.startswith(MARK))
    return connection.execute(query).scalar() or 0


def _begins_anew(connection: Connection, sequence: int) -> bool:
    query = select(CHANGE.c.action).where(CHANGE.c.sequence == sequence)
    return connection.execute(query).scalar() in _BEGINS_ANEW
