"""What backups there are: each a whole register, with its own keys and a line about it.

A backup is three files of one name: the register, its header (none for an open register) and a
manifest. The manifest comes last: a copy without one was never finished. One made without the key
(``services.updating.ready``) has its log and the journal head beside it until somebody looks in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from avrr_desktop.paths import BACKUP_SUFFIX, Paths
from avrr_desktop.services.atomic import atomic_write

REGISTER, HEADER, MANIFEST = BACKUP_SUFFIX, ".keys", ".json"
_LOG, _SHARED, _HEAD = f"{REGISTER}-wal", f"{REGISTER}-shm", ".head"
_PARTS = (REGISTER, HEADER, _LOG, _SHARED, _HEAD, ".part")
_FORMAT: Final = 1
_NAME: Final = "%Y%m%dT%H%M%S%fZ"


class Reason(StrEnum):
    """Why a backup was made."""

    ASKED = "asked"
    SESSION = "session"
    HOURLY = "hourly"
    MIGRATION = "migration"
    IMPORT = "import"
    MERGE = "merge"
    ROTATION = "rotation"
    PROTECTION = "protection"
    ERASURE = "erasure"
    MOVED = "moved"  # the first after a register came from another PC
    SET_ASIDE = "set_aside"  # the register that a restore took the place of


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the register. ``sequence`` is the last line of its journal, -1 when unknown."""

    folder: Path
    id: str
    register: str
    made_at: datetime
    reason: Reason
    persons: int
    events: int
    sequence: int
    is_protected: bool
    is_damaged: bool = False  # as last looked at
    is_sealed: bool = False  # copied without its key: nobody has looked into it yet

    @property
    def file(self) -> Path:
        """The register itself."""
        return self.folder / (self.id + REGISTER)

    @property
    def header(self) -> Path:
        """What opens it."""
        return self.folder / (self.id + HEADER)

    @property
    def log(self) -> Path:
        """What a sealed one had not folded into its file yet."""
        return self.folder / (self.id + _LOG)

    @property
    def head(self) -> Path:
        """Where the journal had got to, of a sealed one."""
        return self.folder / (self.id + _HEAD)

    @property
    def manifest(self) -> Path:
        """The line about it."""
        return self.folder / (self.id + MANIFEST)

    @property
    def size(self) -> int:
        """Bytes; 0 when the file is gone."""
        with suppress(OSError):
            return self.file.stat().st_size
        return 0


def name_of(at: datetime, reason: Reason) -> str:
    """The name of a backup's files: names sort as their instants do."""
    return f"{at.strftime(_NAME)}-{reason.value}"


def backups(paths: Paths) -> tuple[Backup, ...]:
    """The backups beside the register, the newest first."""
    return backups_in(paths.backups_dir)


def backups_in(folder: Path) -> tuple[Backup, ...]:
    """The backups of a folder, the newest first; what cannot be read is damaged, not hidden."""
    try:
        files = sorted(folder.glob("*" + REGISTER))
        found = [_read(file) for file in files]
    except OSError:
        return ()
    known = [backup for backup in found if backup is not None]
    return tuple(sorted(known, key=lambda backup: (backup.made_at, backup.id), reverse=True))


def write_manifest(backup: Backup) -> None:
    """Finish a backup, or note that it was found damaged.

    Raises:
        UserError: as ``atomic_write``.
    """
    content = {
        "format": _FORMAT,
        "register": backup.register,
        "made_at": backup.made_at.isoformat(),
        "reason": backup.reason.value,
        "persons": backup.persons,
        "events": backup.events,
        "sequence": backup.sequence,
        "is_protected": backup.is_protected,
        "is_damaged": backup.is_damaged,
        "is_sealed": backup.is_sealed,
    }
    with atomic_write(backup.manifest) as file:
        file.write(json.dumps(content, indent=1).encode())


def remove(backups_gone: Iterable[Backup]) -> None:
    """Delete backups; the manifest first, so that a half-deleted one is no backup."""
    for backup in backups_gone:
        for ending in (MANIFEST, *_PARTS):
            with suppress(OSError):
                (backup.folder / (backup.id + ending)).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove what was being made, or half removed, when the program was killed."""
    with suppress(OSError):
        for path in folder.glob("*"):
            if not path.is_file():
                continue
            unfinished = not path.with_suffix(MANIFEST).exists() or path.suffix == ".part"
            if unfinished and path.suffix in _PARTS:
                path.unlink()


def _read(file: Path) -> Backup | None:
    manifest = file.with_suffix(MANIFEST)
    if not manifest.exists():
        return None
    try:
        kept = json.loads(manifest.read_text(encoding="utf-8"))
        return Backup(
            file.parent,
            file.stem,
            str(kept["register"]),
            datetime.fromisoformat(kept["made_at"]),
            Reason(kept["reason"]),
            int(kept["persons"]),
            int(kept["events"]),
            int(kept["sequence"]),
            bool(kept["is_protected"]),
            bool(kept["is_damaged"]),
            bool(kept.get("is_sealed", False)),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return _guessed(file)


def moment_of(backup_id: str) -> datetime:
    """When a backup was made, by its name.

    Raises:
        ValueError: no backup is called so.
    """
    return datetime.strptime(backup_id.partition("-")[0], _NAME).replace(tzinfo=UTC)


def _guessed(file: Path) -> Backup | None:
    """A backup whose manifest was lost: its name still tells when it was made, and why."""
    reason = file.stem.partition("-")[2]
    try:
        at = moment_of(file.stem)
        return Backup(
            file.parent, file.stem, "", at, Reason(reason), -1, -1, -1, is_protected=False
        )
    except ValueError:
        return None
