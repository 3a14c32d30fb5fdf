"""A moved register's file on the new PC: what it tells, who opens it, and all of it laid ready."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final, NoReturn

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access, Recovery, enter_by, recover_by
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.services.backups.contents import contents_of
from avrr_desktop.services.moving.contents import REGISTER, Told, damaged, split_told
from avrr_desktop.services.moving.front import Front, front_bytes, purpose_of, read_front
from avrr_desktop.services.moving.room import require_room
from avrr_desktop.services.moving.steps import Part
from avrr_desktop.vault import Box, Kind, StreamBroken, open_stream

_LINE: Final = 4_000_000  # bytes the line about the contents has at most


@dataclass(frozen=True, slots=True)
class MoveFile:
    """A file whose front can be read. Nothing of what it holds is known yet."""

    path: Path
    front: Front
    size: int

    @property
    def made_at(self) -> datetime:
        """When it says it was made."""
        return self.front.made_at

    @property
    def logins(self) -> tuple[str, ...]:
        """The names one may open it with, in their order."""
        users = (slot.login for slot in self.front.header.slots if slot.kind is Kind.USER)
        return tuple(sorted(users, key=str.casefold))


def look_at(path: Path) -> MoveFile:
    """Read the front of a file.

    Raises:
        UserError: ``file_unreadable``, ``move_file_unknown``, ``move_file_newer``,
            ``move_file_damaged``.
    """
    try:
        with path.open("rb") as file:
            front, _ = read_front(file, path.name)
            return MoveFile(path, front, os.fstat(file.fileno()).st_size)
    except OSError as error:
        raise UserError("file_unreadable", name=path.name) from error


def enter_file(paths: Paths, clock: Clock, file: MoveFile, login: str, password: str) -> Access:
    """Open a file by a user's own password; wrong ones slow down as at the log-in of this PC.

    Raises:
        UserError: ``wrong_password``, ``wait_before_retry``, ``header_altered``,
            ``folder_read_only``.
    """
    _require_folder(paths)
    return enter_by(paths, clock, file.front.header, login, password)


def recover_file(paths: Paths, clock: Clock, file: MoveFile, given: Recovery) -> Access:
    """Open a file by the recovery key: the register goes on with another password of that user.

    Raises:
        UserError: as ``recover``; ``folder_read_only``.
    """
    _require_folder(paths)
    return recover_by(paths, clock, file.front.header, given)


def lay_out(paths: Paths, file: MoveFile, access: Access, tell: Part) -> Told:
    """Open the whole file into ``incoming``, which holds nothing yet; every byte is looked at.

    Raises:
        UserError: ``move_file_damaged``, ``file_unreadable``, ``move_no_room``, or a failure of
            this PC's disk.
    """
    require_room(paths.data_dir, 2 * file.size)  # the first backup is made of it too
    writing = _Writing(paths.incoming, file.path.name)
    done = 0
    try:
        for content in _opened(file, access):
            writing.add(content)
            done += len(content)
            tell(done, file.size)
        return writing.end()
    except StreamBroken as error:
        raise damaged(file.path.name) from error
    finally:
        writing.close()


def require_whole(paths: Paths, told: Told, access: Access, name: str) -> None:
    """Every page of the register laid out is whole, and it is the one that was told of.

    It travels as one file; here it is written in with a log beside it again.

    Raises:
        UserError: ``move_file_damaged``, ``newer_register``.
    """
    database = Database(paths.register, access.keys[0].secret)
    try:
        if database.check(full=True):
            _refuse(name)
        held = contents_of(database)
        found = (held.register, held.persons, held.events, held.sequence, held.seal or "")
        if found != (access.header.register, told.persons, told.events, told.sequence, told.seal):
            _refuse(name)
    finally:
        database.close()
    use_write_ahead_log(paths.register, access.keys[0].secret)


def _refuse(name: str) -> NoReturn:
    raise damaged(name)


def _opened(file: MoveFile, access: Access) -> Iterator[bytes]:
    """What is sealed in the file, piece by piece."""
    key = Box(access.keys[0].secret, file.front.register).secret(purpose_of(file.front))
    try:
        with file.path.open("rb") as opened:
            front, about = read_front(opened, file.path.name)
            if about != front_bytes(file.front) or front != file.front:
                raise damaged(file.path.name)  # another file took its place meanwhile
            yield from open_stream(key, sha256(about).digest(), opened.read)
    except OSError as error:
        raise UserError("file_unreadable", name=file.path.name) from error


class _Writing:
    """Cuts what comes into the files it was made of."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._told: Told | None = None
        self._waiting = b""  # of the line
        self._left: list[tuple[str, int]] = []
        self._file: BinaryIO | None = None

    def add(self, content: bytes) -> None:
        """Write what came."""
        if self._told is None:
            content = self._read_line(content)
        try:
            while content:
                content = self._write(content)
        except OSError as error:
            raise plain_failure(error, self._folder) from error

    def end(self) -> Told:
        """The line, once every file has all its bytes."""
        try:
            self._next_file()  # files without content
        except OSError as error:
            raise plain_failure(error, self._folder) from error
        if self._told is None or self._left:
            _refuse(self._name)
        if not (self._folder / REGISTER).is_file():
            _refuse(self._name)
        return self._told

    def close(self) -> None:
        """Let go of the file that was being written."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _read_line(self, content: bytes) -> bytes:
        self._waiting += content
        try:
            split = split_told(self._waiting)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise damaged(self._name) from error
        if split is None:
            if len(self._waiting) > _LINE:
                _refuse(self._name)
            return b""
        self._told, rest = split
        self._left = list(self._told.files)
        return rest

    def _write(self, content: bytes) -> bytes:
        self._next_file()
        if self._file is None:
            _refuse(self._name)  # more than was told of
        name, left = self._left[0]
        self._file.write(content[:left])
        self._left[0] = (name, max(0, left - len(content)))
        self._next_file()
        return content[left:]

    def _next_file(self) -> None:
        """Close the file that has all its bytes, and begin the one that has not."""
        while self._left:
            if self._file is None:
                path = self._folder / self._left[0][0]
                path.parent.mkdir(parents=True, exist_ok=True)
                self._file = path.open("xb")
            if self._left[0][1]:
                return
            self._file.flush()
            os.fsync(self._file.fileno())
            self.close()
            del self._left[0]


def _require_folder(paths: Paths) -> None:
    """Wrong passwords are counted there: without it nothing would slow down."""
    try:
        paths.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder_read_only", folder=str(paths.data_dir)) from error
