"""Two files of one person become one, and two again (counting rule 12).

Events, papers and places keep their file: the merged one only names its survivor. So what was
added since stands on the right file once they are separated.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Field
from avrr_desktop.people.base import fields_of, table_of
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services import merge_lines, stored
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.closing.watch import ClosedWatch
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.effect import EffectWatch
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import Choices, Row
from avrr_desktop.services.summary.cells import Cells
from avrr_desktop.services.taken_back import taken_back
from avrr_desktop.services.writing import Writing

_PERSON = table_of(Person)
_BIRTH = ("birth_typed", "birth_precision", "birth_first", "birth_last")


@dataclass(frozen=True, slots=True)
class FieldPair:
    """One field of both files; ``first`` is the survivor's value."""

    field: Field
    first: object
    second: object

    @property
    def differs(self) -> bool:
        """Whether there is something to choose."""
        return (self.first or None) != (self.second or None)

    @property
    def prefers_second(self) -> bool:
        """Whether the survivor says nothing and the merged file does."""
        return self.differs and not self.first


@dataclass(frozen=True, slots=True)
class FileSide:
    """One of the two files: what tells it from the other, beside its fields."""

    id: str
    number: str
    version: int
    row: Mapping[str, object]
    events: int
    papers: int


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Two files, field by field."""

    first: FileSide
    second: FileSide
    fields: tuple[FieldPair, ...]


@dataclass(frozen=True, slots=True)
class MergeEffect:
    """What a merger or a separation moves: cells of a period, and closed semesters by code."""

    cells: Cells
    closed: tuple[tuple[str, Cells], ...]


@needs(Permission.MERGE)
def side_by_side(register: Register, first: str, second: str) -> SideBySide:
    """The two files as they stand; the first is meant to survive.

    Raises:
        UserError: see ``merge``.
    """
    with register.database.reading() as connection:
        rows = _two_files(connection, first, second)
        choices = stored.choices_of(connection, PERSON, [first, second])
        sides = [_side(connection, rows[i]) for i in (first, second)]
        return SideBySide(
            sides[0],
            sides[1],
            tuple(
                FieldPair(
                    field,
                    _value(field, rows[first], choices[first]),
                    _value(field, rows[second], choices[second]),
                )
                for field in fields_of(Person)
                if not field.spec.assigned
            ),
        )


@needs(Permission.MERGE)
def merge(
    register: Register,
    actor: Actor,
    survivor: str,
    merged: str,
    taken: Collection[str],
    *,
    reason: str,
    versions: tuple[int, int] | None = None,
    watch: Period | None = None,
) -> Changed:
    """Merge a file into its survivor, which gets the ``taken`` fields of the merged one.

    ``versions`` are those the two files were shown in. The reason is also that of the correction,
    when figures of a closed semester move.

    Raises:
        UserError: ``reason_required``, ``merge_same_file``, ``merge_deleted``, ``merge_merged``,
            ``person_anonymised``, ``changed_meanwhile``, ``no_such_record``, or a failure of the
            disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    with register.database.writing() as connection:
        writing = Writing(
            register, connection, actor, "merge", reason=reason, watch=watch, correction=reason
        )
        rows = _two_files(connection, survivor, merged)
        if versions is not None and versions != (
            rows[survivor]["version"],
            rows[merged]["version"],
        ):
            raise UserError("changed_meanwhile")
        writing.before({survivor, merged})
        _merge(connection, writing.journal, rows[survivor], rows[merged], taken)
        writing.journal.write()
        return writing.finish((survivor,))


@needs(Permission.MERGE)
def unmerge(
    register: Register, actor: Actor, merged: str, reason: str, *, watch: Period | None = None
) -> Changed:
    """Separate a file from its survivor, which gets back the values the merger changed.

    A value changed again since stays. Files that came along in the merger leave with their file.

    Raises:
        UserError: ``reason_required``, ``not_merged``, ``merge_deleted``, ``no_such_record``,
            ``person_anonymised``, or a failure of the disk.
    """
    if not reason.strip():
        raise UserError("reason_required")
    with register.database.writing() as connection:
        writing = Writing(
            register, connection, actor, "unmerge", reason=reason, watch=watch, correction=reason
        )
        row = _merged_file(connection, merged)
        writing.before({merged, str(row["merged_into_id"])})
        _unmerge(connection, writing.journal, row)
        writing.journal.write()
        return writing.finish((merged,))


@needs(Permission.MERGE)
def merge_effect(
    register: Register,
    actor: Actor,
    survivor: str,
    merged: str,
    taken: Collection[str],
    *,
    period: Period,
) -> MergeEffect:
    """What ``merge`` would move in the figures: done, counted, and taken back.

    Raises:
        UserError: see ``merge``.
    """
    with taken_back(register) as connection:
        rows = _two_files(connection, survivor, merged)
        watches = _Watches(register, connection, period, {survivor, merged})
        journal = Journal(connection, actor, register.clock, action="preview")
        _merge(connection, journal, rows[survivor], rows[merged], taken)
        journal.write()
        return watches.effect()


@needs(Permission.MERGE)
def unmerge_effect(register: Register, actor: Actor, merged: str, period: Period) -> MergeEffect:
    """What ``unmerge`` would move in the figures: done, counted, and taken back.

    Raises:
        UserError: see ``unmerge``.
    """
    with taken_back(register) as connection:
        row = _merged_file(connection, merged)
        watches = _Watches(register, connection, period, {merged, str(row["merged_into_id"])})
        journal = Journal(connection, actor, register.clock, action="preview")
        _unmerge(connection, journal, row)
        journal.write()
        return watches.effect()


class _Watches:
    """The figures of a period and of every closed semester, before and after."""

    def __init__(
        self, register: Register, connection: Connection, period: Period, persons: set[str]
    ) -> None:
        self._persons = persons
        self._period = EffectWatch(register, connection, period)
        self._closed = ClosedWatch(register, connection)
        self._period.before(persons)
        self._closed.before(persons)

    def effect(self) -> MergeEffect:
        moved = self._closed.after(self._persons)
        return MergeEffect(
            self._period.after(self._persons) or {},
            tuple((one.closing.period.code, one.cells) for one in moved),
        )


def _two_files(connection: Connection, survivor: str, merged: str) -> dict[str, Row]:
    if survivor == merged:
        raise UserError("merge_same_file")
    rows = stored.rows_by_id(connection, _PERSON, [survivor, merged])
    if rows.keys() != {survivor, merged}:
        raise UserError("no_such_record")
    for row in rows.values():
        if row["deleted_at"] is not None:
            raise UserError("merge_deleted", number=row["number"])
        if row["merged_into_id"]:
            raise UserError("merge_merged", number=row["number"])
        if row["anonymised_on"] is not None:
            raise UserError("person_anonymised")
    return rows


def _merged_file(connection: Connection, merged: str) -> Row:
    row = stored.rows_by_id(connection, _PERSON, [merged]).get(merged)
    if row is None:
        raise UserError("no_such_record")
    if not row["merged_into_id"]:
        raise UserError("not_merged", number=row["number"])
    if row["anonymised_on"] is not None:
        raise UserError("person_anonymised")
    survivor = str(row["merged_into_id"])
    for one in (row, stored.rows_by_id(connection, _PERSON, [survivor])[survivor]):
        if one["deleted_at"] is not None:
            raise UserError("merge_deleted", number=one["number"])
    return row


def _merge(
    connection: Connection, journal: Journal, survivor: Row, merged: Row, taken: Collection[str]
) -> None:
    kept_id, merged_id = str(survivor["id"]), str(merged["id"])
    choices = stored.choices_of(connection, PERSON, [kept_id, merged_id])
    after, chosen = dict(survivor), dict(choices[kept_id])
    for field in fields_of(Person):
        if field.name not in taken or field.spec.assigned:
            continue
        if field.spec.kind is Kind.TERMS:
            chosen[field.name] = choices[merged_id][field.name]
        for name in _columns(field):
            after[name] = merged[name]
    journal.update(_PERSON, survivor, after, choices[kept_id], chosen)
    _point(connection, journal, merged, kept_id)
    for row in _files_merged_into(connection, merged_id):
        _point(connection, journal, row, kept_id)


def _unmerge(connection: Connection, journal: Journal, merged: Row) -> None:
    merged_id, kept_id = str(merged["id"]), str(merged["merged_into_id"])
    done = merge_lines.merger_of(connection, merged_id)
    _point(connection, journal, merged, None)
    if done is None:  # merged by a copy or a bulk load: the journal has nothing to give back
        return
    others = {str(row["id"]): row for row in _files_merged_into(connection, kept_id)}
    for file, row in others.items():
        if file != merged_id and merge_lines.came_along(connection, file, merged_id, others):
            _point(connection, journal, row, merged_id)
    survivor = stored.rows_by_id(connection, _PERSON, [done.survivor])[done.survivor]
    choices = stored.choices_of(connection, PERSON, [done.survivor])[done.survivor]
    after, chosen = merge_lines.given_back(connection, done, survivor, choices)
    journal.update(_PERSON, survivor, after, choices, chosen)


def _point(connection: Connection, journal: Journal, row: Row, survivor: str | None) -> None:
    choices = stored.choices_of(connection, PERSON, [str(row["id"])])[str(row["id"])]
    journal.update(_PERSON, row, {**row, "merged_into_id": survivor}, choices, choices)


def _files_merged_into(connection: Connection, survivor: str) -> list[Row]:
    query = select(_PERSON).where(_PERSON.c.merged_into_id == survivor).order_by(_PERSON.c.id)
    return [dict(row) for row in connection.execute(query).mappings()]


def _columns(field: Field) -> tuple[str, ...]:
    """The columns a field fills: a birth date is four."""
    if field.spec.kind is Kind.TERMS:
        return ()
    return _BIRTH if field.spec.kind is Kind.BIRTH else (field.name,)


def _value(field: Field, row: Row, choices: Choices) -> object:
    return choices[field.name] if field.spec.kind is Kind.TERMS else row[field.name]


def _side(connection: Connection, row: Row) -> FileSide:
    version = row["version"]
    assert isinstance(version, int)
    events, papers = merge_lines.counted_lines(connection, str(row["id"]))
    return FileSide(str(row["id"]), str(row["number"]), version, row, events, papers)
