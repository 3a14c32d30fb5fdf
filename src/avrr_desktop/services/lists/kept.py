"""The columns a user chose for each list, kept in the register."""

from __future__ import annotations

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.lists.columns import columns_of
from avrr_desktop.services.register import Register, read_setting, write_setting


@needs(Permission.NAMES)
def read_columns(register: Register, actor: Actor, key: str) -> tuple[str, ...]:
    """Keys of the columns to show, in their usual order."""
    with register.database.reading() as connection:
        kept = read_setting(connection, _name(actor, key))
    columns = columns_of(key)
    if not isinstance(kept, list):
        return tuple(column.key for column in columns if column.is_usual)
    return tuple(column.key for column in columns if column.key in kept)


@needs(Permission.NAMES)
def keep_columns(register: Register, actor: Actor, key: str, columns: tuple[str, ...]) -> None:
    """Remember a user's choice of columns."""
    with register.database.writing() as connection:
        write_setting(connection, _name(actor, key), list(columns))


def _name(actor: Actor, key: str) -> str:
    return f"columns.{actor.id}.{key}"
