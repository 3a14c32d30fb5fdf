"""What the trial looks at from outside: the window, the figures, the time of a start."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from installer.bundle.lock import ROOT
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication

_PERIOD = ("--period", "2023-S1")
_DAY = "2023-07-05"
_TIMES = 20
_LIMIT = 1.10
_WAIT = 120.0
_NUMBERS = 1000  # at least, in a workbook of a whole register
_COLOURS = 12  # an empty screen has one or two


def picture(target: Path) -> int:
    """Keep a picture of the screen once a window has come up on it."""
    application = QGuiApplication([])
    screen = application.primaryScreen()
    until = time.monotonic() + _WAIT
    while time.monotonic() < until:
        image = screen.grabWindow(0).toImage()
        shown = {
            image.pixelColor(x, y).rgb()
            for x in range(0, image.width(), 16)
            for y in range(0, image.height(), 16)
        }
        if len(shown) > _COLOURS:
            time.sleep(3)  # until the figures are there
            screen.grabWindow(0).save(str(target))
            return 0
        time.sleep(0.5)
    return 1


def figures(folder: Path, told: Path, workbook: Path) -> int:
    """Whether the installed program says what plain Python says of the same register."""
    with TemporaryDirectory() as made:
        copied = shutil.copytree(folder, Path(made) / "register")
        plain = [sys.executable, "-m", "avrr_desktop", "--data-dir", str(copied)]
        said = subprocess.run(
            [*plain, "summary", *_PERIOD, "--format", "json"], check=True, capture_output=True
        ).stdout
        if json.loads(said) != json.loads(told.read_bytes()):
            return 1
        own = Path(made) / "own.xlsx"
        subprocess.run([*plain, "export", *_PERIOD, "--output", str(own)], check=True)
        numbers = _figures_of(workbook)
        return 0 if len(numbers) >= _NUMBERS and _figures_of(own) == numbers else 1


def starts(root: Path, folder: str) -> int:
    """A table of starts, the installed program and plain Python taken in turn."""
    child = ROOT / "tests" / "benchmarks" / "starting.py"
    place = root / "starts"
    shutil.copytree(f"{root}{folder}", place)
    (place / "child").mkdir()
    shutil.copyfile(child, place / "child" / child.name)
    home = "/usr/lib/avrr-desktop"
    quiet = {"QT_QPA_PLATFORM": "offscreen", "HOME": "/root", "LANG": "C.UTF-8"}
    inside = ["chroot", str(root), f"{home}/bin/avrr-desktop"]
    installed = [*inside, "-S", "-B", f"/starts/child/{child.name}"]
    kinds = {
        "plain Python": ([sys.executable, str(child)], str(place), quiet),
        "installed": (installed, "/starts", quiet | {"PYTHONPATH": f"{home}/app"}),
    }
    spent: dict[str, dict[str, list[float]]] = {name: {} for name in kinds}
    for _ in range(_TIMES + 1):
        for name, (command, register, environment) in kinds.items():
            for word, seconds in _start([*command, "program", register, _DAY], environment):
                spent[name].setdefault(word, []).append(seconds)
    shutil.rmtree(place)
    return _table(spent)


def _table(spent: dict[str, dict[str, list[float]]]) -> int:
    print(f"{'median of ' + str(_TIMES):<16}{'plain Python':>14}{'installed':>12}{'ratio':>8}")
    slow = False
    for word, plain in spent["plain Python"].items():
        # The first of each warmed the disk's cache.
        first, second = (
            statistics.median(times[1:]) for times in (plain, spent["installed"][word])
        )
        print(f"{word:<16}{first * 1000:>11.0f} ms{second * 1000:>9.0f} ms{second / first:>8.2f}")
        slow = slow or second > first * _LIMIT
    return int(slow)


def _start(command: Sequence[str], environment: dict[str, str]) -> list[tuple[str, float]]:
    begun = time.perf_counter()
    said = []
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"PATH": os.environ["PATH"]} | environment,
    ) as child:
        assert child.stdout is not None
        said += [(line.strip(), time.perf_counter() - begun) for line in child.stdout]
    if child.returncode or not said:
        raise RuntimeError(f"{command[0]}: exit {child.returncode}")
    return said


def _figures_of(path: Path) -> dict[tuple[str, str], float]:
    """Every number of a workbook by its sheet and cell; the moment of the export is none."""
    book = load_workbook(BytesIO(path.read_bytes()))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "picture":
        sys.exit(picture(Path(rest[0])))
    if what == "figures":
        sys.exit(figures(*map(Path, rest)))
    sys.exit(starts(Path(rest[0]), rest[1]))
