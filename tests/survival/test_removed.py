"""The drive of the register goes away while it is open, and comes back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP
from tests.survival.works import person_drafts

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import paths_in
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.access.users import change_own_password
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.backups.second_place import (
    choose_second_place,
    copy_to_second_place,
    second_place,
)
from avrr_desktop.services.lists import ListQuery, ids
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.unsaved import Unsaved, UnsavedForms

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="an open file keeps its drive")
WORDS = {"register_unreachable", "disk_failure", "folder_missing", "register_read_only"}
Drive = tuple[Path, Callable[[], object], Callable[[], object]]  # folder, pull it out, put it in


def _folder(tmp_path: Path) -> Iterator[Drive]:
    """A folder that is renamed: for whoever looks for its files they are gone."""
    folder, away = tmp_path / "stick", tmp_path / "away"
    folder.mkdir()
    yield folder, lambda: shutil.move(folder, away), lambda: shutil.move(away, folder)


def _mount(kind: str) -> Callable[[Path], Iterator[Drive]]:
    def made(tmp_path: Path) -> Iterator[Drive]:
        """A file system of its own in a file, taken off while files of it are open."""
        image, folder = tmp_path / "image", tmp_path / "stick"
        folder.mkdir()
        with image.open("wb") as file:
            file.truncate(64 << 20)
        if shutil.which(f"mkfs.{kind}") is None or os.geteuid():
            pytest.skip("not allowed here")
        subprocess.run([f"mkfs.{kind}", str(image)], check=True, capture_output=True)
        mount = ["mount", "-o", "loop", str(image), str(folder)]
        if subprocess.run(mount, check=False, capture_output=True).returncode:
            pytest.skip("no such file system here")
        try:
            yield (
                folder,
                lambda: _run("umount", "-l", str(folder)),
                lambda: _run(*mount),
            )
        finally:
            with suppress(subprocess.CalledProcessError):
                _run("umount", "-l", str(folder))

    return made


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


@pytest.fixture(params=[_folder, _mount("ext4"), _mount("vfat")], ids=["folder", "ext4", "vfat"])
def drive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Drive]:
    yield from request.param(tmp_path)


@pytest.fixture
def on_drive(drive: Drive, clock: FixedClock) -> Iterator[Register]:
    register = create_protected(paths_in(drive[0] / "data"), clock, AMINA, CHEAP).register
    yield register
    with suppress(UserError):
        register.close()


def save(register: Register, name: str, number: int) -> None:
    drafts = person_drafts(name, f"{number:032x}")
    Records(register).save(register.actor, *drafts, confirm_all="test")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(UserError) as error:
        act()
    return error.value.code


def test_work_goes_on_when_the_drive_is_back(drive: Drive, on_drive: Register) -> None:
    folder, pull, put = drive
    save(on_drive, "AVANT", 1)
    pull()
    form = Unsaved("f" * 32, on_drive.actor.id, "person", ("X",), on_drive.clock.now(), {})
    for act in (
        lambda: save(on_drive, "PENDANT", 2),
        lambda: save(on_drive, "PENDANT", 2),  # again: no empty register was made meanwhile
        lambda: ids(on_drive, ListQuery("person")),
        lambda: make_backup(on_drive, Reason.ASKED),
        lambda: UnsavedForms(on_drive).keep(form),
        lambda: change_own_password(
            on_drive, on_drive.actor, AMINA.password, "autre phrase de passe", CHEAP
        ),
    ):
        assert refused(act) in WORDS
    assert not list(folder.rglob("*"))  # nothing in the place of what is away
    put()
    save(on_drive, "APRÈS", 3)
    assert len(ids(on_drive, ListQuery("person"))) == 2
    assert on_drive.database.check(full=True) == ()
    UnsavedForms(on_drive).keep(form)
    assert [kept.id for kept in UnsavedForms(on_drive).read().forms] == ["f" * 32]


def test_a_second_place_that_goes_away_costs_nothing(drive: Drive, register: Register) -> None:
    folder, pull, _put = drive
    choose_second_place(register, folder)
    save(register, "AVANT", 1)
    make_backup(register, Reason.ASKED)
    assert copy_to_second_place(register) is not None
    pull()
    save(register, "PENDANT", 2)
    make_backup(register, Reason.ASKED)
    with suppress(UserError):  # an empty mount point is a folder all the same
        copy_to_second_place(register)
    shutil.rmtree(folder, ignore_errors=True)
    assert copy_to_second_place(register) is None
    assert second_place(register).is_there is False
    assert len(ids(register, ListQuery("person"))) == 2
