"""Writing a file whole or not at all: the old one survives any failure."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import BACKUP_SUFFIX, paths_in

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_FOLDER = frozenset({errno.ENOENT, errno.ENOTDIR})


@contextmanager
def atomic_write(path: Path) -> Iterator[BinaryIO]:
    """A file to write in; it takes the place of ``path`` only when the block ends well.

    Raises:
        UserError: ``target_locked`` (open elsewhere; ``proposed`` is a free name),
            ``target_is_folder``, ``folder_read_only``, ``folder_missing``, ``disk_full``,
            ``disk_failure``.
    """
    if path.is_dir():
        raise UserError("target_is_folder", folder=str(path))
    _refuse_open_elsewhere(path)
    building = path.with_name(f".{path.name}.{uuid4().hex[:8]}.part")
    file = _create(building)
    try:
        with _said_plainly(path):
            try:
                yield file
                file.flush()
                os.fsync(file.fileno())
            finally:
                _close(file)
        _replace(building, path)
    finally:
        with suppress(OSError):
            building.unlink(missing_ok=True)


@contextmanager
def give_out(path: Path) -> Iterator[BinaryIO]:
    """As ``atomic_write``, for what leaves the register: it may lie anywhere but on one.

    Raises:
        UserError: ``target_of_register``; see ``atomic_write``.
    """
    if _is_of_register(path):
        raise UserError("target_of_register", name=path.name)
    with atomic_write(path) as file:
        yield file


def _is_of_register(path: Path) -> bool:
    """Told by its name, so that a register of another folder is safe as well."""
    target = path.resolve()
    own = paths_in(target.parent)
    files = (
        *(own.register, own.header, own.header_copy, own.header_new),
        *(own.journal_head, own.attempts, own.settings),
    )
    name = target.name.casefold()
    log = f"{own.register.name}-"  # SQLite's files beside it
    is_own = name in {file.name for file in files} or name.startswith(log)
    return is_own or name.endswith(BACKUP_SUFFIX)


def free_name(path: Path) -> Path:
    """The first name beside ``path`` that no file bears: ``list (2).xlsx``."""
    number = 2
    while (other := path.with_name(f"{path.stem} ({number}){path.suffix}")).exists():
        number += 1
    return other


def _refuse_open_elsewhere(path: Path) -> None:
    """Excel and LibreOffice leave a small file beside the one they have open."""
    marks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    with _said_plainly(path):
        if path.exists() and any(mark.exists() for mark in marks):
            raise _locked(path)


def _create(building: Path) -> BinaryIO:
    try:
        return building.open("xb")
    except OSError as error:
        folder = str(building.parent)
        if error.errno in _NOT_ALLOWED:
            raise UserError("folder_read_only", folder=folder) from error
        if error.errno in _NO_FOLDER:
            raise UserError("folder_missing", folder=folder) from error
        raise plain_failure(error, building) from error


def _replace(building: Path, path: Path) -> None:
    try:
        building.replace(path)
    except PermissionError as error:  # Windows refuses while another program holds the file
        raise _locked(path) from error
    except OSError as error:
        if error.errno == errno.EBUSY:
            raise _locked(path) from error
        raise plain_failure(error, path) from error
    _keep_name(path.parent)


def _keep_name(folder: Path) -> None:
    """Write the new name itself to the disk, where the system lets a folder be opened."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _close(file: BinaryIO) -> None:
    """Close, even when what is left to write does not fit: that fault was said already."""
    with suppress(OSError):
        file.close()


@contextmanager
def _said_plainly(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise plain_failure(error, path) from error


def plain_failure(error: OSError, path: Path) -> UserError:
    """A failure of the disk in the user's words: ``disk_full`` or ``disk_failure``."""
    code = "disk_full" if error.errno in _FULL else "disk_failure"
    return UserError(code, path=str(path), name=path.name)


def _locked(path: Path) -> UserError:
    return UserError("target_locked", name=path.name, proposed=str(free_name(path)))
