"""A protected register from nothing, or from one that was open until now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import func, select, update
from sqlmodel import SQLModel

from avrr_desktop.core.actors import LOCAL_ADMINISTRATOR_ID, Role
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.db.tables import USER
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import RECOVERY_LOGIN, Access
from avrr_desktop.services.access.header_file import is_protected, prepare_header
from avrr_desktop.services.access.passwords import check_password
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.services.audit import note_protected
from avrr_desktop.services.register import (
    Register,
    build,
    new_file,
    open_register,
    remove_all,
)
from avrr_desktop.services.unsaved import reseal
from avrr_desktop.vault import (
    COST,
    Box,
    Cost,
    DataKey,
    Header,
    Kind,
    add_slot,
    new_header,
    new_recovery_key,
)

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class FirstUser:
    """The administrator of a new register."""

    name: str
    login: str
    password: str

    def check(self) -> None:
        """Refuse what cannot be used.

        Raises:
            UserError: ``name_missing``, ``login_missing``, or the password's faults.
        """
        if not self.name.strip():
            raise UserError("name_missing")
        if not self.login.strip():
            raise UserError("login_missing")
        check_password(self.password, self.login, self.name)


@dataclass(frozen=True, slots=True)
class Protected:
    """An open register, and its recovery key: to be printed now, it is kept nowhere."""

    register: Register
    recovery_key: str


def create_protected(paths: Paths, clock: Clock, user: FirstUser, cost: Cost = COST) -> Protected:
    """Create an empty register that nobody opens without a password.

    Raises:
        UserError: ``register_exists``, ``folder_read_only``, what ``FirstUser.check`` refuses, or
            a failure of the disk.
    """
    user.check()
    uuid = uuid4().hex
    header, key, recovery = _first_header(uuid, user, cost)
    with new_file(paths) as building:
        for stale in (paths.header, paths.header_copy, paths.header_new):
            # Of a register that is no more: what it opens is in backups, which have their own.
            stale.unlink(missing_ok=True)
        build(
            building,
            clock,
            user_name=user.name.strip(),
            uuid=uuid,
            login=user.login.strip(),
            key=key.secret,
        )
        use_write_ahead_log(building, key.secret)
        prepare_header(paths, header)
        building.replace(paths.register)
        return _first_opening(paths, clock, header, key, recovery)


def protect(
    paths: Paths,
    clock: Clock,
    user: FirstUser,
    cost: Cost = COST,
    tell: Tell | None = None,
) -> Protected:
    """Encrypt a register made before, in its place; killed at any instant, one whole file is there.

    Raises:
        UserError: ``already_protected``, ``demo_stays_open``, what ``FirstUser.check`` refuses, or
            a failure of the disk; the register is then as it was.
    """
    user.check()
    if is_protected(paths):
        raise UserError("already_protected")
    opened = open_register(paths, clock)
    uuid, is_demo = opened.info.uuid, opened.info.is_demo
    opened.close()  # the log is folded into the file
    if is_demo:
        raise UserError("demo_stays_open")
    header, key, recovery = _first_header(uuid, user, cost)
    building = paths.register.with_suffix(".new")
    try:
        remove_all(building)
        plain = Database(paths.register)
        try:
            plain.copy_under(key.secret, building, tell)
            _name_first_user(building, key, user)
            _require_same(plain, Database(building, key.secret))
            use_write_ahead_log(building, key.secret)
        finally:
            plain.close()
        prepare_header(paths, header)
        building.replace(paths.register)
    except OSError as error:
        raise plain_failure(error, paths.register) from error
    finally:
        remove_all(building)
    for left in paths.data_dir.glob(paths.register.name + "-*"):
        left.unlink()  # the open register's log and index
    return _noted(_first_opening(paths, clock, header, key, recovery))


def _noted(protected: Protected) -> Protected:
    register = protected.register
    reseal(register.paths.drafts_dir, Box(None, register.info.uuid), register.box)
    note_protected(protected.register, protected.register.actor)
    return protected


def _first_header(uuid: str, user: FirstUser, cost: Cost) -> tuple[Header, DataKey, str]:
    header, key = new_header(uuid)
    recovery = new_recovery_key()
    header = add_slot(
        header,
        key,
        slot_id=LOCAL_ADMINISTRATOR_ID,
        login=user.login.strip(),
        password=user.password,
        cost=cost,
    )
    header = add_slot(
        header,
        key,
        slot_id=RECOVERY_LOGIN,
        login=RECOVERY_LOGIN,
        password=recovery,
        kind=Kind.RECOVERY,
        cost=cost,
    )
    return header, key, recovery


def _first_opening(
    paths: Paths, clock: Clock, header: Header, key: DataKey, recovery: str
) -> Protected:
    is_protected(paths)  # the header takes its place
    access = Access(LOCAL_ADMINISTRATOR_ID, (key,), header)
    return Protected(open_register(paths, clock, access), recovery)


def _name_first_user(building: Path, key: DataKey, user: FirstUser) -> None:
    database = Database(building, key.secret)
    try:
        with database.writing() as connection:
            connection.execute(
                update(USER)
                .where(USER.c.id == LOCAL_ADMINISTRATOR_ID)
                .values(
                    name=user.name.strip(),
                    login=user.login.strip(),
                    role=Role.ADMINISTRATOR.value,
                    active=True,
                    restricted=True,
                )
            )
    finally:
        database.close()


def _require_same(before: Database, after: Database) -> None:
    """Every table holds as many rows, and every page of the copy is whole.

    Raises:
        UserError: ``copy_differs``.
    """
    try:
        if after.check(full=True) or _sizes(before) != _sizes(after):
            raise UserError("copy_differs")
    finally:
        after.close()


def _sizes(database: Database) -> dict[str, int]:
    with database.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar() or 0
            for table in SQLModel.metadata.sorted_tables
        }
