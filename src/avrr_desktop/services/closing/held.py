"""The closings the register holds: which semesters have a padlock, since when and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, Row, select

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.publication_tables import CLOSING
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register

PENDING, VOID = "pending", "void"
# Everything of a closing but the two large values.
_BRIEF = [column for column in CLOSING.c if column.name not in ("content", "members")]


@dataclass(frozen=True, slots=True)
class Closing:
    """One closing of a semester, in force until it is reopened."""

    id: str
    period: Period
    closed_at: datetime
    as_of: int  # the last line of the journal it knew
    counted_on: date
    actor_id: str
    actor: str
    rules_version: str
    fingerprint: str
    published_at: datetime | None
    reopened_at: datetime | None
    reopened_by: str | None
    reopened_reason: str | None

    @property
    def is_in_force(self) -> bool:
        """Whether the padlock is on."""
        return self.reopened_at is None


@needs(Permission.FIGURES)
def closings(register: Register) -> tuple[Closing, ...]:
    """Every closing, reopened ones too, the latest semester first."""
    query = select(*_BRIEF).order_by(CLOSING.c.period.desc(), CLOSING.c.closed_at.desc())
    with register.database.reading() as connection:
        return tuple(map(closing_of, connection.execute(query)))


def in_force(connection: Connection, period: Period | None = None) -> tuple[Closing, ...]:
    """The closings that hold, of every semester or of one, by semester."""
    query = select(*_BRIEF).where(CLOSING.c.reopened_at.is_(None)).order_by(CLOSING.c.period)
    if period is not None:
        query = query.where(CLOSING.c.period == period.code)
    return tuple(map(closing_of, connection.execute(query)))


def closed(connection: Connection, period: Period) -> Closing:
    """The closing in force of a semester.

    Raises:
        UserError: ``not_closed``.
    """
    found = in_force(connection, period)
    if not found:
        raise UserError("not_closed", period=period.code)
    return found[0]


@needs(Permission.FIGURES)
def closing_for(register: Register, period: Period) -> Closing | None:
    """The closing in force of a semester, if there is one."""
    with register.database.reading() as connection:
        return next(iter(in_force(connection, period)), None)


def closing_of(row: Row[tuple[object, ...]]) -> Closing:
    """A closing as its table holds it."""
    return Closing(
        id=row.id,
        period=parse_period(row.period),
        closed_at=row.closed_at,
        as_of=row.as_of,
        counted_on=row.counted_on,
        actor_id=row.actor_id,
        actor=row.actor_name,
        rules_version=row.rules_version,
        fingerprint=row.fingerprint,
        published_at=row.published_at,
        reopened_at=row.reopened_at,
        reopened_by=row.reopened_by,
        reopened_reason=row.reopened_reason,
    )
