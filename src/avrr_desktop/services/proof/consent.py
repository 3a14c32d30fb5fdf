"""Who stays out of the lists: persons whose consent does not cover statistics today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set

from sqlalchemy import select

from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.exchange.gathering import may_be_listed
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.persons import look_up, survivors_of, values_in

_PERSON = table_of(Person).c
_KEPT = select(_PERSON.id).where(values_in(_PERSON.id), _PERSON.deleted_at.is_(None))


def withheld_of(
    register: Register, persons: Iterable[str], merged: Mapping[str, str]
) -> frozenset[str]:
    """Those of ``persons`` who consent no longer, never did, or whose file is in the bin.

    ``merged`` are the files that had been merged when the semester was closed: if they were
    parted since, each of the persons they turned out to be must consent.
    """
    files: defaultdict[str, set[str]] = defaultdict(set)
    for person in persons:
        files[person].add(person)
    for file, person in merged.items():
        if person in files:
            files[person].add(file)
    wanted = sorted({file for found in files.values() for file in found})
    with register.database.reading() as connection:
        now = survivors_of(connection, wanted)
        kept = sorted(row[0] for row in look_up(connection, _KEPT, sorted(now)))
        today = register.clock.today()
        listed = may_be_listed(connection, register.vocabularies, kept, today)
    consenting = {now[file] for file in listed}
    return frozenset(p for p, found in files.items() if not _consent(found, now, consenting))


def _consent(files: Set[str], now: Mapping[str, str], consenting: Set[str]) -> bool:
    return all(now.get(file, file) in consenting for file in files)
