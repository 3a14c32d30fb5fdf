"""Whether a place has room for a file of some size, and takes files as large."""

from __future__ import annotations

import errno
import shutil
from pathlib import Path
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.services.places import is_fat

_LARGEST_ON_FAT: Final = (1 << 32) - 1
_SPARE: Final = 1 << 20  # the front, and what the sealing adds
_MEGABYTE: Final = 1_000_000


def require_room(folder: Path, size: int) -> None:
    """Refuse before anything is written what would not fit.

    Raises:
        UserError: ``folder_missing``, ``move_fat``, ``move_no_room``.
    """
    if not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    if size + _SPARE > _LARGEST_ON_FAT and is_fat(folder):
        raise _too_large(size)
    try:
        free = shutil.disk_usage(folder).free
    except OSError:  # a share that does not tell: writing will
        return
    if size + _SPARE > free:
        wanted, there = _megabytes(size + _SPARE), free // _MEGABYTE
        raise UserError("move_no_room", wanted=wanted, free=there, folder=str(folder))


def failure_of_place(error: OSError | UserError, target: Path, size: int) -> UserError:
    """What a place refused while it was written to: a stick taken out, or one too small."""
    if not target.parent.is_dir():
        return UserError("move_place_gone", folder=str(target.parent))
    if isinstance(error, UserError):
        return error
    is_too_large = size > _LARGEST_ON_FAT and is_fat(target.parent)
    if error.errno == errno.EFBIG or (is_too_large and error.errno == errno.ENOSPC):
        return _too_large(size)
    return plain_failure(error, target)


def _too_large(size: int) -> UserError:
    return UserError("move_fat", wanted=_megabytes(size))


def _megabytes(size: int) -> int:
    return -(-size // _MEGABYTE)
