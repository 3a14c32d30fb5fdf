"""Users of a protected register: their role in the register, their way in by the header.

The two are two files. Whoever has no slot cannot come in, whatever the register says: a slot is
therefore made last and dropped first, and a fault between the two lets nobody in too many.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from sqlalchemy import insert, select, update

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, require
from avrr_desktop.db.tables import USER
from avrr_desktop.services.access.entering import RECOVERY_LOGIN, Access
from avrr_desktop.services.access.header_file import load_header, save_header
from avrr_desktop.services.access.passwords import check_password
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register
from avrr_desktop.vault import (
    COST,
    Cost,
    Header,
    Kind,
    WrongPassword,
    add_slot,
    calibrated_cost,
    change_password,
    drop_slot,
    new_recovery_key,
    same_login,
    unlock,
)


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who may come in, or could once."""

    id: str
    name: str
    login: str
    role: Role
    restricted: bool  # may read restricted notes
    active: bool
    has_slot: bool  # has a password


def users(register: Register, actor: Actor) -> tuple[User, ...]:
    """Everybody, those who still may come in first.

    Raises:
        UserError: ``not_allowed``.
    """
    require(actor, Permission.USERS)
    slots = {slot.id for slot in load_header(register.paths).slots} if register.access else set()
    with register.database.reading() as connection:
        rows = connection.execute(select(USER).order_by(USER.c.active.desc(), USER.c.name)).all()
    return tuple(
        User(
            row.id,
            row.name,
            row.login or "",
            Role(row.role),
            row.restricted,
            row.active,
            row.id in slots,
        )
        for row in rows
    )


def add_user(
    register: Register,
    actor: Actor,
    *,
    name: str,
    login: str,
    role: Role,
    restricted: bool,
    password: str,
    cost: Cost = COST,
) -> str:
    """Let somebody in; gives their id.

    Raises:
        UserError: ``not_allowed``, ``not_protected``, ``name_missing``, ``login_missing``,
            ``login_taken``, the password's faults, or a failure of the disk.
    """
    require(actor, Permission.USERS)
    access = _access(register)
    name, login = name.strip(), login.strip()
    if not name:
        raise UserError("name_missing")
    if not login:
        raise UserError("login_missing")
    header = load_header(register.paths)
    if any(same_login(slot.login, login) for slot in header.slots):
        raise UserError("login_taken", login=login)
    check_password(password, login, name)
    user_id = uuid4().hex
    row = {
        "id": user_id,
        "name": name,
        "login": login,
        "role": role.value,
        "restricted": restricted,
        "active": True,
        "created_at": register.clock.now(),
    }
    with register.database.writing() as connection:
        connection.execute(insert(USER).values(row))
        _note(Journal(connection, actor, register.clock, action="create"), user_id, None, row)
    key = access.keys[0]
    _save(
        register,
        add_slot(header, key, slot_id=user_id, login=login, password=password, cost=cost),
    )
    return user_id


def change_user(
    register: Register, actor: Actor, user_id: str, *, name: str, role: Role, restricted: bool
) -> None:
    """Change what somebody is called and may do; it holds from their next entry.

    Raises:
        UserError: ``not_allowed``, ``name_missing``, ``last_administrator``.
    """
    require(actor, Permission.USERS)
    if not name.strip():
        raise UserError("name_missing")
    if role is not Role.ADMINISTRATOR:
        _require_another_administrator(register, user_id)
    changes = {"name": name.strip(), "role": role.value, "restricted": restricted}
    _change(register, actor, user_id, changes)
    register.reload_actor()


def reset_password(
    register: Register, actor: Actor, user_id: str, password: str, cost: Cost = COST
) -> None:
    """Give somebody else another password, to be told to them; also lets a revoked user in again.

    Raises:
        UserError: ``not_allowed``, ``not_protected``, the password's faults.
    """
    require(actor, Permission.USERS)
    access = _access(register)
    user = next(user for user in users(register, actor) if user.id == user_id)
    check_password(password, user.login, user.name)
    header = add_slot(
        load_header(register.paths),
        access.keys[0],
        slot_id=user_id,
        login=user.login,
        password=password,
        cost=cost,
    )
    _change(register, actor, user_id, {"active": True}, action="password_reset")
    _save(register, header)


def change_own_password(
    register: Register, actor: Actor, old: str, new: str, cost: Cost = COST
) -> None:
    """Change one's own password; nobody else's slot is touched.

    Raises:
        UserError: ``not_protected``, ``wrong_password``, the password's faults.
    """
    access = _access(register)
    header = load_header(register.paths)
    slot = header.slot(actor.id)
    try:
        unlock(header, slot.login, old)
    except WrongPassword as error:
        raise UserError("wrong_password", seconds=0) from error
    check_password(new, slot.login, actor.name)
    _save(register, change_password(header, access.keys, actor.id, new, cost))
    _say(register, actor, "password_changed", actor.id)


def revoke_user(register: Register, actor: Actor, user_id: str) -> None:
    """Keep somebody out from now on. Who kept an old copy of the header needs a rotation too.

    Raises:
        UserError: ``not_allowed``, ``not_protected``, ``own_slot``, ``last_administrator``.
    """
    require(actor, Permission.USERS)
    access = _access(register)
    if user_id == actor.id:
        raise UserError("own_slot")
    _require_another_administrator(register, user_id)
    _save(register, drop_slot(load_header(register.paths), access.keys[0], user_id))
    _change(register, actor, user_id, {"active": False}, action="revoke")


def renew_recovery_key(register: Register, actor: Actor) -> str:
    """Another recovery key, to be printed; the sheet printed before opens nothing any more.

    Raises:
        UserError: ``not_allowed``, ``not_protected``.
    """
    require(actor, Permission.USERS)
    access = _access(register)
    recovery = new_recovery_key()
    header = add_slot(
        load_header(register.paths),
        access.keys[0],
        slot_id=RECOVERY_LOGIN,
        login=RECOVERY_LOGIN,
        password=recovery,
        kind=Kind.RECOVERY,
    )
    _save(register, header)
    _say(register, actor, "recovery_key_renewed", RECOVERY_LOGIN)
    return recovery


def own_cost() -> Cost:
    """What a password costs to try on this machine: about half a second."""
    return calibrated_cost()


def _access(register: Register) -> Access:
    if register.access is None:
        raise UserError("not_protected")
    return register.access


def _save(register: Register, header: Header) -> None:
    save_header(register.paths, header)
    register.access = replace(_access(register), header=header)


def _require_another_administrator(register: Register, user_id: str) -> None:
    with register.database.reading() as connection:
        query = select(USER.c.id).where(USER.c.active, USER.c.role == Role.ADMINISTRATOR.value)
        left = set(connection.execute(query).scalars()) - {user_id}
    if not left:
        raise UserError("last_administrator")


def _change(
    register: Register,
    actor: Actor,
    user_id: str,
    changes: Mapping[str, object],
    action: str = "update",
) -> None:
    with register.database.writing() as connection:
        query = select(USER).where(USER.c.id == user_id)
        row = dict(connection.execute(query).mappings().one())
        before = {name: row[name] for name in changes}
        connection.execute(update(USER).where(USER.c.id == user_id).values(**changes))
        _note(Journal(connection, actor, register.clock, action=action), user_id, before, changes)


def _say(register: Register, actor: Actor, action: str, user_id: str) -> None:
    with register.database.writing() as connection:
        _note(Journal(connection, actor, register.clock, action=action), user_id, None, None)


def _note(
    journal: Journal,
    user_id: str,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
) -> None:
    # An instant is no JSON, and the line has its own.
    kept = None if after is None else {n: v for n, v in after.items() if n != "created_at"}
    journal.note(USER.name, user_id, before, kept)
    journal.write()
