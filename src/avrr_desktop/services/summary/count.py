"""The count: facts of the register in, cells out; the only place that counts (rule 14)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM
from avrr_desktop.core.ages import TOTAL
from avrr_desktop.core.periods import Period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.across import changing_group_of, cohort_of
from avrr_desktop.services.summary.cells import ACROSS, COHORT, CellKey, Cells
from avrr_desktop.services.summary.listings import Listing
from avrr_desktop.services.summary.persons import survivors_of
from avrr_desktop.services.summary.reading import (
    CountedFacts,
    Reading,
    listings_of,
    read_section,
    surroundings_of,
)
from avrr_desktop.services.summary.running import running_cells
from avrr_desktop.services.summary.statuses import Status


def counted_cells(
    connection: Connection,
    vocabularies: Vocabularies,
    period: Period,
    today: date,
    *,
    persons: Iterable[str] | None = None,
    sections: Collection[str] | None = None,
    details: bool = True,
) -> Cells:
    """Every cell that is not zero, of everyone or of ``persons`` (rule 14).

    Cells of two sets of persons that share no case add up; see ``touched_closure``. With
    ``sections`` only these are counted, without cohort and running totals; without ``details``
    only their persons and services.
    """
    survivors = None if persons is None else survivors_of(connection, persons)
    reading = Reading(connection, vocabularies, period, today, survivors)
    counted = [read_section(reading, key) for key in SECTIONS if _is_wanted(key, sections)]
    around = surroundings_of(reading, counted) if details else None
    cells: Cells = {}
    for each in counted:
        for listing in listings_of(reading, each, around):
            cells.update(cells_of(each.section.key, listing, each.statuses))
    if sections is None and details:
        cells.update(_cells_across(reading, counted))
        cells.update(running_cells(reading))
    return cells


def _is_wanted(key: str, sections: Collection[str] | None) -> bool:
    return sections is None or key in sections


def _cells_across(reading: Reading, counted: Iterable[CountedFacts]) -> Cells:
    by_key = {each.section.key: each for each in counted}
    registered = by_key[COHORT_FROM].statuses
    cells = cells_of(COHORT, cohort_of(reading, registered), registered)
    return cells | cells_of(ACROSS, changing_group_of(by_key.values()), {})


def cells_of(section: str, listing: Listing, statuses: Mapping[str, Status]) -> Cells:
    """The sizes of a listing: by term and, if grouped, by the group of the person (rule 4)."""
    terms = Counter(term for term, _ in listing.members)
    cells = {CellKey(section, listing.measure, term, TOTAL): count for term, count in terms.items()}
    if listing.grouped:
        grouped = Counter((term, statuses[person].group) for term, person in listing.members)
        for (term, group), count in grouped.items():
            cells[CellKey(section, listing.measure, term, group)] = count
    return cells
