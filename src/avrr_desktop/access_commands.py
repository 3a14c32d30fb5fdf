"""The command that makes a protected register, or protects one that was open."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from avrr_desktop.arguments import Parser
from avrr_desktop.coming_in import typed_password
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.translation import tr
from avrr_desktop.paths import Paths

Command = Callable[[argparse.Namespace, Paths, Clock], int]


def add_access_commands(add: Callable[[str, Command, str], Parser]) -> None:
    """Declare ``protect``."""
    protect = add(
        "protect", _protect, tr("create a protected register, or encrypt the one that is there")
    )
    full = tr("name of its first administrator")
    protect.options.add_argument("--name", required=True, metavar=tr("NAME"), help=full)


def _protect(options: argparse.Namespace, paths: Paths, clock: Clock) -> int:
    """Print the recovery key: it is kept nowhere."""
    from avrr_desktop.services.access.protecting import FirstUser, create_protected, protect
    from avrr_desktop.services.access.users import own_cost

    password = typed_password(options, tr("New password: "))
    user = FirstUser(options.name, options.user or options.name, password)
    make = protect if paths.register.exists() else create_protected
    made = make(paths, clock, user, own_cost())
    made.register.close()
    sys.stdout.write(made.recovery_key + "\n")
    sys.stderr.write(tr("Write this recovery key down: it is shown once and kept nowhere.") + "\n")
    return 0
