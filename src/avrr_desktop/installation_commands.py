"""What an installer asks of the program it installs: whether it works, and to make ready."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from avrr_desktop.arguments import Parser
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.translation import tr
from avrr_desktop.paths import Paths


def add_installation_options(parser: Parser) -> None:
    """Declare ``--self-test``: options rather than commands, for they are asked of any version."""
    tested = tr("test that everything installed is there and works, and do nothing else")
    parser.options.add_argument(
        "--self-test", action="store_const", dest="command", const=_self_test, help=tested
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
