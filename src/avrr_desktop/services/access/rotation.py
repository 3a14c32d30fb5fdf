"""Another data key: the register written anew under it, every user's slot with it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, require
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.services.access.header_file import load_header, save_header
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.services.audit import Action, Subject, note
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.register import Register, open_register, remove_all
from avrr_desktop.services.unsaved import reseal
from avrr_desktop.vault import rotate, settle_rotation


def rotate_key(
    register: Register, actor: Actor, tell: Callable[[int, int], None] | None = None
) -> Register:
    """Encrypt the register under a new key; nobody's password changes. Gives it back open.

    The header opens both keys until the new file is in place: killed at any instant, what is
    there opens. The register given is closed. Backups carry their own header and open as before.

    Raises:
        UserError: ``not_allowed``, ``not_protected``, ``copy_differs``, or a failure of the disk;
            the register is as it was, and is to be opened again if it was closed already.
    """
    require(actor, Permission.USERS)
    access, paths, clock = register.access, register.paths, register.clock
    if access is None:
        raise UserError("not_protected")
    make_backup(register, Reason.ROTATION)
    header, key = rotate(load_header(paths), access.keys[0])
    building = paths.register.with_suffix(".new")
    remove_all(building)
    try:
        with register.database.writing():  # nobody writes what the copy would miss
            register.database.copy_under(key.secret, building, tell)
            _require_whole(Database(building, key.secret))
            use_write_ahead_log(building, key.secret)
            save_header(paths, header)
    except BaseException:
        remove_all(building)
        raise
    register.close()
    try:
        building.replace(paths.register)
    except OSError as error:
        raise plain_failure(error, paths.register) from error
    header = settle_rotation(header, key)
    save_header(paths, header)
    opened = open_register(paths, clock, replace(access, keys=(key,), header=header))
    reseal(paths.drafts_dir, register.box, opened.box)
    with suppress(UserError):  # the key is changed, whether its line can be written or not
        note(opened, actor, Action.ROTATE, Subject("register", opened.info.uuid))
    return opened


def _require_whole(made: Database) -> None:
    try:
        if made.check(full=True):
            raise UserError("copy_differs")
    finally:
        made.close()
