"""Moving to another PC from the command line: the file made here, gone on with there."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from avrr_desktop.arguments import Parser
from avrr_desktop.coming_in import opened, typed_password
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.paths import Paths

if TYPE_CHECKING:
    from avrr_desktop.services.moving.opening import MoveFile
    from avrr_desktop.services.moving.taking_in import Incoming

Command = Callable[[argparse.Namespace, Paths, Clock], int]
_SUFFIX = ".avrr"
_WITH_VALUE = ("--data-dir", "--language")


def add_move_commands(add: Callable[[str, Command, str], Parser]) -> None:
    """Declare ``move`` and ``continue``."""
    move = add("move", _move, tr("write the register to one protected file, for another PC"))
    written = tr("file to write")
    move.options.add_argument("--output", required=True, metavar="F.avrr", help=written)
    backups = tr("take the backups along")
    move.options.add_argument("--with-backups", action="store_true", help=backups)
    here = add("continue", _continue, tr("go on here with the register of such a file"))
    replace = tr("set the register that is here aside")
    here.options.add_argument("--replace", action="store_true", help=replace)
    accept = tr("go on although entries made here are not in the file")
    here.options.add_argument("--accept-loss", action="store_true", help=accept)
    here.values.add_argument("file", metavar="F.avrr", help=tr("the file another PC wrote"))


def split_file(words: Sequence[str]) -> tuple[list[str], Path | None]:
    """A file that stands where a command would: what a double-click gives; and the words left."""
    left = list(words)
    place = 0
    while place < len(left) and left[place].startswith("-"):
        place += 2 if left[place] in _WITH_VALUE else 1
    if place < len(left) and left[place].lower().endswith(_SUFFIX):
        return left[:place] + left[place + 1 :], Path(left[place])
    return left, None


def _move(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.moving.preparing import prepare_move
    from avrr_desktop.services.moving.words import counts_text

    with opened(options, paths, clock) as register:
        made = prepare_move(
            register,
            Path(options.output),
            with_backups=options.with_backups,
            tell=_told,
        )
    counts = counts_text(made.told.persons, made.told.events, translator(screen_language()))
    said = tr("{file}: {counts}, read again and whole.", file=made.path, counts=counts)
    sys.stdout.write(said + "\n")
    return 0


def _continue(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    from avrr_desktop.services.access.entries import note_entry
    from avrr_desktop.services.moving.opening import enter_file, look_at
    from avrr_desktop.services.moving.taking_in import give_up, lay_ready, take_in
    from avrr_desktop.services.moving.words import lost_lines_text, taken_text

    file = look_at(Path(options.file))
    login = options.user or _only_login(file)
    with _alone(paths):
        password = typed_password(options, tr("Password of {login}: ", login=login))
        access = enter_file(paths, clock, file, login, password)
        incoming = lay_ready(paths, clock, file, access, _told)
        try:
            _require_agreed(incoming, options)
            register = take_in(incoming, clock, accept_loss=options.accept_loss)
        except BaseException:
            give_up(incoming)
            raise
        try:
            note_entry(register)
        finally:
            register.close()
    say = translator(screen_language())
    lines = (taken_text(incoming, say), lost_lines_text(incoming, say))
    sys.stdout.write("\n".join(filter(None, lines)) + "\n")
    return 0


def _require_agreed(incoming: Incoming, options: argparse.Namespace) -> None:
    from avrr_desktop.services.moving.taking_in import Here

    if incoming.present.here is not Here.NOTHING and not options.replace:
        raise UserError("move_would_replace")


def _only_login(file: MoveFile) -> str:
    if len(file.logins) != 1:
        raise UserError("user_needed")
    return file.logins[0]


@contextmanager
def _alone(paths: Paths) -> Iterator[None]:
    """No window has the register open meanwhile.

    Raises:
        UserError: ``move_open_elsewhere``, ``folder_read_only``.
    """
    from avrr_desktop.ui.shell.alone import Alone

    try:
        paths.data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("folder_read_only", folder=str(paths.data_dir)) from error
    lock = Alone(paths)
    if lock.take() is not None:
        raise UserError("move_open_elsewhere")
    try:
        yield
    finally:
        lock.release()


def _told(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done * 100 // max(total, 1)} %" + ("\n" if done == total else ""))
        sys.stderr.flush()
