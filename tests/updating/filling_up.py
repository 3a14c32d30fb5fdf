"""An update while files may not grow beyond a size, which grows until it passes.

After each refusal the register is the one of before, whole. Prints how many there were.
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

from tests.survival.killing import CLOCK
from tests.survival.works import AMINA

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database
from avrr_desktop.db.schema import version_of
from avrr_desktop.paths import paths_in
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.register import open_register

STEPS = 12
REFUSALS = {"disk_full", "disk_failure"}


def main(folder: Path) -> int:
    """How often the disk was full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    paths = paths_in(folder)
    access = enter(paths, CLOCK, AMINA.login, AMINA.password)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    step = paths.register.stat().st_size // STEPS
    failed, limit, is_done = 0, 0, False
    while not is_done:
        limit += step
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
        try:
            open_register(paths, CLOCK, access).close()
            is_done = True
        except UserError as error:
            if error.code not in REFUSALS:
                raise
            failed += 1
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        if not is_done:
            _require_old(Database(paths.register, access.keys[0].secret))
    return failed


def _require_old(register: Database) -> None:
    try:
        assert version_of(register) == "0002"
        assert register.check(full=True) == ()
    finally:
        register.close()


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))
