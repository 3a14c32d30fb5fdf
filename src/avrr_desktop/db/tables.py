"""Tables that are not records: lists, the change journal, settings, counters, search text."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    String,
    Table,
    Text,
)
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

_METADATA = SQLModel.metadata

# Terms of every list; the shipped files insert missing codes, the office's changes win.
TERM = Table(
    "term",
    _METADATA,
    Column("vocabulary", String(60), primary_key=True),
    Column("code", String(60), primary_key=True),
    Column("fr", String(200), nullable=False),
    Column("ar", String(200), nullable=False),
    Column("en", String(200), nullable=False),
    Column("position", Integer, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("valid_from", Date),
    Column("valid_to", Date),
    Column("tag", String(60)),
    Column("aliases", Text, nullable=False),
)

# Append-only: undo, restore, history, the time machine and the audit all read it.
CHANGE = Table(
    "change",
    _METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=True),
    Column("at", UTCDateTime, nullable=False),
    Column("actor_id", String(32), nullable=False),
    Column("actor_name", String(120), nullable=False),
    Column("action", String(30), nullable=False),
    Column("table_name", String(60), nullable=False),
    Column("record_id", String(121), nullable=False),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
    Column("reason", Text),
    Column("batch", Integer, nullable=False),
    Column("undoes", Integer),
    Column("payload_digest", String(64)),  # of before and after: they may be erased one day
    Column("chain", String(64)),  # of the line and of the chain before it
    Index("ix_change_record", "table_name", "record_id", "sequence"),
    Index("ix_change_batch", "batch"),
    sqlite_autoincrement=True,
)

USER = Table(
    "user",
    _METADATA,
    Column("id", String(32), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("role", String(30), nullable=False),
    Column("login", String(60)),  # none for the one user of an open register
    Column("active", Boolean, nullable=False, server_default="1"),
    Column("restricted", Boolean, nullable=False, server_default="0"),
    Column("created_at", UTCDateTime),
)

SETTING = Table(
    "setting",
    _METADATA,
    Column("key", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

REGISTER = Table(
    "register",
    _METADATA,
    Column("uuid", String(32), primary_key=True),
    Column("is_demo", Boolean, nullable=False),
    Column("rules_version", String(10), nullable=False),
    Column("created_at", UTCDateTime, nullable=False),
)

COUNTER = Table(
    "counter",
    _METADATA,
    Column("name", String(60), primary_key=True),
    Column("value", Integer, nullable=False),
)

# What the search box looks through, a row a person; an index of words is kept over it.
SEARCH_TEXT = Table(
    "search_text",
    _METADATA,
    Column("id", Integer, primary_key=True),
    Column("person_id", String(32), nullable=False, unique=True),
    Column("words", Text, nullable=False),
    Column("sounds", Text, nullable=False),
    Column("digits", Text, nullable=False),
    # Lists by name are read in this order.
    Index("ix_search_text_words", "words", "person_id"),
)
