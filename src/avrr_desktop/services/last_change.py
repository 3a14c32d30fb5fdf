"""Who changed a record last, and when: said where somebody else typed over an older version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import table_of
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register


@dataclass(frozen=True, slots=True)
class LastChange:
    """A name as it was then, and an instant."""

    actor: str
    at: datetime


@needs(Permission.RECORD)
def last_change_of(register: Register, key: str, record_id: str) -> LastChange | None:
    """The last line of the journal about a record itself; None when it has none."""
    table = table_of(RECORD_BY_KEY[key].model).name
    query = (
        select(CHANGE.c.actor_name, CHANGE.c.at)
        .where(CHANGE.c.table_name == table, CHANGE.c.record_id == record_id)
        .order_by(CHANGE.c.sequence.desc())
        .limit(1)
    )
    with register.database.reading() as connection:
        row = connection.execute(query).first()
    return LastChange(row.actor_name, row.at) if row else None
