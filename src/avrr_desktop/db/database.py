"""The engine: one SQLite file, explicit transactions, and its failures in the user's words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool

from avrr_desktop.core.errors import UserError

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


class Database:
    """One register file. Readers never wait; one writer at a time."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._engine = create_engine(
            "sqlite://",
            creator=self._connect,
            poolclass=QueuePool,
            pool_size=4,
            hide_parameters=True,  # SQL errors would print names
        )
        event.listen(self._engine, "begin", _begin)

    @property
    def engine(self) -> Engine:
        """SQLAlchemy's engine, for migrations."""
        return self._engine

    @contextmanager
    def reading(self, patience: int = PATIENCE) -> Iterator[Connection]:
        """A connection that sees one state of the register until it is closed.

        ``patience`` is how many milliseconds it waits for a program that keeps readers out.
        """
        with said_plainly(), self._engine.connect() as plain:
            yield plain.execution_options(avrr_patience=patience)

    @contextmanager
    def apart(self) -> Iterator[Connection]:
        """A connection of its own, never lent again: what is temporary on it ends with it."""
        with said_plainly(), self._engine.connect() as plain:
            plain.detach()
            yield plain

    @contextmanager
    def writing(self, patience: int = PATIENCE) -> Iterator[Connection]:
        """A transaction that holds the only write lock from its start.

        ``patience`` is how many milliseconds it waits for another writer to end.

        Raises:
            UserError: ``disk_full``, ``register_locked``, ``register_read_only``,
                ``disk_failure``, ``register_corrupt``; nothing was written.
        """
        with said_plainly(), self._engine.connect() as plain:
            connection = plain.execution_options(avrr_write=True, avrr_patience=patience)
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Close every connection; the write-ahead log is folded into the file."""
        self._engine.dispose()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self.path,
            timeout=PATIENCE / 1000,
            isolation_level=None,  # BEGIN is SQLAlchemy's to say
            check_same_thread=False,
        )
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        return connection


def use_write_ahead_log(path: Path) -> None:
    """Let readers and the writer not wait for each other; kept in the file."""
    with said_plainly(), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")


@contextmanager
def said_plainly() -> Iterator[None]:
    """Turn SQLite's failures into what a user can mend.

    Raises:
        UserError: see ``_FAILURES``.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        code = failure_of(error)
        if code is None:
            raise
        raise UserError(code) from error


def failure_of(error: DBAPIError | sqlite3.Error) -> str | None:
    """The code of a failure the user can mend, or None for a fault of the program."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    name = str(getattr(origin, "sqlite_errorname", ""))
    return next((code for prefix, code in _FAILURES if name.startswith(prefix)), None)


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    # Each time: the connection may come back from somebody more or less patient.
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {options.get('avrr_patience', PATIENCE)}")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("avrr_write") else "BEGIN")
