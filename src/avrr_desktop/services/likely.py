"""Files that a person being typed may have already, before anything is saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from avrr_desktop.core.births import Birth
from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.database import PATIENCE
from avrr_desktop.db.search_index import matching, words_of
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.duplicate_pairs import Compared, Likeness, reasons_for, weight_of
from avrr_desktop.services.journal import last_sequence
from avrr_desktop.services.register import Register
from avrr_desktop.services.registering import read_birth
from avrr_desktop.services.subjects import Subject, in_order

MOST: Final = 3
_STRONG: Final = 60  # alike in names and in the very day of birth, or nearly
_SAME_NAMES: Final = frozenset({Likeness.SAME_NAMES, Likeness.ARABIC_NAMES})
_CANDIDATES: Final = 300  # whose names sound alike and who may be born on the same day
_NAMES: Final = (("family_name", "given_name"), ("family_name_ar", "given_name_ar"))
_PERSON = table_of(Person)


@dataclass(frozen=True, slots=True)
class Likely:
    """Somebody of the register, and why the person typed may be the same."""

    subject: Subject
    reasons: tuple[Likeness, ...]
    is_strong: bool  # not to be passed over without an answer


@needs(Permission.NAMES)
def likely_files(
    register: Register,
    typed: Mapping[str, object],
    besides: Iterable[str] = (),
    patience: int = PATIENCE,
) -> tuple[Likely, ...]:
    """The files most like the person typed, the surest first; none before a birth is typed.

    ``typed`` are values of a person's fields. A nationality left out speaks for nobody and
    against nobody. Files ``besides`` are not looked at: those of the same household.

    Raises:
        UserError: ``register_locked`` after ``patience`` milliseconds, or the disk's.
    """
    today = register.clock.today()
    birth = read_birth(typed.get("birth_typed"), today)
    asked = [words for names in _NAMES if (words := _sought(typed, names))]
    if birth.first is None or not asked:
        return ()
    one = _compared(typed, birth.first, birth.last)
    with register.database.reading(patience) as connection:
        found = [
            (reasons, other)
            for other in _candidates(connection, asked, birth, frozenset(besides))
            if (reasons := _reasons(one, other))
        ]
        found.sort(key=lambda pair: (-weight_of(pair[0]), pair[1].id))
        best = {other.id: reasons for reasons, other in found[:MOST]}
        subjects = in_order(connection, tuple(best), today)
    return tuple(
        Likely(subject, tuple(best[subject.id]), _is_strong(best[subject.id]))
        for subject in subjects
    )


@needs(Permission.NAMES)
def last_change(register: Register, patience: int = PATIENCE) -> int:
    """The last line of the journal: until there is another, the same files are likely."""
    with register.database.reading(patience) as connection:
        return last_sequence(connection)


def _is_strong(reasons: dict[Likeness, str]) -> bool:
    """The very same names of one nationality, births not disagreeing, or as much in all."""
    is_namesake = Likeness.NATIONALITY in reasons and not _SAME_NAMES.isdisjoint(reasons)
    return is_namesake or weight_of(reasons) >= _STRONG


def _sought(typed: Mapping[str, object], names: tuple[str, str]) -> str:
    """The first word of each name: somebody's other names are often left out."""
    firsts = [words_of(str(typed.get(name) or ""))[:1] for name in names]
    return " ".join(word for words in firsts for word in words) if all(firsts) else ""


def _compared(
    typed: Mapping[str, object], first: date | None, last: date | None, file: str = ""
) -> Compared:
    latin, arabic = (
        tuple(sorted(word for name in names for word in words_of(str(typed.get(name) or ""))))
        for names in _NAMES
    )
    sex, nationality = (str(typed.get(name) or "") for name in ("sex", "nationality"))
    text = " ".join(latin)
    return Compared(file, latin, text, arabic, sex or None, first, last, nationality)


def _candidates(
    connection: Connection, asked: Iterable[str], birth: Birth, besides: frozenset[str]
) -> list[Compared]:
    """Files that count, whose names sound like one of those asked, and whose births agree."""
    columns = [_PERSON.c[name] for names in _NAMES for name in names]
    read = select(
        _PERSON.c.id,
        _PERSON.c.sex,
        _PERSON.c.birth_first,
        _PERSON.c.birth_last,
        _PERSON.c.nationality,
        *columns,
    ).where(
        _PERSON.c.birth_first <= birth.last,
        _PERSON.c.birth_last >= birth.first,
        _PERSON.c.deleted_at.is_(None),
        _PERSON.c.anonymised_on.is_(None),
        _PERSON.c.merged_into_id.is_(None),
    )
    found: dict[str, Compared] = {}
    for words in asked:
        query = read.where(_PERSON.c.id.in_(matching(words, by_sound=True))).limit(_CANDIDATES)
        for row in connection.execute(query).mappings():
            if row["id"] not in besides:
                first, last = row["birth_first"], row["birth_last"]
                found[row["id"]] = _compared(dict(row), first, last, row["id"])
    return list(found.values())


def _reasons(one: Compared, other: Compared) -> dict[Likeness, str]:
    """As the list of probable duplicates has it, once the nationality is typed."""
    if one.nationality:
        return reasons_for(one, other, {})
    reasons = reasons_for(replace(one, nationality=other.nationality), other, {})
    return {reason: said for reason, said in reasons.items() if reason is not Likeness.NATIONALITY}
