"""Migrations, encryption, backups: the register itself, from an empty file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.db.schema import HEAD, migrate, upgrade, version_of, versions
from avrr_desktop.people.person import PERSON
from avrr_desktop.self_test.bench import CLOCK, Bench, Missing, require
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.header_file import is_plain
from avrr_desktop.services.access.protecting import FirstUser, create_protected
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.backups.restoring import open_backup, restore
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.lists import ListQuery, page
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, open_register

_NAME: Final = "ESSAI"  # must not be readable in the file
_USER: Final = FirstUser("Amina Testeuse", "amina", "phrase de passe")
_WRONG_KEY: Final = b"\x01" * 32


def migrations(bench: Bench) -> None:
    """An empty file is brought up to date, one version after the other."""
    path = bench.folder / "empty.sqlite"
    use_write_ahead_log(path)
    database = Database(path)
    try:
        for version in versions():
            upgrade(database, version)
            require(version_of(database) == version, version)
        require(not migrate(database), HEAD)
        require(not database.check(full=True), path.name)
    finally:
        database.close()


def encryption(bench: Bench) -> None:
    """An encrypted register is made, opened again by its password, and by nothing else."""
    paths = bench.paths("protected")
    register = create_protected(paths, CLOCK, _USER).register
    _add_person(register)
    register.close()
    require(not is_plain(paths.register), "SQLCipher")
    for path in paths.data_dir.glob(paths.register.name + "*"):
        require(_NAME.encode() not in path.read_bytes(), "SQLCipher")
    access = enter(paths, CLOCK, _USER.login, _USER.password)
    opened = open_register(paths, CLOCK, access)
    try:
        require(_persons(opened) == 1, paths.register.name)
    finally:
        opened.close()
    _require_refused("wrong_password", lambda: enter(paths, CLOCK, _USER.login, "autre phrase"))
    _require_refused("wrong_key", lambda: _read(Database(paths.register, _WRONG_KEY)))
    paths.attempts.unlink(missing_ok=True)


def backups(bench: Bench) -> None:
    """A backup is made, and gives back what was there."""
    paths = bench.paths("protected")
    access = enter(paths, CLOCK, _USER.login, _USER.password)
    register = open_register(paths, CLOCK, access)
    try:
        before = _persons(register)
        backup = make_backup(register, Reason.ASKED)
        _add_person(register)
        require(_persons(register) == before + 1, paths.register.name)
        register = restore(register, open_backup(backup, register.access))
        require(_persons(register) == before, backup.file.name)
    finally:
        register.close()


def _add_person(register: Register) -> None:
    values = {"family_name": _NAME, "sex": "woman", "birth_typed": "1994", "nationality": "CI"}
    Records(register).save(register.actor, Draft(PERSON.key, values), confirm_all=_NAME)


def _persons(register: Register) -> int:
    return page(register, ListQuery(PERSON.key, limit=1)).total


def _read(database: Database) -> None:
    try:
        with database.reading():
            pass
    finally:
        database.close()


def _require_refused(code: str, act: Callable[[], object]) -> None:
    try:
        act()
    except UserError as error:
        require(error.code == code, f"{code}: {error.code}")
        return
    raise Missing(code)
