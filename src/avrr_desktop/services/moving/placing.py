"""Putting a register that came in in its place; what a kill leaves half done the next start ends.

``incoming`` holds all of it. Once ``ready.json`` stands there, the register of before is on its
way out: each file is moved, never written, and a second run goes on where the first stopped.
"""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths
from avrr_desktop.services.atomic import atomic_write, plain_failure

_READY: Final = "ready.json"
_MOST: Final = 10_000  # bytes


@dataclass(frozen=True, slots=True)
class Placing:
    """How the register of before leaves: the name of its folder, and whether that is kept.

    ``leaving`` are files and folders that must be gone before another register comes.
    """

    aside: str
    keeps_old: bool
    leaving: tuple[str, ...]


def placing_of(paths: Paths, aside: str, *, keeps_old: bool, with_companions: bool) -> Placing:
    """What must leave: a log would be replayed over the register that comes.

    ``with_companions``: backups and half-typed forms too, being another register's.
    """
    left = [*paths.data_dir.glob(paths.register.name + "-*"), paths.header_new]
    if with_companions:
        left += [paths.backups_dir, paths.drafts_dir]
    return Placing(aside, keeps_old, tuple(path.name for path in left if path.exists()))


def make_ready(paths: Paths, placing: Placing) -> None:
    """From here on the register that came in is the one.

    Raises:
        UserError: as ``atomic_write``; the register of before is then still the one.
    """
    with atomic_write(paths.incoming / _READY) as file:
        file.write(json.dumps(asdict(placing)).encode())


def finish(paths: Paths) -> None:
    """Put everything in its place, if anything is ready to be.

    Raises:
        UserError: a failure of the disk; the next start goes on.
    """
    placing = _read(paths.incoming / _READY)
    if placing is None:
        return
    try:
        _place(paths, placing)
    except OSError as error:
        raise plain_failure(error, paths.register) from error


def clear(paths: Paths) -> None:
    """Remove what came in but never got ready."""
    if not (paths.incoming / _READY).exists():
        shutil.rmtree(paths.incoming, ignore_errors=True)


def _place(paths: Paths, placing: Placing) -> None:
    incoming, aside = paths.incoming, paths.set_aside_dir / placing.aside
    register = incoming / paths.register.name
    if register.exists():
        _leave(aside, *(paths.data_dir / name for name in placing.leaving))
    for folder in ("backups", "drafts/bin", "drafts"):
        _join(incoming / folder, paths.data_dir / folder)
    # The register comes last: until it is there, what is in its way is still to be moved.
    for path in (paths.settings, paths.journal_head, paths.header, paths.header_copy):
        _exchange(incoming / path.name, path, aside)
    _exchange(register, paths.register, aside)
    if not placing.keeps_old:
        shutil.rmtree(aside, ignore_errors=True)
        with suppress(OSError):  # others may be in it
            paths.set_aside_dir.rmdir()
    (incoming / _READY).unlink(missing_ok=True)
    shutil.rmtree(incoming, ignore_errors=True)


def _leave(aside: Path, *paths: Path) -> None:
    for path in paths:
        # What stands there already was moved by a run that was killed.
        if path.exists() and not (aside / path.name).exists():
            aside.mkdir(parents=True, exist_ok=True)
            path.replace(aside / path.name)


def _exchange(new: Path, place: Path, aside: Path) -> None:
    if new.exists():
        _leave(aside, place)
        new.replace(place)


def _join(source: Path, target: Path) -> None:
    """Files of a folder go to another, its own of the same name kept; manifests come last."""
    if not source.is_dir():
        return
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir(), reverse=True):
        if path.is_file() and not (target / path.name).exists():
            path.replace(target / path.name)


def _read(path: Path) -> Placing | None:
    try:
        if path.stat().st_size > _MOST:
            return None
        kept = json.loads(path.read_bytes())
        leaving = tuple(str(name) for name in kept["leaving"])
        return Placing(str(kept["aside"]), bool(kept["keeps_old"]), leaving)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError("disk_failure", path=str(path), name=path.name) from error
