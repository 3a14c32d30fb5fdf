"""Mean ages of a closing that nobody can recount: those who were anonymised since have no age."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.summary import Roll
from avrr_desktop.services.summary.cells import BY_AGE
from avrr_desktop.services.summary.persons import look_up, survivors_of, values_in

_PERSON = table_of(Person).c
_GONE = select(_PERSON.id).where(values_in(_PERSON.id), _PERSON.anonymised_on.is_not(None))


@dataclass(frozen=True, slots=True)
class AgesGone:
    """How many persons lost their age, in all and of each population: section, suffix, number."""

    persons: int
    means: tuple[tuple[str, str, int], ...]


def ages_gone(connection: Connection, rolls: Iterable[Roll], withheld: frozenset[str]) -> AgesGone:
    """Of those a mean age was counted of, who were anonymised since; ``withheld`` are numbers."""
    counted = {
        (roll.section, roll.measure.removeprefix(BY_AGE)): {m[1] for m in roll.members} - withheld
        for roll in rolls
        if roll.measure.startswith(BY_AGE)
    }
    everyone = sorted(set[str]().union(*counted.values()))
    now = survivors_of(connection, everyone)
    gone = {row[0] for row in look_up(connection, _GONE, sorted({*everyone, *now.values()}))}
    lost = {person for person in everyone if {person, now.get(person, person)} & gone}
    means = tuple(
        (section, suffix, len(persons & lost))
        for (section, suffix), persons in sorted(counted.items())
        if persons & lost
    )
    return AgesGone(len(lost), means)
