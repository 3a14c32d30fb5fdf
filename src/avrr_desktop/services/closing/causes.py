"""Why somebody counts otherwise than was published: the lines of the journal since (rule 13)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, RowMapping, select

from avrr_desktop.activities import ACTIVITY_BY_KEY, SECTIONS
from avrr_desktop.db.publication_tables import CORRECTION
from avrr_desktop.db.tables import CHANGE, TERM
from avrr_desktop.people.opening_balance import OPENING_BALANCE
from avrr_desktop.people.person import PERSON

_BIRTH = ("birth_first", "birth_last")
# What the count reads of a person: nothing else of the file can move a figure.
_READ = frozenset(
    {*_BIRTH, "sex", "merged_into_id", "deleted_at"}
    | {b.column for _, section in SECTIONS.values() for b in section.breakdowns if b.of_person}
)


ANONYMISED = "anonymised"  # see retention/anonymising
_REASONS = select(CORRECTION.c.batch, CORRECTION.c.reason)


class Kind(StrEnum):
    """What moved a figure since it was published; the first that applies names the difference."""

    MERGE = "merge"
    LATE_ENTRY = "late_entry"
    DELETION = "deletion"
    RESTORATION = "restoration"
    BIRTH_DATE = "birth_date"
    CORRECTION = "correction"
    ANONYMISED = "anonymised"  # only mean ages move by it
    BALANCE = "balance"
    LIST_CHANGE = "list_change"
    UNKNOWN = "unknown"  # nothing in the journal tells: the register was altered


@dataclass(frozen=True, slots=True)
class Cause:
    """One line of the journal written after the closing."""

    kind: Kind
    sequence: int
    batch: int
    at: datetime
    actor: str
    reason: str
    table: str
    record_id: str
    before: Mapping[str, object]
    after: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Causes:
    """The lines since a closing, by what they may have moved."""

    of_persons: Mapping[str, Sequence[Cause]]
    of_cases: Mapping[str, Sequence[Cause]]
    of_events: Mapping[str, Sequence[Cause]]
    of_balances: tuple[Cause, ...]
    of_lists: tuple[Cause, ...]


def causes_since(connection: Connection, sequence: int) -> Causes:
    """Every line written after ``sequence`` that can move a figure."""
    persons: defaultdict[str, list[Cause]] = defaultdict(list)
    cases: defaultdict[str, list[Cause]] = defaultdict(list)
    events: defaultdict[str, list[Cause]] = defaultdict(list)
    balances: list[Cause] = []
    lists: list[Cause] = []
    given = {row.batch: row.reason for row in connection.execute(_REASONS)}
    query = select(CHANGE).where(CHANGE.c.sequence > sequence).order_by(CHANGE.c.sequence)
    for row in connection.execute(query).mappings():
        if row["table_name"] == ANONYMISED:
            person = str(row["record_id"]).partition("/")[2]
            persons[person].append(_anonymised(row, person))
            continue
        cause = _cause(row, given.get(row["batch"]) or row["reason"] or "")
        if cause.table == OPENING_BALANCE.key:
            balances.append(cause)
        elif cause.table == TERM.name:
            lists.append(cause)
        own = {cause.record_id} if cause.table == PERSON.key else set()
        for person in _named(cause, "person_id", "merged_into_id") | own:
            persons[person].append(cause)
        for case in _named(cause, "case_id"):
            cases[case].append(cause)
        if cause.table in ACTIVITY_BY_KEY:
            events[cause.record_id].append(cause)
    return Causes(persons, cases, events, tuple(balances), tuple(lists))


def is_of_person(cause: Cause) -> bool:
    """Whether a line changed something of a person's file that the count reads."""
    if cause.table != PERSON.key:
        return False
    if cause.kind is Kind.ANONYMISED:
        return True
    return any(cause.before.get(name) != cause.after.get(name) for name in _READ)


def first_kind(causes: Iterable[Cause]) -> Kind:
    """The kind that names a difference with several causes."""
    kinds = {cause.kind for cause in causes}
    return next((kind for kind in Kind if kind in kinds), Kind.UNKNOWN)


def _named(cause: Cause, *names: str) -> set[str]:
    images = (cause.before, cause.after)
    return {str(image[name]) for image in images for name in names if image.get(name)}


def _cause(row: RowMapping, reason: str) -> Cause:
    before, after = _image(row["before"]), _image(row["after"])
    return Cause(
        kind=_kind(str(row["table_name"]), before, after),
        sequence=row["sequence"],
        batch=row["batch"],
        at=row["at"],
        actor=row["actor_name"],
        reason=reason,
        table=row["table_name"],
        record_id=row["record_id"],
        before=before,
        after=after,
    )


def _anonymised(row: RowMapping, person: str) -> Cause:
    cause = _cause(row, row["reason"] or "")
    return replace(cause, kind=Kind.ANONYMISED, table=PERSON.key, record_id=person)


def _kind(table: str, before: Mapping[str, object], after: Mapping[str, object]) -> Kind:
    was_deleted, is_deleted = bool(before.get("deleted_at")), bool(after.get("deleted_at"))
    is_birth = table == PERSON.key and any(before.get(n) != after.get(n) for n in _BIRTH)
    applies = {
        Kind.BALANCE: table == OPENING_BALANCE.key,
        Kind.LIST_CHANGE: table == TERM.name,
        Kind.MERGE: before.get("merged_into_id") != after.get("merged_into_id"),
        Kind.DELETION: is_deleted and not was_deleted,
        Kind.RESTORATION: was_deleted and not is_deleted,
        Kind.LATE_ENTRY: not before and table in ACTIVITY_BY_KEY,
        Kind.BIRTH_DATE: bool(before) and is_birth,
    }
    return next((kind for kind, holds in applies.items() if holds), Kind.CORRECTION)


def _image(kept: object) -> Mapping[str, object]:
    return kept if isinstance(kept, Mapping) else {}
