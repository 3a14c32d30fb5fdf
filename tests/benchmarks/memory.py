"""Peak memory of a child process that does one thing; ``python -m tests.benchmarks.memory``."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from tests.benchmarks.measuring import Peak

ROOT: Final = Path(__file__).resolve().parents[2]
TODAY: Final = "2024-12-31"
# name -> what is done, and whether there is a floor
_WORKS: Final = {
    "a register opened": ("open", False),
    "whole summary": ("summary", True),
    "first page of persons": ("page", False),
    "nominal list": ("nominal", True),
}


def measure_memory(
    folder: Path, persons: int, counted: tuple[date, date], listed: tuple[date, date]
) -> Iterator[Peak]:
    """Peaks of the program and, where there is one, of the floor."""
    for name, (what, has_floor) in _WORKS.items():
        days = listed if what == "nominal" else counted
        ours = _peak("program", folder, what, days)
        yield Peak(name, persons, ours, _peak("floor", folder, what, days) if has_floor else 0)


def _peak(whose: str, folder: Path, what: str, days: tuple[date, date]) -> int:
    arguments = [whose, str(folder), what, *(day.isoformat() for day in days)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.memory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout)


def _program(folder: str, what: str, start: str, end: str) -> None:
    from tests.benchmarks.registers import opened

    from avrr_desktop.core.labels import Language
    from avrr_desktop.core.periods import free_range
    from avrr_desktop.paths import paths_in
    from avrr_desktop.services import lists, summary

    period = free_range(date.fromisoformat(start), date.fromisoformat(end))
    with opened(paths_in(Path(folder))) as register:
        if what == "summary":
            with register.database.reading() as connection:
                today = register.clock.today()
                summary.counted_cells(connection, register.vocabularies, period, today)
        elif what == "page":
            lists.page(register, lists.ListQuery("person"))
        elif what == "nominal":
            from avrr_desktop.services.exchange.nominal import export_nominal, list_of

            with tempfile.TemporaryDirectory() as out:
                query = list_of("direct_assistance", period)
                export_nominal(register, query, Path(out) / "list.xlsx", Language.FR)


def _floor(folder: str, what: str, start: str, end: str) -> None:
    with sqlite3.connect(Path(folder) / "register.sqlite") as connection:
        connection.execute("PRAGMA cache_size = -65536")
        if what == "summary":
            from tests.benchmarks.floor_summary import raw_cells

            raw_cells(connection, start, end, TODAY)
        elif what == "nominal":
            from tests.benchmarks.floor_nominal import write_floor

            days = (date.fromisoformat(day) for day in (start, end, TODAY))
            with tempfile.TemporaryDirectory() as out:
                write_floor(connection, Path(out) / "list.xlsx", *days)


def _high_water() -> int:
    """Bytes; ``getrusage`` would tell the parent's too."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    whose, *arguments = sys.argv[1:]
    (_program if whose == "program" else _floor)(*arguments)
    print(_high_water())
