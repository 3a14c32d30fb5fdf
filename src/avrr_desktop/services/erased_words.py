"""Words typed beside the journal's lines (reasons, names of files) that name somebody erased.

The seal of a line covers them. The line keeps its seal, on which the next one stands; what is
left of it is sealed anew, under the journal's key, in the line that tells of the erasure.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Column, ColumnElement, Connection, bindparam, select, update

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.kinds import Kind
from avrr_desktop.db.append_only import lines_may_change
from avrr_desktop.db.publication_tables import CLOSING, CORRECTION
from avrr_desktop.db.search_index import words_of
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.people.base import column_fields_of
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.chain import START, left_digest
from avrr_desktop.services.erased import ERASE, LEFT, MARK
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.journal_keys import keys_to_seal
from avrr_desktop.services.stored import CHUNK

NOTHING: Final = "—"
FILE: Final = "file"  # lines about a file say its name
_SHORTEST: Final = 4  # letters of a word that names somebody by itself
_SHORTEST_NUMBER: Final = 6
_NAMES: Final = frozenset(
    {"family_name", "given_name", "family_name_ar", "given_name_ar", "other_names"}
)


@dataclass(frozen=True, slots=True)
class Names:
    """By which words a text is known to name somebody."""

    words: frozenset[str]
    together: tuple[frozenset[str], ...]  # short names: one alone says nothing

    def are_in(self, text: str) -> bool:
        """Whether the text names them."""
        spoken = words_of(text)
        said, spelt = frozenset(spoken), "".join(spoken)  # a number may be written with spaces
        return (
            not self.words.isdisjoint(said)
            or any(said >= name for name in self.together)
            or any(word in spelt for word in self.words if _is_number(word))
        )


def names_in(images: Iterable[tuple[str, object]]) -> Names:
    """The names and numbers that images of records hold, by the records' tables."""
    words: set[str] = set()
    together: set[frozenset[str]] = set()
    for table, image in images:
        if not isinstance(image, Mapping):
            continue
        own = [frozenset(words_of(text)) for text in _naming(table, image)]
        words.update(word for said in own for word in said if len(word) >= _SHORTEST)
        together.add(frozenset().union(*own[:2]) if table == PERSON.key else frozenset())
    return Names(frozenset(words), tuple(sorted(filter(_is_told, together), key=sorted)))


def erase_words(
    connection: Connection, about: Collection[int], names: Names, on: date, *, journal: Journal
) -> int:
    """Take reasons off the lines ``about`` somebody, and off any other line that names them.

    So are names of files that name them, and the reasons of corrections and reopenings. Gives
    how many lines lost a word.
    """
    lost = {line: {CHANGE.c.reason} for line in _with_reasons(connection, about)}
    for column, where in ((CHANGE.c.reason, ()), (CHANGE.c.record_id, (_IS_FILE,))):
        for line in _naming_lines(connection, column, names, where):
            lost.setdefault(line, set()).add(column)
    _erase_decisions(connection, frozenset(about), names)
    if not lost:
        return 0
    with lines_may_change(connection):
        for column in (CHANGE.c.reason, CHANGE.c.record_id):
            lines = [{"line": line} for line, columns in lost.items() if column in columns]
            if lines:
                here = CHANGE.c.sequence == bindparam("line")
                connection.execute(update(CHANGE).where(here).values({column: NOTHING}), lines)
    left = dict(_left(connection, sorted(lost)))
    journal.note(CHANGE.name, "words", None, {MARK: on.isoformat(), LEFT: left}, action=ERASE)
    journal.write()
    return len(lost)


_IS_FILE: Final = CHANGE.c.table_name == FILE


def _naming(table: str, image: Mapping[str, object]) -> Iterator[str]:
    """Family name, given name, then what else names somebody."""
    record = RECORD_BY_KEY.get(table)
    if table == PERSON.key:
        yield str(image.get("family_name") or "")
        yield str(image.get("given_name") or "")
    for field in column_fields_of(record.model) if record is not None else ():
        is_number = field.spec.kind is Kind.IDENTIFIER and not field.spec.assigned
        value = image.get(field.name)
        if value and (is_number or (table == PERSON.key and field.name in _NAMES)):
            yield str(value)
            if is_number:
                yield "".join(words_of(str(value)))


def _is_number(word: str) -> bool:
    return len(word) >= _SHORTEST_NUMBER and any(sign.isdigit() for sign in word)


def _is_told(name: frozenset[str]) -> bool:
    return len(name) > 1


def _with_reasons(connection: Connection, about: Collection[int]) -> Iterator[int]:
    ordered = sorted(about)
    for start in range(0, len(ordered), CHUNK):
        here = CHANGE.c.sequence.in_(ordered[start : start + CHUNK])
        query = select(CHANGE.c.sequence).where(
            here, CHANGE.c.reason.is_not(None), CHANGE.c.reason != NOTHING
        )
        yield from connection.execute(query).scalars()


def _naming_lines(
    connection: Connection,
    column: Column[str],
    names: Names,
    where: tuple[ColumnElement[bool], ...],
) -> Iterator[int]:
    """Each text is looked at once: an import gives thousands of lines one reason."""
    texts = select(column).where(column.is_not(None), *where).distinct()
    for text in list(connection.execute(texts).scalars()):
        if names.are_in(text):
            query = select(CHANGE.c.sequence).where(column == text, *where)
            yield from connection.execute(query).scalars()


def _erase_decisions(connection: Connection, about: frozenset[int], names: Names) -> None:
    """Corrections of a change about them alone, or that name them; reopenings that name them."""
    kept = (CORRECTION.c.id, CORRECTION.c.batch, CORRECTION.c.reason, CORRECTION.c.decided_reason)
    for row in connection.execute(select(*kept)).all():
        is_theirs = _is_about_them_alone(connection, row.batch, about)
        told = {"reason": row.reason, "decided_reason": row.decided_reason}
        values = {
            name: NOTHING
            for name, text in told.items()
            if text and (is_theirs or names.are_in(text))
        }
        if values:
            here = CORRECTION.c.id == row.id
            connection.execute(update(CORRECTION).where(here).values(values))
    why = CLOSING.c.reopened_reason
    for closing, text in connection.execute(select(CLOSING.c.id, why).where(why.is_not(None))):
        if names.are_in(text):
            here = CLOSING.c.id == closing
            connection.execute(update(CLOSING).where(here).values({why.name: NOTHING}))


def _is_about_them_alone(connection: Connection, batch: int, about: frozenset[int]) -> bool:
    query = select(CHANGE.c.sequence).where(
        CHANGE.c.batch == batch, CHANGE.c.table_name.in_(RECORD_BY_KEY)
    )
    return set(connection.execute(query).scalars()) <= about


def _left(connection: Connection, lines: list[int]) -> Iterator[tuple[str, str]]:
    """What is left of each line, sealed; lines older than the chain have no seal to keep."""
    keys = keys_to_seal(connection)
    for start in range(0, len(lines), CHUNK):
        wanted = lines[start : start + CHUNK]
        near = {*wanted, *(line - 1 for line in wanted)}
        query = select(CHANGE).where(CHANGE.c.sequence.in_(near))
        rows = {int(row["sequence"]): row for row in connection.execute(query).mappings()}
        for line in wanted:
            before = rows.get(line - 1)
            previous = START if before is None else before["chain"] or START
            if rows[line]["chain"] is not None:
                yield str(line), keys.digest(left_digest(previous, dict(rows[line])))
