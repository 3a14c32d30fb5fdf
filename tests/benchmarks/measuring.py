"""Medians and ratios."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

TIMES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what was measured, on how many persons, against which limit."""

    name: str
    persons: int
    seconds: float
    floor: float | None = None  # seconds of the raw run; None: the limit is absolute
    limit: float | None = None  # a ratio with a floor, else seconds
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the floor."""
        return self.seconds / self.floor if self.floor else None

    @property
    def is_held(self) -> bool | None:
        """Whether the limit is held; None without a limit."""
        if self.limit is None:
            return None
        return (self.ratio if self.ratio is not None else self.seconds) <= self.limit


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory a process had, in bytes; ``floor`` is 0 when there is none."""

    name: str
    persons: int
    peak: int
    floor: int


def median_of(work: Callable[[], object], times: int = TIMES) -> float:
    """Median seconds of ``times`` runs, after one that warms up."""
    work()
    spent = []
    for _ in range(times):
        gc.collect()
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
    return statistics.median(spent)


def median_after(
    work: Callable[[], object], restore: Callable[[], object], times: int = TIMES
) -> float:
    """Median seconds of a work that is taken back, unmeasured, each time."""
    spent = []
    for _ in range(times + 1):
        gc.collect()
        start = time.perf_counter()
        work()
        spent.append(time.perf_counter() - start)
        restore()
    return statistics.median(spent[1:])


def side_by_side(
    work: Callable[[], object], floor: Callable[[], object], times: int = TIMES
) -> tuple[float, float]:
    """Medians of two kinds of run, taken in turn so that both meet the same machine."""
    work()
    floor()
    ours: list[float] = []
    raw: list[float] = []
    for _ in range(times):
        for spent, run in ((ours, work), (raw, floor)):
            gc.collect()
            start = time.perf_counter()
            run()
            spent.append(time.perf_counter() - start)
    return statistics.median(ours), statistics.median(raw)


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| measured | persons | median | floor | ratio | limit | held |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for row in rows:
        limit = "" if row.limit is None else f"{row.limit:g} ×" if row.floor else _time(row.limit)
        cells = (
            row.name,
            f"{row.persons:,}",
            _time(row.seconds),
            _time(row.floor) if row.floor else "",
            f"{row.ratio:.2f}" if row.ratio else "",
            limit,
            {True: "yes", False: "NO", None: ""}[row.is_held]
            + (f" {row.note}" if row.note else ""),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def peaks_table(peaks: list[Peak]) -> str:
    """The peaks of memory as a Markdown table."""
    lines = ["| peak memory | persons | program | floor | ratio |", "|---|---:|---:|---:|---:|"]
    for each in peaks:
        floor = (
            (f"{each.floor >> 20} MB", f"{each.peak / each.floor:.2f}") if each.floor else ("", "")
        )
        cells = (each.name, f"{each.persons:,}", f"{each.peak >> 20} MB", *floor)
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.2f} s"
