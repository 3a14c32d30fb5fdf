"""A set-up that is killed: whatever the moment, the old version starts or the new one does."""

from __future__ import annotations

import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from installer.windows.trial.installed import Desk, register_hash
from installer.windows.trial.report import Report, must
from installer.windows.trial.steps_install import fill
from installer.windows.trial.wine import kill

POINTS = 20
_FIRST = 4  # of them, over nothing; the others over an older version
# The last tenth of an upgrade is the part that counts: half of the points lie there.
_LATE = 0.85


@dataclass(frozen=True, slots=True)
class _Before:
    """A PC with an older version and a filled register, to go back to."""

    folder: Path
    version: str
    figures: object
    register: str


def killed_anywhere(desk: Desk, report: Report, previous: Path, scratch: Path) -> None:
    """At each of twenty points: what starts counts the same figures, the register is untouched."""
    desk.clean()
    _killed_first_installs(desk, report)
    before = _older_version(desk, previous, scratch)
    whole = _seconds_of_a_set_up(desk)
    report.seen(f"an upgrade takes {whole:.1f} s")
    started: list[str] = []
    points = POINTS - _FIRST
    for number in range(points):
        _go_back(desk, before)
        after = whole * share(number, points)
        _kill_after(desk, after)
        must(
            register_hash(desk.data) == before.register,
            f"register touched, killed at {after:.1f} s",
        )
        started.append(_what_starts(desk, before, after))
    old = started.count(before.version)
    report.seen(
        f"killed at {points} points of an upgrade: the old version started {old} times, the new"
        f" one {points - old} times; register and figures unchanged"
    )
    must(0 < old < points, "the points do not lie on both sides of the switch")
    done = desk.install()
    must(done.code == 0, f"a set-up after all that gives {done.code}: {done.text}")
    left = [path.name for path in desk.folder.glob("version-*")]
    must(left == [desk.version()], f"versions that stand there in the end: {left}")
    report.seen("the next set-up tidies up what the killed ones left")


def _killed_first_installs(desk: Desk, report: Report) -> None:
    """Over nothing: either the program starts, or there is none and the next set-up succeeds."""
    whole = _seconds_of_a_set_up(desk)
    started = 0
    for number in range(_FIRST):
        desk.clean()
        _kill_after(desk, whole * (number + 1) / (_FIRST + 1))
        if desk.version():
            done = desk.program("summary", "--help")
            must(done.code == 0, f"what was half installed does not start: {done.code}")
            started += 1
    must(desk.install().code == 0, "a set-up after a killed one fails")
    report.seen(f"killed at {_FIRST} points of a first set-up: {started} times it was in force")


def _older_version(desk: Desk, previous: Path, scratch: Path) -> _Before:
    desk.clean()
    done = desk.install(setup=previous)
    must(done.code == 0, f"the previous version is not installed: {done.code}")
    fill(desk)
    figures = desk.figures(desk.wine.windows(desk.data))
    kept = scratch / "before"
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(desk.folder, kept / "program")
    shutil.copytree(desk.data, kept / "data")
    return _Before(kept, desk.version(), figures, register_hash(desk.data))


def _go_back(desk: Desk, before: _Before) -> None:
    for place, kept in ((desk.folder, "program"), (desk.data, "data")):
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(before.folder / kept, place)


def _seconds_of_a_set_up(desk: Desk) -> float:
    began = time.monotonic()
    done = desk.install()
    must(done.code == 0, f"the set-up gives {done.code}: {done.text}")
    return time.monotonic() - began


def share(number: int, points: int) -> float:
    """Where a point lies in the whole: half of them evenly, half near the end."""
    half = points // 2
    if number < half:
        return _LATE * (number + 1) / (half + 1)
    return _LATE + (1.05 - _LATE) * (number - half + 1) / (points - half + 1)


def _kill_after(desk: Desk, seconds: float) -> None:
    process = desk.wine.start(desk.setup_command())
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        time.sleep(0.02)
    desk.kill("AVRR", "avrr-desktop")
    kill(process)
    process.wait()


def _what_starts(desk: Desk, before: _Before, after: float) -> str:
    version = desk.version()
    must(version, f"no version is in force, killed at {after:.1f} s")
    figures = desk.figures(desk.wine.windows(desk.data))
    must(figures == before.figures, f"other figures, killed at {after:.1f} s")
    return version
