"""What a register's file holds, of whatever version: counted to tell one copy from another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, func, inspect, select

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.db.database import Database
from avrr_desktop.db.tables import CHANGE, REGISTER
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person


@dataclass(frozen=True, slots=True)
class Contents:
    """Live persons and events, and the last line of the journal."""

    register: str
    persons: int
    events: int
    sequence: int  # 0 before the first line
    seal: str | None
    last_at: datetime | None


def contents_of(database: Database) -> Contents:
    """Count what a file holds.

    Raises:
        UserError: the file's damage.
    """
    tables = [table_of(activity.model) for activity in ACTIVITIES]
    with database.reading() as connection:
        known = set(inspect(connection).get_table_names())  # an older register may lack one
        query = select(CHANGE.c.sequence, CHANGE.c.chain, CHANGE.c.at)
        last = connection.execute(query.order_by(CHANGE.c.sequence.desc()).limit(1)).first()
        return Contents(
            str(connection.execute(select(REGISTER.c.uuid)).scalar() or ""),
            _live(connection, table_of(Person)),
            sum(_live(connection, table) for table in tables if table.name in known),
            last.sequence if last else 0,
            last.chain if last else None,
            last.at if last else None,
        )


def _live(connection: Connection, table: Table) -> int:
    query = select(func.count()).select_from(table).where(table.c.deleted_at.is_(None))
    return int(connection.execute(query).scalar() or 0)
