"""``python -m tests.survival.killing``: works in a process of its own, which is killed at random.

After each kill the register is opened by its password. Everything the process said it had done is
there, what it had not said is there whole or not at all, no page is damaged, no line of the
journal is broken. One life in four is the whole program with its window and somebody at the keys:
what its status bar said to be saved is there, and the next start offers what was half typed.
POSIX only: the working process is a fork, so that it starts in no time; Qt's application is made
in the fork, never before it.
"""

from __future__ import annotations

import argparse
import os
import select
import shutil
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from random import Random
from zipfile import ZipFile

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from tests.survival import desk, works
from tests.survival.works import AMINA, CHEAP, NEWER

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.entering import Access, enter
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.chain import first_broken
from avrr_desktop.services.register import open_register

CLOCK = FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))
# One in four is a window's.
_WORKS, _LIVES = tuple(works.WORKS), cycle(desk.LIVES)
NAMES = tuple(
    name
    for place in range(0, len(_WORKS), 3)
    for name in (next(_LIVES), *_WORKS[place : place + 3])
)


@dataclass
class Tally:
    """How many kills each kind of work took, and what was said before them."""

    killed: Counter[str] = field(default_factory=Counter)
    finished: Counter[str] = field(default_factory=Counter)
    said: Counter[str] = field(default_factory=Counter)
    drafts: Counter[str] = field(default_factory=Counter)  # due, and offered as they stood


def main() -> int:
    """0 when every kill left a whole register."""
    options = argparse.ArgumentParser(prog="python -m tests.survival.killing")
    options.add_argument("--moments", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), given.moments, given.seed)
    for name in dict.fromkeys(NAMES):
        print(
            f"{name:20} killed {tally.killed[name]:4}   ended before it {tally.finished[name]:4}"
            f"   acknowledged {tally.said[name]:6}   drafts due and offered {tally.drafts[name]:4}"
        )
    print(f"{sum(tally.killed.values())} kills, every one left a whole register")
    return 0


def run(folder: Path, moments: int, seed: int) -> Tally:
    """Kill a working process ``moments`` times; raises AssertionError at the first loss."""
    random = Random(seed)
    tally = Tally()
    desk.preload()
    base = _base(folder / "base")
    spans: dict[str, float] = {}
    turn = 0
    enough: list[int] = []  # asked by Ctrl+C or a kill: the table so far is printed
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda got, _frame: enough.append(got))
    while sum(tally.killed.values()) < moments and not enough:
        name = NAMES[turn % len(NAMES)]
        turn += 1
        if name not in spans:
            spans[name] = _span(folder, base, name)
        paths = _copy(base, folder / "work", name)
        said, was_killed = _killed(paths, name, random.uniform(0, spans[name]), random.random())
        (tally.killed if was_killed else tally.finished)[name] += 1
        tally.said[name] += sum(not line.startswith("{") for line in said)
        try:
            tally.drafts[name] += _verify(paths, name, said)
        except BaseException as error:
            kept = Path(tempfile.mkdtemp(prefix="killed-"))
            shutil.copytree(paths.data_dir, kept / "data")
            raise AssertionError(f"{name}: {said[-3:]}: {error!r}; kept in {kept}") from error
    return tally


def _base(folder: Path) -> Paths:
    """A protected register with a few people, a finished semester, and a workbook to bring in."""
    paths = paths_in(folder)
    register = create_protected(paths, CLOCK, AMINA, CHEAP).register
    works.fill(register, folder)
    works.lay_file(register, folder)
    access = register.access
    register.close()
    assert access is not None
    works.lay_old_register(paths, access.keys[0].secret)
    return paths


def _copy(base: Paths, folder: Path, name: str) -> Paths:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(base.data_dir, folder)
    paths = paths_in(folder)
    works.prepare(paths, name)
    return paths


def _span(folder: Path, base: Paths, name: str) -> float:
    """How long a work takes when nobody kills it, in seconds."""
    paths = _copy(base, folder / "span", name)
    started = time.perf_counter()
    _killed(paths, name, 900, 0)
    return (time.perf_counter() - started) * 1.05


def _killed(paths: Paths, name: str, after: float, seed: float) -> tuple[list[str], bool]:
    """What the process said before it was killed, and whether it was killed before its end."""
    reading, writing = os.pipe()
    errors = paths.data_dir.with_suffix(".errors")
    child = os.fork()
    if child == 0:
        os.close(reading)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        desk.write_errors_to(errors)
        _work(paths, name, writing, seed)
    os.close(writing)
    said, ended = _listen(reading, after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    rest, _ = _listen(reading, 5)
    os.close(reading)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"{name} failed: {code}: {errors.read_text()[-3000:]}"
    lines = (said + rest).decode().split("\n")
    return [line for line in lines[:-1] if line], not ended and code != 0


def _work(paths: Paths, name: str, pipe: int, seed: float) -> None:
    """The life of the working process; never returns."""
    code = 1
    try:
        say = desk.teller(pipe)
        if name in desk.LIVES:
            code = desk.sit_down(paths, FixedClock(CLOCK.instant), say, seed, name)
        else:
            access = enter(paths, CLOCK, AMINA.login, AMINA.password)
            works.WORKS[name](paths, CLOCK, access, say, Random(seed))
            code = 0
    except Exception:  # noqa: BLE001 (told by the exit code, with its trace)
        traceback.print_exc()
    finally:
        os._exit(code)


def _listen(pipe: int, seconds: float) -> tuple[bytes, bool]:
    """What comes through the pipe until the time is over or the other end is closed."""
    heard, ended = b"", False
    until = time.perf_counter() + seconds
    while not ended and (left := until - time.perf_counter()) > 0:
        if select.select([pipe], [], [], left)[0]:
            part = os.read(pipe, 65536)
            heard += part
            ended = not part
    return heard, ended


def _entered(paths: Paths) -> Access:
    """By the old password or by the new one, when the work was to change it."""
    paths.attempts.unlink(missing_ok=True)
    try:
        return enter(paths, CLOCK, AMINA.login, AMINA.password)
    except UserError:
        paths.attempts.unlink(missing_ok=True)
        return enter(paths, CLOCK, AMINA.login, NEWER)


def _verify(paths: Paths, name: str, said: list[str]) -> bool:
    """The register is whole and holds what was said; whether a draft was due, and offered."""
    errors = paths.data_dir.with_suffix(".errors")
    is_desk = name in desk.LIVES
    offered = desk.start_again(paths, FixedClock(CLOCK.instant), errors) if is_desk else {}
    access = _entered(paths)
    if said and said[-1] == "password changed":
        paths.attempts.unlink(missing_ok=True)
        enter(paths, CLOCK, AMINA.login, NEWER)
    register = open_register(paths, CLOCK, access)
    try:
        assert register.database.check(full=True) == ()
        with register.database.reading() as connection:
            assert first_broken(connection) is None
        works.verify(register, said)
    finally:
        register.close()
    for book in paths.data_dir.glob("*.xlsx"):
        with ZipFile(book) as opened:
            assert opened.testzip() is None
    # The next start cleared away what was being made.
    left = {path.name for path in paths.data_dir.iterdir()}
    assert left <= works.FILES | (desk.FILES if is_desk else set()), left
    if not is_desk:
        return False
    desk.require_whole_folder(paths)
    return desk.verify(said, offered)


if __name__ == "__main__":
    sys.exit(main())
