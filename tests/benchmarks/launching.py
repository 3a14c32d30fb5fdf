"""The start of the program against the start of a bare window."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.measuring import Row
from tests.benchmarks.registers import TODAY
from tests.benchmarks.starting import measure_start

from avrr_desktop.paths import Paths

_LIMIT = 2.0


def measure_starts(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """From the start of the process to the window, the live figures and the breakdowns."""
    folder = str(paths.data_dir)
    bare, reading, program = measure_start(
        times, ("bare",), ("reading", folder), ("program", folder, TODAY)
    )
    floor = bare["figures"]
    limit = _LIMIT if persons == 100_000 else None
    yield Row("start to the window", persons, program["window"], floor)
    yield Row("start to live figures", persons, program["figures"], floor, limit)
    yield Row(
        "the same, against a window that counts one table's rows",
        persons,
        program["figures"],
        reading["figures"],
    )
    yield Row("start to every breakdown", persons, program["breakdowns"], floor)
