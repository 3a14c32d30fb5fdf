"""Rolls: everyone behind every figure of a period; what a closing freezes (rules 14, 15)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM
from avrr_desktop.core.ages import TOTAL
from avrr_desktop.core.periods import Period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.across import changing_group_of, cohort_of
from avrr_desktop.services.summary.cells import (
    ACROSS,
    COHORT,
    COUNTED,
    RUNNING_TOTALS,
    CellKey,
    Cells,
)
from avrr_desktop.services.summary.listings import Listing, Unit
from avrr_desktop.services.summary.persons import survivors_of
from avrr_desktop.services.summary.reading import (
    Reading,
    listings_of,
    read_section,
    surroundings_of,
)
from avrr_desktop.services.summary.running import counts_needed, read_balances, running_own_events

Member = tuple[str | None, str]  # term, id


@dataclass(frozen=True, slots=True)
class Roll:
    """The (term, id) pairs that one measure counts; ``groups`` of its persons when it has any."""

    section: str
    measure: str
    unit: Unit
    members: Collection[Member]
    groups: Mapping[str, str] | None = None  # person -> group

    def cells_of(self, member: Member) -> Iterator[CellKey]:
        """The cells one member counts in: its term's total, and its group's."""
        term, unit = member
        yield CellKey(self.section, self.measure, term, TOTAL)
        if self.groups is not None:
            yield CellKey(self.section, self.measure, term, self.groups[unit])


def rolls_of(
    connection: Connection,
    vocabularies: Vocabularies,
    period: Period,
    today: date,
    *,
    persons: Iterable[str] | None = None,
) -> tuple[Roll, ...]:
    """Every roll of a period, of everyone or of ``persons``; their sizes are ``counted_cells``."""
    survivors = None if persons is None else survivors_of(connection, persons)
    reading = Reading(connection, vocabularies, period, today, survivors)
    counted = {key: read_section(reading, key) for key in SECTIONS}
    around = surroundings_of(reading, counted.values())
    rolls = []
    for key, each in counted.items():
        groups = {person: status.group for person, status in each.statuses.items()}
        rolls += [_roll(key, x, groups) for x in listings_of(reading, each, around)]
    registered = counted[COHORT_FROM].statuses
    groups = {person: status.group for person, status in registered.items()}
    rolls.append(_roll(COHORT, cohort_of(reading, registered), groups))
    rolls.append(_roll(ACROSS, changing_group_of(counted.values()), {}))
    rolls.append(Roll(RUNNING_TOTALS, COUNTED, Unit.PERSONS, _running_members(reading)))
    return tuple(rolls)


def cells_of_rolls(rolls: Iterable[Roll]) -> Cells:
    """The sizes of rolls, as ``counted_cells`` gives them."""
    cells: Cells = {}
    for roll in rolls:
        for member in roll.members:
            for key in roll.cells_of(member):
                cells[key] = cells.get(key, 0) + 1
    return cells


def _roll(section: str, listing: Listing, groups: Mapping[str, str]) -> Roll:
    return Roll(
        section, listing.measure, listing.unit, listing.members, groups if listing.grouped else None
    )


def _running_members(reading: Reading) -> set[Member]:
    members: set[Member] = set()
    for own in counts_needed(read_balances(reading.connection, reading.period.end)):
        for code, row in running_own_events(reading, own):
            members.add((code, row[1]))
    return members
