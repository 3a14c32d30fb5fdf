"""Settings kept in the register, shared by every desk: the office and the user's name."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace

from sqlalchemy import Connection, select, update

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.tables import SETTING, USER
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.closing.corrections import OWN_APPROVAL
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register, read_setting, write_setting

_PREFIX = "office."
LEAST_MASK, MOST_MASK = 3, 20
LEAST_YEARS, MOST_YEARS = 1, 50  # of retention


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """What is printed with every figure, and what new records start with."""

    name: str = "OIM Maroc"
    place: str = "Rabat"
    address: str = ""
    contacts: str = ""
    default_office: str = "RBA"  # a code of the list of offices
    email: str = ""
    website: str = ""
    networks: str = ""  # addresses of social networks, one a line
    mask_below: str = "5"  # published figures from 1 to below it may be masked
    retention_years: str = "10"  # after the last case of a person closed


@needs(Permission.FIGURES)
def read_office(register: Register) -> OfficeSettings:
    """The settings of the office."""
    with register.database.reading() as connection:
        return OfficeSettings(**office_values(connection))


def office_values(connection: Connection) -> dict[str, str]:
    """The same by name, on an open connection."""
    query = select(SETTING.c.key, SETTING.c.value).where(SETTING.c.key.startswith(_PREFIX))
    kept = {key.removeprefix(_PREFIX): value for key, value in connection.execute(query)}
    known = {field.name for field in fields(OfficeSettings)}
    values = {name: str(value) for name, value in kept.items() if name in known}
    return asdict(OfficeSettings()) | values


@needs(Permission.LISTS)
def save_office(register: Register, actor: Actor, settings: OfficeSettings) -> None:
    """Keep the settings of the office, with a line in the journal for each that changed.

    Raises:
        UserError: ``empty_office_name``, ``unknown_office``, ``bad_mask``, ``bad_retention``, or
            the disk's.
    """
    if not settings.name.strip():
        raise UserError("empty_office_name")
    if register.vocabularies.get("office", settings.default_office) is None:
        raise UserError("unknown_office", office=settings.default_office)
    mask = settings.mask_below.strip()
    if not (mask.isdecimal() and LEAST_MASK <= int(mask) <= MOST_MASK):
        raise UserError("bad_mask", least=LEAST_MASK, most=MOST_MASK)
    years = settings.retention_years.strip()
    if not (years.isdecimal() and LEAST_YEARS <= int(years) <= MOST_YEARS):
        raise UserError("bad_retention", least=LEAST_YEARS, most=MOST_YEARS)
    before = asdict(read_office(register))
    with register.database.writing() as connection:
        journal = Journal(connection, actor, register.clock, action="setting")
        for name, value in asdict(settings).items():
            text = value.strip()
            if text != before[name]:
                write_setting(connection, _PREFIX + name, text)
                journal.note(SETTING.name, _PREFIX + name, before[name], text)
        journal.write()


@needs(Permission.FIGURES)
def own_approval(register: Register) -> bool:
    """Whether the author of a correction may decide on it."""
    with register.database.reading() as connection:
        return bool(read_setting(connection, OWN_APPROVAL))


@needs(Permission.LISTS)
def allow_own_approval(register: Register, actor: Actor, *, allowed: bool) -> None:
    """Let authors decide on their corrections, or ask for a second person again.

    Raises:
        UserError: ``not_allowed``, or a failure of the disk.
    """
    with register.database.writing() as connection:
        before = bool(read_setting(connection, OWN_APPROVAL))
        if before is allowed:
            return
        journal = Journal(connection, actor, register.clock, action="setting")
        write_setting(connection, OWN_APPROVAL, allowed)
        journal.note(SETTING.name, OWN_APPROVAL, before, allowed)
        journal.write()


@needs(Permission.FIGURES)
def rename_user(register: Register, actor: Actor, name: str) -> Actor:
    """Give the user another name; what was journalled under the old one stays.

    Raises:
        UserError: ``empty_user_name``, or a failure of the disk.
    """
    text = " ".join(name.split())
    if not text:
        raise UserError("empty_user_name")
    if text == actor.name:
        return actor
    with register.database.writing() as connection:
        journal = Journal(connection, actor, register.clock, action="setting")
        connection.execute(update(USER).where(USER.c.id == actor.id).values(name=text))
        journal.note(USER.name, actor.id, {"name": actor.name}, {"name": text})
        journal.write()
    register.reload_actor()
    return replace(actor, name=text)
