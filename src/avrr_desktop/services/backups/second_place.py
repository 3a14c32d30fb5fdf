"""The second place: the newest backup on a stick or a share, should the PC be lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.atomic import atomic_write, plain_failure
from avrr_desktop.services.backups.copies import (
    Backup,
    backups,
    backups_in,
    remove,
    sweep,
    write_manifest,
)
from avrr_desktop.services.backups.thinning import superfluous
from avrr_desktop.services.register import Register, read_setting, write_setting

Tell = Callable[[int, int], None]
_CHUNK: Final = 1 << 20  # bytes: a stick takes a moment for each
REMINDED_AFTER: Final = timedelta(days=7)
PLACE: Final = "backup_place"  # a setting of the register
_COPIED: Final = "backup_copied_at"


@dataclass(frozen=True, slots=True)
class SecondPlace:
    """A folder elsewhere. ``is_there`` is false while the stick is not in."""

    folder: Path | None
    is_there: bool
    copied_at: datetime | None
    is_late: bool


@needs(Permission.FIGURES)
def second_place(register: Register) -> SecondPlace:
    """Where the second copies go, and when the last one went there."""
    with register.database.reading() as connection:
        place, copied = read_setting(connection, PLACE), read_setting(connection, _COPIED)
    folder = Path(place) if isinstance(place, str) and place else None
    at = datetime.fromisoformat(copied) if isinstance(copied, str) else None
    is_late = at is None or register.clock.now() - at > REMINDED_AFTER
    return SecondPlace(folder, folder is not None and folder.is_dir(), at, is_late)


@needs(Permission.LISTS)
def choose_second_place(register: Register, folder: Path | None) -> None:
    """Say where, or nowhere.

    Raises:
        UserError: ``not_allowed``, ``folder_missing``, ``backup_place_same``.
    """
    if folder is not None and not folder.is_dir():
        raise UserError("folder_missing", folder=str(folder))
    own = register.paths.data_dir.resolve()
    if folder is not None and own in (folder.resolve(), *folder.resolve().parents):
        raise UserError("backup_place_same")
    with register.database.writing() as connection:
        write_setting(connection, PLACE, str(folder) if folder else "")


@needs(Permission.FIGURES)
def copy_to_second_place(register: Register, tell: Tell | None = None) -> Backup | None:
    """Copy the newest good backup there; None when the place or a backup is missing.

    ``tell`` is given bytes copied and bytes in all, and may raise to stop: what was there stays.

    Raises:
        UserError: a failure of that disk; what was there stays.
    """
    place = second_place(register)
    good = next((b for b in backups(register.paths) if not (b.is_damaged or b.is_sealed)), None)
    if place.folder is None or not place.is_there or good is None:
        return None
    folder = place.folder / f"AVRR-{register.info.uuid[:8]}"
    try:
        folder.mkdir(exist_ok=True)
        sweep(folder)
        copied = replace(good, folder=folder)
        for source, target in ((good.file, copied.file), (good.header, copied.header)):
            if source.exists():
                _copy(source, target, tell)
        write_manifest(copied)
    except OSError as error:
        raise plain_failure(error, folder) from error
    remove(superfluous(backups_in(folder), register.clock.now()))
    with register.database.writing() as connection:
        write_setting(connection, _COPIED, register.clock.now().isoformat())
    return copied


def _copy(source: Path, target: Path, tell: Tell | None) -> None:
    total = source.stat().st_size
    with source.open("rb") as content, atomic_write(target) as file:
        while part := content.read(_CHUNK):
            file.write(part)
            if tell is not None:
                tell(content.tell(), total)
