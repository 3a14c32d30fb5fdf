"""The search box: persons by name, sound, phone or number, cases, and a person to create."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from avrr_desktop.core.permissions import Permission
from avrr_desktop.db.search_index import match, words_of
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register
from avrr_desktop.services.search_matches import Candidate, Reason, compare
from avrr_desktop.services.search_reading import read_candidates, read_details
from avrr_desktop.services.search_results import (
    CaseHit,
    Elements,
    Hit,
    LastEvent,
    Results,
    Script,
)

__all__ = ["CaseHit", "Elements", "Hit", "LastEvent", "Reason", "Results", "Script", "find"]

_CANDIDATES = 300  # the index gives the latest first: the best are picked among so many
_ENOUGH = 5  # with fewer hits, names that sound alike are looked for too
_MOST_CASES = 3
_MOST_WORDS = 12  # more is no question
_BIRTH_YEAR = re.compile(r"(?:19|20)\d\d")


@needs(Permission.NAMES)
def find(register: Register, typed: str, limit: int = 20) -> Results:
    """The persons and cases that what was typed may mean, the best first."""
    with register.database.reading() as connection:
        words, candidates = _candidates(connection, typed)
        compared = [(compare(words, candidate), candidate) for candidate in candidates]
        answering = [pair for pair in compared if pair[0].is_answer]
        ranked = sorted(answering, key=lambda pair: pair[0].rank)[:limit]
        hits = read_details(connection, register.clock.today(), ranked)
        cases = _cases(connection, typed, [case for _, case in hits if case])
    return Results(
        typed,
        tuple(hit for hit, _ in hits),
        cases,
        len(answering),
        len(candidates) >= _CANDIDATES,
        elements_of(typed),
    )


def _candidates(connection: Connection, typed: str) -> tuple[list[str], list[Candidate]]:
    """The words looked for, and who has them; a birth year narrows the names typed with it."""
    words = words_of(typed)[:_MOST_WORDS]
    years = [word for word in words if _BIRTH_YEAR.fullmatch(word)]
    others = [word for word in words if word not in years]
    if len(years) == 1 and others and all(word.isalpha() for word in others):
        named = read_candidates(connection, _match(connection, " ".join(others)))
        born = [candidate for candidate in named if candidate.may_be_born_in(int(years[0]))]
        if born:
            return others, born
    return words, read_candidates(connection, _match(connection, typed))


def _match(connection: Connection, typed: str) -> list[str]:
    ids = match(connection, typed, _CANDIDATES)
    if len(ids) < _ENOUGH:
        ids += match(connection, typed, _CANDIDATES, by_sound=True)
    return list(dict.fromkeys(ids))


def _cases(connection: Connection, typed: str, of_hits: Sequence[str]) -> tuple[CaseHit, ...]:
    """Cases whose number was typed, else the case of the first person found."""
    case = table_of(CaseFile)
    wanted = "-".join(words_of(typed)).upper()
    by_number: Sequence[str] = ()
    if any(c.isdigit() for c in wanted):
        query = select(case.c.id).where(
            case.c.number.contains(wanted, autoescape=True), case.c.deleted_at.is_(None)
        )
        query = query.order_by(case.c.number.desc()).limit(_MOST_CASES)
        by_number = connection.execute(query).scalars().all()
    ids = list(by_number) or list(of_hits[:1])
    if not ids:
        return ()
    return _read_cases(connection, ids)


def _read_cases(connection: Connection, ids: Sequence[str]) -> tuple[CaseHit, ...]:
    case, member, person = table_of(CaseFile), table_of(Membership), table_of(Person)
    query = (
        select(case.c.id, case.c.number, person.c.family_name, member.c.place)
        .select_from(
            case.outerjoin(
                member, (member.c.case_id == case.c.id) & member.c.deleted_at.is_(None)
            ).outerjoin(person, person.c.id == member.c.person_id)
        )
        .where(case.c.id.in_(ids))
        .order_by(case.c.number.desc(), member.c.created_seq)
    )
    found: dict[str, CaseHit] = {}
    for row in connection.execute(query):
        known = found.get(row.id)
        if known is None:
            members = 0 if row.family_name is None else 1
            found[row.id] = CaseHit(row.id, row.number, row.family_name or "", members)
        else:
            found[row.id] = CaseHit(row.id, known.number, known.family_name, known.members + 1)
    return tuple(found.values())


def elements_of(typed: str) -> Elements:
    """What was typed as a family and a given name: capitals are a family name, else the first."""
    words = [word for word in typed.replace(",", " ").split() if not any(map(str.isdigit, word))]
    if any("\u0600" <= letter <= "\u06ff" for word in words for letter in word):
        given, family = words[:1], words[1:]  # Arabic names are said given name first
        if not family:
            given, family = [], given
        return Elements(" ".join(family), " ".join(given), Script.ARABIC)
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    family = capitals if 0 < len(capitals) < len(words) else words[:1]
    given = [word for word in words if word not in family]
    return Elements(
        " ".join(family).upper(), " ".join(_titled(word) for word in given), Script.LATIN
    )


def _titled(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
