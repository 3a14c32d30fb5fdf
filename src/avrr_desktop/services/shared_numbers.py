"""Numbers of papers that came back from the bin, and who bears them too meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.people.base import table_of
from avrr_desktop.people.papers import Document, ExternalNumber
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.completion import number_folded
from avrr_desktop.services.journal import Row
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.lists.rows import name_of
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.persons import survivors_of

_DOCUMENT, _EXTERNAL, _PERSON = table_of(Document), table_of(ExternalNumber), table_of(Person)


@dataclass(frozen=True, slots=True)
class SharedNumber:
    """A document's number, and another person who bears it: the two files may be of one person."""

    number: str
    person_id: str
    name: PersonName


@needs(Permission.NAMES)
def shared_numbers(register: Register, persons: Iterable[str]) -> tuple[SharedNumber, ...]:
    """The documents of these persons that somebody else's live file has too.

    Raises:
        UserError: a failure of the disk.
    """
    with register.database.reading() as connection:
        own = survivors_of(connection, persons)
        live = _DOCUMENT.c.deleted_at.is_(None)
        query = select(_DOCUMENT.c.number, _DOCUMENT.c.number_folded).where(
            _DOCUMENT.c.person_id.in_(list(own)), live, _DOCUMENT.c.number_folded != ""
        )
        found: list[SharedNumber] = []
        for number, folded in connection.execute(query).all():
            others = (
                select(_PERSON)
                .join(_DOCUMENT, _DOCUMENT.c.person_id == _PERSON.c.id)
                .where(_DOCUMENT.c.number_folded == folded, live, _PERSON.c.deleted_at.is_(None))
                .where(_PERSON.c.id.not_in(list(own)))
            )
            rows = connection.execute(others).mappings().all()
            found += (SharedNumber(number, str(row["id"]), name_of(dict(row))) for row in rows)
    return tuple(found)


def require_free(connection: Connection, row: Row) -> None:
    """A number of another system stands once: its line does not come back beside another's.

    Raises:
        UserError: ``number_taken``.
    """
    value = number_folded(str(row["value"]))
    query = (
        select(_PERSON.c.number)
        .join(_EXTERNAL, _EXTERNAL.c.person_id == _PERSON.c.id)
        .where(_EXTERNAL.c.system == row["system"], _EXTERNAL.c.value_live == value)
        .where(_EXTERNAL.c.id != row["id"])
    )
    bearer = connection.execute(query.limit(1)).scalar()
    if value and bearer is not None:
        raise UserError("number_taken", number=str(row["value"]), person=bearer)
