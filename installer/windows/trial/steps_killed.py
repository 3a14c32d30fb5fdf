"""A set-up that is killed: whatever the moment, the old version starts or the new one does."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from installer.windows.trial.installed import Desk, register_hash
from installer.windows.trial.report import Report, must
from installer.windows.trial.steps_install import fill
from installer.windows.trial.wine import kill

_SHARES = 9  # of the files that are laid out, between none and all


@dataclass(frozen=True, slots=True)
class _Before:
    """A PC with an older version and a filled register, to go back to."""

    kept: Path
    version: str
    files: int
    figures: object
    register: str


@dataclass(slots=True)
class Moments:
    """The twenty moments of an upgrade, told by what is on the disk and not by a clock."""

    folder: Path
    data: Path
    old: str
    files: int
    is_trying: Callable[[], bool]
    _first_seen: float | None = None

    def all(self) -> Iterator[tuple[str, Callable[[], bool]]]:
        """Each with its name, in the order in which they come."""
        launcher, command = self._is_new("AVRR.exe"), self._is_new("avrr-desktop.exe")
        leaving, current = self._is_new("uninstall.exe"), self._is_new("current")
        for part in range(1, _SHARES + 1):
            share = part / (_SHARES + 1)
            yield f"{share:.0%} of the files laid out", self._laid_out(share)
        yield "the new version tries itself", self.is_trying
        yield "the register is being backed up", self._is_backing_up()
        yield "the first launcher takes its place", self._there("AVRR.exe.new")
        yield "the first launcher is new", launcher
        yield "the second launcher is new", command
        yield "the uninstaller is written", lambda: any(self.folder.glob("version-*/uninstall.exe"))
        yield "the uninstaller is new", leaving
        yield "the new version comes into force", self._there("current.new")
        yield "the new version is in force", current
        yield "half of the old version is gone", self._half_gone
        yield "a second after the new version came into force", self._a_second_after(current)

    def _newer(self) -> Path | None:
        found = [path for path in self.folder.glob("version-*") if path.name != self.old]
        return found[0] if found else None

    def _laid_out(self, share: float) -> Callable[[], bool]:
        def is_there() -> bool:
            newer = self._newer()
            return newer is not None and _count(newer) >= share * self.files

        return is_there

    def _is_backing_up(self) -> Callable[[], bool]:
        before = _count(self.data)
        return lambda: _count(self.data) > before

    def _there(self, name: str) -> Callable[[], bool]:
        return (self.folder / name).exists

    def _is_new(self, name: str) -> Callable[[], bool]:
        path = self.folder / name
        before = path.stat().st_ino
        return lambda: path.exists() and path.stat().st_ino != before

    def _half_gone(self) -> bool:
        old = self.folder / self.old
        return _count(old) < self.files / 2

    def _a_second_after(self, happened: Callable[[], bool]) -> Callable[[], bool]:
        def is_over() -> bool:
            if self._first_seen is None and happened():
                self._first_seen = time.monotonic()
            return self._first_seen is not None and time.monotonic() > self._first_seen + 1

        return is_over


def killed_anywhere(desk: Desk, report: Report, previous: Path, scratch: Path) -> None:
    """At each of twenty moments: what starts counts the same, the register is untouched."""
    _killed_first_install(desk, report)
    before = _older_version(desk, previous, scratch)
    names = [name for name, _moment in _moments(desk, before).all()]
    started: list[str] = []
    for number, name in enumerate(names):
        _go_back(desk, before)
        _name, moment = list(_moments(desk, before).all())[number]
        met = _kill_when(desk, moment)
        must(register_hash(desk.data) == before.register, f"register touched, killed when {name}")
        started.append(_what_starts(desk, before, name))
        how = "killed when" if met else "over before it was seen that"
        report.seen(f"{number + 1}. {how} {name}: {started[-1]} starts, register and figures same")
    old = started.count(before.version)
    report.seen(
        f"of {len(started)} the old version started {old} times, the new one {len(started) - old}"
    )
    must(0 < old < len(started), "the moments do not lie on both sides of the switch")
    done = desk.install()
    must(done.code == 0, f"a set-up after all that gives {done.code}: {done.text}")
    left = [path.name for path in desk.folder.glob("version-*")]
    must(left == [desk.version()], f"versions that stand there in the end: {left}")
    report.seen("the next set-up tidies up what the killed ones left")


def _killed_first_install(desk: Desk, report: Report) -> None:
    """Over nothing, half-way: there is no program yet, and the next set-up succeeds."""
    desk.clean()
    must(desk.install().code == 0, "the set-up fails")
    files = _count(desk.folder)
    desk.clean()
    _kill_when(desk, lambda: _count(desk.folder) > files / 2)
    must(not desk.version(), "half a version is in force")
    must(desk.install().code == 0, "a set-up after a killed one fails")
    report.seen("a first set-up killed half-way: nothing in force, the next one succeeds")


def _older_version(desk: Desk, previous: Path, scratch: Path) -> _Before:
    desk.clean()
    done = desk.install(setup=previous)
    must(done.code == 0, f"the previous version is not installed: {done.code} {done.text}")
    fill(desk)
    figures = desk.figures(desk.wine.windows(desk.data))
    kept = scratch / "before"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(desk.folder, kept / "program")
    shutil.copytree(desk.data, kept / "data")
    version = desk.version()
    files = _count(desk.folder / version)
    return _Before(kept, version, files, figures, register_hash(desk.data))


def _go_back(desk: Desk, before: _Before) -> None:
    for place, kept in ((desk.folder, "program"), (desk.data, "data")):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(before.kept / kept, place)


def _moments(desk: Desk, before: _Before) -> Moments:
    return Moments(
        desk.folder,
        desk.data / "backups",
        before.version,
        before.files,
        lambda: bool(desk.pids("--before-update")),
    )


def _count(folder: Path) -> int:
    """The files and folders below; those that go away meanwhile are none."""
    try:
        return sum(1 for _path in folder.rglob("*"))
    except FileNotFoundError:
        return 0


def _kill_when(desk: Desk, moment: Callable[[], bool]) -> bool:
    """Start the set-up and end it at a moment; whether the moment came before its own end."""
    process = desk.wine.start(desk.setup_command())
    met = False
    while process.poll() is None and not met:
        met = moment()
    desk.kill("AVRR", "avrr-desktop")
    kill(process)
    process.wait()
    return met


def _what_starts(desk: Desk, before: _Before, name: str) -> str:
    version = desk.version()
    must(version, f"no version is in force, killed when {name}")
    figures = desk.figures(desk.wine.windows(desk.data))
    must(figures == before.figures, f"other figures, killed when {name}")
    return version
