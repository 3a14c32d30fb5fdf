"""Registers to back up: an open one with a few people, and a protected one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.access.conftest import clock, protected
from tests.survival.works import person_drafts

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.protecting import Protected
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register

__all__ = ["clock", "protected"]


def add_person(register: Register, number: int) -> str:
    """An invented person registered in February 2023; gives the id."""
    person_id = f"{number:032x}"
    drafts = person_drafts(f"PERSONNE{number}", person_id)
    Records(register).save(register.actor, *drafts, confirm_all="test")
    return person_id


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "data")


@pytest.fixture(params=["open", "protected"])
def register(request: pytest.FixtureRequest, paths: Paths, clock: FixedClock) -> Iterator[Register]:
    """The same tests on an open and on a protected register."""
    if request.param == "open":
        made = create_register(paths, clock, is_demo=True)
    else:
        protected: Protected = request.getfixturevalue("protected")
        made = protected.register
    for number in range(3):
        add_person(made, number)
    yield made
    made.close()
