"""Creating a register's tables and bringing an older one up to date.

Alembic is imported only when there is something to migrate: it costs a start 0.2 s.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from sqlalchemy import inspect, text

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.database import Database, said_plainly

MIGRATIONS = Path(str(files("avrr_desktop.db") / "migrations"))
# Revisions are numbered: the newest file says which one this program expects.
_REVISIONS = tuple((MIGRATIONS / "versions").glob("[0-9]*_*.py*"))
HEAD = max(path.name[:4] for path in _REVISIONS)


def versions() -> tuple[str, ...]:
    """Every revision this program knows, the oldest first."""
    return tuple(sorted(path.name[:4] for path in _REVISIONS))


def version_of(database: Database) -> str | None:
    """The revision the file stands at; None for an empty file.

    Raises:
        UserError: ``not_a_register`` for a file that is none.
    """
    with database.reading() as connection:
        tables = set(inspect(connection).get_table_names())
        if not tables:
            return None
        if "alembic_version" not in tables:
            raise UserError("not_a_register")
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar())


def is_older(database: Database) -> bool:
    """Whether an older program wrote the file; false for an empty one."""
    version = version_of(database)
    return version is not None and version < HEAD


def migrate(database: Database) -> bool:
    """Bring the tables to this program's version; true when something was done.

    Raises:
        UserError: ``newer_register`` when a later program wrote the file.
    """
    version = version_of(database)
    if version == HEAD:
        return False
    if version is not None and version > HEAD:
        raise UserError("newer_register")
    upgrade(database)
    return True


def upgrade(database: Database, revision: str = "head") -> None:
    """Run the revisions up to ``revision`` in one transaction, foreign keys off meanwhile."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with said_plainly(), database.engine.connect() as plain:
        # Altering a parent table in batch mode would delete its children (tried); the switch
        # does nothing inside a transaction, so it is thrown on the bare connection.
        bare = plain.connection
        bare.cursor().execute("PRAGMA foreign_keys = OFF")
        connection = plain.execution_options(avrr_write=True)
        config.attributes["connection"] = connection
        with connection.begin():
            command.upgrade(config, revision)
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            if broken:
                raise UserError("register_corrupt")
        bare.cursor().execute("PRAGMA foreign_keys = ON")
