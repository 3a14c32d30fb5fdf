"""The opening balances, read for their table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from avrr_desktop.core.permissions import Permission
from avrr_desktop.people.base import table_of
from avrr_desktop.people.opening_balance import OpeningBalance
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register


@dataclass(frozen=True, slots=True)
class Balance:
    """A number taken over on a date."""

    id: str
    section: str
    term: str
    as_of: date
    value: int
    source: str
    signed_by: str


@needs(Permission.FIGURES)
def opening_balances(register: Register) -> tuple[Balance, ...]:
    """All of them, by part of the bulletin, the totals before their terms."""
    table = table_of(OpeningBalance)
    query = (
        select(table)
        .where(table.c.deleted_at.is_(None))
        .order_by(table.c.section, table.c.term.is_not(None), table.c.term, table.c.as_of)
    )
    with register.database.reading() as connection:
        return tuple(
            Balance(
                row.id,
                row.section,
                row.term or "",
                row.as_of,
                row.value,
                row.source,
                row.signed_by,
            )
            for row in connection.execute(query)
        )
