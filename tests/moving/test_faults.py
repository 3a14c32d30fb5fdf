"""Sticks and disks that are full, too small, taken out or lying: said in words, nothing halfway."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.access.conftest import AMINA
from tests.backups.conftest import add_person
from tests.moving.conftest import Filled, continued, left_in, reopened
from tests.moving.test_moving import persons
from tests.survival.test_faults import _Failing, failing, points

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.paths import Paths
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.moving import preparing, room
from avrr_desktop.services.moving.opening import enter_file, look_at
from avrr_desktop.services.moving.preparing import prepare_move
from avrr_desktop.services.moving.taking_in import lay_ready
from avrr_desktop.services.places import is_fat

__all__ = ["failing"]

GIGABYTE = 1 << 30


def test_at_every_write_the_file_of_before_stays(
    filled: Filled,
    tmp_path: Path,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    target = stick / "rabat.avrr"
    target.write_bytes(b"the one before")
    inside = left_in(filled.register.paths)

    def act() -> None:
        prepare_move(filled.register, target)
        target.write_bytes(b"the one before")

    def intact() -> None:
        assert target.read_bytes() == b"the one before"
        assert [path.name for path in stick.iterdir()] == ["rabat.avrr"]
        assert left_in(filled.register.paths) == inside

    assert points(failing, monkeypatch, act, intact) > 3


@pytest.mark.slow
def test_at_every_write_what_was_here_stays_or_all_has_come(
    filled: Filled,
    moved: Path,
    new: Paths,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = filled.register.clock
    assert isinstance(clock, FixedClock)
    continued(new, clock, moved).close()
    register = reopened(new, clock)
    add_person(register, 9)
    register.close()
    base = new.data_dir.with_name("base")
    shutil.copytree(new.data_dir, base)

    def act() -> None:
        continued(new, clock, moved, accept_loss=True).close()

    def intact() -> None:
        register = reopened(new, clock)
        assert persons(register) - {"PERSONNE9"} == {"PERSONNE0", "PERSONNE1", "PERSONNE2"}
        register.close()
        shutil.rmtree(new.data_dir)
        shutil.copytree(base, new.data_dir)

    assert points(failing, monkeypatch, act, intact, step=5) > 3


def test_a_stick_too_small_is_refused_before_anything_is_written(
    filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=100_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(UserError, match="move_no_room") as refused:
        prepare_move(filled.register, tmp_path / "rabat.avrr")
    assert "2 MB" in word_error(refused.value, translator(Language.EN))
    assert not list(tmp_path.glob("*rabat*"))


def test_a_file_too_large_for_fat32_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=64 * GIGABYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    monkeypatch.setattr(room, "is_fat", lambda _: True)
    room.require_room(tmp_path, 4 * GIGABYTE - 2_000_000)
    with pytest.raises(UserError, match="move_fat"):
        room.require_room(tmp_path, 4 * GIGABYTE)
    monkeypatch.setattr(room, "is_fat", lambda _: False)
    room.require_room(tmp_path, 5 * GIGABYTE)


def test_the_limit_met_while_writing_is_said_as_well(
    filled: Filled,
    tmp_path: Path,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    failing(1, errno.EFBIG)
    with pytest.raises(UserError, match="move_fat"):
        prepare_move(filled.register, tmp_path / "rabat.avrr")
    monkeypatch.undo()


@pytest.mark.skipif(sys.platform == "win32", reason="mount points are those of Linux")
@pytest.mark.parametrize(("kind", "limited"), [("vfat", True), ("exfat", False), ("ext4", False)])
def test_fat_is_known_by_its_mount(kind: str, limited: bool, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\n/dev/sdb1 /media/cl\u00e9 {kind} rw 0 0\n")
    assert is_fat(Path("/media/cl\u00e9/AVRR"), mounts) is limited


@pytest.mark.skipif(sys.platform == "win32", reason="an open folder cannot be removed there")
def test_a_stick_taken_out_meanwhile_is_named(filled: Filled, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()

    def taken_out(done: int, _total: int) -> None:
        if done > 300:
            shutil.rmtree(stick, ignore_errors=True)

    with pytest.raises(UserError, match="move_place_gone"):
        prepare_move(filled.register, stick / "rabat.avrr", tell=taken_out)


def test_a_stick_that_keeps_something_else_is_found_out(
    filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rotting(_handle: int) -> None:
        (part,) = tmp_path.glob(".rabat.avrr*.part")
        with part.open("r+b") as file:
            file.seek(-100, os.SEEK_END)
            file.write(b"\0" * 8)

    monkeypatch.setattr(preparing, "_forget_cached", rotting)
    with pytest.raises(UserError, match="move_differs"):
        prepare_move(filled.register, tmp_path / "rabat.avrr")
    assert not list(tmp_path.glob("*rabat*"))


def test_what_a_killed_program_left_on_the_stick_is_removed(filled: Filled, tmp_path: Path) -> None:
    left = tmp_path / ".rabat.avrr.0a1b2c3d.part"
    left.write_bytes(b"half")
    prepare_move(filled.register, tmp_path / "rabat.avrr")
    assert not left.exists()


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, of 300 kilobytes, where the system lets one be made."""
    place = tmp_path / "small"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(place)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def test_a_real_disk_that_fills_up(
    filled: Filled, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = filled.register
    with pytest.raises(UserError, match="move_no_room"):
        prepare_move(register, small / "rabat.avrr")
    # One that does not tell how full it is.
    monkeypatch.setattr(preparing, "require_room", lambda *_: None)
    with pytest.raises(UserError, match="disk_full"):
        prepare_move(register, small / "rabat.avrr")
    assert not list(small.iterdir())


def test_no_room_on_the_new_pc_is_said_and_nothing_is_left(
    moved: Path, new: Paths, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = look_at(moved)
    access = enter_file(new, clock, file, "amina", AMINA.password)
    usage = shutil.disk_usage(new.data_dir)._replace(free=100_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(UserError, match="move_no_room"):
        lay_ready(new, clock, file, access)
    assert left_in(new) == set()
