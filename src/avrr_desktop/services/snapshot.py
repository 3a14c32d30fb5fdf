"""A copy of a register that another PC has open, to look at: nothing is written beside its own.

SQLite's shared memory does not cross a network: a file open on another PC is not even read in
place, but copied with its write-ahead log while neither moves.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.atomic import plain_failure

_TRIES: Final = 5


def copy_snapshot(paths: Paths, folder: Path) -> Paths:
    """Copy the register, its log and its keys into ``folder``; gives the paths there.

    Raises:
        UserError: ``snapshot_moving`` when it was written to during each try, or a failure of
            the disk.
    """
    log = paths.register.with_name(paths.register.name + "-wal")
    files = (paths.register, log, paths.header, paths.header_copy, paths.settings)
    for _ in range(_TRIES):
        before = _marks(files)
        for path in files:
            target = folder / path.name
            target.unlink(missing_ok=True)
            if path.is_file():
                _copy(path, target)
        if _marks(files) == before:
            return paths_in(folder)
    raise UserError("snapshot_moving")


def _copy(path: Path, target: Path) -> None:
    try:
        shutil.copyfile(path, target)
    except OSError as error:
        raise plain_failure(error, path) from error


def _marks(files: tuple[Path, ...]) -> list[tuple[int, int] | None]:
    """Size and instant of the last change of each; None for what is not there."""
    marks: list[tuple[int, int] | None] = []
    for path in files:
        try:
            found = path.stat()
            marks.append((found.st_size, found.st_mtime_ns))
        except FileNotFoundError:
            marks.append(None)
    return marks
