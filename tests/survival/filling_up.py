"""Saves while files may grow by a page, then by two…: what was saved before is intact each time.

Prints how many saves failed and how many passed.
"""

from __future__ import annotations

import resource
import signal
import sys
from pathlib import Path

from sqlalchemy import select
from tests.survival.killing import CLOCK
from tests.survival.works import AMINA, CHEAP, person_drafts

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database
from avrr_desktop.paths import paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.chain import first_broken
from avrr_desktop.services.records import Records

PAGE = 4096
ENOUGH = 60  # pages a save takes at most
REFUSALS = {"disk_full", "disk_failure"}


def main(folder: Path) -> tuple[int, int]:
    """Saves refused, saves that passed."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    paths = paths_in(folder)
    register = create_protected(paths, CLOCK, AMINA, CHEAP).register
    access = register.access
    assert access is not None
    log = folder / "register.sqlite-wal"
    records = Records(register)
    saved: set[str] = set()
    failed = 0
    for pages in range(ENOUGH):
        # After a failure of the disk the connections are opened anew, with an empty log.
        logged = log.stat().st_size if log.exists() else 0
        limit = logged // PAGE * PAGE + pages * PAGE + pages
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(limit, 1), hard))
        name = f"SAVED{pages}"
        try:
            records.save(register.actor, *person_drafts(name, f"{pages:032x}"), confirm_all="test")
            saved.add(name)
        except UserError as error:
            if error.code not in REFUSALS:
                raise
            failed += 1
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
        _require_intact(Database(paths.register, access.keys[0].secret), saved)
    register.close()
    return failed, len(saved)


def _require_intact(other: Database, saved: set[str]) -> None:
    """Another connection reads what was saved, and nothing else; every page is whole."""
    try:
        assert other.check(full=True) == ()
        with other.reading() as connection:
            names = set(connection.execute(select(table_of(Person).c.family_name)).scalars())
            assert names == saved
            assert first_broken(connection) is None
    finally:
        other.close()


if __name__ == "__main__":
    print(*main(Path(sys.argv[1])))
