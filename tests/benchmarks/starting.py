"""A child process that starts a window and says when it can be used; run by ``measure_start``.

``bare`` is the floor: PySide6 and SQLModel imported, one empty window painted; ``reading FOLDER``
a window that counts the rows of one table; ``program FOLDER DAY`` the program until its live
figures, then every breakdown, are on the screen.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parents[2]


def bare() -> None:
    """Import what the customer fixed, show an empty window: the floor of the limit."""
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


def reading(folder: str) -> None:
    """The least that uses both: one table declared, its rows counted, the number in a window."""
    import sqlmodel
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow

    class Person(sqlmodel.SQLModel, table=True):
        id: str = sqlmodel.Field(primary_key=True)
        family_name: str

    engine = sqlmodel.create_engine(f"sqlite:///{Path(folder) / 'register.sqlite'}")
    with sqlmodel.Session(engine) as session:
        count = session.exec(sqlmodel.select(sqlmodel.func.count()).select_from(Person)).one()
    application = QApplication([])
    window = QMainWindow()
    window.setCentralWidget(QLabel(str(count)))
    window.resize(1440, 900)
    window.show()
    application.processEvents()
    window.grab()
    _say("figures")


def program(folder: str, day: str) -> None:
    """Start the program on a register, until the live figures are shown."""
    from avrr_desktop import quick_start

    quick_start.prepare()  # as the command line does
    from datetime import UTC, datetime

    from PySide6.QtCore import QEventLoop

    from avrr_desktop.app import open_window
    from avrr_desktop.core.clock import FixedClock
    from avrr_desktop.paths import paths_in
    from avrr_desktop.ui.summary.live import live_figures

    clock = FixedClock(datetime.fromisoformat(day).replace(hour=10, tzinfo=UTC))
    application, window = open_window(paths_in(Path(folder)), clock)
    figures = live_figures(window.context)
    application.processEvents()
    window.grab()
    _say("window")
    # The headline is counted before the window is first painted, on the worker at the latest.
    reached: tuple[tuple[str, Callable[[], bool]], ...] = (
        ("figures", lambda: figures.summary is not None),
        ("breakdowns", lambda: figures.is_whole and window.has_figures()),
    )
    for word, is_there in reached:
        if not is_there():
            while not is_there():
                application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            application.processEvents()
            window.grab()
        _say(word)
    window.close()


def measure_start(times: int, *kinds: tuple[str, ...]) -> list[dict[str, float]]:
    """Median seconds from the start of a process to each word it says, for kinds taken in turn."""
    spent: list[dict[str, list[float]]] = [{} for _ in kinds]
    for _ in range(times + 1):
        for place, arguments in enumerate(kinds):
            for word, seconds in _one_start(arguments):
                spent[place].setdefault(word, []).append(seconds)
    # The first of each warmed the disk's cache.
    return [
        {word: statistics.median(seconds[1:]) for word, seconds in words.items()} for words in spent
    ]


def _one_start(arguments: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    start = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.starting", *arguments],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdout is not None
        for line in child.stdout:
            yield line.strip(), time.perf_counter() - start


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    kind, *places = sys.argv[1:]
    if kind == "bare":
        bare()
    elif kind == "reading":
        reading(*places)
    else:
        program(*places)
