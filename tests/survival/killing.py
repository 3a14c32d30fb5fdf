"""``python -m tests.survival.killing``: works in a process of its own, which is killed at random.

After each kill the register is opened by its password. Everything the process said it had done is
there, what it had not said is there whole or not at all, no page is damaged, no line of the
journal is broken. POSIX only: the working process is a fork, so that it starts in no time.
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
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from zipfile import ZipFile

from tests.survival import works
from tests.survival.works import AMINA, CHEAP, NEWER, Work

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.entering import Access, enter
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.chain import first_broken
from avrr_desktop.services.register import open_register

CLOCK = FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))


@dataclass
class Tally:
    """How many kills each kind of work took, and what was said before them."""

    killed: Counter[str]
    finished: Counter[str]
    said: Counter[str]


def main() -> int:
    """0 when every kill left a whole register."""
    options = argparse.ArgumentParser(prog="python -m tests.survival.killing")
    options.add_argument("--moments", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally = run(Path(folder), given.moments, given.seed)
    for name in works.WORKS:
        print(
            f"{name:10} killed {tally.killed[name]:4}   ended before it {tally.finished[name]:4}"
            f"   acknowledged {tally.said[name]:6}"
        )
    print(f"{sum(tally.killed.values())} kills, every one left a whole register")
    return 0


def run(folder: Path, moments: int, seed: int) -> Tally:
    """Kill a working process ``moments`` times; raises AssertionError at the first loss."""
    random = Random(seed)
    tally = Tally(Counter(), Counter(), Counter())
    base = _base(folder / "base")
    spans = {name: _span(folder, base, name, work) for name, work in works.WORKS.items()}
    names = list(works.WORKS)
    turn = 0
    while sum(tally.killed.values()) < moments:
        name = names[turn % len(names)]
        turn += 1
        paths = _copy(base, folder / "work", name)
        said, was_killed = _killed(
            paths, works.WORKS[name], random.uniform(0, spans[name]), random.random()
        )
        (tally.killed if was_killed else tally.finished)[name] += 1
        tally.said[name] += len(said)
        try:
            _verify(paths, name, said)
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


def _span(folder: Path, base: Paths, name: str, work: Work) -> float:
    """How long a work takes when nobody kills it, in seconds."""
    paths = _copy(base, folder / "span", name)
    started = time.perf_counter()
    _killed(paths, work, 60, 0)
    return (time.perf_counter() - started) * 1.05


def _killed(paths: Paths, work: Work, after: float, seed: float) -> tuple[list[str], bool]:
    """What the process said before it was killed, and whether it was killed before its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work(paths, work, writing, seed)
    os.close(writing)
    said, ended = _listen(reading, after)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    rest, _ = _listen(reading, 5)
    os.close(reading)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"the work failed: {code}"
    lines = (said + rest).decode().split("\n")
    return [line for line in lines[:-1] if line], not ended and code != 0


def _work(paths: Paths, work: Work, pipe: int, seed: float) -> None:
    """The life of the working process; never returns."""
    code = 1
    try:
        say: Callable[[str], object] = lambda line: os.write(pipe, f"{line}\n".encode())  # noqa: E731
        access = enter(paths, CLOCK, AMINA.login, AMINA.password)
        work(paths, CLOCK, access, say, Random(seed))
        code = 0
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


def _verify(paths: Paths, name: str, said: list[str]) -> None:
    access = _entered(paths)
    if said and said[-1] == "password changed":
        paths.attempts.unlink(missing_ok=True)
        enter(paths, CLOCK, AMINA.login, NEWER)
    register = open_register(paths, CLOCK, access)
    try:
        assert register.database.check(full=True) == ()
        with register.database.reading() as connection:
            assert first_broken(connection) is None
        works.verify(register, name, said)
    finally:
        register.close()
    for book in paths.data_dir.glob("*.xlsx"):
        with ZipFile(book) as opened:
            assert opened.testzip() is None
    # The next start cleared away what was being made.
    left = {path.name for path in paths.data_dir.iterdir()}
    assert left <= works.FILES, left


if __name__ == "__main__":
    sys.exit(main())
