"""A Windows to try things on: a wine prefix of its own and a screen that nobody sees."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

_HERE = Path(__file__).resolve().parent
_SHIMS = ("bcryptprimitives", "icuuc", "mscms")
_COMPILER = "x86_64-w64-mingw32-gcc"
_SCREEN = "1280x1024x24"
_START = 120.0  # seconds that wine's own programs may take on a busy PC
_GRACE = 60.0  # seconds to end after the last word
_LOOK = 0.2  # seconds between two looks


class TrialError(Exception):
    """Something did not go as it must."""


@dataclass(frozen=True, slots=True)
class Done:
    """How a program ended: no code when it had to be stopped."""

    code: int | None
    text: str


@dataclass(slots=True)
class Wine:
    """One prefix. Use ``wine_in``, which also ends everything that was started in it."""

    prefix: Path
    environment: dict[str, str]
    _scratch: Path = field(default_factory=Path)

    @property
    def drive(self) -> Path:
        """Drive C."""
        return self.prefix / "drive_c"

    @property
    def local_programs(self) -> Path:
        """Where a program installed for this user alone belongs."""
        return self.user / "AppData" / "Local" / "Programs"

    @property
    def user(self) -> Path:
        """The user's own folder."""
        return next(
            path for path in sorted((self.drive / "users").iterdir()) if path.name != "Public"
        )

    def windows(self, path: Path) -> str:
        """What a path is called in there."""
        if path.is_relative_to(self.drive):
            return "C:\\" + str(path.relative_to(self.drive)).replace("/", "\\")
        return "Z:" + str(path).replace("/", "\\")

    def start(
        self,
        command: Sequence[str | Path],
        *,
        typed: str = "",
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> subprocess.Popen[bytes]:
        """Start a program and leave it running; what it prints can be read from the pipe."""
        process = subprocess.Popen(
            [wine_program(), *map(str, command)],
            cwd=folder or self.drive,
            env={**self.environment, **(environment or {})},
            stdin=subprocess.PIPE if typed else subprocess.DEVNULL,
            stdout=subprocess.PIPE,  # a file in its place, and Python there does not start
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        if process.stdin is not None:
            process.stdin.write(typed.encode())
            process.stdin.close()
        return process

    def run(
        self,
        command: Sequence[str | Path],
        *,
        timeout: float = _START,
        last_word: Path | None = None,
        typed: str = "",
        folder: Path | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a program to its end, or stop it after ``timeout`` seconds.

        Args:
            command: the program and its arguments.
            timeout: how long it may run.
            last_word: a file the program writes when all is done: it is given a little time to
                end after that, for wine hangs there now and then.
            typed: what is piped in.
            folder: where it runs.
            environment: what it finds beside the prefix's own variables.
        """
        process = self.start(command, typed=typed, folder=folder, environment=environment)
        reader = _Reader(process)
        ends = time.monotonic() + timeout
        while process.poll() is None and time.monotonic() < ends:
            if last_word is not None and last_word.is_file():
                ends = min(ends, time.monotonic() + _GRACE)
            time.sleep(_LOOK)
        code = process.poll()
        if code is None:
            kill(process)
        return Done(code, reader.text())

    def pretend(self, version: str) -> None:
        """Be another Windows, such as ``win7``."""
        self.run(["winecfg", "/v", version])

    def registry(self, key: str) -> str:
        """What stands under a key of the registry and below; empty when there is none."""
        done = self.run(["reg", "query", key, "/s"])
        return done.text if done.code == 0 else ""

    def stop_all(self) -> None:
        """End every program of the prefix, as pulling the plug would."""
        subprocess.run([_server(), "-k"], env=self.environment, check=False)
        subprocess.run([_server(), "-w"], env=self.environment, check=False, timeout=_START)

    def boot(self) -> None:
        """Start the prefix's own services, so that they hold no pipe of what runs later."""
        quiet = subprocess.DEVNULL
        for command in ([_server(), "-p"], [wine_program(), "wineboot", "-u"]):
            subprocess.run(
                command, env=self.environment, check=True, stdin=quiet, stdout=quiet, stderr=quiet
            )


class _Reader:
    """Reads what a program prints, without waiting for the end of the pipe.

    Programs of wine's own, which the first window brings up, keep it open.
    """

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._pieces: list[bytes] = []
        self._thread = Thread(target=self._read, args=(process,), daemon=True)
        self._thread.start()

    def text(self) -> str:
        """What came, after a moment for the last of it."""
        self._thread.join(_LOOK)
        return b"".join(self._pieces).decode("utf-8", "replace").replace("\r\n", "\n")

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        while piece := os.read(process.stdout.fileno(), 65536):
            self._pieces.append(piece)


def kill(process: subprocess.Popen[bytes]) -> None:
    """End a program and what it started, without asking."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()


def wine_program() -> str:
    """The 64-bit wine."""
    known = (shutil.which("wine64"), "/usr/lib/wine/wine64")
    for path in known:
        if path and Path(path).is_file():
            return path
    raise TrialError("wine64 is not installed: start this with installer/windows/trial/run")


def _server() -> str:
    for path in (shutil.which("wineserver64"), "/usr/lib/wine/wineserver64", "wineserver"):
        if path and (shutil.which(path) or Path(path).is_file()):
            return path
    raise TrialError("wine's server is not installed")


@contextmanager
def wine_in(prefix: Path) -> Iterator[Wine]:
    """A Windows 10 in ``prefix``, made there if need be, until the block ends."""
    prefix.mkdir(parents=True, exist_ok=True)
    with _screen() as display:
        wine = Wine(prefix, _environment(prefix, display))
        wine.boot()
        try:
            _lay_shims(wine)
            wine.pretend("win10")
            yield wine
        finally:
            wine.stop_all()


def _environment(prefix: Path, display: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    for name in ("LC_ALL", "LANG", "QT_QPA_PLATFORM"):
        kept.pop(name, None)
    return kept | {
        "DISPLAY": display,
        "LANG": "C.UTF-8",  # names of files beyond ASCII
        "WINEPREFIX": str(prefix),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        "WINEDLLOVERRIDES": "mscoree,mshtml=;mscms=n,b",
    }


@contextmanager
def _screen() -> Iterator[str]:
    """An X server on the first number that is free."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SCREEN, "-nolisten", "tcp"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=[writing], stdout=quiet, stderr=quiet) as server:
        os.close(writing)
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        if not number:
            raise TrialError("Xvfb does not start")
        try:
            yield f":{number}"
        finally:
            server.terminate()


def _lay_shims(wine: Wine) -> None:
    """The three libraries of Windows 10 that wine lacks; see ``shims``."""
    with tempfile.TemporaryDirectory() as scratch:
        for name in _SHIMS:
            built = Path(scratch) / f"{name}.dll"
            command = [_COMPILER, "-O2", "-s", "-shared", "-Wall", "-Wextra", "-Werror"]
            command += ["-o", str(built), str(_HERE / "shims" / f"{name}.c"), "-ladvapi32"]
            subprocess.run(command, check=True)
            shutil.copy(built, wine.drive / "windows" / "system32" / built.name)
