"""A transaction of which nothing is kept: what an act would move is counted by doing it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sqlalchemy import Connection

from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register


class _TakenBack(Exception):
    """Ends the transaction so that nothing of it is kept."""


@needs(Permission.NAMES)
@contextmanager
def taken_back(register: Register) -> Iterator[Connection]:
    """A transaction of which nothing is kept."""
    with suppress(_TakenBack), register.database.writing() as connection:
        yield connection
        raise _TakenBack
