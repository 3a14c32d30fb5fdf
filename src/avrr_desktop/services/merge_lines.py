"""What the journal knows of a merger: its lines, and what the survivor held without it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, select
from sqlalchemy import Row as SqlRow

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import choice_fields_of, table_of
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.erased import require_kept
from avrr_desktop.services.journal import CHOICES, from_image
from avrr_desktop.services.stored import Choices, Row

MERGE, UNMERGE = "merge", "unmerge"
_PERSON = table_of(Person)
_POINTER = "merged_into_id"
_OWN = frozenset({"id", "created_seq", "changed_seq", "version", "deleted_at", "deleted_reason"})

_Line = SqlRow[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Merger:
    """One merger, and the file that survived it then."""

    batch: int
    survivor: str


def merger_of(connection: Connection, merged: str) -> Merger | None:
    """The merger that stands for a merged file; None when the journal holds none."""
    standing = _not_undone(_lines_of(merged, MERGE))
    for line in connection.execute(standing.order_by(CHANGE.c.sequence.desc())):
        survivor = _pointer(line.after)
        if survivor and not _pointer(line.before):
            return Merger(line.batch, survivor)
    return None


def came_along(connection: Connection, file: str, merged: str, others: Collection[str]) -> bool:
    """Whether ``file`` was merged into ``merged``, or into a file that was, one after the other.

    ``others`` are the files that point to one survivor now.
    """
    seen = set()
    while file in others and file not in seen:
        seen.add(file)
        done = merger_of(connection, file)
        if done is None:
            return False
        if done.survivor == merged:
            return True
        file = done.survivor
    return False


def given_back(
    connection: Connection, merger: Merger, survivor: Row, choices: Choices
) -> tuple[Row, Choices]:
    """The survivor as it would be had the merger never been; what was changed since stays.

    A field the merger changed gets the value of the last change that stands: mergers undone,
    or separated already, are passed over.

    Raises:
        UserError: ``payload_erased``: what it held before is kept no more.
    """
    lines = connection.execute(
        select(CHANGE)
        .where(CHANGE.c.table_name == PERSON.key, CHANGE.c.record_id == merger.survivor)
        .order_by(CHANGE.c.sequence)
    ).all()
    for line in lines:
        require_kept(line.before, line.after)
    void = {merger.batch} | _void_batches(connection)
    after, chosen = dict(survivor), dict(choices)
    merged_line = next((line for line in lines if line.batch == merger.batch), None)
    if merged_line is None:
        return after, chosen
    for name in _fields_changed(merged_line):
        image = _image_without(lines, name, void)
        row, codes = from_image(_PERSON, image)
        if name in codes or name in _CHOICES:
            chosen[name] = codes.get(name, ())
        else:
            after[name] = row[name]
    return after, chosen


def counted_lines(connection: Connection, person_id: str) -> tuple[int, int]:
    """How many live events and papers a file has."""
    events = sum(_count(connection, activity.model, person_id) for activity in ACTIVITIES)
    papers = sum(_count(connection, child.model, person_id) for child in PERSON.children)
    return events, papers


_CHOICES = frozenset(field.name for field in choice_fields_of(Person))


def _image_without(lines: Sequence[_Line], name: str, void: set[int]) -> Row:
    """The image that holds the field as the changes that stand left it."""
    held: object = None
    for line in lines:
        if name not in _fields_changed(line):
            continue
        if held is None:
            held = line.before
        if line.batch not in void:
            held = line.after
    return dict(held) if isinstance(held, Mapping) else {}


def _fields_changed(line: _Line) -> set[str]:
    before, after = _flat(line.before), _flat(line.after)
    names = (before.keys() | after.keys()) - _OWN - {_POINTER}
    return {name for name in names if before.get(name) != after.get(name)}


def _flat(image: object) -> dict[str, object]:
    """Columns and multi-choice codes on one level."""
    if not isinstance(image, Mapping):
        return {}
    flat = {name: value for name, value in image.items() if name != CHOICES}
    choices = image.get(CHOICES)
    if isinstance(choices, Mapping):
        flat.update({name: codes or None for name, codes in choices.items()})
    return flat


def _void_batches(connection: Connection) -> set[int]:
    """Transactions that no longer count: undone, undoing, separating, or separated since."""
    undoing = select(CHANGE.c.batch, CHANGE.c.undoes).where(CHANGE.c.undoes.is_not(None)).distinct()
    void: set[int] = set()
    undone: set[int] = set()
    for batch, undoes in connection.execute(undoing):
        undone.add(undoes)
        void |= {batch, undoes}
    separated = select(CHANGE.c.batch, CHANGE.c.record_id, CHANGE.c.before, CHANGE.c.after).where(
        CHANGE.c.action == UNMERGE, CHANGE.c.table_name == PERSON.key
    )
    for line in connection.execute(separated):
        if line.batch in undone:
            continue
        void.add(line.batch)
        if _pointer(line.before) and not _pointer(line.after):
            void |= _mergers_before(connection, line.record_id, line.batch) - undone
    return void


def _mergers_before(connection: Connection, merged: str, batch: int) -> set[int]:
    """The mergers in which a file first got its survivor, before a separation."""
    query = _lines_of(merged, MERGE).where(CHANGE.c.batch < batch)
    return {
        line.batch
        for line in connection.execute(query)
        if _pointer(line.after) and not _pointer(line.before)
    }


def _lines_of(record_id: str, action: str) -> Select[*tuple[Any, ...]]:
    return select(CHANGE).where(
        CHANGE.c.table_name == PERSON.key,
        CHANGE.c.record_id == record_id,
        CHANGE.c.action == action,
    )


def _not_undone(query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    undone = select(CHANGE.c.undoes).where(CHANGE.c.undoes.is_not(None))
    return query.where(CHANGE.c.batch.not_in(undone))


def _pointer(image: object) -> str:
    return str(image.get(_POINTER) or "") if isinstance(image, Mapping) else ""


def _count(connection: Connection, model: type, person_id: str) -> int:
    table = table_of(model)
    query = select(func.count()).where(table.c.person_id == person_id, table.c.deleted_at.is_(None))
    return connection.execute(query).scalar_one()
