"""Run by a test: write a workbook where files may not grow, and tell what is left."""

from __future__ import annotations

import resource
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.services.live import count_fully
from avrr_desktop.services.register import create_register
from avrr_desktop.services.workbook import write_workbook


def main(folder: Path) -> None:
    """Print the code of the failure, what the old file holds, and the names left."""
    clock = FixedClock(datetime(2023, 7, 5, tzinfo=UTC))
    register = create_register(paths_in(folder / "register"), clock, is_demo=True)
    counted = count_fully(register, parse_period("2023-S1"))
    out, scratch = folder / "out", folder / "scratch"
    out.mkdir()
    scratch.mkdir()
    tempfile.tempdir = str(scratch)
    target = out / "w.xlsx"
    target.write_text("before")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    free, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, most))
    try:
        write_workbook(register.info, counted, target, Language.FR)
    except UserError as error:
        print(error.code)
    print(target.read_text())
    print(*(entry.name for place in (out, scratch) for entry in place.iterdir()))
    resource.setrlimit(resource.RLIMIT_FSIZE, (free, most))
    register.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
