"""An older register is updated only after the update went well on a copy of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from sqlalchemy import select, text
from tests.updating.conftest import PEOPLE, Filled, Tomorrow

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.db.database import Database
from avrr_desktop.db.older_tables import read_as_new
from avrr_desktop.db.publication_tables import CLOSING
from avrr_desktop.db.schema import HEAD, version_of
from avrr_desktop.db.tables import USER
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.backups import Reason, backups
from avrr_desktop.services.lists import ListQuery, page
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import needs_update, open_register
from avrr_desktop.services.updating import rehearsal


class GivenUp(Exception):
    """As the window stops its worker."""


def version(filled: Filled) -> str | None:
    database = Database(filled.paths.register, filled.enter().keys[0].secret)
    try:
        assert database.check(full=True) == ()
        return version_of(database)
    finally:
        database.close()


def refused(filled: Filled) -> UserError:
    """Why the register is not updated; nothing is left of the try but a backup."""
    before = filled.names()
    with pytest.raises(UserError) as raised:
        open_register(filled.paths, filled.clock, filled.enter())
    assert filled.names() <= before | {"backups"}
    return raised.value


def opens(filled: Filled) -> None:
    register = open_register(filled.paths, filled.clock, filled.enter())
    assert page(register, ListQuery(PERSON.key)).total == PEOPLE
    register.close()


def test_an_older_register_is_backed_up_rehearsed_and_updated(old: Filled) -> None:
    assert needs_update(old.paths, old.enter())
    told: list[float] = []

    def tell(done: int, total: int) -> None:
        if total:  # else a copy is looked at
            told.append(done / total)

    register = open_register(old.paths, old.clock, old.enter(), tell)
    assert version_of(register.database) == HEAD
    assert page(register, ListQuery(PERSON.key)).total == PEOPLE
    register.close()
    assert told == sorted(told)
    assert told[-1] > 0.7
    made = backups(old.paths)
    assert [(one.reason, one.persons) for one in made] == [(Reason.MIGRATION, PEOPLE)]
    assert not any("rehearsal" in name for name in old.names())
    assert not needs_update(old.paths, old.enter())


def test_figures_that_would_change_stop_the_update(filled: Filled, tomorrow: Tomorrow) -> None:
    before = version(filled)
    tomorrow("op.execute(\"UPDATE registration SET registered_on = '2022-02-03'\")")
    error = refused(filled)
    assert error.code == "rehearsal_figures"
    assert error.values["period"] == "2023-S1"
    assert version(filled) == before
    for language in Language:
        assert "2023-S1" in word_error(error, translator(language))


@pytest.mark.parametrize(
    "body",
    [
        'raise KeyError("a fault of the revision")',
        'op.execute("SELECT * FROM nothing_of_that_name")',
        'op.execute("DELETE FROM membership")\n    op.execute("DELETE FROM person")',
        "op.execute(\"DELETE FROM person WHERE number LIKE '%1'\")",
        'op.drop_table("phone")',
        'op.execute("DELETE FROM consent")',
    ],
)
def test_a_revision_that_fails_leaves_the_register(
    filled: Filled, tomorrow: Tomorrow, monkeypatch: pytest.MonkeyPatch, body: str
) -> None:
    before = version(filled)
    tomorrow(body)
    assert refused(filled).code in {"rehearsal_failed", "rehearsal_figures"}
    assert version(filled) == before
    monkeypatch.undo()  # the program of before
    opens(filled)


def test_a_revision_that_adds_goes_through(filled: Filled, tomorrow: Tomorrow) -> None:
    tomorrow('op.execute("ALTER TABLE person ADD COLUMN nickname TEXT")')
    opens(filled)
    assert version(filled) == "9000"


def test_a_copy_that_is_damaged_stops_the_update(
    old: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Database.check

    def check(
        database: Database, *, full: bool = False, tell: Callable[[], None] | None = None
    ) -> tuple[str, ...]:
        is_copy = database.path.suffix == ".rehearsal"
        return ("a page is lost",) if is_copy else whole(database, full=full, tell=tell)

    monkeypatch.setattr(Database, "check", check)
    assert refused(old).code == "rehearsal_failed"
    assert version(old) == "0002"


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_given_up_nothing_is_changed(old: Filled, steps: int) -> None:
    left = [steps]

    def tell(_done: int, _total: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise GivenUp

    with pytest.raises(GivenUp):
        open_register(old.paths, old.clock, old.enter(), tell)
    assert version(old) == "0002"
    assert not any("rehearsal" in name for name in old.names())


def test_what_a_killed_rehearsal_left_is_swept(old: Filled) -> None:
    left = old.paths.register.with_suffix(".rehearsal")
    for ending in ("", "-wal", "-shm"):
        left.with_name(left.name + ending).write_bytes(b"half a copy")
    opens(old)
    assert not any("rehearsal" in name for name in old.names())


def test_a_newer_register_is_refused_and_left(filled: Filled) -> None:
    database = Database(filled.paths.register, filled.enter().keys[0].secret)
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    assert refused(filled).code == "newer_register"
    assert version(filled) == "9999"
    assert backups(filled.paths) == ()


def test_the_oldest_tables_are_read_as_the_newest(
    filled: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table of tomorrow is empty, a column of tomorrow holds its default."""
    database = Database(filled.paths.register, filled.enter().keys[0].secret)
    with database.apart() as connection:
        connection.exec_driver_sql("DROP TABLE closing")
        connection.exec_driver_sql('ALTER TABLE "user" DROP COLUMN active')
        connection.exec_driver_sql('ALTER TABLE "user" DROP COLUMN created_at')
        read_as_new(connection)
        assert connection.execute(select(CLOSING)).all() == []
        user = connection.execute(select(USER)).one()
        assert (user.active, user.created_at) == (True, None)
        connection.rollback()
    database.close()


def test_identities_already_broken_do_not_stop_the_update(
    old: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        key, holds = "groups", False

    monkeypatch.setattr(rehearsal, "checks", lambda _summary: [Broken])
    opens(old)


def test_an_identity_broken_by_the_update_stops_it(
    old: Filled, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken:
        key, holds = "groups", False

    seen: list[object] = []

    def checks(summary: object) -> list[type[Broken]]:
        seen.append(summary)
        return [Broken] if len(seen) > 1 else []

    monkeypatch.setattr(rehearsal, "checks", checks)
    assert refused(old).code == "rehearsal_failed"
    assert version(old) == "0002"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no limit on the size of files")
def test_a_disk_that_fills_up_leaves_the_register_of_before(old: Filled) -> None:
    """In a process of its own, whose files may not grow beyond a size."""
    folder = str(old.paths.data_dir)
    command = [sys.executable, "-m", "tests.updating.filling_up", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) > 5
    assert version(old) == HEAD
