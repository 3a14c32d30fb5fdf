"""The installed program with its window: pictured, and a registration typed at the keyboard."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from installer.windows.trial.installed import PROGRAM_TIME, Desk
from installer.windows.trial.report import Report, must
from installer.windows.trial.screen import Screen
from installer.windows.trial.steps_install import be_installed, fill, window
from installer.windows.trial.wine import kill

FAMILY_NAME, GIVEN_NAME, PAPER = "TRIALOVA", "Winnie", "R 0999888"
PASSWORD = "une phrase de passe assez longue"  # noqa: S105  # of invented people
# As in tests/ui/forms: the words typed in each field, or the keys pressed there.
_TYPED: tuple[str | tuple[str, ...], ...] = (
    FAMILY_NAME,
    GIVEN_NAME,
    "",
    "",
    ("Right", "Right"),  # the first sex of the two
    "070993",
    "cote",
    "passep",
    PAPER,
    "06 61 20 48 17",
    "040223",
    "140223",
    "bouche",
    "",  # the usual office
    "",  # the consent is of that day
    "ecrit",
)
# A long list opens with a box to search in: there the word ends with an Enter of its own.
_SEARCHED = frozenset({"cote"})
_ALL_REGISTERED = ["registrations", "persons", None, "total"]
_COUNT = (
    "import sys; from pathlib import Path;"
    "from avrr_desktop.core.clock import SystemClock; from avrr_desktop.paths import paths_in;"
    "from avrr_desktop.services.lists import ListQuery, page;"
    "from avrr_desktop.services.register import open_register;"
    "register = open_register(paths_in(Path(sys.argv[1])), SystemClock());"
    "print(page(register, ListQuery('registration', text=sys.argv[2])).total); register.close()"
)


def type_registration(desk: Desk, report: Report, screen: Screen, scratch: Path) -> None:
    """A person typed in the window is in the register, and in its figures."""
    fill(desk)
    data = desk.wine.windows(desk.data)
    must(_found(desk, scratch, PAPER) == 0, "the person is there before anything was typed")
    before = _registered(desk, data)
    process = desk.wine.start([desk.folder / "AVRR.exe"])
    try:
        shown = window(screen)
        screen.fill(shown)
        screen.focus(shown)
        report.seen(f"window pictured: {screen.picture('window').name}")
        _type(screen)
        report.seen(f"registration typed: {screen.picture('typed').name}")
        screen.press("ctrl+s")
        report.seen(f"saved: {screen.picture('saved').name}")
        must(_found(desk, scratch, PAPER) == 1, "the typed registration is not in the register")
        screen.press("alt+F4")
        process.wait(PROGRAM_TIME)
    except subprocess.TimeoutExpired:
        report.say("        the program did not end by Alt+F4 in time")
    finally:
        kill(process)
        desk.kill("AVRR.exe")
    must(_registered(desk, data) == before + 1, "the typed registration is not counted")
    report.seen(f"{FAMILY_NAME} {GIVEN_NAME} is in the register and counted: {before + 1} persons")


def open_protected(desk: Desk, report: Report, screen: Screen) -> None:
    """A register with a password: refused with a wrong one, opened with the right one, by keys."""
    be_installed(desk)
    folder = desk.wine.drive / "Registre protégé"
    shutil.rmtree(folder, ignore_errors=True)
    data = desk.wine.windows(folder)
    made = desk.wine.run(
        [desk.folder / "avrr-desktop.exe", "protect", "--data-dir", data, "--name", "Nadia Essai",
         "--user", "nadia", "--password-stdin"], typed=PASSWORD + "\n", timeout=PROGRAM_TIME,
    )  # fmt: skip
    must(made.code == 0, f"protect gives {made.code}: {made.text[-300:]}")
    must(b"SQLite format" not in (folder / "register.sqlite").read_bytes(), "it is not encrypted")
    process = desk.wine.start([desk.folder / "AVRR.exe", "--data-dir", data])
    try:
        shown = window(screen)
        screen.fill(shown)
        screen.focus(shown)
        _log_in(screen, "une autre phrase", until=(folder / "attempts.json").is_file)
        report.seen(f"wrong password refused: {screen.picture('wrong-password').name}")
        screen.press("ctrl+a")
        _log_in(screen, PASSWORD, until=lambda: not (folder / "attempts.json").exists())
        screen.settle()
        report.seen(f"the right one opens it: {screen.picture('protected').name}")
    finally:
        kill(process)
        desk.kill("AVRR.exe")


def _log_in(screen: Screen, password: str, until: Callable[[], bool]) -> None:
    screen.write(password)
    screen.press("Return")
    latest = time.monotonic() + PROGRAM_TIME
    while not until():
        must(time.monotonic() < latest, "the password has no effect")
        time.sleep(0.2)


def _type(screen: Screen) -> None:
    screen.press("ctrl+n")
    for what in _TYPED:
        if isinstance(what, tuple):
            screen.press(*what)
        elif what in _SEARCHED:
            screen.write(what)
            screen.press("Return")
        elif what:
            screen.write(what)
        screen.press("Return")
    screen.press("ctrl+a")  # every purpose of the consent


def _found(desk: Desk, scratch: Path, text: str) -> int:
    """How many registrations match, read on this Linux from a copy with its log."""
    copy = scratch / "read"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(desk.data, copy, ignore=shutil.ignore_patterns("*.lock", "backups"))
    done = subprocess.run(
        [sys.executable, "-c", _COUNT, str(copy), text], check=False, capture_output=True, text=True
    )
    must(done.returncode == 0, f"the register cannot be read on Linux: {done.stderr[-500:]}")
    return int(done.stdout)


def _registered(desk: Desk, data: str) -> int:
    cells = desk.figures(data)
    assert isinstance(cells, list)
    return sum(
        cell["value"]
        for cell in cells
        if [cell[name] for name in ("section", "measure", "term", "group")] == _ALL_REGISTERED
    )
