"""Coming in: from a login and a password to the keys of the register."""

from __future__ import annotations

from dataclasses import dataclass, field

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.attempts import Attempts, note_wrong, read_attempts
from avrr_desktop.services.access.header_file import load_header, save_header
from avrr_desktop.services.access.passwords import check_password
from avrr_desktop.vault import (
    DataKey,
    Header,
    HeaderBroken,
    Kind,
    WrongPassword,
    change_password,
    read_recovery_key,
    same_login,
    unlock,
)

RECOVERY_LOGIN = "recovery"


@dataclass(frozen=True, slots=True)
class Access:
    """Who came in, and what their password opened. Two keys while a rotation is under way."""

    user_id: str
    keys: tuple[DataKey, ...]
    header: Header
    failed: Attempts = field(default_factory=Attempts)  # wrong passwords before this one


@dataclass(frozen=True, slots=True)
class Recovery:
    """What is typed when a password is forgotten: the key, whose password, and the new one."""

    key: str = field(repr=False)
    login: str
    password: str = field(repr=False)


def logins(paths: Paths) -> tuple[str, ...]:
    """The names one may log in with, in their order."""
    users = (slot.login for slot in load_header(paths).slots if slot.kind is Kind.USER)
    return tuple(sorted(users, key=str.casefold))


def enter(paths: Paths, clock: Clock, login: str, password: str) -> Access:
    """Open the header. Takes the time its cost was calibrated for, about half a second.

    Raises:
        UserError: ``wrong_password`` or ``wait_before_retry`` (with ``seconds`` to wait),
            ``header_broken``.
    """
    return enter_by(paths, clock, load_header(paths), login, password)


def enter_by(paths: Paths, clock: Clock, header: Header, login: str, password: str) -> Access:
    """The same by a header that is not in place: a backup's.

    Raises:
        UserError: as ``enter``.
    """
    failed = read_attempts(paths)
    if wait := failed.wait(clock.now()):
        raise UserError("wait_before_retry", seconds=wait)
    try:
        slot, keys = unlock(header, login, password)
    except WrongPassword as error:
        named = next((s.id for s in header.slots if same_login(s.login, login)), "")
        wait = note_wrong(paths, clock, named).wait(clock.now())
        raise UserError("wrong_password", seconds=wait) from error
    except HeaderBroken as error:
        raise UserError("header_altered") from error
    return Access(slot.id, keys, header, failed)


def recover(paths: Paths, clock: Clock, typed: str, login: str, password: str) -> Access:
    """Give a user another password by the recovery key, and let them in.

    Raises:
        UserError: ``recovery_key_mistyped``, ``recovery_key_wrong``, ``wait_before_retry``,
            ``unknown_login``, ``header_broken``, or the password's faults.
    """
    access = recover_by(paths, clock, load_header(paths), Recovery(typed, login, password))
    save_header(paths, access.header)
    return access


def recover_by(paths: Paths, clock: Clock, header: Header, given: Recovery) -> Access:
    """The same by a header that is not in place; the changed one is in the answer.

    Raises:
        UserError: as ``recover``.
    """
    key = read_recovery_key(given.key)
    failed = read_attempts(paths)
    if wait := failed.wait(clock.now()):
        raise UserError("wait_before_retry", seconds=wait)
    users = (slot for slot in header.slots if slot.kind is Kind.USER)
    slot = next((slot for slot in users if same_login(slot.login, given.login)), None)
    if slot is None:
        raise UserError("unknown_login", login=given.login)
    check_password(given.password, slot.login)
    try:
        _, keys = unlock(header, RECOVERY_LOGIN, key, Kind.RECOVERY)
    except WrongPassword as error:
        note_wrong(paths, clock, "")
        raise UserError("recovery_key_wrong") from error
    except HeaderBroken as error:
        raise UserError("header_altered") from error
    changed = change_password(header, keys, slot.id, given.password, slot.cost)
    return Access(slot.id, keys, changed, failed)
