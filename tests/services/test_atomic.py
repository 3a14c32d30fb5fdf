"""Files written whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from avrr_desktop.core.errors import UserError
from avrr_desktop.services.atomic import atomic_write, free_name, give_out

BEFORE, AFTER = b"before", b"after"


def write(path: Path, content: bytes = AFTER) -> None:
    with atomic_write(path) as file:
        file.write(content)


def test_folder_in_place_of_a_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        write(tmp_path)
    assert caught.value.code == "target_is_folder"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    path = tmp_path / "list.xlsx"
    path.write_bytes(BEFORE)
    return path


def test_new_content_takes_the_place_of_the_old(target: Path) -> None:
    write(target)
    assert target.read_bytes() == AFTER
    assert [entry.name for entry in target.parent.iterdir()] == ["list.xlsx"]


def test_failure_in_the_block_keeps_the_old_file_and_leaves_nothing(target: Path) -> None:
    def interrupted() -> None:
        with atomic_write(target) as file:
            file.write(AFTER)
            raise KeyError

    with pytest.raises(KeyError):
        interrupted()
    assert target.read_bytes() == BEFORE
    assert [entry.name for entry in target.parent.iterdir()] == ["list.xlsx"]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "disk_full"),
        (errno.EDQUOT, "disk_full"),
        (errno.EIO, "disk_failure"),
    ],
)
def test_failure_of_the_disk_is_said_and_the_old_file_stays(
    target: Path, number: int, code: str
) -> None:
    def full() -> None:
        with atomic_write(target):
            raise OSError(number, os.strerror(number))

    with pytest.raises(UserError) as refused:
        full()
    assert refused.value.code == code
    assert target.read_bytes() == BEFORE


@pytest.mark.parametrize("mark", ["~$list.xlsx", ".~lock.list.xlsx#"])
def test_target_open_elsewhere_is_said_with_a_free_name(target: Path, mark: str) -> None:
    (target.parent / mark).touch()
    (target.parent / "list (2).xlsx").touch()
    with pytest.raises(UserError) as refused:
        write(target)
    assert refused.value.code == "target_locked"
    assert refused.value.values["proposed"] == str(target.parent / "list (3).xlsx")
    assert target.read_bytes() == BEFORE


def test_missing_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        write(tmp_path / "absent" / "list.xlsx")
    assert refused.value.code == "folder_missing"


@pytest.mark.skipif(not Path("/sys/kernel").is_dir(), reason="a folder nobody may write in")
def test_read_only_folder_is_said() -> None:
    with pytest.raises(UserError) as refused:
        write(Path("/sys/kernel/list.xlsx"))
    assert refused.value.code == "folder_read_only"


def test_target_that_cannot_be_replaced_is_said(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.mkdir()
    with pytest.raises(UserError):
        write(path)
    assert path.is_dir()
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.xlsx"]


def test_free_name_is_the_first_that_is_free(tmp_path: Path) -> None:
    assert free_name(tmp_path / "a.xlsx").name == "a (2).xlsx"


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, where this machine lets one be made."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    folder = tmp_path / "tiny"
    folder.mkdir()
    if not (sys.platform == "linux" and mount and umount and os.geteuid() == 0):
        pytest.skip("only the root of a Linux may mount a tiny disk")
    made = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if made.returncode:
        pytest.skip("this machine mounts no tiny disk")
    yield folder
    subprocess.run([umount, str(folder)], check=True)


def test_full_disk_is_said_and_the_old_file_stays(tiny_disk: Path) -> None:
    target = tiny_disk / "list.xlsx"
    target.write_bytes(BEFORE)
    with pytest.raises(UserError) as refused:
        write(target, b"x" * 200_000)
    assert refused.value.code == "disk_full"
    assert target.read_bytes() == BEFORE
    assert [entry.name for entry in tiny_disk.iterdir()] == ["list.xlsx"]


@pytest.mark.parametrize(
    "name",
    [
        "register.sqlite",
        "register.sqlite-wal",
        "register.keys",
        "register.keys.copy",
        "journal.head",
        "Register.SQLite",
        "backups/2023-07-01.register",
    ],
)
def test_what_is_given_out_never_takes_the_place_of_a_register(tmp_path: Path, name: str) -> None:
    target = tmp_path / name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(BEFORE)
    with pytest.raises(UserError) as caught, give_out(target) as file:
        file.write(AFTER)
    assert caught.value.code == "target_of_register"
    assert target.read_bytes() == BEFORE
    assert list(target.parent.iterdir()) == [target]


def test_a_link_to_the_register_is_the_register(tmp_path: Path) -> None:
    register, link = tmp_path / "register.sqlite", tmp_path / "list.xlsx"
    register.write_bytes(BEFORE)
    try:
        link.symlink_to(register)
    except OSError:
        pytest.skip("this system lets only some make links")
    if link.resolve() != register.resolve():
        pytest.skip("wine follows no link")
    with pytest.raises(UserError) as caught, give_out(link) as file:
        file.write(AFTER)
    assert caught.value.code == "target_of_register"


def test_beside_the_register_a_file_may_be_given_out(tmp_path: Path) -> None:
    (tmp_path / "register.sqlite").write_bytes(BEFORE)
    with give_out(tmp_path / "list.xlsx") as file:
        file.write(AFTER)
    assert (tmp_path / "list.xlsx").read_bytes() == AFTER
