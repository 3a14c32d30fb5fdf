"""Putting a backup in the place of the register, which is set aside first.

The backup is written anew under the register's present key: who was kept out since stays out.
Only one file changes place, the journal's line of the restore already in it, so that a kill at
any instant leaves the one or the other.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from sqlalchemy import select

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.db.schema import migrate
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access
from avrr_desktop.services.access.header_file import read_header_at, save_header
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.services.audit import note_restored
from avrr_desktop.services.backups.contents import Contents, contents_of
from avrr_desktop.services.backups.copies import Backup, Reason, name_of, write_manifest
from avrr_desktop.services.backups.making import make_backup
from avrr_desktop.services.register import Register, open_register, read_info, remove_all
from avrr_desktop.vault import DataKey, HeaderBroken, WrongPassword, unlock

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What restoring would bring back, and what it would lose."""

    made_at: datetime
    held: Contents
    now: Contents
    lost_lines: int  # of the journal, written since; -1 when it went on otherwise


@dataclass(frozen=True, slots=True)
class Opening:
    """A backup that opens: under the register's key, or under its own."""

    backup: Backup
    key: DataKey | None  # None for an open register's


def open_backup(
    backup: Backup, access: Access | None, login: str = "", password: str = ""
) -> Opening:
    """What opens a backup: the keys of who is in, else a password of the time it was made.

    Raises:
        UserError: ``backup_needs_password``, ``wrong_password``, ``header_broken``,
            ``backup_damaged``.
    """
    if not backup.is_protected:
        return _tried(Opening(backup, None))
    for key in access.keys if access else ():
        with suppress(UserError):
            return _tried(Opening(backup, key))
    if not password:
        raise UserError("backup_needs_password")
    try:
        header = read_header_at(backup.header)
        _, keys = unlock(header, login, password)
    except WrongPassword as error:
        raise UserError("wrong_password", seconds=0) from error
    except (HeaderBroken, OSError) as error:
        raise UserError("header_broken") from error
    return _tried(Opening(backup, keys[-1]))


def _tried(opening: Opening) -> Opening:
    database = _database(opening)
    try:
        with database.reading():
            return opening
    except UserError as error:
        raise UserError("backup_damaged") from error
    finally:
        database.close()


def _database(opening: Opening) -> Database:
    return Database(opening.backup.file, opening.key.secret if opening.key else None)


@needs(Permission.RESTORE)
def preview(register: Register, opening: Opening) -> Preview:
    """Compare a backup with the open register.

    Raises:
        UserError: ``not_allowed``, ``backup_damaged``, ``backup_other_register``.
    """
    backup = opening.backup
    copy = _database(opening)
    try:
        if backup.register and backup.register != register.info.uuid:
            raise UserError("backup_other_register")
        held = contents_of(copy)
    finally:
        copy.close()
    now = contents_of(register.database)
    with register.database.reading() as connection:
        query = select(CHANGE.c.chain).where(CHANGE.c.sequence == held.sequence)
        is_older = held.sequence == 0 or connection.execute(query).scalar() == held.seal
    lost = now.sequence - held.sequence if is_older else -1
    return Preview(backup.made_at, held, now, lost)


@needs(Permission.RESTORE)
def restore(register: Register, opening: Opening, tell: Tell | None = None) -> Register:
    """Put a backup in the place of the open register; gives it back open. The one given is closed.

    Raises:
        UserError: ``not_allowed``, ``backup_damaged``, ``backup_other_register``,
            ``register_locked`` (something still reads it), or a failure of the disk; the register
            is as it was, and is to be opened again if it was closed already.
    """
    backup, paths, access = opening.backup, register.paths, register.access
    if backup.register and backup.register != register.info.uuid:
        raise UserError("backup_other_register")
    make_backup(register, Reason.SET_ASIDE, keep=backup)
    key = access.keys[0].secret if access else None
    building = _written_anew(paths, opening, key, tell)
    register.close()
    _require_alone(paths, building)
    _note_in(building, paths, register.clock, access, backup)
    _swap(paths, building)
    return open_register(paths, register.clock, access)


def restore_over_wreck(
    paths: Paths, clock: Clock, opening: Opening, access: Access | None, tell: Tell | None = None
) -> Register:
    """Put a backup in the place of a register that does not open, its header with it.

    What is there is set aside as it is. ``access`` is who a password of the backup lets in; none
    for an open register.

    Raises:
        UserError: ``not_allowed``, ``backup_damaged``, or a failure of the disk.
    """
    wreck = name_of(clock.now(), Reason.SET_ASIDE) + ".wreck"
    _set_wreck_aside(paths, paths.backups_dir / wreck)
    key = access.keys[0].secret if access else None
    building = _written_anew(paths, opening, key, tell)
    _note_in(building, paths, clock, access, opening.backup)
    if access is not None:
        save_header(paths, access.header)
    # A log of the wreck must not be replayed over the backup.
    for path in paths.data_dir.glob(paths.register.name + "-*"):
        path.unlink()
    _swap(paths, building)
    return open_register(paths, clock, access)


def _note_in(
    building: Path, paths: Paths, clock: Clock, access: Access | None, backup: Backup
) -> None:
    """The journal's line, before the file takes its place: no kill parts the one from the other."""
    database = Database(building, access.keys[0].secret if access else None)
    try:
        migrate(database)  # a backup of an older program
        register = Register(database, paths, clock, read_info(database), access)
        database.after_commit = None  # the head is still that of the register in place
        note_restored(register, register.actor, backup.id, max(backup.sequence, 0))
    except BaseException:
        database.close()
        remove_all(building)
        raise
    database.close()


def _written_anew(paths: Paths, opening: Opening, key: bytes | None, tell: Tell | None) -> Path:
    """The backup under the present key, beside the register; every page of it is whole."""
    building = paths.register.with_suffix(".new")
    remove_all(building)
    copy = _database(opening)
    try:
        if copy.check(full=True):
            note_damaged(opening.backup)
            _refuse("backup_damaged")
        copy.copy_under(key, building, tell)
        made = Database(building, key)
        if made.check(full=True):
            _refuse("copy_differs")
        use_write_ahead_log(building, key)
    except BaseException:
        remove_all(building)
        raise
    finally:
        copy.close()
    return building


def _refuse(code: str) -> NoReturn:
    raise UserError(code)


def note_damaged(backup: Backup) -> None:
    """Remember that a backup was found damaged: it keeps no good one out any more."""
    with suppress(UserError):
        write_manifest(replace(backup, is_damaged=True))


def _require_alone(paths: Paths, building: Path) -> None:
    """The log was folded into the file: nobody else has it open."""
    log = paths.data_dir / (paths.register.name + "-wal")
    if log.exists() and log.stat().st_size:
        remove_all(building)
        raise UserError("register_locked")


def _swap(paths: Paths, building: Path) -> None:
    try:
        building.replace(paths.register)
    except OSError as error:
        raise plain_failure(error, paths.register) from error


def _set_wreck_aside(paths: Paths, folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in (
            *paths.data_dir.glob(paths.register.name + "*"),
            paths.header,
            paths.header_copy,
        ):
            if path.exists():
                shutil.copy2(path, folder / path.name)
    except OSError as error:
        raise plain_failure(error, folder) from error
