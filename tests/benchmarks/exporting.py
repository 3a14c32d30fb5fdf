"""The nominal list of a hundred thousand lines, against the floor of the same rows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

from tests.benchmarks.floor_nominal import write_floor
from tests.benchmarks.measuring import Row, side_by_side
from tests.benchmarks.registers import CLOCK, opened, raw

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, free_range
from avrr_desktop.paths import Paths
from avrr_desktop.services.exchange.nominal import export_nominal, list_of
from avrr_desktop.services.register import Register

ACTIVITY: Final = "direct_assistance"
_LIMIT: Final = 1.3
# Days that hold about 100,000 lines in a register of so many persons.
_FIRST_DAYS: Final = {100_000: date(2017, 6, 1), 1_000_000: date(2024, 4, 1)}


def period_of_export(persons: int) -> Period:
    """The days exported."""
    return free_range(_FIRST_DAYS.get(persons, date(2005, 1, 1)), CLOCK.today())


def export(register: Register, period: Period, path: Path) -> int:
    """Write the program's nominal list; gives its lines."""
    query = list_of(ACTIVITY, period)
    return export_nominal(register, query, path, Language.FR).lines


def export_floor(register: Register, period: Period, path: Path) -> int:
    """Write the floor's; gives its lines."""
    with raw(register.paths) as connection:
        return write_floor(connection, path, period.start, period.end, CLOCK.today())


def measure_export(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """The workbook written whole."""
    period = period_of_export(persons)
    with tempfile.TemporaryDirectory() as folder, opened(paths) as register:
        ours, floor = Path(folder) / "ours.xlsx", Path(folder) / "floor.xlsx"
        lines = export(register, period, ours)
        if lines != export_floor(register, period, floor):
            raise AssertionError("the floor and the program do not write the same lines")
        spent, raw_spent = side_by_side(
            lambda: export(register, period, ours),
            lambda: export_floor(register, period, floor),
            times,
        )
        limit = _LIMIT if persons == 100_000 else None
        yield Row(f"nominal list of {lines:,} lines", persons, spent, raw_spent, limit)
