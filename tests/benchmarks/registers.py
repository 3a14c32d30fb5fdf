"""The registers measured: made once with the bulk loader, kept between runs."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from avrr_desktop import collector
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register, open_register

TODAY: Final = "2024-12-31"
CLOCK: Final = FixedClock(datetime.fromisoformat(TODAY).replace(hour=10, tzinfo=UTC))


def register_paths(folder: Path, persons: int) -> Paths:
    """Where the register of so many persons lies; it is made when missing."""
    paths = paths_in(folder / str(persons))
    if not paths.register.is_file():
        sys.stderr.write(f"making a register of {persons:,} persons in {paths.data_dir}\n")
        write_demo(paths, CLOCK, persons=persons, seed=1).close()
    return paths


@contextmanager
def opened(paths: Paths) -> Iterator[Register]:
    """The register, open while it is measured."""
    register = open_register(paths, CLOCK)
    collector.resume()  # the floors profit too
    try:
        yield register
    finally:
        register.close()


@contextmanager
def raw(paths: Paths) -> Iterator[sqlite3.Connection]:
    """A plain connection with the pragmas of the program's own."""
    connection = sqlite3.connect(paths.register)
    connection.execute("PRAGMA cache_size = -65536")
    connection.execute("PRAGMA temp_store = MEMORY")
    try:
        yield connection
    finally:
        connection.close()
