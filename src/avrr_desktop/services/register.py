"""The open register: its file, clock, lists and identity, handed to every service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select, update

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.actors import LOCAL_ADMINISTRATOR_ID, Actor, Role
from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Label
from avrr_desktop.core.vocabularies import Term, Vocabularies, read_vocabularies, split_aliases
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.db.schema import migrate
from avrr_desktop.db.tables import REGISTER, SETTING, TERM, USER
from avrr_desktop.paths import Paths
from avrr_desktop.services.summary.cells import RULES_VERSION

SECTION_LIST = "section"


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """The register's identity, printed with every figure (counting rule 17)."""

    uuid: str
    is_demo: bool
    rules_version: str
    created_at: datetime


class Register:
    """One open register."""

    def __init__(self, database: Database, paths: Paths, clock: Clock, info: RegisterInfo) -> None:
        self.database = database
        self.paths = paths
        self.clock = clock
        self.info = info
        self.vocabularies = Vocabularies(())
        self.reload_vocabularies()

    def reload_vocabularies(self) -> None:
        """Read the lists again, after an administrator changed them."""
        with self.database.reading() as connection:
            self.vocabularies = read_lists(connection)

    @property
    def local_actor(self) -> Actor:
        """The one user of the first version."""
        with self.database.reading() as connection:
            row = connection.execute(select(USER).where(USER.c.id == LOCAL_ADMINISTRATOR_ID)).one()
        return Actor(row.id, row.name, Role(row.role))

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def open_register(paths: Paths, clock: Clock) -> Register:
    """Open the register of a data directory, its tables brought up to date.

    Raises:
        UserError: ``no_register``, ``not_a_register``, ``newer_register``, or the disk's.
    """
    if not paths.register.is_file():
        raise UserError("no_register", folder=str(paths.data_dir))
    database = Database(paths.register)
    try:
        migrate(database)
        info = _read_info(database)
        _insert_missing_terms(database, paths)
        return Register(database, paths, clock, info)
    except BaseException:
        database.close()
        raise


def create_register(paths: Paths, clock: Clock, *, is_demo: bool, user_name: str = "") -> Register:
    """Create an empty register in a data directory.

    Raises:
        UserError: ``register_exists``, ``folder_read_only``, or a failure of the disk.
    """
    if paths.register.exists():
        raise UserError("register_exists", folder=str(paths.data_dir))
    try:
        paths.data_dir.mkdir(parents=True, exist_ok=True)
        building = paths.register.with_suffix(".new")
        for leftover in building.parent.glob(building.name + "*"):
            leftover.unlink()
        building.touch()
    except OSError as error:
        raise UserError("folder_read_only", folder=str(paths.data_dir)) from error
    try:
        _build(building, clock, is_demo=is_demo, user_name=user_name)
        building.replace(paths.register)
        # Only now: what a log beside the file still held would be lost by the renaming.
        use_write_ahead_log(paths.register)
        return open_register(paths, clock)
    except BaseException:
        for left in (*building.parent.glob(building.name + "*"), paths.register):
            left.unlink(missing_ok=True)
        raise


def _build(path: Path, clock: Clock, *, is_demo: bool, user_name: str) -> None:
    database = Database(path)
    try:
        migrate(database)
        with database.writing() as connection:
            connection.execute(
                insert(REGISTER).values(
                    uuid=uuid4().hex,
                    is_demo=is_demo,
                    rules_version=RULES_VERSION,
                    created_at=clock.now(),
                )
            )
            connection.execute(
                insert(USER).values(
                    id=LOCAL_ADMINISTRATOR_ID,
                    name=user_name or "Administration",
                    role=Role.ADMINISTRATOR.value,
                )
            )
    finally:
        database.close()


def _read_info(database: Database) -> RegisterInfo:
    with database.reading() as connection:
        row = connection.execute(select(REGISTER)).first()
    if row is None:
        raise UserError("not_a_register")
    return RegisterInfo(row.uuid, row.is_demo, row.rules_version, row.created_at)


def _insert_missing_terms(database: Database, paths: Paths) -> None:
    """Add the shipped codes the register lacks; what the office changed stays."""
    shipped = read_vocabularies(paths.resources / "vocabularies")
    with database.reading() as connection:
        known = {tuple(row) for row in connection.execute(select(TERM.c.vocabulary, TERM.c.code))}
    missing = [
        term
        for terms in shipped.values()
        for term in terms
        if (term.vocabulary, term.code) not in known
    ]
    if missing:
        with database.writing() as connection:
            connection.execute(insert(TERM), [term_row(term) for term in missing])


def term_row(term: Term) -> dict[str, object]:
    """A term as the mirror table holds it."""
    return {
        "vocabulary": term.vocabulary,
        "code": term.code,
        "fr": term.label.fr,
        "ar": term.label.ar,
        "en": term.label.en,
        "position": term.order,
        "active": term.active,
        "valid_from": term.valid_from,
        "valid_to": term.valid_to,
        "tag": term.tag,
        "aliases": "|".join(term.aliases),
    }


def read_lists(connection: Connection) -> Vocabularies:
    """Every list of the register, and the parts of the bulletin as one more."""
    rows = connection.execute(select(TERM)).all()
    return Vocabularies((*(_term(row) for row in rows), *section_terms()))


def _term(row: Row[tuple[object, ...]]) -> Term:
    return Term(
        vocabulary=row.vocabulary,
        code=row.code,
        label=Label(row.fr, row.ar, row.en),
        order=row.position,
        active=row.active,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        tag=row.tag,
        aliases=split_aliases(row.aliases),
    )


def section_terms() -> tuple[Term, ...]:
    """The parts of the bulletin as a list, so that an opening balance can name one."""
    return tuple(
        Term(SECTION_LIST, key, section.label, place, True, None, None, None, ())
        for place, (key, (_, section)) in enumerate(SECTIONS.items())
    )


def read_setting(connection: Connection, key: str) -> object:
    """A setting kept in the register, or None."""
    return connection.execute(select(SETTING.c.value).where(SETTING.c.key == key)).scalar()


def write_setting(connection: Connection, key: str, value: object) -> None:
    """Keep a setting in the register."""
    done = connection.execute(update(SETTING).where(SETTING.c.key == key).values(value=value))
    if not done.rowcount:
        connection.execute(insert(SETTING).values(key=key, value=value))
