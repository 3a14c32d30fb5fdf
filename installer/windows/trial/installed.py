"""The set-up program and what it installs, as a person or a script on that Windows handles them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from installer.windows.trial.report import must
from installer.windows.trial.wine import Done, Wine

SETUP_TIME = 900.0
PROGRAM_TIME = 900.0
SELF_TEST_TIME = 3600.0
PERIOD = "2023-S1"
UNINSTALL_KEYS = tuple(
    rf"{root}\Software\Microsoft\Windows\CurrentVersion\Uninstall\AVRR" for root in ("HKCU", "HKLM")
)
CLASS_KEYS = (r"HKCU\Software\Classes\.avrr", r"HKCU\Software\Classes\AVRR.Register")
# What may change in the user's folder without any doing of ours.
_NOT_OURS = ("Temp", "Recent", "Cache", "Caches")


@dataclass(frozen=True, slots=True)
class Desk:
    """A Windows with a set-up program at hand."""

    wine: Wine
    setup: Path

    @property
    def folder(self) -> Path:
        """Where the program is installed for this user, unless another place was asked for."""
        return self.wine.local_programs / "AVRR"

    @property
    def data(self) -> Path:
        """Where this user's own register is."""
        return self.wine.user / "AppData" / "Local" / "AVRR"

    @property
    def shortcut(self) -> Path:
        """Its line in the Start menu."""
        menu = self.wine.user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs"
        return menu / "AVRR.lnk"

    def install(
        self, *words: str, setup: Path | None = None, into: str = "", timeout: float = SETUP_TIME
    ) -> Done:
        """Run the set-up without a question; ``into`` is a folder as Windows calls it."""
        return self.wine.run(self.setup_command(*words, setup=setup, into=into), timeout=timeout)

    def setup_command(
        self, *words: str, setup: Path | None = None, into: str = ""
    ) -> list[str | Path]:
        """The command of a silent set-up.

        What follows ``/D=`` must not be quoted: it goes in pieces, which wine joins with spaces.
        """
        place = f"/D={into}".split(" ") if into else []
        return [setup or self.setup, "/S", *words, *place]

    def uninstall(self, folder: Path | None = None) -> Done:
        """Run the uninstaller without a question, and wait until it has done its work.

        It works from a copy of itself and returns at once; only ``refusal`` gives its code.
        """
        folder = folder or self.folder
        done = self.wine.run([folder / "uninstall.exe", "/S"], timeout=SETUP_TIME)
        until = time.monotonic() + SETUP_TIME
        while (folder / "uninstall.exe").exists() and time.monotonic() < until:
            time.sleep(0.5)
        while self.pids("Un.exe", "Un_") and time.monotonic() < until:
            time.sleep(0.5)
        return done

    def refusal_to_uninstall(self) -> Done:
        """Run the uninstaller in its place, so that its own code comes back."""
        place = f"_?={self.wine.windows(self.folder)}".split(" ")
        return self.wine.run([self.folder / "uninstall.exe", "/S", *place], timeout=SETUP_TIME)

    def program(
        self, *words: str, folder: Path | None = None, timeout: float = PROGRAM_TIME
    ) -> Done:
        """Run the installed command line to its end."""
        return self.wine.run(
            [(folder or self.folder) / "avrr-desktop.exe", *words], timeout=timeout
        )

    def figures(self, data: str, folder: Path | None = None) -> object:
        """Every figure of a register as the installed program counts it."""
        words = ("summary", "--data-dir", data, "--period", PERIOD, "--format", "json")
        done = self.program(*words, folder=folder)
        must(
            done.code == 0, f"the installed program does not count: {done.code} {done.text[-500:]}"
        )
        return json.loads(done.text[done.text.index("{") :])["cells"]

    def version(self) -> str:
        """The version in force: what ``current`` names; empty when none is."""
        try:
            return (self.folder / "current").read_text("utf-8").partition("\\")[0]
        except FileNotFoundError:
            return ""

    def pids(self, *names: str) -> list[int]:
        """The processes of this prefix that bear one of these names."""
        prefix = f"WINEPREFIX={self.wine.prefix}".encode()
        found = []
        for entry in Path("/proc").iterdir():
            try:
                line = (entry / "cmdline").read_bytes()
                if any(name.encode() in line for name in names):
                    ours = prefix in (entry / "environ").read_bytes().split(b"\0")
                    found += [int(entry.name)] if ours else []
            except (OSError, ValueError):  # it has ended meanwhile, or is no process
                continue
        return found

    def kill(self, *names: str) -> int:
        """End those processes without asking; how many."""
        pids = self.pids(*names)
        for pid in pids:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        return len(pids)

    def clean(self) -> None:
        """A PC that never had the program: for the step that comes next."""
        self.kill("AVRR", "avrr-desktop")
        for folder in (self.folder, self.data):
            shutil.rmtree(folder, ignore_errors=True)
        self.shortcut.unlink(missing_ok=True)
        for key in (*UNINSTALL_KEYS, *CLASS_KEYS):
            self.wine.run(["reg", "delete", key, "/f"])

    def traces(self) -> list[str]:
        """What of the program is on the PC, but the register's folder."""
        found = [str(path) for path in (self.folder, self.shortcut) if path.exists()]
        for key in (*UNINSTALL_KEYS, *CLASS_KEYS):
            if self.wine.registry(key):
                found.append(key)
        return found


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder with its sha256."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def names_below(folder: Path) -> set[str]:
    """Every file and folder below a folder, but what comes and goes by itself."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if not any(part in _NOT_OURS for part in path.relative_to(folder).parts)
    }


def register_hash(data: Path) -> str:
    """One sha256 over a register: its file, what is in its log, what opens it.

    SQLite's index of the log and a log without a line are made by whoever looks in, and hold
    nothing.
    """
    whole = hashlib.sha256()
    for path in sorted(data.glob("register*")):
        content = path.read_bytes()
        if path.name.endswith("-shm") or (path.name.endswith("-wal") and not content):
            continue
        whole.update(path.name.encode() + b"\0" + content)
    return whole.hexdigest()


def run_here(python: str, words: Iterable[str]) -> str:
    """The same program on this Linux."""
    done = subprocess.run(
        [python, "-m", "avrr_desktop", *words], check=False, capture_output=True, text=True
    )
    must(done.returncode == 0, f"on Linux: {done.stderr[-500:]}")
    return done.stdout
