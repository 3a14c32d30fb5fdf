"""Making a backup: a consistent copy, looked at in full before it counts as one."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from sqlalchemy import func, select

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.database import Database
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.services.audit import Action, Subject, note
from avrr_desktop.services.backups.contents import Contents, contents_of
from avrr_desktop.services.backups.copies import (
    Backup,
    Reason,
    backups_in,
    name_of,
    remove,
    sweep,
    write_manifest,
)
from avrr_desktop.services.backups.thinning import superfluous
from avrr_desktop.services.register import Register

Tell = Callable[[int, int], None]
# Lines of the journal that leave the register's content as it was.
NO_CHANGE = (
    "log_in", "log_in_failed", "log_out", "view", "export", "print", "backup", "proof",
    "move", "move_away", "take_back", "continue",
)  # fmt: skip


@needs(Permission.FIGURES)
def make_backup(
    register: Register, reason: Reason, tell: Tell | None = None, *, keep: Backup | None = None
) -> Backup:
    """Copy the open register, then delete what is superfluous, but not ``keep``.

    ``tell`` is given pages copied and pages in all, then twice 0 while the copy is looked at; it
    may raise to stop: nothing is left then.

    Raises:
        UserError: ``copy_differs`` (the copy is damaged; the ones before stay), ``disk_full`` or
            another failure of the disk.
    """
    key = register.access.keys[0].secret if register.access else None
    now = register.clock.now()
    made = copy_register(
        register.database, register.paths, now, reason, key=key, tell=tell, keep=keep
    )
    with suppress(UserError):  # the copy is made, whether its line can be written or not
        subject = Subject("backup", made.id)
        note(register, register.actor, Action.BACKUP, subject, {"reason": reason.value})
    return made


@needs(Permission.FIGURES)
def backup_if_changed(
    register: Register, reason: Reason, tell: Tell | None = None
) -> Backup | None:
    """A backup, unless nothing was changed since the last good one.

    Raises:
        UserError: as ``make_backup``.
    """
    good = [copy for copy in backups_in(register.paths.backups_dir) if not copy.is_damaged]
    if good and good[0].register == register.info.uuid:
        changed = select(func.max(CHANGE.c.sequence)).where(CHANGE.c.action.not_in(NO_CHANGE))
        with register.database.reading() as connection:
            last = connection.execute(changed).scalar() or 0
        if last <= good[0].sequence:
            return None
    return make_backup(register, reason, tell)


def copy_register(
    database: Database,
    paths: Paths,
    now: datetime,
    reason: Reason,
    *,
    key: bytes | None,
    tell: Tell | None = None,
    keep: Backup | None = None,
) -> Backup:
    """The same for a register that is not open yet: one about to be migrated."""
    folder = paths.backups_dir
    while any(folder.glob(name_of(now, reason) + "*")):  # a clock that stands still
        now += timedelta(microseconds=1)
    part = folder / (name_of(now, reason) + ".part")
    try:
        folder.mkdir(exist_ok=True)  # beside the register, or nowhere: a drive may be gone
        sweep(folder)
        database.copy_to(part, tell)
        held = _looked_at(part, key, tell)
        made = Backup(
            folder,
            part.stem,
            held.register,
            now,
            reason,
            held.persons,
            held.events,
            held.sequence,
            is_protected=key is not None,
        )
        if key is not None:
            shutil.copyfile(paths.header, made.header)
        part.replace(made.file)
        write_manifest(made)
    except OSError as error:
        _forget(folder, part)
        raise plain_failure(error, part) from error
    except BaseException:
        _forget(folder, part)
        raise
    too_many = superfluous(backups_in(folder), now)
    remove(copy for copy in too_many if keep is None or copy.id != keep.id)
    return made


def _looked_at(part: Path, key: bytes | None, tell: Tell | None) -> Contents:
    """What the copy holds, once every page of it is whole."""
    copy = Database(part, key)
    try:
        if copy.check(full=True, tell=partial(tell, 0, 0) if tell else None):
            raise UserError("copy_differs")
        return contents_of(copy)
    finally:
        copy.close()


def _forget(folder: Path, part: Path) -> None:
    """Nothing of a backup that failed is left."""
    with suppress(OSError):
        for path in folder.glob(part.stem + "*"):
            path.unlink()
