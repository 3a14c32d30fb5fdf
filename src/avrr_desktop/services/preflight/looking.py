"""Looking at a semester: one count, its lists, a few queries beside."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import Connection

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_TO, RUNNING
from avrr_desktop.activities.event import FUND
from avrr_desktop.core.ages import Group
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.declarations import declarations
from avrr_desktop.services.identities import Check, checks
from avrr_desktop.services.live import Counted, planned_in
from avrr_desktop.services.preflight import records
from avrr_desktop.services.preflight.document import SHOWN, Doubt, Item, Point, Preflight, Severity
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import Roll, Summary, rolls_of, summary_of
from avrr_desktop.services.summary.cells import BY_DELAY, NOT_STATED
from avrr_desktop.services.summary.listings import Unit

LONG_DELAY: Final = 90  # days between registration and departure after which one looks again
_STEPS: Final = 6

Pairs = Callable[[], Iterable[tuple[str, str]]]  # ids of two files, probably of one person
ReportProgress = Callable[[int, int], None]


@dataclass(frozen=True)
class _View:
    """A semester as it stands in one reading of the register."""

    connection: Connection
    register: Register
    period: Period
    summary: Summary
    rolls: Mapping[tuple[str, str], Roll]

    def members(self, section: str, measure: str) -> Collection[tuple[str | None, str]]:
        """Whom a measure counts."""
        roll = self.rolls.get((section, measure))
        return roll.members if roll else ()

    def persons(self) -> set[str]:
        """Everyone in a figure of the bulletin."""
        return {
            person
            for (section, measure), roll in self.rolls.items()
            if section in SECTIONS and measure in _published(section)
            for _, person in roll.members
        }


@needs(Permission.CLOSE)
def preflight(
    register: Register,
    period: Period,
    *,
    pairs: Pairs | None = None,
    progress: ReportProgress | None = None,
) -> Preflight:
    """Every doubt about a semester, those that block first.

    ``pairs`` gives the probable duplicates; without it they are not looked for. ``progress`` is
    called between two steps and may raise, which gives the work up.
    """
    tell = progress or (lambda _done, _total: None)
    lists, at = register.vocabularies, register.clock.now()
    with register.database.reading() as connection:
        tell(0, _STEPS)
        summary = summary_of(connection, lists, register.clock, period)
        counted = Counted(summary, planned_in(connection, period))
        tell(1, _STEPS)
        rolls = rolls_of(connection, lists, period, summary.as_of_day)
        tell(2, _STEPS)
        checked = checks(summary, rolls)
        by_place = {(roll.section, roll.measure): roll for roll in rolls}
        view = _View(connection, register, period, summary, by_place)
        tell(3, _STEPS)
        points = [_identities(checked), *_of_records(view)]
        tell(4, _STEPS)
        points += _of_sections(view)
    if pairs is not None:
        tell(5, _STEPS)
        points.append(_duplicates(view, pairs()))
    tell(_STEPS, _STEPS)
    return Preflight(period, tuple(sorted(points, key=_rank)), counted, checked, at)


def unsettled(connection: Connection, period: Period, today: date) -> tuple[Point, ...]:
    """The points a closing passes only for a reason; what it never passes, it looks at itself."""
    found = (_point(Doubt.PLANNED_PAST, records.planned_past(connection, period, today)),)
    return tuple(each for each in found if each.severity is Severity.BLOCKING)


_SEVERITIES: Final = {severity: place for place, severity in enumerate(Severity)}
_DOUBTS: Final = {doubt: place for place, doubt in enumerate(Doubt)}


def _rank(point: Point) -> tuple[int, int]:
    return _SEVERITIES[point.severity], _DOUBTS[point.doubt]


def _published(section: str) -> tuple[str, ...]:
    return tuple(f"persons{population.suffix}" for population in SECTIONS[section][1].populations)


def _point(doubt: Doubt, items: list[Item], among: int = 0) -> Point:
    return Point(doubt, len(items), among, tuple(items[:SHOWN]))


def _identities(checked: tuple[Check, ...]) -> Point:
    red = tuple(check.key for check in checked if not check.holds)
    return Point(Doubt.IDENTITIES, len(red), len(checked), keys=red)


def _of_records(view: _View) -> Iterator[Point]:
    """What hangs on a person or an event."""
    persons = view.persons()
    today = view.summary.as_of_day
    overdue = records.planned_past(view.connection, view.period, today)
    yield _point(Doubt.PLANNED_PAST, overdue)
    births, sexes = records.undetermined(view.connection, _undetermined(view))
    yield _point(Doubt.VAGUE_BIRTHS, births, len(persons))
    yield _point(Doubt.UNKNOWN_SEX, sexes, len(persons))
    yield _point(Doubt.NO_FUND, list(_without_fund(view)))
    delays = view.members(COHORT_TO, BY_DELAY)
    late = sorted(person for days, person in delays if days and int(days) > LONG_DELAY)
    yield _point(Doubt.LONG_DELAYS, [Item(PERSON.key, p, p) for p in late], len(delays))
    lacking, withdrawn = records.consents(view.connection, persons, view.period.end, today)
    yield _point(Doubt.NO_CONSENT, lacking, len(persons))
    yield _point(Doubt.WITHDRAWN_CONSENT, withdrawn, len(persons))


def _undetermined(view: _View) -> set[str]:
    """Persons whom some figure counts in no group."""
    found = set()
    for section in SECTIONS:
        for measure in _published(section):
            roll = view.rolls.get((section, measure))
            if roll is not None and roll.groups is not None:
                groups = roll.groups
                unknown = Group.UNDETERMINED.value
                found |= {person for _, person in roll.members if groups[person] == unknown}
    return found


def _without_fund(view: _View) -> Iterator[Item]:
    """Events that count and name no fund."""
    for section, (activity, _) in SECTIONS.items():
        events: set[str] = set()
        for population in SECTIONS[section][1].populations:
            name = f"{Unit.SERVICES}{population.suffix}_by_{FUND.key}"
            members = view.members(section, name)
            events |= {event for term, event in members if term == NOT_STATED}
        if events:
            yield from records.events_named(view.connection, activity, events)


def _of_sections(view: _View) -> Iterator[Point]:
    """What hangs on a part of the bulletin."""
    declared = declarations(view.connection, view.period)
    empty = {section for section in SECTIONS if not _events(view, section)}
    silent = tuple(section for section in SECTIONS if section in empty - declared.keys())
    yield Point(Doubt.EMPTY_SECTIONS, len(silent), len(SECTIONS), keys=silent)
    wrong = tuple(section for section in SECTIONS if section in declared.keys() - empty)
    yield Point(Doubt.CONTRADICTED, len(wrong), len(declared), keys=wrong)
    lacking = tuple(code for code in RUNNING if code not in view.summary.openings)
    yield Point(Doubt.NO_OPENING, len(lacking), len(RUNNING), keys=lacking)


def _events(view: _View, section: str) -> int:
    populations = SECTIONS[section][1].populations
    return max(len(view.members(section, f"services{each.suffix}")) for each in populations)


def _duplicates(view: _View, pairs: Iterable[tuple[str, str]]) -> Point:
    found, persons = list(pairs), view.persons()
    touching = [pair for pair in found if persons.intersection(pair)]
    others = [pair for pair in found if not persons.intersection(pair)]
    items = tuple(
        Item(PERSON.key, first, first, second) for first, second in (*touching, *others)[:SHOWN]
    )
    return Point(Doubt.DUPLICATES, len(found), items=items, touching=len(touching))
