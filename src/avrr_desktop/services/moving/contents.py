"""What travels in a moved register's file: a line about it, then the files one after the other."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import BACKUP_SUFFIX, Paths
from avrr_desktop.services.backups.contents import Contents
from avrr_desktop.services.backups.copies import backups

REGISTER: Final = "register.sqlite"
HEAD_FILE: Final = "journal.head"
SETTINGS: Final = "settings.ini"
_DRAFT: Final = re.compile(r"drafts/(bin/)?[0-9a-f]{1,64}\.draft")
_BACKUP: Final = re.compile(r"backups/[0-9A-Za-z_-]{1,80}\.(register|keys|json)")
_LENGTH: Final = 4  # bytes of the number before the line


@dataclass(frozen=True, slots=True)
class Told:
    """What the file is known by before its register is opened. ``files`` are names and sizes."""

    pc: str
    made_at: datetime
    persons: int
    events: int
    sequence: int
    seal: str
    last_at: datetime | None
    drafts: int
    backups: int
    files: tuple[tuple[str, int], ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(size for _, size in self.files)


def told_of(held: Contents, pc: str, made_at: datetime, files: tuple[tuple[str, int], ...]) -> Told:
    """The line about a register and the files that go with it."""
    return Told(
        pc,
        made_at,
        held.persons,
        held.events,
        held.sequence,
        held.seal or "",
        held.last_at,
        sum(1 for name, _ in files if name.startswith("drafts/") and "/bin/" not in name),
        sum(1 for name, _ in files if name.endswith(BACKUP_SUFFIX)),
        files,
    )


def told_bytes(told: Told) -> bytes:
    """The line as it is sealed: its length, then JSON."""
    line = asdict(told) | {
        "made_at": told.made_at.isoformat(),
        "last_at": told.last_at.isoformat() if told.last_at else None,
    }
    text = json.dumps(line, sort_keys=True, separators=(",", ":")).encode()
    return len(text).to_bytes(_LENGTH, "big") + text


def split_told(content: bytes) -> tuple[Told, bytes] | None:
    """The line at the beginning of what was opened, and what follows; None while it is not whole.

    Raises:
        ValueError, KeyError, TypeError: it is none, or names what must not be written.
    """
    length = int.from_bytes(content[:_LENGTH], "big")
    if len(content) < _LENGTH + length:
        return None
    line = json.loads(content[_LENGTH : _LENGTH + length])
    files = tuple((_known(str(name)), int(size)) for name, size in line["files"])
    made_at = datetime.fromisoformat(line["made_at"])
    last_at = datetime.fromisoformat(line["last_at"]) if line["last_at"] else None
    kept = line | {"files": files, "made_at": made_at, "last_at": last_at}
    return Told(**kept), content[_LENGTH + length :]


def _known(name: str) -> str:
    """A name that may be written: nothing leads out of the folder."""
    if name in (REGISTER, HEAD_FILE, SETTINGS) or _DRAFT.fullmatch(name):
        return name
    if _BACKUP.fullmatch(name):
        return name
    raise ValueError(name)


def companions(paths: Paths, *, with_backups: bool) -> dict[str, Path]:
    """Files that go along with the register, by the name they travel under.

    Half-typed forms are sealed under the register's key, everybody's are taken; backups hold
    their own headers.
    """
    found = {SETTINGS: paths.settings} if paths.settings.is_file() else {}
    for folder in (paths.drafts_dir, paths.drafts_dir / "bin"):
        for path in sorted(folder.glob("*.draft")) if folder.is_dir() else ():
            found[path.relative_to(paths.data_dir).as_posix()] = path
    for backup in backups(paths) if with_backups else ():
        if not backup.is_damaged:
            for path in (backup.file, backup.header, backup.manifest):
                if path.is_file():
                    found[path.relative_to(paths.data_dir).as_posix()] = path
    return {name: path for name, path in found.items() if _is_known(name)}


def _is_known(name: str) -> bool:
    try:
        return bool(_known(name))
    except ValueError:
        return False


def damaged(name: str) -> UserError:
    """What is told of a file that does not open, or does not hold what it says."""
    return UserError("move_file_damaged", name=name)
