"""Before a set-up takes the program's place: a backup without the key, or one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QSysInfo
from tests.access.conftest import AMINA
from tests.backups.conftest import add_person
from tests.survival.test_faults import _Failing, failing, points
from tests.updating.conftest import PEOPLE, Filled

from avrr_desktop.cli import main
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import paths_in
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.access.entering import enter_by
from avrr_desktop.services.access.header_file import load_backup_header
from avrr_desktop.services.backups import Backup, Reason, backups
from avrr_desktop.services.backups.drill import run_drill
from avrr_desktop.services.backups.restoring import open_backup, restore, restore_over_wreck
from avrr_desktop.services.lists import ListQuery, page
from avrr_desktop.services.register import Register, create_register, open_register
from avrr_desktop.services.updating import ready
from avrr_desktop.services.updating.ready import complete_copies, make_ready
from avrr_desktop.ui.shell.alone import Alone

__all__ = ["failing"]


def asked(folder: Path, *words: str) -> int:
    return main(["--before-update", "--data-dir", str(folder), *words])


def persons(register: Register) -> int:
    return page(register, ListQuery(PERSON.key)).total


def made_in(filled: Filled) -> Backup:
    made = make_ready(filled.paths, filled.clock)
    assert made is not None
    return made


@pytest.fixture
def killed(filled: Filled, tmp_path: Path) -> Filled:
    """A register whose program was killed: its last person stands in the log alone."""
    register = open_register(filled.paths, filled.clock, filled.enter())
    add_person(register, PEOPLE)
    left = paths_in(tmp_path / "killed")
    shutil.copytree(filled.paths.data_dir, left.data_dir)
    register.close()
    log = left.register.with_name(left.register.name + "-wal")
    assert log.stat().st_size
    left.register.with_name(left.register.name + "-shm").unlink()
    return Filled(left, filled.clock)


def test_without_a_register_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "nobody"
    assert asked(folder) == 0
    assert not folder.exists()


def test_a_closed_register_is_copied_byte_by_byte(
    filled: Filled, capsys: pytest.CaptureFixture[str]
) -> None:
    before = filled.names()
    assert asked(filled.paths.data_dir, "--language", "en") == 0
    (made,) = backups(filled.paths)
    assert made.id in capsys.readouterr().out
    assert (made.reason, made.is_protected, made.is_sealed) == (Reason.MIGRATION, True, True)
    assert made.register == filled.enter().header.register
    assert made.file.read_bytes() == filled.paths.register.read_bytes()
    assert made.header.read_bytes() == filled.paths.header.read_bytes()
    assert made.head.read_bytes() == filled.paths.journal_head.read_bytes()
    assert filled.names() == before | {"backups"}  # the lock is gone


def test_a_register_whose_program_was_killed_is_copied_with_its_log(killed: Filled) -> None:
    made = made_in(killed)
    assert made.log.exists()
    register = open_register(killed.paths, killed.clock, killed.enter())
    add_person(register, PEOPLE + 1)
    assert persons(register) == PEOPLE + 2
    register = restore(register, open_backup(made, register.access))
    assert persons(register) == PEOPLE + 1
    register.close()


def test_a_password_restores_it_over_a_wreck(killed: Filled) -> None:
    """As the page does that stands in the place of a register that does not open."""
    made = made_in(killed)
    killed.paths.register.write_bytes(b"a wreck")
    header = load_backup_header(made.header)
    access = enter_by(killed.paths, killed.clock, header, AMINA.login, AMINA.password)
    opening = open_backup(made, access)
    register = restore_over_wreck(killed.paths, killed.clock, opening, access)
    assert persons(register) == PEOPLE + 1
    register.close()


def test_who_opens_the_register_next_looks_into_the_copy(killed: Filled) -> None:
    made_in(killed)
    register = open_register(killed.paths, killed.clock, killed.enter())
    complete_copies(register)
    (looked,) = backups(killed.paths)
    assert (looked.persons, looked.is_sealed, looked.is_damaged) == (PEOPLE + 1, False, False)
    assert {path.name for path in looked.folder.iterdir()} == {
        looked.file.name, looked.header.name, looked.manifest.name
    }  # fmt: skip
    assert not run_drill(register).fault
    register.close()


def test_a_copy_that_was_damaged_since_is_told(filled: Filled) -> None:
    made = made_in(filled)
    content = bytearray(made.file.read_bytes())
    content[len(content) // 2] ^= 1
    made.file.write_bytes(content)
    register = open_register(filled.paths, filled.clock, filled.enter())
    complete_copies(register)
    assert backups(filled.paths)[0].is_damaged
    register.close()


def test_an_open_register_is_copied_and_counted(tmp_path: Path, clock: FixedClock) -> None:
    paths = paths_in(tmp_path / "demo")
    register = create_register(paths, clock, is_demo=True)
    add_person(register, 0)
    register.close()
    assert asked(paths.data_dir) == 0
    (made,) = backups(paths)
    assert (made.persons, made.is_protected, made.is_sealed) == (1, False, False)


def test_a_damaged_register_keeps_nobody_from_the_update(tmp_path: Path, clock: FixedClock) -> None:
    paths = paths_in(tmp_path / "demo")
    create_register(paths, clock, is_demo=True).close()
    content = paths.register.read_bytes()
    paths.register.write_bytes(content[: len(content) // 2])
    assert asked(paths.data_dir) == 0
    (made,) = backups(paths)
    assert made.file.read_bytes() == paths.register.read_bytes()


def test_a_running_program_is_said(filled: Filled, capsys: pytest.CaptureFixture[str]) -> None:
    running = Alone(filled.paths)
    assert running.take() is None
    try:
        assert asked(filled.paths.data_dir, "--language", "en") == 1
    finally:
        running.release()
    said = capsys.readouterr().err
    assert QSysInfo.machineHostName().casefold() in said.casefold()
    assert said.count("\n") == 1
    assert backups(filled.paths) == ()


def test_a_register_that_moves_is_said(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    instants = iter(range(100))
    monkeypatch.setattr(ready, "_marks", lambda _files: [(0, next(instants))])
    with pytest.raises(UserError, match="register_moving"):
        make_ready(filled.paths, filled.clock)
    assert list(filled.paths.backups_dir.iterdir()) == []


def test_a_copy_that_came_out_otherwise_is_said(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ready, "_digest", lambda _path: "another")
    with pytest.raises(UserError, match="copy_differs"):
        make_ready(filled.paths, filled.clock)
    assert list(filled.paths.backups_dir.iterdir()) == []


def test_a_folder_that_takes_nothing_is_said(
    filled: Filled, capsys: pytest.CaptureFixture[str]
) -> None:
    filled.paths.backups_dir.rmdir() if filled.paths.backups_dir.exists() else None
    filled.paths.backups_dir.write_bytes(b"a file in its place")
    assert asked(filled.paths.data_dir, "--language", "en") == 1
    assert str(filled.paths.backups_dir) in capsys.readouterr().err


def test_at_every_write_the_register_stays_and_nothing_is_left(
    filled: Filled,
    failing: Callable[[int, int], _Failing],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = filled.paths.register.read_bytes()

    def act() -> None:
        make_ready(filled.paths, filled.clock)
        shutil.rmtree(filled.paths.backups_dir)

    def intact() -> None:
        assert filled.paths.register.read_bytes() == before
        assert list(filled.paths.backups_dir.iterdir()) == []

    assert points(failing, monkeypatch, act, intact) > 4
