"""Lines of the journal that are no change of a record: who exported, printed, saw, restored.

They hold ids, filters, counts and the name of a file, never what was in it. Their table is none
of the records': undo, restore, the time machine and the counts pass them over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import Connection

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.drafts import Stored
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.journal_head import HEAD_ACCEPTED, RESTORE_BACKUP
from avrr_desktop.services.journal_keys import add_key
from avrr_desktop.services.register import Register
from avrr_desktop.services.restricted import restricted_fields

_LONGEST: Final = 120  # characters of a record's id in the journal


class Action(StrEnum):
    """What was done, when it is no change of a record."""

    EXPORT = "export"
    PRINT = "print"
    VIEW = "view"  # of a note whose reading is restricted
    LOG_IN = "log_in"
    LOG_IN_FAILED = "log_in_failed"
    LOG_OUT = "log_out"
    SETTING = "setting"
    BACKUP = "backup"
    RESTORE_BACKUP = RESTORE_BACKUP
    PROTECT = "protect"
    ROTATE = "rotate"
    HEAD_ACCEPTED = HEAD_ACCEPTED
    ANONYMISE = "anonymise"
    MOVE = "move"
    MOVE_AWAY = "move_away"
    TAKE_BACK = "take_back"
    CONTINUE = "continue"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a line is about: a kind that is no table of records, and a name in it."""

    kind: str
    id: str

    def __post_init__(self) -> None:
        if self.kind in RECORD_BY_KEY:
            raise ValueError(f"{self.kind} is a table of records")


def note_export(register: Register, path: Path, what: str, **details: object) -> None:
    """Note a file written for elsewhere: its name, what it is, filters and counts.

    A list of persons is noted before it is written: no file of names without its line. A register
    that goes on on another PC takes no line: only figures leave it, which nobody is kept from.

    Raises:
        UserError: a failure of the disk.
    """
    if register.is_moved:
        return
    subject = Subject("file", path.name)
    note(register, register.actor, Action.EXPORT, subject, {"what": what, **details})


def note(
    register: Register,
    actor: Actor,
    action: Action,
    subject: Subject,
    details: Mapping[str, object] | None = None,
    *,
    reason: str = "",
) -> int:
    """Write a line in a transaction of its own; gives its sequence.

    Raises:
        UserError: a failure of the disk; nothing was written.
    """
    with register.database.writing() as connection:
        return note_within(
            connection, register, actor, action, subject, details=details, reason=reason
        )


def note_within(
    connection: Connection,
    register: Register,
    actor: Actor,
    action: Action,
    subject: Subject,
    *,
    details: Mapping[str, object] | None = None,
    reason: str = "",
) -> int:
    """The same in a transaction that is open."""
    journal = Journal(connection, actor, register.clock, action=action.value, reason=reason)
    after = dict(details) if details else None
    journal.note(subject.kind, subject.id[:_LONGEST], None, after)
    journal.write()
    return journal.batch


_VIEWED: WeakKeyDictionary[Register, set[tuple[str, str, str]]] = WeakKeyDictionary()


def note_view(register: Register, actor: Actor, stored: Stored) -> None:
    """Note that somebody was shown restricted notes, once a record and session.

    A record that holds none, or whose reader was not shown them, leaves no line.

    Raises:
        UserError: a failure of the disk: what cannot be noted is not to be shown.
    """
    shown = {name for name, value in stored.values.items() if value not in (None, "", ())}
    note_shown(register, actor, stored.record, stored.id, shown - stored.withheld)


def note_shown(
    register: Register, actor: Actor, record: str, record_id: str, fields: Iterable[str]
) -> None:
    """The same, of the fields of a record that were shown with a value, now or of before.

    Raises:
        UserError: a failure of the disk: what cannot be noted is not to be shown.
    """
    shown = sorted(restricted_fields(record).intersection(fields))
    seen = _VIEWED.setdefault(register, set())
    key = (actor.id, record, record_id)
    if not shown or key in seen:
        return
    subject = Subject("view", f"{record}/{record_id}")
    note(register, actor, Action.VIEW, subject, {"fields": shown})
    seen.add(key)


def note_protected(register: Register, actor: Actor) -> None:
    """A register was encrypted: its lines are sealed under a key nobody could read before.

    Raises:
        UserError: a failure of the disk.
    """
    with register.database.writing() as connection:
        add_key(connection)
        subject = Subject("register", register.info.uuid)
        note_within(connection, register, actor, Action.PROTECT, subject)


@needs(Permission.RESTORE)
def note_restored(register: Register, actor: Actor, backup_id: str, sequence: int) -> None:
    """A backup, whose journal ends at ``sequence``, is the register now: a link of its own.

    The head that was is told in the line: ``HeadFile.settle`` begins it anew.

    Raises:
        UserError: ``not_allowed``, or a failure of the disk.
    """
    former = register.head.read()
    details: dict[str, object] = {"sequence": sequence}
    if former is not None:
        details["head"] = {"sequence": former.sequence, "seal": former.seal}
    note(register, actor, Action.RESTORE_BACKUP, Subject("backup", backup_id), details)


@needs(Permission.RESTORE)
def accept_head(register: Register, actor: Actor, reason: str) -> None:
    """Somebody knows why the head does not fit: it is begun anew, and the journal says so.

    Raises:
        UserError: ``not_allowed``, ``reason_required``, or a failure of the disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    former = register.head.read()
    details = {"sequence": former.sequence, "seal": former.seal} if former else None
    subject = Subject("journal", "head")
    note(register, actor, Action.HEAD_ACCEPTED, subject, details, reason=reason.strip())
    register.head.begin_anew(register.database)
