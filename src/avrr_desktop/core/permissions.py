"""What each role may do. Services ask here; windows ask too, to hide what would be refused."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.errors import UserError


class Permission(StrEnum):
    """One thing a role may or may not do."""

    FIGURES = "figures"  # see counts, export them, print the bulletin
    NAMES = "names"  # see who is behind a figure: lists, files, search
    RECORD = "record"  # register, change, delete, restore, undo
    IMPORT = "import"
    MERGE = "merge"
    EXPORT_NAMES = "export_names"  # nominal lists, proof packs, a person's whole file
    CLOSE = "close"  # declare, close, reopen, approve, opening balances, bulletin's texts
    JOURNAL = "journal"  # read who did what
    LISTS = "lists"  # terms of the lists, settings of the office
    USERS = "users"  # users, passwords, keys
    RESTORE = "restore"  # put a backup in the place of the register
    ERASE = "erase"  # anonymise under retention
    MOVE = "move"  # take the register to another PC, and back
    RESTRICTED = "restricted"  # medical, trafficking and child-protection notes; given by user


_READER: Final = frozenset({Permission.FIGURES})
_CASEWORKER: Final = _READER | {Permission.NAMES, Permission.RECORD}
_SUPERVISOR: Final = _CASEWORKER | {
    Permission.IMPORT,
    Permission.MERGE,
    Permission.EXPORT_NAMES,
    Permission.CLOSE,
    Permission.JOURNAL,
}
_ADMINISTRATOR: Final = frozenset(Permission) - {Permission.RESTRICTED}
_LOOKING: Final = frozenset({Permission.FIGURES, Permission.NAMES})
PERMISSIONS: Final = {
    Role.READER: _READER,
    Role.CASEWORKER: _CASEWORKER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.ADMINISTRATOR: _ADMINISTRATOR,
}


def allows(actor: Actor, permission: Permission) -> bool:
    """Whether somebody may do something. Restricted notes are nobody's by role alone.

    Who looks at a copy sees figures and names: what must be noted would not be.
    """
    if _is_only_shown(actor, permission):
        return False
    if permission is Permission.RESTRICTED:
        return actor.restricted and Permission.NAMES in PERMISSIONS[actor.role]
    return permission in PERMISSIONS[actor.role]


def require(actor: Actor, permission: Permission) -> None:
    """Refuse what a role may not do.

    Raises:
        UserError: ``not_allowed``, with the permission and the role; ``copy_shown``,
            ``register_moved``.
    """
    if allows(actor, permission):
        return
    if _is_only_shown(actor, permission):
        raise UserError("register_moved" if actor.is_moved else "copy_shown")
    raise UserError("not_allowed", permission=permission.value, role=actor.role.value)


def _is_only_shown(actor: Actor, permission: Permission) -> bool:
    """Whether what is looked at keeps everybody from it; one may take back what was moved away."""
    takes_back = actor.is_moved and permission is Permission.MOVE
    return actor.is_looking and permission not in _LOOKING and not takes_back
