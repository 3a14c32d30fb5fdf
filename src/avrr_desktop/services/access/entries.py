"""Who came in, and who tried to, in the journal."""

from __future__ import annotations

from sqlalchemy import select

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.db.tables import USER
from avrr_desktop.services.access.attempts import forget_attempts
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register

NOBODY = "nobody"  # a login that is no user's


def note_entry(register: Register) -> None:
    """Write that the register's user came in, after the wrong passwords since the last entry.

    A wrong password is dated in the line's content: the line itself has the time of writing.
    Does nothing on an open register, which has no users, nor on one that goes on elsewhere.

    Raises:
        UserError: a failure of the disk; the attempts stay for the next entry.
    """
    if register.access is None or register.is_moved:
        return
    with register.database.writing() as connection:
        names = {user.id: user.name for user in connection.execute(select(USER))}
        for at, user_id in register.access.failed.lines:
            someone = Actor(user_id or NOBODY, names.get(user_id, ""), Role.READER)
            failed = Journal(connection, someone, register.clock, action="log_in_failed")
            failed.note(USER.name, user_id or NOBODY, None, {"at": at.isoformat()})
            failed.write()
        came = Journal(connection, register.actor, register.clock, action="log_in")
        came.note(USER.name, register.actor.id, None, None)
        came.write()
    forget_attempts(register.paths)


def note_exit(register: Register) -> None:
    """Write that the user left. Does nothing on an open register, nor on one moved away."""
    if register.access is None or register.is_moved:
        return
    with register.database.writing() as connection:
        left = Journal(connection, register.actor, register.clock, action="log_out")
        left.note(USER.name, register.actor.id, None, None)
        left.write()
