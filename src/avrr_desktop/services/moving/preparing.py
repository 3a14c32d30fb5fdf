"""Preparing the move: the register, its settings and what goes with them in one protected file."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Final
from uuid import uuid4

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.database import Database
from avrr_desktop.services.access.entering import Access
from avrr_desktop.services.access.header_file import load_header
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import give_out, plain_failure
from avrr_desktop.services.audit import Action, Subject, note
from avrr_desktop.services.backups.contents import Contents, contents_of
from avrr_desktop.services.moving.contents import (
    HEAD_FILE,
    REGISTER,
    Told,
    companions,
    told_bytes,
    told_of,
)
from avrr_desktop.services.moving.front import (
    SUFFIX,
    Front,
    front_bytes,
    new_front,
    purpose_of,
    read_front,
)
from avrr_desktop.services.moving.room import failure_of_place, require_room
from avrr_desktop.services.moving.steps import WHOLE, Part, Tell
from avrr_desktop.services.register import MOVE_PREPARED, Register, remove_all, write_setting
from avrr_desktop.vault import StreamBroken, StreamSealer, is_whole, open_stream

_READ: Final = 1 << 20
_COPIED, _SEALED = 250, 650  # thousandths of the whole work


@dataclass(frozen=True, slots=True)
class Prepared:
    """The file that was written, and what it holds."""

    path: Path
    told: Told
    size: int


@dataclass(frozen=True, slots=True)
class Travelling:
    """One file on its way: its name there, how many bytes of it, and where it is read from."""

    name: str
    size: int
    file: BinaryIO


@dataclass(frozen=True, slots=True)
class _Parcel:
    """All that is written: the front, the key of what follows, the line about it, the files."""

    front: Front
    key: bytes
    told: Told
    going: tuple[Travelling, ...]


@needs(Permission.MOVE)
def size_of_move(register: Register, *, with_backups: bool) -> int:
    """About how many bytes the file will have."""
    sizes = [register.paths.register.stat().st_size]
    for path in companions(register.paths, with_backups=with_backups).values():
        with suppress(OSError):
            sizes.append(path.stat().st_size)
    return sum(sizes)


@needs(Permission.MOVE)
def prepare_move(
    register: Register, target: Path, *, with_backups: bool = False, tell: Tell | None = None
) -> Prepared:
    """Write the file, and read it again from the first to the last byte before it takes its name.

    It opens by every password of the register and by its recovery key. The journal's line stands
    before the copy is made: no copy leaves without one. ``tell`` may raise to stop: nothing of
    the file is left then.

    Raises:
        UserError: ``not_allowed``, ``not_protected`` (an open register holds invented people),
            ``register_moved``, ``backup_place_same``, ``move_no_room``, ``move_fat``,
            ``move_place_gone``, ``copy_differs``, ``move_differs``, or as ``give_out``.
    """
    paths, access = register.paths, _require_movable(register)
    target = target if target.suffix.lower() == SUFFIX else target.with_name(target.name + SUFFIX)
    if paths.data_dir.resolve() in target.resolve().parents:
        raise UserError("backup_place_same")
    require_room(target.parent, size_of_move(register, with_backups=with_backups))
    _sweep(target)
    # Before the copy, never after: a save in between only adds lines that the head accepts.
    note(register, register.actor, Action.MOVE, Subject("file", target.name))
    head = paths.journal_head.read_bytes() if paths.journal_head.is_file() else b""
    with ExitStack() as opened:
        copy, held = opened.enter_context(_copied(register, access, Part(tell, 0, _COPIED)))
        files = {REGISTER: copy, **companions(paths, with_backups=with_backups)}
        going = _going(opened, files, head)
        listed = tuple((each.name, each.size) for each in going)
        told = told_of(held, platform.node(), register.clock.now(), listed)
        require_room(target.parent, told.size)
        header = load_header(paths)
        if not is_whole(header, access.keys[0]):
            raise UserError("header_altered")
        front = new_front(register.info.uuid, told.made_at, header)
        key = register.box.secret(purpose_of(front))
        _write(target, _Parcel(front, key, told, going), tell)
    kept = {"at": told.made_at.isoformat(), "file": target.name, "sequence": told.sequence}
    with register.database.writing() as connection:
        write_setting(connection, MOVE_PREPARED, kept)
    if tell is not None:
        with suppress(Exception):  # the file is there: it is too late to stop
            tell(WHOLE, WHOLE)
    return Prepared(target, told, target.stat().st_size)


def _require_movable(register: Register) -> Access:
    if register.access is None:
        raise UserError("not_protected")
    if register.is_moved:
        raise UserError("register_moved")
    return register.access


def _sweep(target: Path) -> None:
    """What a killed program was writing there: it opens nothing and takes the room."""
    with suppress(OSError):
        for left in target.parent.glob(f".{escape(target.name)}.*.part"):
            left.unlink()


@contextmanager
def _copied(register: Register, access: Access, tell: Part) -> Iterator[tuple[Path, Contents]]:
    """A consistent copy beside the register, every page of it looked at; gone afterwards."""
    part = register.paths.data_dir / f".move-{uuid4().hex[:8]}.part"
    try:
        register.database.copy_to(part, tell)
        copy = Database(part, access.keys[0].secret)
        try:
            if copy.check(full=True):
                raise UserError("copy_differs")
            held = contents_of(copy)
        finally:
            copy.close()
        yield part, held
    finally:
        with suppress(OSError):
            remove_all(part)


def _going(opened: ExitStack, files: dict[str, Path], head: bytes) -> tuple[Travelling, ...]:
    """Every file opened now: a backup that is thinned out meanwhile still travels."""
    from io import BytesIO

    going: list[Travelling] = []
    for name, path in files.items():
        try:
            file = opened.enter_context(path.open("rb"))
            size = os.fstat(file.fileno()).st_size
        except FileNotFoundError:
            continue
        except OSError as error:
            raise plain_failure(error, path) from error
        going.append(Travelling(name, size, file))
    if head:
        going.append(Travelling(HEAD_FILE, len(head), BytesIO(head)))
    return tuple(going)


def _write(target: Path, parcel: _Parcel, tell: Tell | None) -> None:
    size = parcel.told.size
    try:
        with give_out(target) as file:
            try:
                digest = _sealed_into(file, parcel, Part(tell, _COPIED, _SEALED))
                file.flush()
                os.fsync(file.fileno())
                _require_same(Path(file.name), parcel, digest, Part(tell, _SEALED, WHOLE))
            except OSError as error:
                raise failure_of_place(error, target, size) from error
    except UserError as error:
        raise failure_of_place(error, target, size) from error


def _sealed_into(file: BinaryIO, parcel: _Parcel, tell: Part) -> bytes:
    """Write the front and the sealed pieces; gives SHA-256 of what was sealed."""
    about = front_bytes(parcel.front)
    file.write(about)
    sealer, digest = StreamSealer(parcel.key, sha256(about).digest()), sha256()
    done = 0
    for content in _content(parcel):
        digest.update(content)
        for piece in sealer.add(content):
            file.write(piece)
        done += len(content)
        tell(done, parcel.told.size)
    file.write(sealer.end())
    return digest.digest()


def _content(parcel: _Parcel) -> Iterator[bytes]:
    yield told_bytes(parcel.told)
    for each in parcel.going:
        left = each.size
        while left:
            content = each.file.read(min(left, _READ))
            if not content:  # cut short while it was read
                raise UserError("move_differs")
            left -= len(content)
            yield content


def _require_same(part: Path, parcel: _Parcel, digest: bytes, tell: Part) -> None:
    """What stands on the disk opens, and is what was meant to be written.

    Raises:
        UserError: ``move_differs``.
    """
    found, done = sha256(), 0
    with part.open("rb") as file:
        _forget_cached(file.fileno())
        try:
            _, about = read_front(file, part.name)
            for content in open_stream(parcel.key, sha256(about).digest(), file.read):
                found.update(content)
                done += len(content)
                tell(done, parcel.told.size)
        except (StreamBroken, UserError) as error:
            raise UserError("move_differs") from error
    if found.digest() != digest:
        raise UserError("move_differs")


def _forget_cached(handle: int) -> None:
    """Let what is read come from the disk itself, where the system can be asked."""
    advise: Callable[[int, int, int, int], None] | None = getattr(os, "posix_fadvise", None)
    if advise is not None:
        with suppress(OSError):
            advise(handle, 0, 0, getattr(os, "POSIX_FADV_DONTNEED", 4))
