"""A protected register with people, users, half-typed forms and backups, and its file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP, clock
from tests.backups.conftest import add_person

from avrr_desktop.core.actors import Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.protecting import Protected, create_protected
from avrr_desktop.services.access.users import add_user
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.moving.opening import enter_file, look_at
from avrr_desktop.services.moving.preparing import prepare_move
from avrr_desktop.services.moving.taking_in import lay_ready, take_in
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.unsaved import Unsaved, UnsavedForms

__all__ = ["clock"]

KARIM = ("karim", "un mot bien long")
SETTINGS = "[screen]\nlanguage=ar\nscheme=dark\n"


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "new")


@dataclass
class Filled:
    """The register that is to be moved, open, and its recovery key."""

    register: Register
    recovery_key: str


@pytest.fixture
def filled(paths: Paths, clock: FixedClock) -> Iterator[Filled]:
    made: Protected = create_protected(paths, clock, AMINA, CHEAP)
    register = made.register
    for number in range(3):
        add_person(register, number)
    add_user(
        register,
        register.actor,
        name="Karim Essai",
        login=KARIM[0],
        role=Role.CASEWORKER,
        restricted=False,
        password=KARIM[1],
        cost=CHEAP,
    )
    make_backup(register, Reason.ASKED)
    paths.settings.write_text(SETTINGS, encoding="utf-8")
    keep_form(register, "a" * 32)
    yield Filled(register, made.recovery_key)
    register.close()


@pytest.fixture
def moved(filled: Filled, tmp_path: Path) -> Path:
    """The file, with its backups."""
    return prepare_move(filled.register, tmp_path / "rabat.avrr", with_backups=True).path


def keep_form(register: Register, form_id: str) -> None:
    at = datetime(2023, 7, 5, tzinfo=UTC)
    form = Unsaved(form_id, register.actor.id, "registration", ("Souley",), at, {"typed": "Mbemba"})
    UnsavedForms(register).keep(form)


def continued(
    new: Paths, clock: FixedClock, file: Path, *, accept_loss: bool = False, user: str = "amina"
) -> Register:
    """The register of a file, going on in another folder."""
    password = AMINA.password if user == "amina" else KARIM[1]
    opened = look_at(file)
    access = enter_file(new, clock, opened, user, password)
    return take_in(lay_ready(new, clock, opened, access), clock, accept_loss=accept_loss)


def reopened(paths: Paths, clock: FixedClock) -> Register:
    return open_register(paths, clock, enter(paths, clock, AMINA.login, AMINA.password))


def left_in(paths: Paths) -> set[str]:
    return {path.name for path in paths.data_dir.iterdir()}
