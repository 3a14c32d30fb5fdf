"""The drill: the newest backup restored aside, recounted, and held against what was known then."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.database import Database
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.services.backups.contents import contents_of
from avrr_desktop.services.backups.copies import Backup, backups
from avrr_desktop.services.backups.restoring import Opening, note_damaged, open_backup
from avrr_desktop.services.past import summary_at
from avrr_desktop.services.register import (
    Register,
    open_register,
    read_setting,
    write_setting,
)
from avrr_desktop.services.summary.semesters import semesters

EVERY: Final = timedelta(days=30)
_KEPT: Final = "backup_drill"
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Drill:
    """How a drill ended. ``fault`` is empty when every figure was the same."""

    at: datetime
    backup: str
    semesters: int
    figures: int
    fault: str = ""  # a code: no_backup, backup_damaged, figures_differ
    where: str = ""  # the first semester that differs


@needs(Permission.FIGURES)
def last_drill(register: Register) -> Drill | None:
    """The last drill; None before the first."""
    with register.database.reading() as connection:
        kept = read_setting(connection, _KEPT)
    if not isinstance(kept, dict):
        return None
    return Drill(**{**kept, "at": datetime.fromisoformat(kept["at"])})


@needs(Permission.FIGURES)
def is_due(register: Register) -> bool:
    """Whether a month has passed since the last; a clock set back makes none due."""
    last = last_drill(register)
    return last is None or register.clock.now() - last.at >= EVERY


@needs(Permission.FIGURES)
def run_drill(register: Register, tell: Tell | None = None) -> Drill:
    """Restore the newest backup aside, look at every page, recount every semester, compare.

    ``tell`` is given semesters done and in all, and may raise to stop: nothing is left then.

    Raises:
        UserError: a failure of the disk. What is wrong with the backup is in the answer.
    """
    now = register.clock.now()
    newest = next(iter(backups(register.paths)), None)
    drill = (
        Drill(now, "", 0, 0, "no_backup")
        if newest is None
        else _held_against(register, newest, now, tell)
    )
    kept = {name: getattr(drill, name) for name in Drill.__slots__} | {"at": now.isoformat()}
    with register.database.writing() as connection:
        write_setting(connection, _KEPT, kept)
    return drill


def _held_against(register: Register, backup: Backup, now: datetime, tell: Tell | None) -> Drill:
    try:
        opening = open_backup(backup, register.access)
        with _aside(register, opening, tell) as copy:
            return _compared(register, copy, backup, now, tell)
    except UserError as error:
        if error.code in ("disk_full", "disk_failure", "folder_read_only"):
            raise
        note_damaged(backup)
        return Drill(now, backup.id, 0, 0, "backup_damaged")


@contextmanager
def _aside(register: Register, opening: Opening, tell: Tell | None) -> Iterator[Register]:
    """The backup opened as a register of its own, in a folder that is gone afterwards."""
    paths = register.paths
    folder = Path(tempfile.mkdtemp(prefix="drill-", dir=paths.data_dir))
    try:
        aside = Paths(folder, paths.resources)
        shutil.copyfile(opening.backup.file, aside.register)
        _require_whole(aside, opening, tell)
        opened = open_register(aside, register.clock, register.access if opening.key else None)
        try:
            yield opened
        finally:
            opened.close()
    except OSError as error:
        raise plain_failure(error, folder) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _require_whole(aside: Paths, opening: Opening, tell: Tell | None) -> None:
    copy = Database(aside.register, opening.key.secret if opening.key else None)
    try:
        if copy.check(full=True, tell=partial(tell, 0, 0) if tell else None):
            raise UserError("backup_damaged")
    finally:
        copy.close()


def _compared(
    register: Register, copy: Register, backup: Backup, now: datetime, tell: Tell | None
) -> Drill:
    sequence = contents_of(copy.database).sequence
    with copy.database.reading() as connection:
        periods = tuple(semesters(connection))
    figures = 0
    for done, period in enumerate(periods):
        if tell is not None:
            tell(done, len(periods))
        # By the journal, on both sides: neither the day nor what came since may differ.
        then = list(summary_at(register, period, sequence, backup.made_at).iter_cells())
        restored = list(summary_at(copy, period, sequence, backup.made_at).iter_cells())
        if then != restored:
            return Drill(now, backup.id, done, figures, "figures_differ", period.code)
        figures += len(then)
    return Drill(now, backup.id, len(periods), figures)
