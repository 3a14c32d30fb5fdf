"""Closing a semester, publishing and reopening it, and reading what was frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import cast
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, PeriodKind
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.publication_tables import CLOSING, CORRECTION
from avrr_desktop.services import identities
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.bulletin.texts import texts_content
from avrr_desktop.services.closing.corrections import OWN_APPROVAL
from avrr_desktop.services.closing.frozen import (
    Frozen,
    Json,
    counted_of,
    freeze,
    read_content,
    register_of,
    unpacked,
)
from avrr_desktop.services.closing.held import PENDING, VOID, Closing, closed, in_force
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.live import Counted, planned_in
from avrr_desktop.services.preflight import unsettled
from avrr_desktop.services.register import Register, RegisterInfo, read_setting
from avrr_desktop.services.summary import RULES_VERSION, rolls_of, summary_of


@dataclass(frozen=True, slots=True)
class Published:
    """The frozen figures of a closing, as all that is printed reads them."""

    closing: Closing
    counted: Counted
    register: RegisterInfo
    content: Json


@needs(Permission.CLOSE)
def close(register: Register, actor: Actor, period: Period, despite: str = "") -> Closing:
    """Freeze a semester, its figures and what its bulletin says beside them.

    ``despite`` is the reason to close although something of it is not settled; how much was not
    is frozen too.

    Raises:
        UserError: ``not_a_semester``, ``semester_not_over``, ``already_closed``,
            ``identity_broken``, ``closing_blocked`` without a reason, or a failure of the disk.
    """
    if period.kind is not PeriodKind.SEMESTER:
        raise UserError("not_a_semester", period=period.code)
    if period.end >= register.clock.today():
        raise UserError("semester_not_over", period=period.code, last=period.end)
    with register.database.writing() as connection:
        if one := in_force(connection, period):
            raise UserError("already_closed", period=period.code, day=one[0].closed_at.date())
        left = unsettled(connection, period, register.clock.today())
        if left and not despite.strip():
            raise UserError("closing_blocked", doubt=left[0].doubt.value, count=left[0].count)
        reason = despite.strip() if left else ""
        journal = Journal(connection, actor, register.clock, action="close", reason=reason)
        row = _row(journal, actor, period, register.clock.today())
        signed: Json = {"id": row["id"], "as_of": row["as_of"], "closed_by": [actor.id, actor.name]}
        signed["texts"] = texts_content(connection, period)
        if left:
            signed["despite"] = {point.doubt.value: point.count for point in left}
        frozen = _frozen(register, connection, period, journal.at, signed)
        content, members = frozen.packed()
        row["fingerprint"] = frozen.fingerprint
        connection.execute(insert(CLOSING).values(content=content, members=members, **row))
        journal.note(CLOSING.name, str(row["id"]), None, _noted(row))
        journal.write()
        return in_force(connection, period)[0]


@needs(Permission.CLOSE)
def reopen(register: Register, actor: Actor, period: Period, reason: str) -> Closing:
    """Take the padlock off; the signature is void, and so are corrections that wait.

    Raises:
        UserError: ``reason_required``, ``not_closed``, ``own_correction_waits`` (their author
            would let them pass undecided), or a failure of the disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    with register.database.writing() as connection:
        closing = closed(connection, period)
        waits = (CORRECTION.c.closing_id == closing.id) & (CORRECTION.c.status == PENDING)
        own = select(CORRECTION.c.id).where(waits, CORRECTION.c.actor_id == actor.id)
        if connection.execute(own).first() and not read_setting(connection, OWN_APPROVAL):
            raise UserError("own_correction_waits", period=period.code)
        journal = Journal(connection, actor, register.clock, action="reopen", reason=reason.strip())
        journal.note(CLOSING.name, closing.id, {"fingerprint": closing.fingerprint}, None)
        values = {
            "reopened_at": journal.at,
            "reopened_by": actor.name,
            "reopened_reason": reason.strip(),
        }
        connection.execute(update(CLOSING).where(CLOSING.c.id == closing.id).values(values))
        connection.execute(update(CORRECTION).where(waits).values(status=VOID))
        journal.write()
        return replace(
            closing,
            reopened_at=journal.at,
            reopened_by=actor.name,
            reopened_reason=reason.strip(),
        )


@needs(Permission.CLOSE)
def publish(register: Register, actor: Actor, period: Period) -> None:
    """Note when the figures of a closed semester were given out (rule 13).

    Raises:
        UserError: ``not_closed``, or a failure of the disk.
    """
    with register.database.writing() as connection:
        closing = closed(connection, period)
        journal = Journal(connection, actor, register.clock, action="publish")
        journal.note(CLOSING.name, closing.id, None, {"period": period.code})
        made = update(CLOSING).where(CLOSING.c.id == closing.id)
        connection.execute(made.values(published_at=journal.at))
        journal.write()


@needs(Permission.FIGURES)
def published(register: Register, closing: Closing) -> Published:
    """What was frozen.

    Raises:
        UserError: ``closing_altered`` when another program changed it.
    """
    with register.database.reading() as connection:
        frozen = frozen_of(connection, closing)
    content = read_content(frozen.content)
    return Published(closing, counted_of(content), register_of(content), content)


def frozen_of(connection: Connection, closing: Closing) -> Frozen:
    """The bytes of a closing, checked against its fingerprint.

    Raises:
        UserError: ``closing_altered``.
    """
    query = select(CLOSING.c.content, CLOSING.c.members).where(CLOSING.c.id == closing.id)
    try:
        frozen = unpacked(*connection.execute(query).one())
    except ValueError as error:
        raise UserError("closing_altered", period=closing.period.code) from error
    if frozen.fingerprint != closing.fingerprint:
        raise UserError("closing_altered", period=closing.period.code)
    return frozen


def _row(journal: Journal, actor: Actor, period: Period, today: date) -> dict[str, object]:
    return {
        "id": uuid4().hex,
        "period": period.code,
        "closed_at": journal.at,
        "as_of": journal.batch - 1,
        "counted_on": today,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "rules_version": RULES_VERSION,
    }


def _frozen(
    register: Register,
    connection: Connection,
    period: Period,
    at: datetime,
    others: Mapping[str, object],
) -> Frozen:
    """The bytes to keep, counted in the closing's own transaction."""
    lists = register.vocabularies
    summary = replace(summary_of(connection, lists, register.clock, period), counted_at=at)
    rolls = rolls_of(connection, lists, period, summary.as_of_day)
    identities.require(summary, rolls)
    counted = Counted(summary, planned_in(connection, period))
    return freeze(counted, rolls, register.info, others)


def _noted(row: Mapping[str, object]) -> dict[str, object]:
    """What the journal keeps of a closing: with it a row altered later cannot hide."""
    return {name: row[name] for name in ("period", "fingerprint", "as_of")} | {
        "counted_on": cast("date", row["counted_on"]).isoformat()
    }
