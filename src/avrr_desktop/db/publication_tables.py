"""Tables of what is published: closings, corrections, declarations, texts of the bulletin."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Index, Integer, LargeBinary, String, Table, Text
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import UTCDateTime

_METADATA = SQLModel.metadata

# A semester frozen: everything that was published, with the lists of persons behind it.
CLOSING = Table(
    "closing",
    _METADATA,
    Column("id", String(32), primary_key=True),
    Column("period", String(40), nullable=False, index=True),
    Column("closed_at", UTCDateTime, nullable=False),
    Column("as_of", Integer, nullable=False),  # the last line of the journal it knew
    Column("counted_on", Date, nullable=False),
    Column("actor_id", String(32), nullable=False),
    Column("actor_name", String(120), nullable=False),
    Column("rules_version", String(10), nullable=False),
    Column("content", LargeBinary, nullable=False),  # figures, labels, texts: see closing/frozen
    Column("members", LargeBinary, nullable=False),  # who is behind each figure
    Column("fingerprint", String(64), nullable=False),  # SHA-256 of all of it, in hexadecimal
    Column("published_at", UTCDateTime),
    Column("reopened_at", UTCDateTime),
    Column("reopened_by", String(120)),
    Column("reopened_reason", Text),
)

# A change made after a closing that moves its figures, until a supervisor decides on it.
CORRECTION = Table(
    "correction",
    _METADATA,
    Column("id", String(32), primary_key=True),
    Column("closing_id", String(32), nullable=False, index=True),
    Column("batch", Integer, nullable=False, index=True),  # of the journal
    Column("at", UTCDateTime, nullable=False),
    Column("actor_id", String(32), nullable=False),
    Column("actor_name", String(120), nullable=False),
    Column("reason", Text, nullable=False),
    Column("effect", JSON, nullable=False),  # cells moved: [section, measure, term, group, by]
    Column("status", String(20), nullable=False),  # pending, approved, refused, taken_back
    Column("decided_at", UTCDateTime),
    Column("decided_by_id", String(32)),
    Column("decided_by", String(120)),
    Column("decided_reason", Text),
)

# « Néant »: somebody says that an empty section is meant to be empty.
DECLARATION = Table(
    "declaration",
    _METADATA,
    Column("period", String(40), primary_key=True),
    Column("section", String(60), primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("actor_id", String(32), nullable=False),
    Column("actor_name", String(120), nullable=False),
)

# Two files somebody found to be of two persons; the lower id first. Never asked again.
DIFFERENT_PERSONS = Table(
    "different_persons",
    _METADATA,
    Column("first_id", String(32), primary_key=True),
    Column("second_id", String(32), primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("actor_id", String(32), nullable=False),
    Column("actor_name", String(120), nullable=False),
    Column("reason", Text, nullable=False),
)

# Standing paragraphs and links of the bulletin; a period's own text wins over the standing one.
BULLETIN_TEXT = Table(
    "bulletin_text",
    _METADATA,
    Column("place", String(60), primary_key=True),  # a section's key, or a named place
    Column("language", String(2), primary_key=True),
    Column("period", String(40), primary_key=True),  # empty: every period
    Column("text", Text, nullable=False),
)

BULLETIN_IMAGE = Table(
    "bulletin_image",
    _METADATA,
    Column("id", String(32), primary_key=True),
    Column("kind", String(20), nullable=False),  # office_logo, donor_logo, photograph
    Column("place", String(60), nullable=False),  # a section's key, a fund's code, or empty
    Column("period", String(40), nullable=False),  # empty: every period
    Column("position", Integer, nullable=False),
    Column("captions", JSON, nullable=False),  # by language
    Column("media_type", String(40), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_bulletin_image_kind", "kind", "period", "position"),
)
