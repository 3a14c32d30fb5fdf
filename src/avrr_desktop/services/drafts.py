"""What a form, an import or a batch hands over, and what a save says it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from avrr_desktop.services.summary.cells import Cells

Place = tuple[str, int, str, str]


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as typed.

    ``values`` maps a field's name to its value, a multi-choice field's to a tuple of codes, a
    birth date's to its typed text, and a child's key to a tuple of mappings (each with the ``id``
    of a stored line, or none): a stored line missing from the tuple is deleted, and a child whose
    key is absent is left alone. An event carries ``person_id`` and may carry ``case_id``.
    ``confirmations`` maps the place of an unlikely value to the reason given for it.
    """

    record: str
    values: Mapping[str, object]
    id: str = ""  # the record to update; empty for a new one
    new_id: str = ""  # the id a new record gets, when it must be known beforehand
    version: int | None = None  # the version the form was opened on
    confirmations: Mapping[Place, str] = field(default_factory=dict)

    @property
    def target(self) -> str:
        """The id this draft writes, when it is known."""
        return self.id or self.new_id


def lines_of(values: Mapping[str, object], key: str) -> tuple[Mapping[str, object], ...]:
    """The lines of a child in a draft's values; none when they are not given."""
    rows = values.get(key)
    return tuple(rows) if isinstance(rows, list | tuple) else ()


@dataclass(frozen=True, slots=True)
class Changed:
    """What a transaction changed.

    ``ids`` are those of the drafts, in their order; ``delta`` is what the cells of the watched
    period moved by, or None when it was not asked for.
    """

    batch: int
    ids: tuple[str, ...]
    records: frozenset[tuple[str, str]]
    persons: frozenset[str]
    delta: Cells | None = None


@dataclass(frozen=True, slots=True)
class Stored:
    """A record as the register holds it; ``values`` are shaped like a draft's."""

    record: str
    id: str
    values: Mapping[str, object]
    version: int
    deleted_reason: str | None
    is_deleted: bool
    withheld: frozenset[str] = frozenset()  # fields the reader may not see, empty in ``values``
