"""Whether anything frozen, or the journal, was altered with another program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.translation import Translator
from avrr_desktop.db.publication_tables import CLOSING
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit_check import check_journal
from avrr_desktop.services.chain import Fault, Tell
from avrr_desktop.services.chain_words import fault_text
from avrr_desktop.services.closing.closings import frozen_of
from avrr_desktop.services.closing.frozen import read_content
from avrr_desktop.services.closing.held import Closing, closing_of
from avrr_desktop.services.register import Register


@dataclass(frozen=True, slots=True)
class Alteration:
    """Something that no longer is what was written: a closing, or a line of the journal."""

    period: str = ""  # of the closing
    fault: Fault | None = None  # of the journal

    def text(self, say: Translator) -> str:
        """What happened, for the supervisor."""
        if self.fault is not None:
            return fault_text(self.fault, say)
        return say.tr(
            "The closing of {period} was altered with another program.", period=self.period
        )


@needs(Permission.FIGURES)
def alterations(
    register: Register, tell: Tell = lambda _done, _total: None
) -> tuple[Alteration, ...]:
    """Everything altered since it was written; empty when all holds.

    ``tell`` is given lines of the journal read and lines in all, and may raise.
    """
    with register.database.reading() as connection:
        of_closings = tuple(_of_closings(connection))
    return (*of_closings, *(Alteration(fault=fault) for fault in check_journal(register, tell)))


def _of_closings(connection: Connection) -> Iterator[Alteration]:
    noted = _noted(connection)
    rows = connection.execute(select(CLOSING)).all()
    closings = [closing_of(row) for row in rows]
    for closing in closings:
        if not _holds(connection, closing, noted.get(closing.id)):
            yield Alteration(period=closing.period.code)
    kept = {closing.id for closing in closings}
    for closing_id, line in noted.items():
        if closing_id not in kept:
            yield Alteration(period=str(line["period"]))


def _noted(connection: Connection) -> dict[str, dict[str, object]]:
    """What the journal says of each closing."""
    query = select(CHANGE.c.record_id, CHANGE.c.after).where(
        CHANGE.c.table_name == CLOSING.name, CHANGE.c.action == "close"
    )
    return {row.record_id: row.after for row in connection.execute(query)}


def _holds(connection: Connection, closing: Closing, noted: dict[str, object] | None) -> bool:
    """The bytes fit the fingerprint, the row fits the bytes, the journal knows both."""
    try:
        content = read_content(frozen_of(connection, closing).content)
    except UserError:
        return False
    signed = [
        content["id"],
        content["period"],
        content["as_of"],
        content["counted_on"],
        content["counted_at"],
        content["rules_version"],
        content["closed_by"],
    ]
    kept = [
        closing.id,
        closing.period.code,
        closing.as_of,
        closing.counted_on.isoformat(),
        closing.closed_at.isoformat(),
        closing.rules_version,
        [closing.actor_id, closing.actor],
    ]
    return signed == kept and noted is not None and noted["fingerprint"] == closing.fingerprint
