"""Figures that look at several sections: the cohort and persons who change group (rules 4, 6)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from avrr_desktop.activities.across import COHORT_TO
from avrr_desktop.services.summary.cells import CHANGING_GROUP, DEPARTED
from avrr_desktop.services.summary.facts import Window
from avrr_desktop.services.summary.listings import Listing, Unit
from avrr_desktop.services.summary.reading import CountedFacts, Reading
from avrr_desktop.services.summary.statuses import Status


def cohort_events(reading: Reading, registered: Mapping[str, Status]) -> list[tuple[str, ...]]:
    """The departures that put the registered persons in the cohort (rule 6).

    Dated on or after their registration in the period, and on or before the count's date.
    """
    window = Window(reading.period.start, reading.today)
    rows = reading.facts_of(COHORT_TO, registered, window).rows
    return [row for row in rows if row[2] >= registered[row[1]].day]


def cohort_of(reading: Reading, registered: Mapping[str, Status]) -> Listing:
    """Persons of the period's registrations who departed, grouped as at registration (rule 6)."""
    members = {(None, row[1]) for row in cohort_events(reading, registered)}
    return Listing(DEPARTED, Unit.PERSONS, members, grouped=True)


def changing_group_of(sections: Iterable[CountedFacts]) -> Listing:
    """Persons whose group differs between two sections of the period (rule 4)."""
    groups: dict[str, str] = {}
    changing = {
        (None, person)
        for counted in sections
        for person, status in counted.statuses.items()
        if groups.setdefault(person, status.group) != status.group
    }
    return Listing(CHANGING_GROUP, Unit.PERSONS, changing)
