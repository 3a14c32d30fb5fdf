"""``python -m tests.benchmarks``: measures, and prints tables of ratios."""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tests.benchmarks import (
    browsing,
    closing,
    counting,
    encryption,
    exporting,
    launching,
    memory,
    past,
    preflight,
    saving,
)
from tests.benchmarks.measuring import TIMES, Peak, Row, peaks_table, table
from tests.benchmarks.registers import register_paths

from avrr_desktop.paths import Paths

Measure = Callable[[Paths, int, int], Iterator[Row]]
_MEASURES: Final[dict[str, Measure]] = {
    "start": launching.measure_starts,
    "summary": counting.measure_summary,
    "past": past.measure_past,
    "closing": closing.measure_closing,
    "preflight": preflight.measure_preflight,
    "encryption": encryption.measure_encryption,
    "save": counting.measure_saves,
    "window": saving.measure_window_saves,
    "lists": browsing.measure_pages,
    "search": browsing.measure_searches,
    "nominal": exporting.measure_export,
}
_MEMORY: Final = "memory"
_ROOT: Final = Path(__file__).resolve().parents[2]


def main() -> int:
    """Measure what was asked for; always 0: a table is read, not enforced."""
    options = _options()
    wanted = options.only.split(",") if options.only else [*_MEASURES, _MEMORY]
    compileall.compile_dir(str(_ROOT / "src"), quiet=1)  # as ./run does; a start reads no source
    rows: list[Row] = []
    peaks: list[Peak] = []
    for persons in (int(size) for size in options.sizes.split(",")):
        paths = register_paths(options.folder, persons)
        for name, measure in _MEASURES.items():
            if name in wanted:
                rows.extend(_told(name, measure(paths, persons, options.times)))
        if _MEMORY in wanted:
            listed = exporting.period_of_export(persons)
            peaks.extend(
                memory.measure_memory(
                    paths.data_dir,
                    persons,
                    (counting.PERIOD.start, counting.PERIOD.end),
                    (listed.start, listed.end),
                )
            )
    print(_machine(options.times))
    if rows:
        print(table(rows))
    if peaks:
        print()
        print(peaks_table(peaks))
    return 0


def _told(name: str, rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        sys.stderr.write(f"{name}: {row.name}, {row.persons:,}: {row.seconds * 1000:.1f} ms\n")
        yield row


def _machine(times: int) -> str:
    today = datetime.now(UTC).date()
    cores, python = os.cpu_count(), platform.python_version()
    return f"{today}, {cores} cores, Python {python}, median of {times}\n"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(tempfile.gettempdir()) / "avrr-benchmarks",
        help="where the registers are kept; missing ones are made",
    )
    parser.add_argument("--sizes", default="2000,100000,1000000", help="persons, with commas")
    names = ", ".join([*_MEASURES, _MEMORY])
    parser.add_argument("--only", default="", help=f"some of: {names}")
    parser.add_argument("--times", type=int, default=TIMES, help="runs a median is taken of")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
