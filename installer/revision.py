"""Writes the migration that brings a register from the last revision to the models.

Usage: ``python -m installer.revision "what it adds"``. Read the result before committing it.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import Table
from sqlmodel import SQLModel

import avrr_desktop.activities
import avrr_desktop.db.publication_tables
import avrr_desktop.db.tables  # noqa: F401 (every table must be known)
from avrr_desktop.db.database import Database, use_write_ahead_log
from avrr_desktop.db.schema import HEAD, MIGRATIONS, migrate

_TEMPLATE = '''"""{message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "{revision}"
down_revision = "{down}"
branch_labels = None
depends_on = None


def upgrade() -> None:
{upgrade}


def downgrade() -> None:
{downgrade}
'''
# SQLModel's own types stand for plain ones; a revision imports nothing but sqlalchemy and alembic
_PLAIN_TYPES = (
    ("sqlmodel.sql.sqltypes.", "sa."),
    ("AutoString", "String"),
    ("UTCDateTime", "DateTime"),
)


def main(message: str) -> Path:
    """Write the next revision and give its path."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "register.sqlite"
        use_write_ahead_log(path)
        database = Database(path)
        migrate(database)
        options = {
            "target_metadata": SQLModel.metadata,
            "include_object": _is_ours,
            "render_as_batch": True,
        }
        with database.engine.connect() as connection:
            context = MigrationContext.configure(connection, opts=options)
            script = produce_migrations(context, SQLModel.metadata)
        database.close()
    assert script.upgrade_ops is not None
    assert script.downgrade_ops is not None
    revision = f"{int(HEAD) + 1:04d}"
    text = _TEMPLATE.format(
        message=message[0].upper() + message[1:],
        revision=revision,
        down=HEAD,
        upgrade=_code(render_python_code(script.upgrade_ops, render_as_batch=True)),
        downgrade=_code(render_python_code(script.downgrade_ops, render_as_batch=True)),
    )
    slug = re.sub(r"\W+", "_", message.lower()).strip("_")
    target = MIGRATIONS / "versions" / f"{revision}_{slug}.py"
    target.write_text(text, encoding="utf-8")
    return target


def _is_ours(item: object, name: str | None, kind: str, *_: object) -> bool:
    """The search index and Alembic's own table are no models."""
    is_foreign = isinstance(item, Table) and (name or "").startswith(("search_index", "alembic"))
    return not (kind == "table" and is_foreign)


def _code(rendered: str) -> str:
    for old, new in _PLAIN_TYPES:
        rendered = rendered.replace(old, new)
    lines = [line for line in rendered.splitlines() if "Alembic" not in line]
    return "\n".join(
        line if line.startswith("    ") or not line else f"    {line}" for line in lines
    )


if __name__ == "__main__":
    sys.stdout.write(f"{main(sys.argv[1])}\n")
