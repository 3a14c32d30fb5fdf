"""Persons by nationality: lists and filters by it read an index instead of every person."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_person_nationality", "person", ["nationality"])


def downgrade() -> None:
    op.drop_index("ix_person_nationality", "person")
