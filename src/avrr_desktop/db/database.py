"""The engine: one SQLite file, explicit transactions, and its failures in the user's words.

With a key the file is SQLCipher's: every page, the write-ahead log and the journal are encrypted.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib import import_module
from pathlib import Path
from threading import local
from types import ModuleType
from typing import Protocol

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.place import Place

PATIENCE = 3000  # milliseconds
_PRAGMAS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA synchronous = FULL",  # "saved" must survive a power cut
    "PRAGMA cache_size = -65536",
    "PRAGMA temp_store = MEMORY",  # temporary tables hold personal data: never on disk
)
# SQLite's own name of a failure, by its beginning -> what the user is told
_FAILURES = (
    ("SQLITE_FULL", "disk_full"),
    ("SQLITE_BUSY", "register_locked"),
    ("SQLITE_LOCKED", "register_locked"),
    ("SQLITE_READONLY", "register_read_only"),
    ("SQLITE_PERM", "register_read_only"),
    ("SQLITE_IOERR_SHM", "disk_full"),  # the file beside the log could not grow
    ("SQLITE_IOERR", "disk_failure"),
    ("SQLITE_CORRUPT", "register_corrupt"),
    ("SQLITE_NOTADB", "not_a_register"),
    ("SQLITE_CANTOPEN", "register_unreachable"),
)
# SQLCipher's driver does not name what fails in the midst of a backup.
_UNNAMED = {
    "disk I/O error": "SQLITE_IOERR",
    "database or disk is full": "SQLITE_FULL",
    "database is locked": "SQLITE_BUSY",
    "attempt to write a readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
}
_BY_WORDS = {"database or disk is full": "SQLITE_FULL", "disk I/O error": "SQLITE_IOERR"}
_DAMAGE = frozenset({"register_corrupt", "not_a_register", "disk_failure"})
_STEP = 1000  # pages copied between two words on it
_OPCODES = 10_000  # of SQLite's machine, between two words on a check


class Waiter(Protocol):
    """Serves its thread while another writer is at it: a window that must not stand still."""

    @property
    def patience(self) -> int:
        """Milliseconds of the first try."""

    def wait(self) -> bool:
        """A moment passes; False when nobody wants to wait any more."""

    def over(self) -> None:
        """Nothing is waited for any more; also called when nothing ever was."""


class Database:
    """One register file. Readers never wait; one writer at a time."""

    def __init__(self, path: Path, key: bytes | None = None) -> None:
        self.path = path
        self._key = key
        self.before_writing: Callable[[], None] | None = None  # may refuse
        self._place = Place(path, lambda: self._engine.dispose())  # noqa: PLW0108 (no engine yet)
        self.after_commit: Callable[[], None] | None = None  # must not fail
        self._of_thread = local()
        self._engine = create_engine(
            "sqlite://",
            creator=self._connected,
            module=_driver(key),
            poolclass=QueuePool,
            pool_size=4,
            hide_parameters=True,  # SQL errors would print names
        )
        event.listen(self._engine, "begin", _begin)

    def _connected(self) -> sqlite3.Connection:
        made = connect(self.path, self._key)
        self._place.note()
        return made

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for migrations."""
        return self._engine

    def wait_with(self, waiter: Waiter) -> None:
        """On this thread, from now on, ask ``waiter`` while another writer keeps a writing out."""
        self._of_thread.waiter = waiter

    @contextmanager
    def reading(self, patience: int = PATIENCE) -> Iterator[Connection]:
        """A connection that sees one state of the register until it is closed.

        ``patience`` is how many milliseconds it waits for a program that keeps readers out.
        """
        with self._place.held(), said_plainly(), self._engine.connect() as plain:
            yield plain.execution_options(avrr_patience=patience)

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """A connection of its own, never lent again: what is temporary on it ends with it."""
        with said_plainly(), self._engine.connect() as plain:
            plain.detach()
            yield plain

    @contextmanager
    def writing(self, patience: int | None = None) -> Iterator[Connection]:
        """A transaction that holds the only write lock from its start.

        ``patience`` is how many milliseconds it waits for another writer to end; without one, the
        thread's own waiter is asked, if it has one.

        Raises:
            UserError: ``disk_full``, ``register_locked``, ``register_read_only``,
                ``disk_failure``, ``register_corrupt``; nothing was written.
        """
        if self.before_writing is not None:
            self.before_writing()
        with self._place.held(), said_plainly(), ExitStack() as begun:
            waiter = getattr(self._of_thread, "waiter", None) if patience is None else None
            if waiter is None:
                yield self._begun(begun, PATIENCE if patience is None else patience)
            else:
                yield self._begun_with(waiter, begun)
        if self.after_commit is not None:
            self.after_commit()

    def _begun(self, begun: ExitStack, patience: int) -> Connection:
        """The transaction, to be ended by ``begun``; what fails to begin leaves nothing there."""
        with ExitStack() as trying:
            plain = trying.enter_context(self._engine.connect())
            connection = plain.execution_options(avrr_write=True, avrr_patience=patience)
            trying.enter_context(connection.begin())
            begun.push(trying.pop_all().__exit__)
            return connection

    def _begun_with(self, waiter: Waiter, begun: ExitStack) -> Connection:
        patience = waiter.patience
        try:
            while True:
                try:
                    return self._begun(begun, patience)
                except _all_errors() as error:
                    if failure_of(error) != "register_locked" or not waiter.wait():
                        raise
                    patience = 1
        finally:
            waiter.over()

    def overwrite_freed(self) -> None:
        """Write the file anew without what was deleted in it, and empty the write-ahead log.

        Raises:
            UserError: see ``writing``.
        """
        with said_plainly(), closing(connect(self.path, self._key)) as connection:
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def leave_log(self) -> None:
        """Fold the write-ahead log into the file and keep none: one file, to be carried.

        Raises:
            UserError: see ``writing``.
        """
        with said_plainly(), closing(connect(self.path, self._key)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._engine.dispose()

    def copy_to(self, target: Path, tell: Callable[[int, int], None] | None = None) -> None:
        """Write a consistent copy under the same key, while others read and write.

        ``tell`` is given pages copied and pages in all, and may raise to stop; what is half
        written is then the caller's to remove.
        """
        self.copy_under(self._key, target, tell)

    def copy_under(
        self, key: bytes | None, target: Path, tell: Callable[[int, int], None] | None = None
    ) -> None:
        """The same under another key, or under none.

        Raises:
            UserError: as ``said_plainly`` tells; the register is untouched.
        """
        if key != self._key:
            with self._place.held(), said_plainly():
                _export(self.path, self._key, target, key)
            return
        told = (lambda _, left, total: tell(total - left, total)) if tell else None
        with (
            self._place.held(),
            said_plainly(),
            closing(connect(self.path, key)) as source,
            closing(connect(target, key)) as made,
        ):
            source.backup(made, pages=_STEP, progress=told)
            # The copy is moved and carried: one file, no log beside it.
            made.execute("PRAGMA journal_mode = DELETE")

    def check(
        self, *, full: bool = False, tell: Callable[[], None] | None = None
    ) -> tuple[str, ...]:
        """What is wrong with the file, in SQLite's words; nothing when it is whole.

        A ``full`` check verifies the seal of every page and every index; the quick one leaves
        out what takes long. ``tell`` is called now and then, and may raise to stop.
        """
        try:
            with (
                closing(connect(self.path, self._key)) as connection,
                _listened_to(connection, tell),
            ):
                found: list[str] = []
                if full and self._key is not None:
                    rows = connection.execute("PRAGMA cipher_integrity_check")
                    found += [str(row[0]) for row in rows]
                check = "integrity_check" if full else "quick_check"
                rows = connection.execute(f"PRAGMA {check}(100)")
                return (*found, *(str(row[0]) for row in rows if row[0] != "ok"))
        except UserError as error:
            return (error.code,)
        except _errors() as error:
            code = failure_of(error)
            if code not in _DAMAGE:
                raise UserError(code or "register_corrupt") from error
            return (str(error),)


def _all_errors() -> tuple[type[Exception], ...]:
    return (DBAPIError, *_errors())


def connect(path: Path, key: bytes | None = None) -> sqlite3.Connection:
    """A connection of one's own; a wrong key fails at once.

    Raises:
        UserError: ``wrong_key``: the first page does not open, for it is another key's or damaged.
    """
    connection: sqlite3.Connection = _driver(key).connect(
        path,
        timeout=PATIENCE / 1000,
        isolation_level=None,  # BEGIN is SQLAlchemy's to say
        check_same_thread=False,
    )
    try:
        if key is not None:
            _open_with(connection, key)
        for pragma in _PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def _listened_to(connection: sqlite3.Connection, tell: Callable[[], None] | None) -> Iterator[None]:
    """``tell`` is called while SQLite works on the connection; what it raises ends that work."""
    raised: list[BaseException] = []

    def is_enough() -> int:
        assert tell is not None
        try:
            tell()
        except BaseException as error:  # noqa: BLE001 (SQLite's own code lies between here and there)
            raised.append(error)
            return 1
        return 0

    if tell is not None:
        connection.set_progress_handler(is_enough, _OPCODES)
    try:
        yield
    except _errors():
        if raised:
            raise raised[0] from None
        raise


def _open_with(connection: sqlite3.Connection, key: bytes) -> None:
    connection.execute("PRAGMA cipher_log_level = NONE")
    # Raw bytes: a passphrase would be stretched again at every connection.
    connection.execute(f'PRAGMA key = "{_key_text(key)}"')
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except _errors() as error:
        if _name_of(error) != "SQLITE_NOTADB":
            raise
        raise UserError("wrong_key") from error


def _export(path: Path, key: bytes | None, target: Path, new: bytes | None) -> None:
    """A copy under another key: every page is written anew, which a backup cannot do."""
    with closing(_cipher().connect(str(path), isolation_level=None)) as source:
        if key is not None:
            _open_with(source, key)
        source.execute("ATTACH DATABASE ? AS made KEY ?", (str(target), _key_text(new)))
        source.execute("SELECT sqlcipher_export('made')")
        source.execute("DETACH DATABASE made")


def _key_text(key: bytes | None) -> str:
    return "" if key is None else f"x'{key.hex()}'"


def _driver(key: bytes | None) -> ModuleType:
    """SQLCipher is loaded only for a register that needs it."""
    return sqlite3 if key is None else _cipher()


def _cipher() -> ModuleType:
    return import_module("sqlcipher3.dbapi2")


def _errors() -> tuple[type[Exception], ...]:
    """What the drivers that are loaded raise."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, *(error for error in [getattr(cipher, "Error", None)] if error))


def use_write_ahead_log(path: Path, key: bytes | None = None) -> None:
    """Let readers and the writer not wait for each other; kept in the file."""
    with said_plainly(), closing(connect(path, key)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn SQLite's failures into what a user can mend.

    Raises:
        UserError: see ``_FAILURES``.
    """
    try:
        yield
    except _all_errors() as error:
        code = failure_of(error)
        if code is None:
            raise
        raise UserError(code) from error


def failure_of(error: Exception) -> str | None:
    """The code of a failure the user can mend, or None for a fault of the program."""
    name = _name_of(error)
    return next((code for prefix, code in _FAILURES if name.startswith(prefix)), None)


def _name_of(error: Exception) -> str:
    origin = error.orig if isinstance(error, DBAPIError) else error
    return str(getattr(origin, "sqlite_errorname", "") or _UNNAMED.get(str(origin), ""))


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    # Each time: the connection may come back from somebody more or less patient.
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {options.get('avrr_patience', PATIENCE)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("avrr_write") else "BEGIN")
