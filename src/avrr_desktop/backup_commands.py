"""Backups from the command line: made, listed, restored, tried."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from avrr_desktop.arguments import REFUSED, Parser
from avrr_desktop.coming_in import opened
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.paths import Paths

Command = Callable[[argparse.Namespace, Paths, Clock], int]


def add_backup_commands(add: Callable[[str, Command, str], Parser]) -> None:
    """Declare ``backup``, ``backups``, ``restore`` and ``drill``."""
    add("backup", _backup, tr("make a backup now"))
    add("backups", _backups, tr("list the backups, the newest first"))
    restore = add(
        "restore", _restore, tr("put a backup in the place of the register, which is set aside")
    )
    name = tr("name of the backup, as “backups” prints it")
    restore.values.add_argument("backup", metavar=tr("BACKUP"), help=name)
    add("drill", _drill, tr("restore the newest backup aside, recount it and compare"))


def _backup(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.backups import Reason, make_backup

    with opened(options, paths, clock) as register:
        made = make_backup(register, Reason.ASKED)
    sys.stdout.write(made.id + "\n")
    return 0


def _backups(_options: argparse.Namespace, paths: Paths, _clock: Clock) -> int:
    """A line for each; nothing is opened, so no password is asked."""
    from avrr_desktop.services.backups import backups

    for backup in backups(paths):
        counts = (
            tr("not looked into yet")
            if backup.persons < 0
            else tr(
                "{persons} persons, {events} events", persons=backup.persons, events=backup.events
            )
        )
        damaged = f"  {tr('damaged')}" if backup.is_damaged else ""
        sys.stdout.write(f"{backup.id}  {counts}{damaged}\n")
    return 0


def _restore(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.backups import backups
    from avrr_desktop.services.backups.restoring import open_backup, restore

    backup = next((each for each in backups(paths) if each.id == options.backup), None)
    if backup is None:
        raise UserError("no_such_backup", backup=options.backup)
    with opened(options, paths, clock) as register:
        restore(register, open_backup(backup, register.access)).close()
    return 0


def _drill(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.backups.drill import run_drill
    from avrr_desktop.services.backups.words import drill_text

    with opened(options, paths, clock) as register:
        drill = run_drill(register)
    said = drill_text(drill, translator(screen_language()))
    (sys.stderr if drill.fault else sys.stdout).write(said + "\n")
    return REFUSED if drill.fault else 0
