"""Those who stay out of the lists, as numbers: recounted + withheld = published, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace

from avrr_desktop.activities import SECTIONS
from avrr_desktop.services.proof.lists import Lists
from avrr_desktop.services.summary import Cells, Roll, cells_of_rolls
from avrr_desktop.services.summary.cells import BY_AGE
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary.rolls import Member


@dataclass(frozen=True, slots=True)
class Withheld:
    """How many each figure counts who are in no list; ``ages``: number and sum, no age alone."""

    persons: frozenset[str]
    cells: Cells
    ages: dict[str, tuple[int, int]]  # section|measure -> number, sum of completed years


def withheld_cells(rolls: Iterable[Roll], lists: Lists, withheld: frozenset[str]) -> Withheld:
    """What the frozen rolls count of those withheld, and the cases no line tells of."""
    hidden = {event for event, person in lists.person_of.items() if person in withheld}
    cases = {key: lists.cases_kept(key, withheld) for key in SECTIONS}
    left: list[Roll] = []
    ages: dict[str, tuple[int, int]] = {}
    for roll in rolls:
        if roll.unit is Unit.CASES:
            told = cases[roll.section][roll.measure]
            members = {member for member in roll.members if member[1] not in told}
        else:
            members = _of(roll, withheld if roll.unit is Unit.PERSONS else hidden)
        if roll.measure.startswith(BY_AGE):
            years = [int(age or 0) for age, _ in members]
            measure = f"persons{roll.measure.removeprefix(BY_AGE)}"
            ages[f"{roll.section}|{measure}"] = (len(years), sum(years))
        else:
            left.append(replace(roll, members=members))
    return Withheld(withheld, cells_of_rolls(left), ages)


def _of(roll: Roll, units: Set[str]) -> set[Member]:
    return {member for member in roll.members if member[1] in units}
