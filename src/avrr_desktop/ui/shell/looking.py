"""The folder of a copy that is only looked at: gone at the end, or at the next start after a kill.

A lock file in it names the process that looks; Qt knows one whose process is gone.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from PySide6.QtCore import QLockFile

_PREFIX: Final = "avrr-look-"
_LOCK: Final = "looking.lock"


class LookingFolder:
    """A folder of one's own among the system's temporary ones."""

    def __init__(self) -> None:
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock = _lock_in(self.path)
        self._lock.tryLock(0)

    def remove(self) -> None:
        """The copy is looked at no more."""
        self._lock.unlock()
        shutil.rmtree(self.path, ignore_errors=True)


def remove_left() -> int:
    """Remove the copies of this user whose program was killed; gives how many."""
    removed = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        if not _is_ours(folder):
            continue
        lock = _lock_in(folder)
        if lock.tryLock(0):  # nobody holds it
            lock.unlock()
            shutil.rmtree(folder, ignore_errors=True)
            removed += not folder.exists()
    return removed


def _is_ours(folder: Path) -> bool:
    """A real folder, made by this user: names in a shared place are anybody's to choose."""
    with suppress(OSError):
        found = folder.lstat()
        is_mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        return is_mine and folder.is_dir() and not folder.is_symlink()
    return False


def _lock_in(folder: Path) -> QLockFile:
    lock = QLockFile(str(folder / _LOCK))
    lock.setStaleLockTime(0)
    return lock
