"""The time machine: the register as it was known after any line of its journal.

A moment is a sequence of the journal, never a time: a clock may be moved, lines cannot. On the
connection of a ``PastView`` every query of the program reads the records, choices and lists of
that moment; nothing can be written on it and nothing of it outlives it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import Connection, select

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.db.past_tables import shadow
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.erased import erased_after
from avrr_desktop.services.journal import CHOICES
from avrr_desktop.services.register import Register, read_lists
from avrr_desktop.services.summary import Summary, summary_of


@dataclass(frozen=True, slots=True)
class PastView:
    """The register right after one line of its journal, until the block ends."""

    connection: Connection
    vocabularies: Vocabularies
    sequence: int
    at: datetime  # of that line; of the register's creation before the first


def sequence_at(register: Register, instant: datetime) -> int:
    """The last line of the journal, in its own order, whose time is not later than ``instant``.

    0 before the first. When the clock was moved back, lines that bear a later time but were
    written before that one are in: they were known when it was written.
    """
    query = select(CHANGE.c.sequence).where(CHANGE.c.at <= instant)
    with register.database.reading() as connection:
        return connection.execute(query.order_by(CHANGE.c.sequence.desc()).limit(1)).scalar() or 0


@contextmanager
def past(register: Register, sequence: int) -> Iterator[PastView]:
    """The register as it stood right after the line ``sequence`` of its journal.

    Raises:
        UserError: ``past_erased``: what stood then was erased under retention.
    """
    with register.database.apart() as connection:
        if day := erased_after(connection, sequence):
            raise UserError("past_erased", on=day)
        query = select(CHANGE.c.at).where(CHANGE.c.sequence <= sequence)
        at = connection.execute(query.order_by(CHANGE.c.sequence.desc()).limit(1)).scalar()
        shadow(connection, sequence, CHOICES)
        lists = read_lists(connection)
        yield PastView(connection, lists, sequence, at or register.info.created_at)


@needs(Permission.FIGURES)
def summary_as_of(register: Register, period: Period, instant: datetime) -> Summary:
    """The figures of a period as they were known at an instant, counted by the one engine."""
    return summary_at(register, period, sequence_at(register, instant), instant)


@needs(Permission.FIGURES)
def summary_at(register: Register, period: Period, sequence: int, instant: datetime) -> Summary:
    """The figures of a period after a line of the journal, counted as at ``instant``."""
    with past(register, sequence) as view:
        return summary_of(view.connection, view.vocabularies, _Then(instant), period)


@dataclass(frozen=True, slots=True)
class _Then:
    """The clock of a count in the past."""

    instant: datetime

    def now(self) -> datetime:
        """The instant, in UTC."""
        return self.instant.astimezone(UTC)

    def today(self) -> date:
        """Its civil day where the office is."""
        return self.instant.astimezone().date()
