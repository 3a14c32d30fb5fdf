"""The header of a protected register on disk: one file, and a copy should it be damaged."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths
from avrr_desktop.services.atomic import atomic_write
from avrr_desktop.services.moving.placing import finish
from avrr_desktop.vault import Header, HeaderBroken, read_header, write_header

_PLAIN = b"SQLite format 3\0"
MOST_BYTES = 4 * 1024 * 1024  # bytes; a header holds some hundred per user


def is_protected(paths: Paths) -> bool:
    """Whether the register of a folder is opened with a password."""
    _adopt(paths)
    return paths.header.exists() or paths.header_copy.exists()


def is_plain(register: Path) -> bool:
    """Whether a file is a register anybody can read."""
    with suppress(OSError), register.open("rb") as file:
        return file.read(len(_PLAIN)) == _PLAIN
    return False


def prepare_header(paths: Paths, header: Header) -> None:
    """Lay a header ready beside a register about to be encrypted; see ``_adopt``."""
    with atomic_write(paths.header_new) as file:
        file.write(write_header(header))


def _adopt(paths: Paths) -> None:
    """Put a prepared header in its place once the register it opens has taken its own.

    A plain file is never taken for a protected register: it may have been put there. A register
    that came from another PC, and was not in its place yet, is put there first.
    """
    finish(paths)
    if paths.header_new.exists() and paths.register.exists() and not is_plain(paths.register):
        with suppress(HeaderBroken, OSError):
            save_header(paths, read_header_at(paths.header_new))
            paths.header_new.unlink()


def load_header(paths: Paths) -> Header:
    """The header; its copy when the file itself is damaged, which is then made good again.

    Raises:
        UserError: ``header_broken``: neither can be read; a backup carries its own.
            ``register_unreachable``: the folder itself is gone.
    """
    if not paths.data_dir.is_dir():
        raise UserError("register_unreachable")
    _adopt(paths)
    try:
        return read_header_at(paths.header)
    except (OSError, HeaderBroken) as error:
        try:
            header = read_header_at(paths.header_copy)
        except (OSError, HeaderBroken):
            raise UserError("header_broken") from error
    save_header(paths, header)
    return header


def save_header(paths: Paths, header: Header) -> None:
    """Write the header, then its copy: at any instant one of them is whole.

    The copy is only ever read when the header is damaged: until both are written it may hold
    the users and the password of before.

    Raises:
        UserError: as ``atomic_write``; what was there still opens.
    """
    content = write_header(header)
    for path in (paths.header, paths.header_copy):
        with atomic_write(path) as file:
            file.write(content)


def load_backup_header(path: Path) -> Header:
    """The header a backup carries.

    Raises:
        UserError: ``backup_damaged``.
    """
    try:
        return read_header_at(path)
    except (OSError, HeaderBroken) as error:
        raise UserError("backup_damaged") from error


def read_header_at(path: Path) -> Header:
    """A header by its file.

    Raises:
        HeaderBroken: it is none.
        OSError: it cannot be read.
    """
    if path.stat().st_size > MOST_BYTES:
        raise HeaderBroken
    return read_header(path.read_bytes())
