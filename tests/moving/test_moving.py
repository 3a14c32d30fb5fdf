"""From one PC to another: what arrives is what left, and nothing of it is told on the way."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.access.conftest import AMINA, CHEAP
from tests.access.test_no_name_on_disk import NAMES, _can, _work
from tests.backups.conftest import add_person
from tests.moving.conftest import KARIM, Filled, continued, keep_form, left_in, reopened

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import parse_period
from avrr_desktop.db.database import Database
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.entering import Recovery, enter
from avrr_desktop.services.access.entries import note_entry
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.audit_check import check_journal
from avrr_desktop.services.backups import Reason, backups
from avrr_desktop.services.backups.restoring import open_backup, preview, restore
from avrr_desktop.services.backups.second_place import choose_second_place, second_place
from avrr_desktop.services.moving.opening import enter_file, look_at, recover_file
from avrr_desktop.services.moving.preparing import prepare_move
from avrr_desktop.services.moving.steps import Tell
from avrr_desktop.services.moving.taking_in import (
    Here,
    give_up,
    lay_ready,
    take_in,
)
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.services.summary import summarise
from avrr_desktop.services.unsaved import UnsavedForms

PERIODS = ("2022-S2", "2023-S1", "2023-Q1", "2023")


def cells(register: Register) -> list[list[object]]:
    return [list(summarise(register, parse_period(p)).iter_cells()) for p in PERIODS]


def actions(register: Register) -> list[str]:
    with register.database.reading() as connection:
        return list(
            connection.execute(select(CHANGE.c.action).order_by(CHANGE.c.sequence)).scalars()
        )


def persons(register: Register) -> set[str]:
    with register.database.reading() as connection:
        return set(connection.execute(select(table_of(Person).c.family_name)).scalars())


def test_what_arrives_is_what_left(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock
) -> None:
    register = continued(new, clock, moved)
    assert cells(register) == cells(filled.register)
    assert persons(register) == persons(filled.register)
    assert register.info == filled.register.info
    assert actions(register)[-3:] == ["move", "continue", "backup"]
    assert check_journal(register) == ()
    assert register.database.check(full=True) == ()
    assert new.settings.read_text(encoding="utf-8") == filled.register.paths.settings.read_text(
        encoding="utf-8"
    )
    assert [form.page["typed"] for form in UnsavedForms(register).read().forms] == ["Mbemba"]
    made = backups(new)
    assert [backup.reason for backup in made] == [Reason.MOVED, Reason.ASKED]
    for backup in made:
        open_backup(backup, register.access)
    assert left_in(new) == {
        "register.sqlite", "register.sqlite-shm", "register.sqlite-wal", "register.keys",
        "register.keys.copy", "journal.head", "settings.ini", "drafts", "backups",
    }  # fmt: skip
    register.close()


def test_backups_travel_only_on_request(
    filled: Filled, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    prepared = prepare_move(filled.register, tmp_path / "small")
    assert prepared.path.name == "small.avrr"
    assert prepared.told.backups == 0
    register = continued(new, clock, prepared.path)
    assert [backup.reason for backup in backups(new)] == [Reason.MOVED]
    register.close()


def test_every_user_opens_it_by_their_own_password(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock
) -> None:
    register = continued(new, clock, moved, user="karim")
    assert register.actor.name == "Karim Essai"
    note_entry(register)
    register.close()
    for login, password in ((AMINA.login, AMINA.password), KARIM):
        enter(new, clock, login, password)


def test_the_recovery_key_opens_it_and_gives_another_password(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock
) -> None:
    given = Recovery(filled.recovery_key.lower(), "amina", "phrase nouvelle")
    file = look_at(moved)
    access = recover_file(new, clock, file, given)
    take_in(lay_ready(new, clock, file, access), clock).close()
    enter(new, clock, "amina", "phrase nouvelle")
    enter(new, clock, *KARIM)
    with pytest.raises(UserError, match="wrong_password"):
        enter(new, clock, "amina", AMINA.password)
    # On the other PC nothing changed.
    enter(filled.register.paths, clock, "amina", AMINA.password)


def test_wrong_passwords_slow_down(moved: Path, new: Paths, clock: FixedClock) -> None:
    file = look_at(moved)
    for _ in range(3):
        with pytest.raises(UserError, match="wrong_password"):
            enter_file(new, clock, file, "amina", "pas celle-ci")
    with pytest.raises(UserError, match="wait_before_retry"):
        enter_file(new, clock, file, "amina", AMINA.password)
    clock.instant += timedelta(minutes=6)
    register = take_in(
        lay_ready(new, clock, file, enter_file(new, clock, file, "amina", AMINA.password)), clock
    )
    note_entry(register)
    assert actions(register).count("log_in_failed") == 3
    register.close()


def test_no_name_is_in_the_file(filled: Filled, tmp_path: Path) -> None:
    _work(filled.register)
    content = prepare_move(
        filled.register, tmp_path / "f.avrr", with_backups=True
    ).path.read_bytes()
    names = (*NAMES, "PERSONNE0", "Karim Essai", "Amina Testeuse", AMINA.password, "Mbemba")
    for name in names:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "latin-1"):
            if _can(name, encoding):
                assert name.encode(encoding) not in content, (name, encoding)
    assert b"SQLite format" not in content


@pytest.mark.parametrize("part", ["cut", "flipped", "longer", "empty"])
def test_a_damaged_file_is_refused_and_nothing_is_left(
    part: str, moved: Path, new: Paths, clock: FixedClock
) -> None:
    whole = moved.read_bytes()
    step = max(1, len(whole) // 23)
    for at in range(0, len(whole), step):
        wrong = bytearray(whole)
        if part == "flipped":
            wrong[at] ^= 1 + at % 255
        elif part == "cut":
            del wrong[at:]
        elif part == "longer":
            wrong[at:at] = b"\0" * 7
        else:
            wrong[at : at + step] = bytes(len(wrong[at : at + step]))
        if wrong == whole:
            continue
        moved.write_bytes(wrong)
        with pytest.raises(UserError) as refused:
            continued(new, clock, moved)
        assert refused.value.code in ("move_file_damaged", "move_file_unknown", "move_file_newer")
        assert not new.incoming.exists()
        assert not new.register.exists()


def test_every_byte_of_the_front_counts(moved: Path, new: Paths, clock: FixedClock) -> None:
    whole = moved.read_bytes()
    length = 14 + int.from_bytes(whole[10:14], "big") + 32
    for at in range(length):
        wrong = bytearray(whole)
        wrong[at] ^= 0x41
        moved.write_bytes(wrong)
        with pytest.raises(UserError, match="move_file"):
            look_at(moved)


@pytest.mark.parametrize("what", ["format", "tables"])
def test_a_newer_file_is_refused(
    what: str, filled: Filled, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from avrr_desktop.services.moving import front

    name, value = ("_FORMAT", 2) if what == "format" else ("HEAD", "9999")
    with monkeypatch.context() as patched:
        patched.setattr(front, name, value)
        path = prepare_move(filled.register, tmp_path / "f.avrr").path
    with pytest.raises(UserError, match="move_file_newer"):
        look_at(path)


def test_a_file_swapped_after_the_password_is_refused(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    file = look_at(moved)
    access = enter_file(new, clock, file, "amina", AMINA.password)
    shutil.copyfile(prepare_move(filled.register, tmp_path / "other.avrr").path, moved)
    with pytest.raises(UserError, match="move_file_damaged"):
        lay_ready(new, clock, file, access)
    assert not new.incoming.exists()


def test_given_up_nothing_is_left(moved: Path, new: Paths, clock: FixedClock) -> None:
    file = look_at(moved)
    access = enter_file(new, clock, file, "amina", AMINA.password)
    give_up(lay_ready(new, clock, file, access))
    assert left_in(new) == set()


class Stopped(Exception):
    pass


def stopping(after: int) -> Tell:
    """Lets a work go on for so many words on it."""
    left = iter(range(after))

    def tell(done: int, total: int) -> None:
        assert 0 <= done <= total
        if next(left, None) is None:
            raise Stopped

    return tell


def stops(act: Callable[[Tell], object], is_clean: Callable[[], bool]) -> int:
    """Stop a work at every word it says, until it ends; gives how often."""
    for after in range(200):
        try:
            act(stopping(after))
        except Stopped:
            assert is_clean()
        else:
            return after
    raise AssertionError


def test_stopped_at_any_step_nothing_is_left(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    register = filled.register
    before = left_in(register.paths)
    target = tmp_path / "f.avrr"
    assert (
        stops(
            lambda tell: prepare_move(register, target, tell=tell),
            lambda: left_in(register.paths) == before and not list(tmp_path.glob("*f.avrr*")),
        )
        > 3
    )
    file = look_at(moved)
    access = enter_file(new, clock, file, "amina", AMINA.password)
    assert (
        stops(
            lambda tell: give_up(lay_ready(new, clock, file, access, tell)),
            lambda: left_in(new) == set(),
        )
        > 1
    )


def test_the_second_place_is_kept_only_where_it_is_reached(
    filled: Filled, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    choose_second_place(filled.register, stick)
    file = prepare_move(filled.register, tmp_path / "f.avrr").path
    there = continued(new, clock, file)
    assert second_place(there).folder == stick
    there.close()
    stick.rmdir()
    elsewhere = paths_in(tmp_path / "third")
    gone = continued(elsewhere, clock, file)
    assert second_place(gone).folder is None
    gone.close()


def test_a_register_of_the_same_identity_is_set_aside_and_can_be_restored(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock
) -> None:
    first = continued(new, clock, moved)
    add_person(first, 7)
    keep_form(first, "b" * 32)
    first.close()
    file = look_at(moved)
    access = enter_file(new, clock, file, "amina", AMINA.password)
    incoming = lay_ready(new, clock, file, access)
    assert incoming.present.here is Here.SAME
    assert incoming.present.lost_lines == 3  # a person, a consent, a registration
    with pytest.raises(UserError, match="move_older"):
        take_in(incoming, clock)
    register = take_in(incoming, clock, accept_loss=True)
    assert "PERSONNE7" not in persons(register)
    assert check_journal(register) == ()
    assert not new.set_aside_dir.exists()
    assert {form.id for form in UnsavedForms(register).read().forms} == {"a" * 32, "b" * 32}
    aside = next(backup for backup in backups(new) if backup.reason is Reason.SET_ASIDE)
    opening = open_backup(aside, register.access)
    assert preview(register, opening).held.persons == 4
    back = restore(register, opening)
    assert "PERSONNE7" in persons(back)
    back.close()


def test_there_and_back_loses_nothing_and_asks_nothing(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    """The old PC only came in and looked; the new one went on."""
    there = continued(new, clock, moved)
    add_person(there, 8)
    file = prepare_move(there, tmp_path / "back.avrr").path
    there.close()
    old = filled.register.paths
    note_entry(filled.register)
    filled.register.close()
    back = continued(old, clock, file)
    assert "PERSONNE8" in persons(back)
    assert check_journal(back) == ()
    back.close()


def test_only_an_administrator_replaces_what_is_here(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock
) -> None:
    continued(new, clock, moved).close()
    file = look_at(moved)
    incoming = lay_ready(new, clock, file, enter_file(new, clock, file, *KARIM))
    assert not incoming.may_take_in
    with pytest.raises(UserError, match="not_allowed"):
        take_in(incoming, clock)
    give_up(incoming)
    reopened(new, clock).close()


@pytest.mark.parametrize("other", ["open", "protected", "damaged", "rotated"])
def test_another_register_is_set_aside_whole(
    other: str, filled: Filled, moved: Path, new: Paths, clock: FixedClock
) -> None:
    if other == "open":
        create_register(new, clock, is_demo=True).close()
    elif other == "protected":
        from avrr_desktop.services.access.protecting import create_protected

        create_protected(new, clock, AMINA, CHEAP).register.close()
    else:
        first = continued(new, clock, moved)
        if other == "rotated":
            first = rotate_key(first, first.actor)
        first.close()
        if other == "damaged":
            new.register.write_bytes(b"garbage" * 5000)
    before = new.register.read_bytes()
    file = look_at(moved)
    incoming = lay_ready(new, clock, file, enter_file(new, clock, file, "amina", AMINA.password))
    is_other = other in ("open", "protected")
    assert incoming.present.here is (Here.OTHER if is_other else Here.CLOSED)
    register = take_in(incoming, clock)
    assert persons(register) == persons(filled.register)
    register.close()
    (aside,) = new.set_aside_dir.iterdir()
    assert (aside / "register.sqlite").read_bytes() == before
    assert (aside / "register.keys").exists() is (other != "open")


def test_an_open_register_is_not_prepared(paths: Paths, clock: FixedClock, tmp_path: Path) -> None:
    register = create_register(paths, clock, is_demo=True)
    with pytest.raises(UserError, match="not_protected"):
        prepare_move(register, tmp_path / "f.avrr")
    register.close()


def test_the_file_never_lies_beside_the_register(filled: Filled) -> None:
    with pytest.raises(UserError, match="backup_place_same"):
        prepare_move(filled.register, filled.register.paths.data_dir / "f.avrr")


def test_a_save_during_the_preparation_leaves_a_journal_without_fault(
    filled: Filled, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    numbers = iter(range(100, 200))

    def saving(_done: int, _total: int) -> None:
        add_person(filled.register, next(numbers))

    file = prepare_move(filled.register, tmp_path / "f.avrr", tell=saving).path
    register = continued(new, clock, file)
    assert check_journal(register) == ()
    assert persons(register) < persons(filled.register)
    register.close()


def test_a_register_of_an_older_program_is_brought_up_to_date(
    filled: Filled, new: Paths, clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.survival.works import OLD, lay_old_register

    register = filled.register
    access = register.access
    assert access is not None
    figures = cells(register)
    register.close()
    lay_old_register(register.paths, access.keys[0].secret)
    (register.paths.data_dir / OLD).replace(register.paths.register)
    old = Register.__new__(Register)
    database = Database(register.paths.register, access.keys[0].secret)
    old.__dict__.update(register.__dict__ | {"database": database})
    monkeypatch.setattr("avrr_desktop.services.moving.front.HEAD", "0002")
    file = prepare_move(old, tmp_path / "f.avrr").path
    monkeypatch.undo()
    database.close()
    taken = continued(new, clock, file)
    assert cells(taken) == figures
    assert Reason.MIGRATION in {backup.reason for backup in backups(new)}
    taken.close()
