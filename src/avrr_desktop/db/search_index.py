"""The index behind the search box: words, sounds and last digits of every person.

SQLite's FTS5 keeps it up to date by triggers over ``search_text``; a server would use its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, TextualSelect, column, delete, select, text

from avrr_desktop.core.folding import fold
from avrr_desktop.core.sounds import sound_of
from avrr_desktop.db.tables import SEARCH_TEXT
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.papers import Document, ExternalNumber, Phone
from avrr_desktop.people.person import Person

CREATE = (
    """CREATE VIRTUAL TABLE search_index USING fts5(
        words, sounds, digits, content='search_text', content_rowid='id',
        detail='column', prefix='2 3', tokenize="unicode61 remove_diacritics 0")""",
    """CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN
        INSERT INTO search_index(rowid, words, sounds, digits)
        VALUES (new.id, new.words, new.sounds, new.digits); END""",
    """CREATE TRIGGER search_text_removed AFTER DELETE ON search_text BEGIN
        INSERT INTO search_index(search_index, rowid, words, sounds, digits)
        VALUES ('delete', old.id, old.words, old.sounds, old.digits); END""",
)
_CHUNK = 400
_NOT_WORD = re.compile(r"[^\w]+")
_MOST_WORDS = 12  # looked for: the index takes no longer question
_MOROCCO = ("00212", "212")


@dataclass(frozen=True, slots=True)
class SearchText:
    """What is searched of one person."""

    words: str
    sounds: str
    digits: str


def search_text(
    names: Iterable[str | None], numbers: Iterable[str], phones: Iterable[str]
) -> SearchText:
    """The searched text of a person: names in both scripts, numbers of all kinds, phones.

    A number stands as its words and as one word; a phone as its digits in reverse, so that its
    last digits are a beginning.
    """
    words: list[str] = []
    for name in names:
        if name:
            words += words_of(name)
    sounds = dict.fromkeys(sound_of(word) for word in words)
    for number in numbers:
        parts = words_of(number)
        words += parts
        if len(parts) > 1:
            words.append("".join(parts))
    return SearchText(
        " ".join(dict.fromkeys(words)),
        " ".join(sounds),
        " ".join(national_digits(phone)[::-1] for phone in phones),
    )


def words_of(typed: str) -> list[str]:
    """The folded words of a text."""
    return [word for word in _NOT_WORD.sub(" ", fold(typed)).replace("_", " ").split() if word]


def national_digits(typed: str) -> str:
    """The digits of a telephone number without country or trunk prefix."""
    digits = "".join(c for c in fold(typed) if c.isdigit())
    for prefix in _MOROCCO:
        if digits.startswith(prefix) and len(digits) > len(prefix) + 6:
            digits = digits[len(prefix) :]
            break
    return digits.lstrip("0")


def refresh(connection: Connection, person_ids: Iterable[str]) -> None:
    """Write the searched text of these persons anew; the deleted ones leave the index.

    A file merged into another and its survivor bear the same text, that of both: either is found
    by the names and numbers of the other, and their events stand together in a list by name.
    """
    ids = sorted(set(person_ids))
    for start in range(0, len(ids), _CHUNK):
        files = _files_with(connection, ids[start : start + _CHUNK])
        _refresh_chunk(connection, sorted(files), files)


def _files_with(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """These files and those merged with them, each with the file it is found by."""
    person = table_of(Person)
    columns = select(person.c.id, person.c.merged_into_id)
    files = {
        row[0]: row[1] or row[0] for row in connection.execute(columns.where(person.c.id.in_(ids)))
    }
    merged = columns.where(person.c.merged_into_id.in_(sorted(set(files.values()))))
    files.update((row[0], row[1]) for row in connection.execute(merged))
    return files | {survivor: survivor for survivor in files.values()}


def _refresh_chunk(connection: Connection, ids: Sequence[str], files: Mapping[str, str]) -> None:
    person, phone, document = table_of(Person), table_of(Phone), table_of(Document)
    external, member, case = table_of(ExternalNumber), table_of(Membership), table_of(CaseFile)
    names = connection.execute(
        select(
            person.c.id,
            person.c.number,
            person.c.family_name,
            person.c.given_name,
            person.c.family_name_ar,
            person.c.given_name_ar,
            person.c.other_names,
        ).where(person.c.id.in_(ids), person.c.deleted_at.is_(None))
    ).all()
    numbers: dict[str, list[str]] = {row[0]: [row[1]] for row in names}
    phones: dict[str, list[str]] = {row[0]: [] for row in names}
    of_documents = select(document.c.person_id, document.c.number).where(
        document.c.person_id.in_(ids), document.c.deleted_at.is_(None)
    )
    of_systems = select(external.c.person_id, external.c.value).where(
        external.c.person_id.in_(ids), external.c.deleted_at.is_(None)
    )
    of_cases = (
        select(member.c.person_id, case.c.number)
        .join(case, case.c.id == member.c.case_id)
        .where(member.c.person_id.in_(ids), member.c.deleted_at.is_(None))
    )
    of_phones = select(phone.c.person_id, phone.c.number).where(
        phone.c.person_id.in_(ids), phone.c.deleted_at.is_(None)
    )
    for query, target in (
        (of_documents, numbers),
        (of_systems, numbers),
        (of_cases, numbers),
        (of_phones, phones),
    ):
        for person_id, number in connection.execute(query):
            if person_id in target:
                target[person_id].append(number)
    connection.execute(delete(SEARCH_TEXT).where(SEARCH_TEXT.c.person_id.in_(ids)))
    texts = _texts(names, numbers, phones, files)
    rows = [
        {
            "person_id": row[0],
            "words": found.words,
            "sounds": found.sounds,
            "digits": found.digits,
        }
        for row in names
        for found in (texts[files[row[0]]],)
    ]
    if rows:
        connection.execute(SEARCH_TEXT.insert(), rows)


def _texts(
    names: Iterable[Sequence[Any]],
    numbers: Mapping[str, Sequence[str]],
    phones: Mapping[str, Sequence[str]],
    files: Mapping[str, str],
) -> dict[str, SearchText]:
    """The searched text of each survivor: its own names first, then those merged into it."""
    named: dict[str, list[str | None]] = {}
    numbered: dict[str, list[str]] = {}
    called: dict[str, list[str]] = {}
    for row in sorted(names, key=lambda row: files[row[0]] != row[0]):
        survivor = files[row[0]]
        named.setdefault(survivor, []).extend(row[2:])
        numbered.setdefault(survivor, []).extend(numbers[row[0]])
        called.setdefault(survivor, []).extend(phones[row[0]])
    return {i: search_text(named[i], numbered[i], called[i]) for i in named}


def rebuild(connection: Connection) -> None:
    """Index the whole ``search_text`` anew, after a bulk load that bypassed the triggers."""
    connection.execute(text("INSERT INTO search_index(search_index) VALUES ('rebuild')"))


def forget_removed(connection: Connection) -> None:
    """Merge the whole index: words taken out of it are in the file until then."""
    connection.execute(text("INSERT INTO search_index(search_index) VALUES ('optimize')"))


def suspend(connection: Connection) -> None:
    """Take the triggers off before a bulk load; ``resume`` puts them back and rebuilds."""
    connection.execute(text("DROP TRIGGER search_text_added"))
    connection.execute(text("DROP TRIGGER search_text_removed"))


def resume(connection: Connection) -> None:
    """Rebuild the index after a bulk load and keep it up to date again."""
    rebuild(connection)
    for statement in CREATE[1:]:
        connection.execute(text(statement))


def match(connection: Connection, typed: str, limit: int, *, by_sound: bool = False) -> list[str]:
    """Ids of at most ``limit`` persons that have every word of ``typed``, the latest first.

    A word is the beginning of a word, or the last digits of a phone; the words together may also
    be one number. With ``by_sound`` names that sound alike match too.
    """
    expression = _expression(typed, by_sound=by_sound)
    if not expression:
        return []
    rows = connection.execute(
        text(
            "SELECT t.person_id FROM search_index i JOIN search_text t ON t.id = i.rowid"
            " WHERE search_index MATCH :expression ORDER BY i.rowid DESC LIMIT :limit"
        ),
        {"expression": expression, "limit": limit},
    )
    return [row[0] for row in rows]


def matching(typed: str, *, by_sound: bool = False) -> TextualSelect:
    """Ids of every person ``match`` would find, as a select for the condition of another one."""
    found = text(
        "SELECT t.person_id FROM search_index i JOIN search_text t ON t.id = i.rowid"
        " WHERE search_index MATCH :expression"
    )
    expression = _expression(typed, by_sound=by_sound) or _NOTHING
    return found.bindparams(expression=expression).columns(column("person_id"))


_NOTHING = 'words:"a" NOT words:"a"'  # an expression that nobody answers


def _expression(typed: str, *, by_sound: bool) -> str:
    words = words_of(typed)[:_MOST_WORDS]
    if not words:
        return ""
    terms = []
    for word in dict.fromkeys(words):
        ways = [f'words:"{word}"*']
        if by_sound:
            ways.append(f'sounds:"{sound_of(word)}"*')
        if word.isdigit() and (digits := national_digits(word)):
            ways.append(f'digits:"{digits[::-1]}"*')
        terms.append("(" + " OR ".join(ways) + ")")
    expression = " AND ".join(terms)
    if len(words) > 1 and any(c.isdigit() for c in typed):
        expression = f'({expression}) OR words:"{"".join(words)}"*'
        if digits := national_digits(typed):
            expression += f' OR digits:"{digits[::-1]}"*'
    return expression
