"""The register that stays behind: marked as moved, it is looked at only, until it is taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.tables import CHANGE, SETTING
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import Action, Subject, note_within
from avrr_desktop.services.backups.making import NO_CHANGE
from avrr_desktop.services.register import (
    MOVE_PREPARED,
    MOVED_AWAY,
    Register,
    read_setting,
    write_setting,
)


@dataclass(frozen=True, slots=True)
class MovedAway:
    """Since when the register goes on elsewhere, by which file, and who said so."""

    at: datetime
    file: str
    by: str


@dataclass(frozen=True, slots=True)
class LastFile:
    """The file last prepared, and how many entries were made since: it does not hold them."""

    at: datetime
    file: str
    entries_since: int


@needs(Permission.MOVE)
def last_file(register: Register) -> LastFile | None:
    """The file last prepared on this PC; None before the first."""
    with register.database.reading() as connection:
        kept = read_setting(connection, MOVE_PREPARED)
        if not isinstance(kept, dict):
            return None
        since = select(func.count()).where(
            CHANGE.c.sequence > int(kept["sequence"]), CHANGE.c.action.not_in(NO_CHANGE)
        )
        entries = int(connection.execute(since).scalar() or 0)
    return LastFile(datetime.fromisoformat(kept["at"]), str(kept["file"]), entries)


@needs(Permission.FIGURES)
def moved_away(register: Register) -> MovedAway | None:
    """The mark; None for a register that is written in here."""
    with register.database.reading() as connection:
        kept = read_setting(connection, MOVED_AWAY)
    if not isinstance(kept, dict):
        return None
    return MovedAway(datetime.fromisoformat(kept["at"]), kept["file"], kept["by"])


@needs(Permission.MOVE)
def mark_moved(register: Register, actor: Actor) -> None:
    """From now on the register is only looked at on this PC: two must not be written in.

    Raises:
        UserError: ``not_allowed``, ``move_not_prepared``, ``move_entries_since`` (the file does
            not hold them), ``register_moved``, or a failure of the disk.
    """
    file = last_file(register)
    if file is None:
        raise UserError("move_not_prepared")
    if file.entries_since:
        raise UserError("move_entries_since", entries=file.entries_since)
    kept = {"at": register.clock.now().isoformat(), "file": file.file, "by": actor.name}
    with register.database.writing() as connection:
        write_setting(connection, MOVED_AWAY, kept)
        subject = Subject("file", file.file)
        note_within(connection, register, actor, Action.MOVE_AWAY, subject)
    register.reload_moved()


@needs(Permission.MOVE)
def take_back(register: Register, actor: Actor, reason: str) -> None:
    """Write here again: the file was lost, or never taken in. The journal says why.

    Raises:
        UserError: ``not_allowed``, ``reason_required``, or a failure of the disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    marked = moved_away(register)
    if marked is None:
        return
    register.is_moved = False
    try:
        with register.database.writing() as connection:
            connection.execute(delete(SETTING).where(SETTING.c.key == MOVED_AWAY))
            note_within(
                connection,
                register,
                actor,
                Action.TAKE_BACK,
                Subject("file", marked.file),
                reason=reason.strip(),
            )
    finally:
        register.reload_moved()
