"""Before a newer program takes the place of this one: a backup of the register, without its key.

Nobody is asked for a password by a set-up. A protected register is therefore copied byte by byte,
its write-ahead log, header and journal head with it, while nothing moves; whoever opens the
register next looks into that copy (``complete_copies``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.database import Database
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.header_file import is_plain, is_protected, read_header_at
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import atomic_write, plain_failure
from avrr_desktop.services.backups.contents import contents_of
from avrr_desktop.services.backups.copies import (
    Backup,
    Reason,
    backups_in,
    name_of,
    remove,
    sweep,
    write_manifest,
)
from avrr_desktop.services.backups.making import copy_register
from avrr_desktop.services.backups.restoring import open_backup
from avrr_desktop.services.backups.thinning import superfluous
from avrr_desktop.services.register import Register
from avrr_desktop.vault import HeaderBroken

_TRIES: Final = 5
_PIECE: Final = 1 << 20
# A damaged register keeps nobody from a newer program: it is copied as it is.
_DAMAGE: Final = frozenset({"copy_differs", "register_corrupt", "not_a_register", "disk_failure"})


def make_ready(paths: Paths, clock: Clock) -> Backup | None:
    """Back up the register of a folder; None when there is none, and nothing is written then.

    Raises:
        UserError: ``register_moving`` (a program writes in it), ``folder_read_only``,
            ``disk_full`` or another failure of the disk; nothing is left behind.
    """
    if not paths.register.is_file():
        return None
    if not is_plain(paths.register):
        return _byte_copy(paths, clock.now())
    database = Database(paths.register)
    try:
        return copy_register(database, paths, clock.now(), Reason.MIGRATION, key=None)
    except UserError as error:
        if error.code not in _DAMAGE:
            raise
    finally:
        database.close()
    return _byte_copy(paths, clock.now())


@needs(Permission.FIGURES)
def complete_copies(register: Register) -> None:
    """Look into the copies made without the key: fold their log in, count what they hold.

    Raises:
        UserError: a failure of the disk; the next start goes on.
    """
    for backup in backups_in(register.paths.backups_dir):
        if backup.is_sealed and not backup.is_damaged:
            _complete(register, backup)


def _complete(register: Register, backup: Backup) -> None:
    try:
        opening = open_backup(backup, register.access)
    except UserError as error:
        if error.code == "backup_needs_password":  # of an older key: whoever restores it gives one
            return
        write_manifest(replace(backup, is_damaged=True))
        return
    database = Database(backup.file, opening.key.secret if opening.key else None)
    try:
        is_damaged = bool(database.check(full=True))
        database.leave_log()
        held = contents_of(database)
    finally:
        database.close()
    looked = replace(
        backup,
        persons=held.persons,
        events=held.events,
        sequence=held.sequence,
        is_damaged=is_damaged,
        is_sealed=False,
    )
    write_manifest(looked)
    backup.head.unlink(missing_ok=True)


def _byte_copy(paths: Paths, now: datetime) -> Backup:
    folder = paths.backups_dir
    while any(folder.glob(name_of(now, Reason.MIGRATION) + "*")):  # a clock that stands still
        now += timedelta(microseconds=1)
    header = paths.header if paths.header.exists() else paths.header_copy
    made = Backup(
        folder,
        name_of(now, Reason.MIGRATION),
        _register_of(header),
        now,
        Reason.MIGRATION,
        persons=-1,
        events=-1,
        sequence=-1,
        is_protected=is_protected(paths),
        is_sealed=True,
    )
    log = paths.register.with_name(paths.register.name + "-wal")
    files = {
        paths.register: made.file,
        log: made.log,
        header: made.header,
        paths.journal_head: made.head,
    }
    with _nothing_left_on_failure(made):
        _make_folder(folder)
        sweep(folder)
        _copy_at_rest(files)
        write_manifest(made)
    remove(superfluous(backups_in(folder), now))
    return made


def _register_of(header: Path) -> str:
    """Whose header it is; empty for one that cannot be read, which keeps the backup readable."""
    with suppress(OSError, HeaderBroken):
        return read_header_at(header).register
    return ""


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder_read_only", folder=str(folder)) from error


def _copy_at_rest(files: Mapping[Path, Path]) -> None:
    """Copy all of them as they are at one moment.

    Raises:
        UserError: ``register_moving`` when one was written to during each try.
    """
    for _ in range(_TRIES):
        before = _marks(files)
        digests = {target: _copy(source, target) for source, target in files.items()}
        if _marks(files) == before:
            for target, digest in digests.items():
                if digest and _digest(target) != digest:
                    raise UserError("copy_differs")
            return
    raise UserError("register_moving")


def _marks(files: Mapping[Path, Path]) -> list[tuple[int, int] | None]:
    """Size and instant of the last change of each; None for what is not there."""
    marks: list[tuple[int, int] | None] = []
    for path in files:
        try:
            found = path.stat()
            marks.append((found.st_size, found.st_mtime_ns))
        except FileNotFoundError:
            marks.append(None)
    return marks


def _copy(source: Path, target: Path) -> str:
    """The SHA-256 of what was copied; empty when there is nothing to copy."""
    target.unlink(missing_ok=True)
    try:
        with source.open("rb") as content, atomic_write(target) as file:
            digest = hashlib.sha256()
            while piece := content.read(_PIECE):
                digest.update(piece)
                file.write(piece)
            return digest.hexdigest()
    except FileNotFoundError:
        return ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def _nothing_left_on_failure(made: Backup) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        remove((made,))
        raise plain_failure(error, made.file) from error
    except BaseException:
        remove((made,))
        raise
