"""What may be wrong with the register without anybody's doing: its file, the clock, its backups."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from sqlalchemy import func, select

from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import Translator
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.backups.copies import backups
from avrr_desktop.services.backups.drill import is_due, run_drill
from avrr_desktop.services.backups.words import drill_text
from avrr_desktop.services.places import is_on_network, is_synchronised
from avrr_desktop.services.register import Register, read_setting, write_setting

FULLY_EVERY: Final = timedelta(days=7)
_TOLERATED: Final = timedelta(minutes=5)
_CHECKED: Final = "fully_checked_at"
Tell = Callable[[int, int], None]


@needs(Permission.FIGURES)
def complaint(register: Register, say: Translator, tell: Tell) -> str:
    """The first thing that is wrong, in words; empty when all is well.

    Raises:
        UserError: a failure of the disk.
    """
    return (
        damage(register, say, tell)
        or clock_behind(register, say)
        or drilled(register, say, tell)
        or misplaced(register, say)
    )


@needs(Permission.FIGURES)
def damage(register: Register, say: Translator, tell: Tell | None = None) -> str:
    """What is wrong with the file; empty when it is whole. Once a week every page is looked at.

    ``tell`` may raise to stop.

    Raises:
        UserError: a failure of the disk.
    """
    now = register.clock.now()
    with register.database.reading() as connection:
        kept = read_setting(connection, _CHECKED)
    last = datetime.fromisoformat(kept) if isinstance(kept, str) else None
    is_full = last is None or abs(now - last) >= FULLY_EVERY
    if register.database.check(full=is_full, tell=partial(tell, 0, 0) if tell else None):
        return say.tr(
            "The register's file is damaged. Stop entering, and restore the last good backup from"
            " the settings."
        )
    if is_full:
        with register.database.writing() as connection:
            write_setting(connection, _CHECKED, now.isoformat())
    return ""


@needs(Permission.FIGURES)
def clock_behind(register: Register, say: Translator) -> str:
    """Whether this PC's clock is earlier than the last entry; empty when it is not."""
    with register.database.reading() as connection:
        last = connection.execute(select(func.max(CHANGE.c.at))).scalar()
    now = register.clock.now()
    if last is None or now >= last - _TOLERATED:
        return ""
    return say.tr(
        "The clock of this PC says {now}, but the last entry is of {last}. Set the clock: dates of"
        " entry would be wrong.",
        now=f"{now.astimezone():%d/%m/%Y %H:%M}",
        last=f"{last.astimezone():%d/%m/%Y %H:%M}",
    )


@needs(Permission.FIGURES)
def misplaced(register: Register, say: Translator) -> str:
    """Whether the register lies where it can be damaged from elsewhere; empty when it does not."""
    folder = register.paths.data_dir.resolve()
    if is_synchronised(folder):
        return say.tr(
            "The register lies in a synchronised folder ({folder}): copies of it leave this PC, and"
            " one half copied back would damage it. Move it to this PC's own disk.",
            folder=str(folder),
        )
    if is_on_network(folder):
        return say.tr(
            "The register lies on a network share ({folder}): a broken connection can damage it."
            " Keep it on this PC's own disk, and backups on the share.",
            folder=str(folder),
        )
    return ""


@needs(Permission.FIGURES)
def drilled(register: Register, say: Translator, tell: Tell) -> str:
    """What the month's drill found wrong; empty when all is well or none is due.

    Raises:
        UserError: a failure of the disk.
    """
    if not is_due(register) or not backups(register.paths):
        return ""
    drill = run_drill(register, tell)
    return drill_text(drill, say) if drill.fault else ""
