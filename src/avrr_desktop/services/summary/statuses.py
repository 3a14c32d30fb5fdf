"""What a person was on the day of their first counting event (rules 4, 5 and 8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import Connection, String, cast, func, select

from avrr_desktop.core.ages import LEAST_AGE, MOST_AGE, age_on_iso, band_of, group_of
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import Membership
from avrr_desktop.people.papers import Vulnerability
from avrr_desktop.people.person import Person
from avrr_desktop.services.summary.persons import look_up, values_in

ALWAYS = ("", "9999-12-31")  # ISO texts before and after every day

Spell = tuple[str, str, str]  # what, first day, last day, in ISO text


class Status(NamedTuple):
    """A person's first counting event of a section, and what they were that day."""

    event: str
    day: str
    group: str
    band: str
    lowest_age: int
    highest_age: int


def status_on(
    event: str, day: str, sex: str | None, birth_first: str | None, birth_last: str | None
) -> Status:
    """Group, age band and age bounds on a day; dates are ISO texts."""
    lowest = max(0, age_on_iso(birth_last, day)) if birth_last else LEAST_AGE
    highest = age_on_iso(birth_first, day) if birth_first else MOST_AGE
    highest = max(lowest, highest)  # an event before a birth: age 0
    return Status(event, day, *_group_and_band(sex, lowest, highest), lowest, highest)


@cache
def _group_and_band(sex: str | None, lowest: int, highest: int) -> tuple[str, str]:
    return group_of(sex, lowest, highest).value, band_of(lowest, highest)


def first_statuses(rows: Sequence[tuple[str, ...]]) -> dict[str, Status]:
    """Every person's status on the first of their events; rows are by day, then id (rule 4)."""
    firsts = {row[1]: row for row in reversed(rows)}
    return {
        person: status_on(event, day, sex, birth_first, birth_last)
        for person, (event, _, day, _, sex, birth_first, birth_last, *_) in firsts.items()
    }


_VULNERABILITY = table_of(Vulnerability).c
_MEMBERSHIP = table_of(Membership).c
_PERSON = table_of(Person).c

_SPELLS_OF = (
    select(
        _VULNERABILITY.person_id,
        _VULNERABILITY.code,
        # Without a start, in force from its entry (rule 8).
        cast(func.coalesce(_VULNERABILITY.from_on, _VULNERABILITY.entered_on), String),
        cast(_VULNERABILITY.to_on, String),
    )
    .join_from(table_of(Vulnerability), table_of(Person), _PERSON.id == _VULNERABILITY.person_id)
    .where(
        values_in(_VULNERABILITY.person_id),
        _VULNERABILITY.deleted_at.is_(None),
        _PERSON.deleted_at.is_(None),
    )
)


def read_vulnerabilities(
    connection: Connection, persons: Iterable[str], merged: Mapping[str, str]
) -> dict[str, list[Spell]]:
    """The vulnerabilities of each person, those of the files merged into it too."""
    wanted = set(persons)
    wanted.update(file for file, survivor in merged.items() if survivor in wanted)
    spells: defaultdict[str, list[Spell]] = defaultdict(list)
    for person, code, first, last in look_up(connection, _SPELLS_OF, sorted(wanted)):
        spells[merged.get(person, person)].append((code, first or ALWAYS[0], last or ALWAYS[1]))
    return spells


_MEMBERS_OF = (
    select(
        _MEMBERSHIP.case_id,
        func.coalesce(_PERSON.merged_into_id, _PERSON.id),
        cast(_MEMBERSHIP.from_on, String),
        cast(_MEMBERSHIP.to_on, String),
    )
    .join_from(table_of(Membership), table_of(Person), _PERSON.id == _MEMBERSHIP.person_id)
    .where(
        values_in(_MEMBERSHIP.case_id),
        _MEMBERSHIP.deleted_at.is_(None),
        _PERSON.deleted_at.is_(None),
    )
)


def read_members(connection: Connection, cases: Iterable[str]) -> dict[str, list[Spell]]:
    """The members of each case with the days between which they belong to it."""
    members: defaultdict[str, list[Spell]] = defaultdict(list)
    for case, person, first, last in look_up(connection, _MEMBERS_OF, sorted(set(cases))):
        members[case].append((person, first or ALWAYS[0], last or ALWAYS[1]))
    return members


def in_force(spells: Iterable[Spell], day: str) -> set[str]:
    """What is in force on a day, both ends included (rule 8)."""
    return {what for what, first, last in spells if first <= day <= last}
