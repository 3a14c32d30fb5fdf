"""Disks that fill up or fail, at every write: the old state is intact each time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import pytest
from tests.access.conftest import AMINA, CHEAP
from tests.survival.works import NEWER

from avrr_desktop.core.actors import Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.paths import Paths
from avrr_desktop.services import atomic
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.protecting import protect
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.access.users import add_user, change_own_password
from avrr_desktop.services.register import Register, create_register, open_register
from avrr_desktop.services.workbook import export_workbook

PERIOD = parse_period("2023-S1")
FAULTS = (errno.ENOSPC, errno.EIO, errno.EACCES)
MOST = 40_000  # points of failure looked at in one act


class _Failing:
    """Counts what is asked of the disk, and refuses from the n-th time on."""

    def __init__(self, after: int, fault: int) -> None:
        self.left, self._fault = after, fault

    def ask(self) -> bool:
        self.left -= 1
        if self.left < 0:
            raise OSError(self._fault, os.strerror(self._fault))
        return True


class _File:
    def __init__(self, file: BinaryIO, disk: _Failing) -> None:
        self._file, self._disk = file, disk

    def write(self, content: bytes) -> int:
        self._disk.ask()
        return self._file.write(content)

    def flush(self) -> None:
        self._disk.ask()
        self._file.flush()

    def __getattr__(self, name: str) -> object:
        return getattr(self._file, name)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[int, int], _Failing]]:
    """A disk that takes some more writes, then fails: files, their flush and their renaming."""
    create, fsync, replace = atomic._create, os.fsync, Path.replace

    def begin(after: int, fault: int) -> _Failing:
        disk = _Failing(after, fault)
        monkeypatch.setattr(atomic, "_create", lambda path: _File(create(path), disk))
        monkeypatch.setattr(os, "fsync", lambda handle: disk.ask() and fsync(handle))
        monkeypatch.setattr(
            Path, "replace", lambda path, target: disk.ask() and replace(path, target)
        )
        return disk

    yield begin
    monkeypatch.undo()


def points(
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[], object],
    intact: Callable[[], None],
    step: int = 1,
) -> int:
    """Fail at every point of an act, until it passes; gives how many points there were."""
    for fault in FAULTS:
        after = 0
        while _fails(failing, monkeypatch, act, after, fault):
            intact()
            after += step
            assert after < MOST
        assert after > 0
    return after


def _fails(
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
    act: Callable[[], object],
    after: int,
    fault: int,
) -> bool:
    """Whether the act is refused, in words, when the disk fails after some writes."""
    failing(after, fault)
    try:
        act()
    except UserError:
        return True
    else:
        return False
    finally:
        monkeypatch.undo()


def test_a_password_change_that_fails_leaves_the_old_one(
    register: Register,
    paths: Paths,
    clock: FixedClock,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [AMINA.password, NEWER]

    def act() -> None:
        change_own_password(register, register.actor, words[0], words[1], CHEAP)
        words.reverse()

    def intact() -> None:
        with suppress(UserError):
            enter(paths, clock, AMINA.login, words[0])
            return
        # Written whole before its copy failed: the new password is the one that holds.
        paths.attempts.unlink(missing_ok=True)
        enter(paths, clock, AMINA.login, words[1])
        words.reverse()

    assert points(failing, monkeypatch, act, intact) > 2


def test_a_user_half_added_cannot_come_in_and_can_be_added_again(
    register: Register,
    paths: Paths,
    clock: FixedClock,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried = iter(range(10_000))

    def act() -> None:
        add_user(
            register,
            register.actor,
            name="Karim Essai",
            login=f"karim{next(tried)}",
            role=Role.CASEWORKER,
            restricted=False,
            password="un mot bien long",
            cost=CHEAP,
        )

    def intact() -> None:
        enter(paths, clock, AMINA.login, AMINA.password)

    points(failing, monkeypatch, act, intact)


def test_a_rotation_that_fails_leaves_a_register_that_opens(
    register: Register,
    paths: Paths,
    clock: FixedClock,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened = [register]

    def act() -> None:
        opened[0] = rotate_key(opened[0], opened[0].actor)

    def intact() -> None:
        opened[0].close()
        opened[0] = open_register(paths, clock, enter(paths, clock, AMINA.login, AMINA.password))

    points(failing, monkeypatch, act, intact)
    opened[0].close()


def test_an_encryption_that_fails_leaves_a_register_that_opens(
    paths: Paths,
    clock: FixedClock,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    create_register(paths, clock, is_demo=False).close()
    plain = paths.register.read_bytes()

    def act() -> None:
        protect(paths, clock, AMINA, CHEAP).register.close()
        # Open again for the next fault.
        for path in (paths.header, paths.header_copy):
            path.unlink()
        paths.register.write_bytes(plain)

    def intact() -> None:
        try:
            open_register(paths, clock).close()
        except UserError:
            access = enter(paths, clock, AMINA.login, AMINA.password)
            open_register(paths, clock, access).close()
            for path in (paths.header, paths.header_copy, paths.header_new):
                path.unlink(missing_ok=True)
            paths.register.write_bytes(plain)

    points(failing, monkeypatch, act, intact)


def test_a_workbook_that_fails_leaves_the_one_before(
    register: Register,
    tmp_path: Path,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "out.xlsx"
    target.write_bytes(b"the one before")

    def act() -> None:
        export_workbook(register, PERIOD, target, Language.FR)
        target.write_bytes(b"the one before")

    def intact() -> None:
        assert target.read_bytes() == b"the one before"
        assert [path.name for path in tmp_path.glob("*out*")] == ["out.xlsx"]

    points(failing, monkeypatch, act, intact, step=997)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_save_on_a_disk_that_fills_up_at_every_page(paths: Paths) -> None:
    """In a process of its own, whose files may not grow beyond a size that grows page by page."""
    command = [sys.executable, "-m", "tests.survival.filling_up", str(paths.data_dir)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    failed, passed = map(int, done.stdout.split())
    assert failed > 5
    assert passed > 0
