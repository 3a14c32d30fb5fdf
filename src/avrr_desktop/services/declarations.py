"""« Néant »: somebody says that an empty part of the bulletin is meant to be empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.publication_tables import DECLARATION
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.journal import Journal, image
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, counted_cells

_SERVICES = "services"


@dataclass(frozen=True, slots=True)
class Declaration:
    """Who said when that nothing is to be reported."""

    section: str
    at: datetime
    actor: str


def declarations(connection: Connection, period: Period) -> Mapping[str, Declaration]:
    """What was declared of a period, by section."""
    rows = connection.execute(select(DECLARATION).where(DECLARATION.c.period == period.code))
    return {row.section: Declaration(row.section, row.at, row.actor_name) for row in rows}


@needs(Permission.CLOSE)
def declare_nothing(register: Register, actor: Actor, period: Period, section: str) -> None:
    """Say that a section has nothing to report in a period; saying it again changes nothing.

    Raises:
        UserError: ``section_not_empty`` when something counts in it, or a failure of the disk.
        KeyError: there is no such section.
    """
    _, counted = SECTIONS[section]
    with register.database.writing() as connection:
        if section in declarations(connection, period):
            return
        if events := events_of(connection, register, period, section):
            raise UserError("section_not_empty", section=counted.key, events=events)
        journal = Journal(connection, actor, register.clock, action="declare")
        row: dict[str, object] = {
            "period": period.code,
            "section": section,
            "at": journal.at,
            "actor_id": actor.id,
            "actor_name": actor.name,
        }
        connection.execute(insert(DECLARATION).values(row))
        journal.note(DECLARATION.name, _key(period, section), None, image(row, {}))
        journal.write()


@needs(Permission.CLOSE)
def withdraw_declaration(register: Register, actor: Actor, period: Period, section: str) -> None:
    """Take a declaration back; without one nothing changes.

    Raises:
        UserError: a failure of the disk.
    """
    here = (DECLARATION.c.period == period.code) & (DECLARATION.c.section == section)
    with register.database.writing() as connection:
        row = connection.execute(select(DECLARATION).where(here)).mappings().first()
        if row is None:
            return
        journal = Journal(connection, actor, register.clock, action="withdraw")
        connection.execute(delete(DECLARATION).where(here))
        journal.note(DECLARATION.name, _key(period, section), image(dict(row), {}), None)
        journal.write()


def events_of(connection: Connection, register: Register, period: Period, section: str) -> int:
    """How many events count in a section, whatever their fund."""
    cells = counted_cells(
        connection,
        register.vocabularies,
        period,
        register.clock.today(),
        sections=(section,),
        details=False,
    )
    names = (f"{_SERVICES}{population.suffix}" for population in SECTIONS[section][1].populations)
    return max(cells.get(CellKey(section, name), 0) for name in names)


def _key(period: Period, section: str) -> str:
    return f"{period.code}/{section}"
