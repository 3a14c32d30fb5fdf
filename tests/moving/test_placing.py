"""Killed between any two steps of the change of place: the next start ends it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP
from tests.backups.conftest import add_person
from tests.moving.conftest import continued, keep_form, left_in, reopened
from tests.moving.test_moving import persons

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.header_file import is_protected
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.audit_check import check_journal
from avrr_desktop.services.backups import Reason, backups, make_backup
from avrr_desktop.services.moving import placing
from avrr_desktop.services.unsaved import UnsavedForms


class Killed(BaseException):
    """What ends the program there and then."""


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """How many changes of the folder are still let through once a place is being changed."""
    left = [10**6]

    def counted(act: object) -> object:
        def step(*args: object, **options: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise Killed
            return act(*args, **options)  # type: ignore[operator]

        return step

    class Counting(type(Path())):  # type: ignore[misc]
        replace = counted(Path.replace)
        unlink = counted(Path.unlink)

    def place(paths: Paths, planned: placing.Placing) -> None:
        _place(Paths(Counting(paths.data_dir), paths.resources), planned)

    _place = placing._place
    monkeypatch.setattr(placing, "_place", place)
    yield left
    monkeypatch.undo()


def ends(steps: list[int], act: object, after: int) -> bool:
    """Whether the act came to its end before it was killed."""
    steps[0] = after
    try:
        act().close()  # type: ignore[operator]
    except Killed:
        return False
    finally:
        steps[0] = 10**6
    return True


@pytest.mark.parametrize("before", ["nothing", "same", "other"])
def test_killed_at_every_step(
    before: str, moved: Path, new: Paths, clock: FixedClock, steps: list[int]
) -> None:
    base = paths_in(new.data_dir.with_name("base"))
    base.data_dir.mkdir()
    if before == "same":
        continued(base, clock, moved).close()
    elif before == "other":
        register = create_protected(base, clock, AMINA, CHEAP).register
        add_person(register, 9)
        keep_form(register, "c" * 32)
        make_backup(register, Reason.ASKED)
        register.close()
    for after in range(200):
        shutil.rmtree(new.data_dir, ignore_errors=True)
        shutil.copytree(base.data_dir, new.data_dir)
        done = ends(steps, lambda: continued(new, clock, moved), after)
        assert is_protected(new)  # the next start
        register = reopened(new, clock)
        assert persons(register) == {"PERSONNE0", "PERSONNE1", "PERSONNE2"}
        assert check_journal(register) == ()
        assert [form.id for form in UnsavedForms(register).read().forms] == ["a" * 32]
        reasons = [backup.reason for backup in backups(new)]
        assert Reason.MOVED in reasons
        assert reasons.count(Reason.ASKED) == 1
        register.close()
        left = left_in(new) - {"attempts.json"}
        assert ("set-aside" in left) is (before == "other")
        assert not new.incoming.exists()
        if done:
            break
    assert after > 6


def test_before_it_is_ready_a_kill_leaves_what_was(
    moved: Path, new: Paths, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = create_protected(new, clock, AMINA, CHEAP).register
    add_person(register, 9)
    register.close()

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr("avrr_desktop.services.moving.taking_in.make_ready", killed)
    with pytest.raises(Killed):
        continued(new, clock, moved)
    register = reopened(new, clock)
    assert persons(register) == {"PERSONNE9"}
    assert not new.incoming.exists()
    register.close()


def test_a_disk_that_refuses_to_end_it_is_said_and_ends_it_later(
    moved: Path, new: Paths, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError(5, "no")

    with monkeypatch.context() as patched:
        patched.setattr(placing, "_join", refused)
        with pytest.raises(UserError, match="disk_failure"):
            continued(new, clock, moved)
        with pytest.raises(UserError, match="disk_failure"):
            is_protected(new)
    assert is_protected(new)
    reopened(new, clock).close()
