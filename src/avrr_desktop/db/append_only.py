"""The trigger that keeps the change journal append-only, and the one exception to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, text

_TRIGGER: Final = "change_is_append_only_update"


@contextmanager
def lines_may_change(connection: Connection) -> Iterator[None]:
    """Lift the trigger for a block, in the open transaction: a failure brings it back too."""
    query = text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = :name")
    trigger = connection.execute(query, {"name": _TRIGGER}).scalar_one()
    connection.exec_driver_sql(f"DROP TRIGGER {_TRIGGER}")
    yield
    connection.exec_driver_sql(str(trigger))
