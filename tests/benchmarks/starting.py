"""A child process that starts a window and says when it can be used; run by ``measure_start``.

``python -m tests.benchmarks.starting bare`` is the floor: PySide6 and SQLModel imported, one empty
window painted. ``program FOLDER DAY`` is the program until its live figures are on the screen.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[2]


def bare() -> None:
    """Import what the customer fixed, show an empty window."""
    import sqlmodel
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication([])
    window = QMainWindow()
    window.setWindowTitle(sqlmodel.__version__)
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    window.grab()
    _say("figures")


def program(folder: str, day: str) -> None:
    """Start the program on a register, until the live figures are shown."""
    from datetime import UTC, datetime

    from avrr_desktop.app import open_window
    from avrr_desktop.core.clock import FixedClock
    from avrr_desktop.paths import paths_in

    clock = FixedClock(datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC))
    application, window = open_window(paths_in(Path(folder)), clock)
    application.processEvents()
    window.grab()
    _say("window")
    while not window.has_figures():
        application.processEvents()
    window.grab()
    _say("figures")
    window.close()


def measure_start(times: int, *arguments: str) -> dict[str, float]:
    """Median seconds from the start of a process to each word it says."""
    spent: dict[str, list[float]] = {}
    for _ in range(times):
        start = time.perf_counter()
        with subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.starting", *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as child:
            assert child.stdout is not None
            for line in child.stdout:
                spent.setdefault(line.strip(), []).append(time.perf_counter() - start)
    return {word: statistics.median(seconds) for word, seconds in spent.items()}


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    bare() if sys.argv[1] == "bare" else program(*sys.argv[2:])
