"""The open register: its file, clock, lists and identity, handed to every service."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
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
from avrr_desktop.db.schema import is_older, migrate, version_of
from avrr_desktop.db.tables import REGISTER, SETTING, TERM, USER
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access
from avrr_desktop.services.access.header_file import is_protected, save_header
from avrr_desktop.services.journal_head import HeadFile
from avrr_desktop.services.moving.placing import clear
from avrr_desktop.services.summary.cells import RULES_VERSION
from avrr_desktop.vault import Box, settle_rotation

SECTION_LIST = "section"
# Settings of the move: the file last prepared, and since when the register goes on elsewhere.
MOVE_PREPARED, MOVED_AWAY = "move_prepared", "moved_away"
Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class RegisterInfo:
    """The register's identity, printed with every figure (counting rule 17)."""

    uuid: str
    is_demo: bool
    rules_version: str
    created_at: datetime


class Register:
    """One open register, and who has it open.

    ``access`` is None for a register without protection: a demonstration, or one made before.
    """

    def __init__(
        self,
        database: Database,
        paths: Paths,
        clock: Clock,
        info: RegisterInfo,
        access: Access | None = None,
    ) -> None:
        self.database = database
        self.paths = paths
        self.clock = clock
        self.info = info
        self.access = access
        self.box = Box(access.keys[0].secret if access else None, info.uuid)
        self.head = HeadFile(paths.journal_head, info.uuid)
        database.after_commit = partial(self.head.advance, database)
        database.before_writing = self._require_here
        self._is_copy = False
        self.vocabularies = Vocabularies(())
        self.reload_vocabularies()
        self.is_moved = self._read_moved()
        self.actor = self._read_actor()

    def reload_vocabularies(self) -> None:
        """Read the lists again, after an administrator changed them."""
        with self.database.reading() as connection:
            self.vocabularies = read_lists(connection)

    def reload_actor(self) -> None:
        """Read the user's name and rights again, after an administrator changed them."""
        self.actor = self._read_actor()

    def reload_moved(self) -> None:
        """Read again whether the register goes on on another PC."""
        self.is_moved = self._read_moved()
        self.reload_actor()

    def only_show(self) -> None:
        """This is a copy: what is written in it would be lost, hence nothing is."""
        self._is_copy = True
        self.reload_actor()

    def _read_actor(self) -> Actor:
        user_id = self.access.user_id if self.access else LOCAL_ADMINISTRATOR_ID
        with self.database.reading() as connection:
            row = connection.execute(select(USER).where(USER.c.id == user_id)).first()
        if row is None or not row.active:
            raise UserError("user_revoked")
        # Who has an open register has all of it.
        is_shown = self._is_copy or self.is_moved
        restricted = (self.access is None or row.restricted) and not is_shown
        return Actor(row.id, row.name, Role(row.role), restricted, is_shown, self.is_moved)

    def _read_moved(self) -> bool:
        with self.database.reading() as connection:
            return read_setting(connection, MOVED_AWAY) is not None

    def _require_here(self) -> None:
        """Nothing is written in a register that goes on on another PC."""
        if self.is_moved:
            raise UserError("register_moved")

    @property
    def local_actor(self) -> Actor:
        """Who has the register open."""
        return self.actor

    def close(self) -> None:
        """Close the file."""
        self.database.close()


def open_register(
    paths: Paths, clock: Clock, access: Access | None = None, tell: Tell | None = None
) -> Register:
    """Open the register of a data directory, its tables brought up to date.

    ``tell`` is given how far an update is, and may raise to stop it: nothing is changed then.

    Raises:
        UserError: ``no_register``, ``password_needed`` (it is protected and nobody came in),
            ``user_revoked``, ``wrong_key``, ``not_a_register``, ``newer_register``,
            ``rehearsal_figures`` or ``rehearsal_failed`` (an update that would not go well), or
            the disk's.
    """
    if not paths.register.is_file():
        raise UserError("no_register", folder=str(paths.data_dir))
    _clear_leftovers(paths)
    if access is None:
        if is_protected(paths):
            raise UserError("password_needed")
        database = Database(paths.register)
    else:
        database, access = _unlocked(paths, access)
    try:
        _bring_up_to_date(database, paths, clock, access, tell)
        info = read_info(database)
        _require_header_of(info, access)
        _insert_missing_terms(database, paths)
        register = Register(database, paths, clock, info, access)
    except BaseException:
        database.close()
        raise
    register.head.settle(database)
    return register


def needs_update(paths: Paths, access: Access | None = None) -> bool:
    """Whether an older program wrote the register: opening it then takes its time.

    Raises:
        UserError: as ``open_register``, when the file cannot be read.
    """
    database = _unlocked(paths, access)[0] if access else Database(paths.register)
    try:
        return is_older(database)
    finally:
        database.close()


def _bring_up_to_date(
    database: Database, paths: Paths, clock: Clock, access: Access | None, tell: Tell | None
) -> None:
    """Migrate a register of an older program, after a backup of it and a rehearsal on a copy."""
    if version_of(database) is None:  # an empty file is no register about to be made
        raise UserError("not_a_register")
    if is_older(database):
        # Only now: it knows the register, and most starts have nothing to prepare.
        from avrr_desktop.services.updating.rehearsal import prepare_update

        key = access.keys[0].secret if access else None
        prepare_update(database, paths, key, clock, tell)
    migrate(database)


def _clear_leftovers(paths: Paths) -> None:
    """What was being made beside the register when the program was killed."""
    clear(paths)
    with suppress(OSError):
        for ending in (".new", ".rehearsal"):
            remove_all(paths.register.with_suffix(ending))
        for part in paths.data_dir.glob(".*.part*"):  # and what SQLite lays beside one
            part.unlink()


def _require_header_of(info: RegisterInfo, access: Access | None) -> None:
    if access is not None and info.uuid != access.header.register:
        raise UserError("header_altered")


def _unlocked(paths: Paths, access: Access) -> tuple[Database, Access]:
    """The file under the first of the keys that opens it; a rotation cut short is settled."""
    for key in access.keys:
        database = Database(paths.register, key.secret)
        try:
            with database.reading():
                pass
        except UserError as error:
            database.close()
            if error.code != "wrong_key" or key is access.keys[-1]:
                raise
            continue
        if len(access.keys) > 1:
            header = settle_rotation(access.header, key)
            save_header(paths, header)
            access = replace(access, keys=(key,), header=header)
        return database, access
    raise UserError("wrong_key")


def create_register(paths: Paths, clock: Clock, *, is_demo: bool, user_name: str = "") -> Register:
    """Create an empty register without protection in a data directory.

    Raises:
        UserError: ``register_exists``, ``folder_read_only``, or a failure of the disk.
    """
    with new_file(paths) as building:
        build(building, clock, is_demo=is_demo, user_name=user_name)
        building.replace(paths.register)
        # Only now: what a log beside the file still held would be lost by the renaming.
        use_write_ahead_log(paths.register)
        return open_register(paths, clock)


@contextmanager
def new_file(paths: Paths) -> Iterator[Path]:
    """An empty file to build a register in; nothing is left when the block fails.

    Raises:
        UserError: ``register_exists``, ``folder_read_only``.
    """
    if paths.register.exists():
        raise UserError("register_exists", folder=str(paths.data_dir))
    building = paths.register.with_suffix(".new")
    try:
        paths.data_dir.mkdir(parents=True, exist_ok=True)
        remove_all(building)
        paths.journal_head.unlink(missing_ok=True)  # of a register that is no more
        building.touch()
    except OSError as error:
        raise UserError("folder_read_only", folder=str(paths.data_dir)) from error
    try:
        yield building
    except BaseException:
        remove_all(building)
        paths.register.unlink(missing_ok=True)
        raise


def remove_all(path: Path) -> None:
    """Remove a register's file with the log and the index beside it."""
    for left in path.parent.glob(path.name + "*"):
        left.unlink()


def build(
    path: Path,
    clock: Clock,
    *,
    is_demo: bool = False,
    user_name: str = "",
    uuid: str = "",
    login: str | None = None,
    key: bytes | None = None,
) -> None:
    """The tables of a new register, its identity and its first user, an administrator."""
    database = Database(path, key)
    try:
        migrate(database)
        with database.writing() as connection:
            connection.execute(
                insert(REGISTER).values(
                    uuid=uuid or uuid4().hex,
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
                    login=login,
                    active=True,
                    restricted=True,
                    created_at=clock.now(),
                )
            )
    finally:
        database.close()


def read_info(database: Database) -> RegisterInfo:
    """The identity of the register in a file.

    Raises:
        UserError: ``not_a_register``.
    """
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
