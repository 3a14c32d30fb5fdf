"""A disk that is really full: everything on it with less and less room, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP
from tests.survival.test_faults_of_files import BEFORE, FILES, S1, peopled, save
from tests.survival.works import NEWER

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.paths import paths_in
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.users import change_own_password
from avrr_desktop.services.audit_check import check_journal
from avrr_desktop.services.backups import Reason, backups, make_backup
from avrr_desktop.services.backups.restoring import open_backup, restore
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.lists import ListQuery, ids
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.unsaved import Unsaved, UnsavedForms
from avrr_desktop.services.workbook import export_workbook

__all__ = ["peopled"]
SIZE = "24m"
SUFFIXES = {"list": ".zip", "proof": ".zip", "bulletin": ".docx"}
ROOMS = (0, 4, 16, 64, 256, 16_000)  # kilobytes left
WRITERS: dict[str, Callable[[Register, Path], object]] = {
    **FILES,
    "workbook": lambda register, path: export_workbook(register, S1, path, Language.FR),
}


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small file system, really mounted; a workbook's sheets pass through files on it too."""
    if sys.platform != "linux" or os.geteuid():
        pytest.skip("only root mounts a file system")
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("not allowed to mount here")
    (folder / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "tmp"))
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


class Desk:
    """Somebody at work on the small disk, and what must be there whatever failed."""

    def __init__(self, register: Register, clock: FixedClock, folder: Path) -> None:
        self.register, self._clock, self._folder = register, clock, folder
        self._saved, self._words = 3, [AMINA.password, NEWER]
        (folder / "out").mkdir()

    def acts(self) -> dict[str, Callable[[], object]]:
        """What is done at the desk, by name."""
        files: dict[str, Callable[[], object]] = {
            name: partial(self._write, name) for name in WRITERS
        }
        return files | {
            "save": self._save,
            "backup": lambda: make_backup(self.register, Reason.ASKED),
            "password": self._password,
            "draft": self._draft,
        }

    def _save(self) -> None:
        save(self.register, 100 + self._saved)
        self._saved += 1

    def _write(self, name: str) -> None:
        target = self._target(name)
        WRITERS[name](self.register, target)
        assert target.read_bytes() != BEFORE
        target.write_bytes(BEFORE)

    def _target(self, name: str) -> Path:
        return self._folder / "out" / (name + SUFFIXES.get(name, ".xlsx"))

    def _password(self) -> None:
        now, then = self._words
        change_own_password(self.register, self.register.actor, now, then, CHEAP)
        self._words.reverse()

    def _draft(self) -> None:
        page = {"x": "y" * 9000}
        now, author = self._clock.now(), self.register.actor.id
        UnsavedForms(self.register).keep(Unsaved("f" * 32, author, "person", (), now, page))

    def lay_files(self) -> None:
        """The files of the time before."""
        for name in WRITERS:
            self._target(name).write_bytes(BEFORE)

    def require_intact(self) -> None:
        paths = self.register.paths
        assert self.register.database.check(full=True) == ()
        assert check_journal(self.register) == ()
        assert len(ids(self.register, ListQuery("person"))) == self._saved
        held = backups(paths)
        assert held
        assert not any(backup.is_damaged for backup in held)
        assert not list(paths.backups_dir.glob("*.part"))
        out = {path.name: path.read_bytes() for path in (self._folder / "out").iterdir()}
        assert out == {self._target(name).name: BEFORE for name in WRITERS}
        assert list((self._folder / "tmp").iterdir()) == []
        self._come_in()

    def _come_in(self) -> None:
        """By the password that holds: the new one when only its copy could not be written."""
        paths = self.register.paths
        with suppress(UserError):
            enter(paths, self._clock, AMINA.login, self._words[0])
            return
        paths.attempts.unlink(missing_ok=True)
        enter(paths, self._clock, AMINA.login, self._words[1])
        self._words.reverse()


@pytest.fixture
def desk(small: Path, peopled: Register, clock: FixedClock) -> Iterator[Desk]:
    close(peopled, peopled.local_actor, S1)
    make_backup(peopled, Reason.ASKED)
    access = peopled.access
    peopled.close()
    paths = paths_in(small / "data")
    shutil.copytree(peopled.paths.data_dir, paths.data_dir)
    desk = Desk(open_register(paths, clock, access), clock, small)
    yield desk
    desk.register.close()


@pytest.mark.slow
def test_nothing_is_lost_on_a_disk_that_is_really_full(small: Path, desk: Desk) -> None:
    desk.lay_files()
    acts = desk.acts()
    outcomes = set()
    for left, (name, act) in product(ROOMS, acts.items()):
        with full_but_for(small, left):
            outcomes.add((name, refusal_of(act)))
        desk.require_intact()
    assert outcomes == set(product(acts, ("", "disk_full")))


@pytest.mark.slow
def test_a_restore_on_a_disk_that_is_really_full(
    small: Path, desk: Desk, clock: FixedClock
) -> None:
    (made,) = backups(desk.register.paths)
    save(desk.register, 9)
    access, outcomes = desk.register.access, []
    for left in ROOMS:
        opening = open_backup(made, access)
        with full_but_for(small, left):
            try:
                desk.register = restore(desk.register, opening)
                outcomes.append("")
            except UserError as error:
                outcomes.append(error.code)
        desk.register.close()
        desk.register = open_register(desk.register.paths, clock, access)
        assert desk.register.database.check(full=True) == ()
        assert len(ids(desk.register, ListQuery("person"))) == (4 if outcomes[-1] else 3)
        if not outcomes[-1]:
            break
    assert set(outcomes[:-1]) == {"disk_full"}
    assert outcomes[-1] == ""


def refusal_of(act: Callable[[], object]) -> str:
    """Why it is refused."""
    try:
        act()
    except UserError as error:
        return error.code
    return ""


@contextmanager
def full_but_for(folder: Path, left: int) -> Iterator[None]:
    """Leave so many kilobytes for a while."""
    filler = folder / "filler"
    with filler.open("wb") as file, suppress(OSError):
        while True:
            os.write(file.fileno(), bytes(4096))
    os.truncate(filler, max(0, filler.stat().st_size - left * 1024))
    yield
    filler.unlink()
