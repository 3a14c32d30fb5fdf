"""What the killed process does, and what must be true of it afterwards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from random import Random
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, func, select
from tests.exchange.filling import fill as fill_template

from avrr_desktop.activities.direct_assistance import DirectAssistance
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.db.database import Database
from avrr_desktop.db.schema import MIGRATIONS
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.entering import Access, enter
from avrr_desktop.services.access.header_file import is_protected
from avrr_desktop.services.access.protecting import FirstUser
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.access.users import change_own_password
from avrr_desktop.services.audit_check import check_journal
from avrr_desktop.services.backups import Reason, backups, make_backup
from avrr_desktop.services.backups.restoring import open_backup, restore
from avrr_desktop.services.closing.closings import close, published
from avrr_desktop.services.closing.held import closings
from avrr_desktop.services.closing.verify import alterations
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.exchange import plan_import, run_import
from avrr_desktop.services.exchange.template import write_template
from avrr_desktop.services.moving.opening import look_at
from avrr_desktop.services.moving.preparing import prepare_move
from avrr_desktop.services.moving.taking_in import lay_ready, take_in
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.services.workbook import export_workbook
from avrr_desktop.vault import Cost

Say = Callable[[str], object]
Work = Callable[[Paths, Clock, Access, Say, Random], None]

CHEAP: Final = Cost(1, 8, 1)
AMINA: Final = FirstUser("Amina Testeuse", "amina", "phrase de passe")
NEWER: Final = "autre phrase de passe"
PERIOD: Final = parse_period("2023-S1")
PEOPLE: Final = 12  # before any work
OLD: Final = "old.sqlite"
COMING: Final = "coming.avrr"  # beside the register
MOVED: Final = "moved.avrr"  # beside its folder
LINES: Final = 25  # of the workbook brought in
SAVES: Final = 40
FILES: Final = frozenset(
    {
        "register.sqlite",
        "register.sqlite-wal",
        "register.sqlite-shm",
        "register.keys",
        "register.keys.copy",
        "journal.head",
        "lines.xlsx",
        "out.xlsx",
        "backups",
        "coming.avrr",
        "fresh",
    }
)
_CONSENT = {
    "given_on": date(2023, 1, 2),
    "form": "written",
    "purposes": ("partner_sharing", "return", "statistics"),
}


def fill(register: Register, folder: Path) -> None:
    """People registered in the first half of 2023, and a workbook of some more."""
    records = Records(register)
    for number in range(PEOPLE):
        drafts = person_drafts(f"BASE{number}", f"{number:032x}")
        records.save(register.actor, *drafts, confirm_all="test")
    book = folder / "lines.xlsx"
    write_template(register, book, Language.FR)
    lines = [
        {
            "person.family_name": f"IMPORT{number}",
            "person.given_name": "Issa",
            "person.sex": "Homme",
            "person.birth_typed": "12/03/1994",
            "person.nationality": "Guinée",
            "consent.given_on": date(2023, 1, 2),
            "consent.form": "Écrit",
            "consent.purposes": "Retour",
            "office": "Rabat",
            "contacted_on": date(2023, 2, 1),
            "registered_on": date(2023, 2, 3),
            "channel": "Bouche-à-oreille",
        }
        for number in range(LINES)
    ]
    fill_template(book, Language.FR, {"registration": lines})
    plan = plan_import(register, book)
    assert len(plan.drafts) >= LINES, plan


def lay_old_register(paths: Paths, key: bytes | None) -> None:
    """Beside the register, the same as the program before this one left it."""
    database = Database(paths.register, key)
    database.copy_to(paths.data_dir / OLD)
    database.close()
    old = Database(paths.data_dir / OLD, key)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with old.engine.connect() as plain:
        plain.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        connection = plain.execution_options(avrr_write=True)
        config.attributes["connection"] = connection
        with connection.begin():
            command.downgrade(config, "0002")
    old.close()


def lay_file(register: Register, folder: Path) -> None:
    """Beside the register, the file of its move to another PC."""
    made = prepare_move(register, folder.parent / COMING).path
    made.replace(folder / COMING)


def prepare(paths: Paths, name: str) -> None:
    """Before the work starts: the register it is about, of the version it is about."""
    old = paths.data_dir / OLD
    if name == "migrate":
        old.replace(paths.register)
    else:
        old.unlink()


def verify(register: Register, said: list[str]) -> None:
    """Everything said is there; what was not said is there whole or not at all."""
    table = table_of(Person)
    with register.database.reading() as connection:
        known = dict.fromkeys(connection.execute(select(table.c.family_name)).scalars())
        lost = [line for line in said if line.startswith("SAVED") and line not in known]
        assert not lost, lost
        helped = {line.split()[1] for line in said if line.startswith("ASSISTED")}
        assert helped <= assisted(connection), helped
        brought = sum(family.startswith("IMPORT") for family in known)
        assert brought in ((LINES,) if "imported" in said else (0, LINES)), brought
        assert (connection.execute(select(func.count()).select_from(table)).scalar() or 0) >= PEOPLE
    assert not alterations(register)
    made = {backup.id for backup in backups(register.paths)}
    assert made >= {line.split()[1] for line in said if line.startswith("backup")}
    for backup in backups(register.paths):
        # One made before a rotation opens by the password of then.
        open_backup(backup, register.access, AMINA.login, AMINA.password)
    _verify_moves(register, said)
    held = closings(register)
    assert len(held) == 1 if "closed" in said else len(held) in (0, 1)
    for closing in held:
        assert published(register, closing).content


def _verify_moves(register: Register, said: list[str]) -> None:
    paths = register.paths
    if "moved" in said:
        look_at(paths.data_dir.parent / MOVED)
    with register.database.reading() as connection:
        count = select(func.count()).where(CHANGE.c.action == "continue")
        went_on = connection.execute(count).scalar()
    assert went_on == 1 if "continued" in said else went_on in (0, 1)
    fresh = paths_in(paths.data_dir / "fresh")
    if not is_protected(fresh):
        assert not fresh.register.exists()
        assert "arrived" not in said
        return
    access = enter(fresh, register.clock, AMINA.login, AMINA.password)
    arrived = open_register(fresh, register.clock, access)
    assert arrived.database.check(full=True) == ()
    assert check_journal(arrived) == ()
    with arrived.database.reading() as connection:
        table = table_of(Person)
        assert connection.execute(select(func.count()).select_from(table)).scalar() == PEOPLE
    arrived.close()
    left = {path.name for path in fresh.data_dir.iterdir()}
    assert left <= FILES, left


def assisted(connection: Connection) -> set[str]:
    """The family names of those assistance is entered for."""
    person, given = table_of(Person), table_of(DirectAssistance)
    query = select(person.c.family_name).join(given, given.c.person_id == person.c.id)
    return set(connection.execute(query).scalars())


def _save(paths: Paths, clock: Clock, access: Access, say: Say, random: Random) -> None:
    register = open_register(paths, clock, access)
    records = Records(register)
    for number in range(SAVES):
        name = f"SAVED{number}"
        drafts = person_drafts(name, f"{random.getrandbits(128):032x}")
        records.save(register.actor, *drafts, confirm_all="test")
        say(name)
    register.close()


def _import(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    plan = plan_import(register, paths.data_dir / "lines.xlsx")
    run_import(register, Records(register), register.actor, plan, "test")
    say("imported")
    register.close()


def _close(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    close(register, register.actor, PERIOD)
    say("closed")
    register.close()


def _export(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    for language in Language:
        export_workbook(register, PERIOD, paths.data_dir / "out.xlsx", language)
        say("exported")
    register.close()


def _rotate(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    rotate_key(register, register.actor).close()
    say("rotated")


def _password(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    change_own_password(register, register.actor, AMINA.password, NEWER, CHEAP)
    say("password changed")
    register.close()


def _migrate(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    say("migrated")
    register.close()


def _backup(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    for _ in range(3):
        say(f"backup {make_backup(register, Reason.ASKED).id}")
    register.close()


def _restore(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    made = make_backup(register, Reason.ASKED)
    restore(register, open_backup(made, access)).close()
    say("restored")


def _move(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    register = open_register(paths, clock, access)
    prepare_move(register, paths.data_dir.parent / MOVED, with_backups=True)
    say("moved")
    register.close()


def _continue(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    incoming = lay_ready(paths, clock, look_at(paths.data_dir / COMING), access)
    take_in(incoming, clock).close()
    say("continued")


def _arrive(paths: Paths, clock: Clock, access: Access, say: Say, _random: Random) -> None:
    fresh = paths_in(paths.data_dir / "fresh")
    fresh.data_dir.mkdir()
    incoming = lay_ready(fresh, clock, look_at(paths.data_dir / COMING), access)
    take_in(incoming, clock).close()
    say("arrived")


def person_drafts(name: str, person_id: str) -> tuple[Draft, Draft]:
    person = {
        "family_name": name,
        "given_name": "Issa",
        "sex": "man",
        "birth_typed": "12/03/1994",
        "nationality": "GN",
        "consent": (_CONSENT,),
    }
    registration = {
        "person_id": person_id,
        "office": "RBA",
        "contacted_on": date(2023, 2, 1),
        "registered_on": date(2023, 2, 3),
        "channel": "word_of_mouth",
    }
    return Draft("person", person, new_id=person_id), Draft("registration", registration)


WORKS: Final[Mapping[str, Work]] = {
    "save": _save,
    "import": _import,
    "close": _close,
    "export": _export,
    "rotate": _rotate,
    "password": _password,
    "migrate": _migrate,
    "backup": _backup,
    "restore": _restore,
    "move": _move,
    "continue": _continue,
    "arrive": _arrive,
}
