"""A protected register with people in it, as the program before this one left it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.access.conftest import AMINA, CHEAP
from tests.backups.conftest import add_person
from tests.survival.works import OLD, lay_old_register

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.db import schema
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.entering import Access, enter
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.backups.copies import backups, remove

PEOPLE = 4
Tomorrow = Callable[[str], None]
_NEXT = '''"""A version of tomorrow."""

from __future__ import annotations

from alembic import op

revision = "9000"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    {body}
'''


@dataclass(frozen=True)
class Filled:
    """A register that is closed, and what opens it."""

    paths: Paths
    clock: FixedClock

    def enter(self) -> Access:
        return enter(self.paths, self.clock, AMINA.login, AMINA.password)

    def names(self) -> set[str]:
        """What lies beside the register."""
        return {path.name for path in self.paths.data_dir.iterdir()}


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))


@pytest.fixture
def filled(tmp_path: Path, clock: FixedClock) -> Filled:
    """Of this program's version."""
    paths = paths_in(tmp_path / "data")
    register = create_protected(paths, clock, AMINA, CHEAP).register
    for number in range(PEOPLE):
        add_person(register, number)
    register.close()
    remove(backups(paths))
    return Filled(paths, clock)


@pytest.fixture
def old(filled: Filled) -> Filled:
    """Of the version before."""
    key = filled.enter().keys[0].secret
    lay_old_register(filled.paths, key)
    (filled.paths.data_dir / OLD).replace(filled.paths.register)
    return filled


@pytest.fixture
def tomorrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tomorrow]:
    """Makes this program the one of tomorrow, whose revision does what is given."""
    folder = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, folder)

    def come(body: str) -> None:
        text = _NEXT.format(head=schema.HEAD, body=body)
        (folder / "versions" / "9000_tomorrow.py").write_text(text, encoding="utf-8")
        monkeypatch.setattr(schema, "MIGRATIONS", folder)
        monkeypatch.setattr(schema, "HEAD", "9000")

    yield come
    monkeypatch.undo()
