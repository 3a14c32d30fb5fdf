"""Corrections: changes that move a closed semester, kept with their reason until decided on.

The change itself is in the register at once: nothing typed is lost, and every figure of an open
period tells the truth. What is frozen never moves; the gap shows the difference, and a supervisor
says whether it stands. Refusing takes the change back.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.publication_tables import CLOSING, CORRECTION
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.closing.held import PENDING
from avrr_desktop.services.closing.watch import Moved
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register, read_setting
from avrr_desktop.services.summary.cells import Cells, from_lines, to_lines

APPROVED, REFUSED, TAKEN_BACK = "approved", "refused", "taken_back"
OWN_APPROVAL = "own_corrections_approved"  # the setting that lets an author decide
_WITH_PERIOD = select(CORRECTION, CLOSING.c.period).join(
    CLOSING, CLOSING.c.id == CORRECTION.c.closing_id
)


@dataclass(frozen=True, slots=True)
class Correction:
    """One change that moves one closed semester."""

    id: str
    closing_id: str
    period: Period
    batch: int
    at: datetime
    actor_id: str
    actor: str
    reason: str
    effect: Cells
    status: str
    decided_at: datetime | None
    decided_by: str | None
    decided_reason: str | None


def note_corrections(
    connection: Connection, journal: Journal, actor: Actor, moved: Iterable[Moved], reason: str
) -> None:
    """Keep a correction for each closed semester that the journal's transaction moves."""
    for one in moved:
        row: dict[str, object] = {
            "id": uuid4().hex,
            "closing_id": one.closing.id,
            "batch": journal.batch,
            "at": journal.at,
            "actor_id": actor.id,
            "actor_name": actor.name,
            "reason": reason.strip(),
            "effect": to_lines(one.cells),
            "status": PENDING,
        }
        connection.execute(insert(CORRECTION).values(row))
        noted = {name: row[name] for name in ("closing_id", "batch", "status")}
        journal.note(CORRECTION.name, str(row["id"]), None, noted)


def take_corrections_back(connection: Connection, journal: Journal, batch: int) -> frozenset[str]:
    """End the corrections that wait of a transaction being undone; ids of their closings."""
    waits = (CORRECTION.c.batch == batch) & (CORRECTION.c.status == PENDING)
    rows = connection.execute(select(CORRECTION).where(waits)).all()
    for row in rows:
        _set_status(connection, journal, row.id, row.status, status=TAKEN_BACK)
    return frozenset(row.closing_id for row in rows)


def refuse_all(
    connection: Connection, journal: Journal, actor: Actor, batch: int, reason: str
) -> frozenset[str]:
    """Refuse every correction that waits of a transaction being undone; ids of their closings."""
    waits = (CORRECTION.c.batch == batch) & (CORRECTION.c.status == PENDING)
    rows = connection.execute(_WITH_PERIOD.where(waits)).all()
    for row in rows:
        decide(connection, journal, actor, _correction(row), status=REFUSED, reason=reason)
    return frozenset(row.closing_id for row in rows)


@needs(Permission.NAMES)
def corrections(register: Register, period: Period | None = None) -> tuple[Correction, ...]:
    """Every correction, of one semester or of all, the latest first."""
    query = _WITH_PERIOD.order_by(CORRECTION.c.batch.desc(), CLOSING.c.period)
    if period is not None:
        query = query.where(CLOSING.c.period == period.code)
    with register.database.reading() as connection:
        return tuple(map(_correction, connection.execute(query)))


@needs(Permission.CLOSE)
def approve(register: Register, actor: Actor, correction_id: str) -> None:
    """Let a correction stand.

    Raises:
        UserError: ``no_such_record``, ``correction_decided``, ``own_correction`` when its author
            decides and the setting does not allow it.
    """
    with register.database.writing() as connection:
        row = waiting(connection, actor, correction_id)
        journal = Journal(connection, actor, register.clock, action="approve")
        decide(connection, journal, actor, row, status=APPROVED)
        journal.write()


def waiting(connection: Connection, actor: Actor, correction_id: str) -> Correction:
    """A correction that ``actor`` may decide on.

    Raises:
        UserError: see ``approve``.
    """
    row = connection.execute(_WITH_PERIOD.where(CORRECTION.c.id == correction_id)).first()
    if row is None:
        raise UserError("no_such_record")
    found = _correction(row)
    if found.status != PENDING:
        raise UserError("correction_decided")
    if found.actor_id == actor.id and not read_setting(connection, OWN_APPROVAL):
        raise UserError("own_correction")
    return found


def decide(
    connection: Connection,
    journal: Journal,
    actor: Actor,
    correction: Correction,
    *,
    status: str,
    reason: str = "",
) -> None:
    """Write a decision on a correction."""
    _set_status(
        connection,
        journal,
        correction.id,
        correction.status,
        status=status,
        decided_at=journal.at,
        decided_by_id=actor.id,
        decided_by=actor.name,
        decided_reason=reason or None,
    )


def _set_status(
    connection: Connection, journal: Journal, correction_id: str, before: str, **values: object
) -> None:
    connection.execute(update(CORRECTION).where(CORRECTION.c.id == correction_id).values(**values))
    after = {"status": values["status"]}
    journal.note(CORRECTION.name, correction_id, {"status": before}, after)


def _correction(row: Row[tuple[object, ...]]) -> Correction:
    return Correction(
        id=row.id,
        closing_id=row.closing_id,
        period=parse_period(row.period),
        batch=row.batch,
        at=row.at,
        actor_id=row.actor_id,
        actor=row.actor_name,
        reason=row.reason,
        effect=from_lines(row.effect),
        status=row.status,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        decided_reason=row.decided_reason,
    )
