"""The PC that the register left: it shows, and writes nothing until the register is taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select
from tests.backups.conftest import add_person
from tests.moving.conftest import KARIM, Filled, continued, left_in, reopened
from tests.moving.test_moving import actions, cells

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.entries import note_entry, note_exit
from avrr_desktop.services.audit_check import check_journal
from avrr_desktop.services.exchange import export_nominal, list_of
from avrr_desktop.services.lists import ListQuery, page
from avrr_desktop.services.moving.moved_away import last_file, mark_moved, moved_away, take_back
from avrr_desktop.services.moving.preparing import prepare_move
from avrr_desktop.services.register import open_register
from avrr_desktop.services.search import find
from avrr_desktop.services.settings import rename_user
from avrr_desktop.services.workbook import export_workbook


def test_it_shows_and_writes_nothing(
    filled: Filled, paths: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    register = filled.register
    prepare_move(register, tmp_path / "rabat.avrr")
    figures = cells(register)
    mark_moved(register, register.actor)
    register.close()
    register = reopened(paths, clock)
    marked = moved_away(register)
    assert marked is not None
    assert (marked.file, marked.by, marked.at) == ("rabat.avrr", "Amina Testeuse", clock.now())
    assert register.actor.is_looking
    assert cells(register) == figures
    assert page(register, ListQuery("person", limit=5)).rows
    assert find(register, "personne", 5).hits
    before = len(actions(register))
    export_workbook(register, parse_period("2023-S1"), tmp_path / "figures.xlsx", Language.FR)
    with pytest.raises(UserError, match="register_moved"):
        export_nominal(register, list_of("registration", None), tmp_path / "names.zip", Language.FR)
    assert not (tmp_path / "names.zip").exists()
    note_entry(register)
    note_exit(register)
    for refused in (
        lambda: add_person(register, 5),
        lambda: rename_user(register, register.actor, "Autre Nom"),
        lambda: prepare_move(register, tmp_path / "again.avrr"),
        lambda: mark_moved(register, register.actor),
    ):
        with pytest.raises(UserError, match="register_moved"):
            refused()
    assert len(actions(register)) == before
    assert not (tmp_path / "again.avrr").exists()
    register.close()


def test_who_is_no_administrator_cannot_take_it_back(
    filled: Filled, moved: Path, paths: Paths, clock: FixedClock
) -> None:
    mark_moved(filled.register, filled.register.actor)
    filled.register.close()
    karim = open_register(paths, clock, enter(paths, clock, *KARIM))
    assert not allows(karim.actor, Permission.RECORD)
    with pytest.raises(UserError, match="not_allowed"):
        take_back(karim, karim.actor, "parce que")
    karim.close()


def test_taken_back_with_a_reason_it_is_written_in_again(
    filled: Filled, moved: Path, paths: Paths, clock: FixedClock
) -> None:
    register = filled.register
    mark_moved(register, register.actor)
    with pytest.raises(UserError, match="reason_required"):
        take_back(register, register.actor, "  ")
    assert register.is_moved
    take_back(register, register.actor, "Clé USB perdue")
    assert moved_away(register) is None
    add_person(register, 5)
    assert check_journal(register) == ()
    with register.database.reading() as connection:
        query = select(CHANGE.c.action, CHANGE.c.reason).where(CHANGE.c.action == "take_back")
        assert connection.execute(query).one() == ("take_back", "Clé USB perdue")
    register.close()
    again = reopened(paths, clock)
    assert not again.actor.is_looking
    assert again.actor.restricted
    again.close()


def test_the_mark_stays_behind(filled: Filled, moved: Path, new: Paths, clock: FixedClock) -> None:
    mark_moved(filled.register, filled.register.actor)
    register = continued(new, clock, moved)
    assert moved_away(register) is None
    add_person(register, 5)
    register.close()


def test_what_comes_back_to_the_pc_it_left_is_written_in_again(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    paths = filled.register.paths
    mark_moved(filled.register, filled.register.actor)
    filled.register.close()
    there = continued(new, clock, moved)
    add_person(there, 5)
    back = prepare_move(there, tmp_path / "back.avrr").path
    there.close()
    register = continued(paths, clock, back)
    assert not register.actor.is_looking
    add_person(register, 6)
    register.close()
    assert "set-aside" not in left_in(paths)


def test_nothing_is_left_behind_that_the_file_does_not_hold(filled: Filled, tmp_path: Path) -> None:
    register = filled.register
    with pytest.raises(UserError, match="move_not_prepared"):
        mark_moved(register, register.actor)
    prepare_move(register, tmp_path / "rabat.avrr")
    found = last_file(register)
    assert found is not None
    assert (found.file, found.entries_since) == ("rabat.avrr", 0)
    add_person(register, 5)
    with pytest.raises(UserError, match="move_entries_since") as refused:
        mark_moved(register, register.actor)
    assert refused.value.values["entries"] == 3
    prepare_move(register, tmp_path / "rabat.avrr")
    mark_moved(register, register.actor)
    assert register.is_moved


def test_a_preparation_that_failed_is_no_file(filled: Filled, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        prepare_move(filled.register, tmp_path / "rabat.avrr", tell=stop)
    assert last_file(filled.register) is None


def test_the_new_pc_knows_no_file_of_the_old_one(
    filled: Filled, moved: Path, new: Paths, clock: FixedClock, tmp_path: Path
) -> None:
    file = prepare_move(filled.register, tmp_path / "second.avrr").path
    register = continued(new, clock, file)
    assert last_file(register) is None
    register.close()
