import errno
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP
from tests.backups.conftest import add_person
from tests.survival.works import NEWER

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import parse_period
from avrr_desktop.db.database import Database
from avrr_desktop.paths import Paths
from avrr_desktop.services import chain
from avrr_desktop.services.access.entering import Access, enter
from avrr_desktop.services.access.header_file import read_header_at
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.access.users import change_own_password
from avrr_desktop.services.backups import Reason, backups, make_backup
from avrr_desktop.services.backups.drill import is_due, last_drill, run_drill
from avrr_desktop.services.backups.making import backup_if_changed
from avrr_desktop.services.backups.restoring import (
    open_backup,
    preview,
    restore,
    restore_over_wreck,
)
from avrr_desktop.services.backups.second_place import (
    choose_second_place,
    copy_to_second_place,
    second_place,
)
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import summarise
from avrr_desktop.vault import unlock

PERIOD = parse_period("2023-S1")


def persons(register: Register) -> object:
    cells = summarise(register, PERIOD).iter_cells()
    wanted = ("registrations", "persons", None, "total")
    return next(
        (
            c["value"]
            for c in cells
            if (c["section"], c["measure"], c["term"], c["group"]) == wanted
        ),
        0,
    )


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    for place in range(len(content) // 2, len(content) // 2 + 4096, 7):
        content[place] ^= 255
    path.write_bytes(content)


def test_a_backup_is_a_whole_register_with_its_keys(register: Register) -> None:
    made = make_backup(register, Reason.ASKED)
    assert (made.persons, made.events) == (3, 3)
    assert backups(register.paths) == (made,)
    assert made.header.exists() is made.is_protected is (register.access is not None)
    opening = open_backup(made, register.access)
    copy = Database(made.file, opening.key.secret if opening.key else None)
    assert copy.check(full=True) == ()
    copy.close()
    if made.is_protected:
        assert b"SQLite" not in made.file.read_bytes()


def test_nothing_changed_is_no_backup(register: Register) -> None:
    assert backup_if_changed(register, Reason.SESSION) is not None
    assert backup_if_changed(register, Reason.SESSION) is None
    add_person(register, 9)
    assert backup_if_changed(register, Reason.SESSION) is not None


def test_a_backup_given_up_leaves_nothing(register: Register) -> None:
    def stop(_done: int, _all: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_backup(register, Reason.ASKED, stop)
    assert list(register.paths.backups_dir.iterdir()) == []


def test_restoring_brings_back_the_figures_of_then(register: Register, clock: FixedClock) -> None:
    before = list(summarise(register, PERIOD).iter_cells())
    made = make_backup(register, Reason.ASKED)
    clock.instant += timedelta(days=7)
    for number in range(20, 25):
        add_person(register, number)
    Records(register).delete(register.actor, "registration", _registration(register), "double")
    assert persons(register) == 7
    opening = open_backup(made, register.access)
    told = preview(register, opening)
    assert (told.held.persons, told.now.persons) == (3, 8)
    assert told.lost_lines > 0
    restored = restore(register, opening)
    assert list(summarise(restored, PERIOD).iter_cells()) == before
    aside = backups(restored.paths)[0]
    assert (aside.reason, aside.persons) == (Reason.SET_ASIDE, 8)
    with restored.database.reading() as connection:
        assert chain.first_broken(connection) is None
    again = restore(restored, open_backup(aside, restored.access))
    assert persons(again) == 7
    again.close()


def _registration(register: Register) -> str:
    from sqlalchemy import select

    from avrr_desktop.activities import SECTIONS
    from avrr_desktop.people.base import table_of

    table = table_of(SECTIONS["registrations"][0].model)
    with register.database.reading() as connection:
        return str(connection.execute(select(table.c.id)).scalars().first())


def test_setting_aside_does_not_thin_out_the_backup_to_be_restored(
    register: Register, clock: FixedClock
) -> None:
    """It is the seventh: the one made first would push it out."""
    wanted = make_backup(register, Reason.ASKED)
    for number in range(20, 26):
        add_person(register, number)
        clock.instant += timedelta(minutes=1)
        make_backup(register, Reason.ASKED)
    restored = restore(register, open_backup(wanted, register.access))
    assert persons(restored) == 3
    assert wanted in backups(restored.paths)
    restored.close()


def test_a_damaged_backup_is_refused_and_marked(register: Register) -> None:
    make_backup(register, Reason.ASKED)
    register.clock.instant += timedelta(hours=1)  # type: ignore[attr-defined]
    bad = make_backup(register, Reason.ASKED)
    damage(bad.file)
    with pytest.raises(UserError, match="backup_damaged"):
        restore(register, open_backup(bad, register.access))
    assert [copy.is_damaged for copy in backups(register.paths) if copy.id == bad.id] == [True]
    assert persons(register) == 3


def test_the_drill_finds_the_same_figures(register: Register, clock: FixedClock) -> None:
    assert is_due(register)
    make_backup(register, Reason.ASKED)
    add_person(register, 30)
    drill = run_drill(register)
    assert (drill.fault, drill.semesters) == ("", 1)
    assert drill.figures > 100
    assert last_drill(register) == drill
    assert not is_due(register)
    clock.instant += timedelta(days=31)
    assert is_due(register)
    assert not list(register.paths.data_dir.glob("drill-*"))


def test_the_drill_tells_a_damaged_backup(register: Register) -> None:
    made = make_backup(register, Reason.ASKED)
    damage(made.file)
    assert run_drill(register).fault == "backup_damaged"
    assert backups(register.paths)[0].is_damaged


def test_the_drill_tells_figures_that_differ(register: Register) -> None:
    made = make_backup(register, Reason.ASKED)
    opening = open_backup(made, register.access)
    copy = Database(made.file, opening.key.secret if opening.key else None)
    with copy.writing() as connection:
        connection.exec_driver_sql("UPDATE person SET sex = 'woman'")
    copy.close()
    drill = run_drill(register)
    assert (drill.fault, drill.where) == ("figures_differ", "2023-S1")


def test_the_drill_without_a_backup_says_so(register: Register) -> None:
    assert run_drill(register).fault == "no_backup"


def test_a_rotation_orphans_no_backup(protected: object, paths: Paths, clock: FixedClock) -> None:
    register: Register = protected.register  # type: ignore[attr-defined]
    add_person(register, 1)
    old = make_backup(register, Reason.ASKED)
    clock.instant += timedelta(hours=1)
    rotated = rotate_key(register, register.actor)
    change_own_password(rotated, rotated.actor, AMINA.password, NEWER, CHEAP)
    with pytest.raises(UserError, match="backup_needs_password"):
        open_backup(old, rotated.access)
    with pytest.raises(UserError, match="wrong_password"):
        open_backup(old, rotated.access, "amina", NEWER)
    opening = open_backup(old, rotated.access, "amina", AMINA.password)
    restored = restore(rotated, opening)
    assert persons(restored) == 1
    restored.close()
    enter(paths, clock, "amina", NEWER)


def test_killed_right_after_the_backup_took_its_place_the_journal_is_whole(
    register: Register, paths: Paths, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avrr_desktop.services.audit_check import check_journal
    from avrr_desktop.services.backups import restoring
    from avrr_desktop.services.register import open_register

    made = make_backup(register, Reason.ASKED)
    add_person(register, 7)

    def killed(*_given: object) -> None:
        raise KeyboardInterrupt

    opening = open_backup(made, register.access)
    monkeypatch.setattr(restoring, "open_register", killed)
    with pytest.raises(KeyboardInterrupt):
        restore(register, opening)
    opened = open_register(paths, clock, register.access)
    assert persons(opened) == 3
    assert check_journal(opened) == ()
    add_person(opened, 7)
    assert check_journal(opened) == ()
    opened.close()


@pytest.mark.parametrize("wreck", ["register", "header", "both"])
def test_a_wreck_is_set_aside_and_replaced(
    protected: object, paths: Paths, clock: FixedClock, wreck: str
) -> None:
    register: Register = protected.register  # type: ignore[attr-defined]
    add_person(register, 1)
    made = make_backup(register, Reason.ASKED)
    register.close()
    if wreck in ("register", "both"):
        paths.register.write_bytes(b"garbage" * 1000)
    if wreck in ("header", "both"):
        for path in (paths.header, paths.header_copy):
            path.write_bytes(b"{}")
    header = read_header_at(made.header)
    slot, keys = unlock(header, "amina", AMINA.password)
    access = Access(slot.id, keys, header)
    restored = restore_over_wreck(paths, clock, open_backup(made, access), access)
    assert persons(restored) == 1
    restored.close()
    enter(paths, clock, "amina", AMINA.password)
    aside = next(paths.backups_dir.glob("*.wreck"))
    assert (aside / "register.sqlite").exists()
    assert (backups(paths)[0].id, backups(paths)[0].is_damaged) == (made.id, False)


def test_another_registers_backup_is_refused(
    register: Register, paths: Paths, tmp_path: Path, clock: FixedClock
) -> None:
    from avrr_desktop.services.register import create_register

    other = create_register(Paths(tmp_path / "other", paths.resources), clock, is_demo=True)
    foreign = make_backup(other, Reason.ASKED)
    other.close()
    with pytest.raises(UserError, match="backup_other_register"):
        restore(register, open_backup(foreign, register.access))


def test_a_caseworker_restores_nothing(register: Register) -> None:
    made = make_backup(register, Reason.ASKED)
    register.actor = Actor("c", "Salma", Role.CASEWORKER)
    with pytest.raises(UserError, match="not_allowed"):
        restore(register, open_backup(made, register.access))


def test_the_second_place_gets_the_newest_good_copy(
    register: Register, tmp_path: Path, clock: FixedClock
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    assert second_place(register).is_late
    with pytest.raises(UserError, match="backup_place_same"):
        choose_second_place(register, register.paths.data_dir)
    choose_second_place(register, stick)
    assert copy_to_second_place(register) is None
    made = make_backup(register, Reason.ASKED)
    copied = copy_to_second_place(register)
    assert copied is not None
    assert copied.file.read_bytes() == made.file.read_bytes()
    assert not second_place(register).is_late
    clock.instant += timedelta(days=8)
    assert second_place(register).is_late
    stick.rename(tmp_path / "taken")
    assert copy_to_second_place(register) is None
    assert not second_place(register).is_there


def test_a_disk_that_fills_up_leaves_the_backups_before(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = make_backup(register, Reason.ASKED)
    held = {p.name: p.read_bytes() for p in register.paths.backups_dir.iterdir()}
    register.clock.instant += timedelta(hours=1)  # type: ignore[attr-defined]

    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "full")

    acts: list[tuple[object, str, Callable[..., object]]] = [
        (Path, "replace", full),
        (__import__("os"), "fsync", full),
        (__import__("shutil"), "copyfile", full),
    ]
    for owner, name, act in acts:
        if name == "copyfile" and register.access is None:
            continue
        monkeypatch.setattr(owner, name, act)
        with pytest.raises(UserError, match=r"disk_full|folder_read_only"):
            make_backup(register, Reason.ASKED)
        monkeypatch.undo()
        assert {p.name: p.read_bytes() for p in register.paths.backups_dir.iterdir()} == held
    assert backups(register.paths) == (good,)
