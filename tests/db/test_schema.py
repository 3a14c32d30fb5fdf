import re
import sqlite3
from pathlib import Path

import pytest
from sqlmodel import SQLModel, create_engine

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.db import publication_tables, schema, tables
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.db.schema import HEAD, migrate, upgrade, version_of
from avrr_desktop.people.base import table_of


@pytest.fixture
def database(tmp_path: Path) -> Database:
    path = tmp_path / "register.sqlite"
    use_write_ahead_log(path)
    return Database(path)


def shapes(path: Path) -> dict[str, list[str]]:
    """Every table and index of a file, its clauses in a settled order."""
    connection = sqlite3.connect(path)
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type IN ('table', 'index')"
    ).fetchall()
    connection.close()
    return {
        name: sorted(clauses(sql))
        for name, sql in rows
        if not name.startswith(("search_index", "alembic", "sqlite_"))
    }


def clauses(sql: str) -> list[str]:
    """The top-level clauses of a CREATE statement, without quotes and extra blanks."""
    text = re.sub(r"\s+", " ", sql.replace('"', ""))
    head, _, body = text.partition("(")
    parts, depth = [""], 0
    for letter in body.rstrip().removesuffix(")"):
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [head.strip(), *(part.strip() for part in parts)]


def test_migrations_give_the_models_tables(database: Database, tmp_path: Path) -> None:
    for table in (tables.CHANGE, publication_tables.CLOSING):
        assert table.name in SQLModel.metadata.tables
    migrate(database)
    database.close()
    declared = tmp_path / "declared.sqlite"
    engine = create_engine(f"sqlite:///{declared}")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    assert shapes(database.path) == shapes(declared)


def test_migrate_does_nothing_twice(database: Database) -> None:
    assert version_of(database) is None
    assert migrate(database)
    assert not migrate(database)
    assert version_of(database) == HEAD
    database.close()


def test_downgrade_leaves_nothing(database: Database) -> None:
    from alembic import command
    from alembic.config import Config

    migrate(database)
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    with database.engine.connect() as plain:
        connection = plain.execution_options(avrr_write=True)
        config.attributes["connection"] = connection
        with connection.begin():
            command.downgrade(config, "base")
    assert shapes(database.path) == {}
    upgrade(database)
    assert version_of(database) == HEAD
    database.close()


def test_revisions_follow_each_other() -> None:
    files = sorted((schema.MIGRATIONS / "versions").glob("[0-9]*.py"))
    before = None
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert f'revision = "{path.name[:4]}"' in text
        assert f"down_revision = {before!r}".replace("'", '"') in text
        before = path.name[:4]


def test_revisions_import_nothing_of_the_package() -> None:
    for path in (schema.MIGRATIONS / "versions").glob("[0-9]*.py"):
        assert "avrr_desktop" not in path.read_text(encoding="utf-8")


def test_every_record_has_the_table_of_its_key() -> None:
    assert {key: table_of(r.model).name for key, r in RECORD_BY_KEY.items()} == {
        key: key for key in RECORD_BY_KEY
    }
