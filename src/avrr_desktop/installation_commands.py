"""What an installer asks of the program it installs: whether it works, and to make ready."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from avrr_desktop.arguments import DONE, Parser
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import tr
from avrr_desktop.paths import Paths


def add_installation_options(parser: Parser) -> None:
    """Declare ``--self-test`` and ``--before-update``: options, for any version is asked them."""
    tested = tr("test that everything installed is there and works, and do nothing else")
    parser.options.add_argument(
        "--self-test", action="store_const", dest="command", const=_self_test, help=tested
    )
    ready = tr("back the register up before another version takes over, and do nothing else")
    parser.options.add_argument(
        "--before-update", action="store_const", dest="command", const=_before_update, help=ready
    )
    kept = tr("folder that keeps what the self-test writes, and its report")
    parser.options.add_argument("--keep", metavar=tr("DIR"), help=kept)


def do_without_screen() -> None:
    """Draw in memory where there is no screen; somebody's own choice stands."""
    named = any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")))
    if sys.platform.startswith("linux") and not named:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"


def _self_test(options: argparse.Namespace, paths: Paths, _clock: Clock) -> int:
    do_without_screen()
    from avrr_desktop.self_test import run_self_test

    keep = Path(options.keep) if options.keep else None
    return run_self_test(paths.resources, sys.stdout, keep)


def _before_update(_options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """Nothing is written where there is no register, not even the lock."""
    if not paths.register.is_file():
        return DONE
    from avrr_desktop.services.updating.ready import make_ready
    from avrr_desktop.ui.shell.alone import Alone

    alone = Alone(paths)
    holder = alone.take()
    if holder is not None:
        raise UserError("register_in_use", host=holder.host)
    try:
        backup = make_ready(paths, clock)
    finally:
        alone.release()
    if backup is not None:
        sys.stdout.write(tr("Backup made: {backup}", backup=backup.id) + "\n")
    return DONE
