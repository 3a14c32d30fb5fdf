"""Continuing here: the register of a file takes its place on this PC, or nothing changes.

What the file holds is laid ready in ``incoming`` and looked at in full; only then is anybody asked
whether it shall go on here. What was here before is set aside, never written over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import delete

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows, require
from avrr_desktop.db.database import Database
from avrr_desktop.db.tables import SETTING
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access
from avrr_desktop.services.access.header_file import is_protected, load_header, save_header
from avrr_desktop.services.audit import Action, Subject, note_within
from avrr_desktop.services.backups.contents import Contents, contents_of
from avrr_desktop.services.backups.copies import Reason, name_of
from avrr_desktop.services.backups.making import copy_register, make_backup
from avrr_desktop.services.backups.second_place import PLACE
from avrr_desktop.services.moving.common_past import lines_lost
from avrr_desktop.services.moving.contents import Told
from avrr_desktop.services.moving.opening import MoveFile, lay_out, require_whole
from avrr_desktop.services.moving.placing import clear, finish, make_ready, placing_of
from avrr_desktop.services.moving.steps import WHOLE, Part, Tell
from avrr_desktop.services.register import (
    MOVE_PREPARED,
    Register,
    open_register,
    read_setting,
    write_setting,
)

_OPENED = 900  # thousandths of the laying out


class Here(StrEnum):
    """What this PC holds before."""

    NOTHING = "nothing"
    SAME = "same"  # the same register, under the same key
    CLOSED = "closed"  # the same register, which the file's key does not open
    OTHER = "other"  # another one


@dataclass(frozen=True, slots=True)
class Present:
    """The register of this PC. What it holds is known of the same one only."""

    here: Here
    held: Contents | None = None
    lost_lines: int = 0  # entries of this PC that the file does not have


@dataclass(frozen=True, slots=True)
class Incoming:
    """A register laid ready, and what it would take the place of."""

    paths: Paths  # of this PC
    file: MoveFile
    access: Access
    told: Told
    present: Present
    actor: Actor
    second_place: str  # its folder; empty when this PC does not reach it
    lost_place: str  # the folder that this PC does not reach

    @property
    def may_take_in(self) -> bool:
        """Whether the user may put it in the place of what is here: anybody where nothing is."""
        return self.present.here is Here.NOTHING or allows(self.actor, Permission.MOVE)


def lay_ready(
    paths: Paths, clock: Clock, file: MoveFile, access: Access, tell: Tell | None = None
) -> Incoming:
    """Open the whole file beside what is here, and bring it up to this program. Nothing is changed.

    ``tell`` may raise to stop; whatever fails, nothing is left.

    Raises:
        UserError: ``move_file_damaged``, ``newer_register``, ``user_revoked``, ``move_no_room``,
            or a failure of the disk.
    """
    is_protected(paths)  # a register that came in before is in its place first
    clear(paths)
    part = Part(tell, 0, _OPENED)
    try:
        _make_folder(paths)
        told = lay_out(paths, file, access, part)
        staged = _staged(paths)
        save_header(staged, access.header)
        require_whole(staged, told, access, file.path.name)
        opened = open_register(staged, clock, access)
        try:
            place = _second_place(opened)
            is_there = bool(place) and Path(place).is_dir()
            found = Incoming(
                paths,
                file,
                access,
                told,
                _present(paths, access, opened.database),
                opened.actor,
                place if is_there else "",
                "" if is_there else place,
            )
        finally:
            opened.close()
        part(1, 1)
    except BaseException:
        clear(paths)
        raise
    return found


def give_up(incoming: Incoming) -> None:
    """Nothing of what was laid ready is left."""
    clear(incoming.paths)


def take_in(
    incoming: Incoming, clock: Clock, *, accept_loss: bool = False, tell: Tell | None = None
) -> Register:
    """Let the register go on here, and give it open. Its journal says so; a backup of it is made.

    ``tell`` may raise to stop, until what was here begins to leave. What fails before leaves
    everything as it was, and the register still laid ready.

    Raises:
        UserError: ``not_allowed`` (somebody else's register is here), ``move_older`` (entries
            made here are in it: say that they may go), or a failure of the disk.
    """
    paths, present, access = incoming.paths, incoming.present, incoming.access
    if present.here is not Here.NOTHING:
        require(incoming.actor, Permission.MOVE)
    if present.lost_lines and not accept_loss:
        raise UserError("move_older", lines=present.lost_lines)
    now = clock.now()
    opened = open_register(_staged(paths), clock, access)
    try:
        _note_in(opened, incoming)
        make_backup(opened, Reason.MOVED, Part(tell, 0, WHOLE // 2))
    finally:
        opened.close()
    _require_folded(_staged(paths))
    if present.here is Here.SAME:
        _set_aside(paths, access, now, Part(tell, WHOLE // 2, WHOLE))
    placing = placing_of(
        paths,
        name_of(now, Reason.SET_ASIDE),
        keeps_old=present.here in (Here.CLOSED, Here.OTHER),
        with_companions=present.here is Here.OTHER,
    )
    make_ready(paths, placing)
    finish(paths)
    return open_register(paths, clock, access)


def _note_in(opened: Register, incoming: Incoming) -> None:
    """The journal's line, and what of the settings is another PC's."""
    told = incoming.told
    details = {"made_at": told.made_at.isoformat(), "pc": told.pc, "sequence": told.sequence}
    subject = Subject("file", incoming.file.path.name)
    with opened.database.writing() as connection:
        # What was prepared there is no file of this PC.
        connection.execute(delete(SETTING).where(SETTING.c.key == MOVE_PREPARED))
        if incoming.lost_place:
            write_setting(connection, PLACE, "")
        note_within(connection, opened, opened.actor, Action.CONTINUE, subject, details=details)


def _present(paths: Paths, access: Access, coming: Database) -> Present:
    """What is here, and what it holds that the file does not."""
    if not paths.register.exists():
        return Present(Here.NOTHING)
    if _identity(paths) != access.header.register:
        return Present(Here.OTHER)
    here = Database(paths.register, access.keys[0].secret)
    try:
        held = contents_of(here)
        return Present(Here.SAME, held, lines_lost(here, coming))
    except UserError:  # under another key since, or damaged
        return Present(Here.CLOSED)
    finally:
        here.close()


def _identity(paths: Paths) -> str:
    """Which register is here, as its header tells; empty for an open one, or one without."""
    try:
        return load_header(paths).register if is_protected(paths) else ""
    except UserError:
        return ""


def _set_aside(paths: Paths, access: Access, now: datetime, tell: Part) -> None:
    """The register of before as a backup, which the ordinary restore gives back."""
    before = Database(paths.register, access.keys[0].secret)
    try:
        key = access.keys[0].secret
        copy_register(before, paths, now, Reason.SET_ASIDE, key=key, tell=tell)
    finally:
        before.close()


def _second_place(opened: Register) -> str:
    with opened.database.reading() as connection:
        place = read_setting(connection, PLACE)
    return place if isinstance(place, str) else ""


def _staged(paths: Paths) -> Paths:
    return Paths(paths.incoming, paths.resources)


def _require_folded(staged: Paths) -> None:
    """One file is moved: nothing of it may still stand in a log."""
    log = staged.data_dir / (staged.register.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise UserError("register_locked")


def _make_folder(paths: Paths) -> None:
    try:
        paths.incoming.mkdir(parents=True)
    except OSError as error:
        raise UserError("folder_read_only", folder=str(paths.data_dir)) from error
