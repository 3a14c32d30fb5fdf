"""The near-misses of a figure: what nearly counts, with the rule that leaves it out (rule 15)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, String, cast, func, or_

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import CHILDREN
from avrr_desktop.core.periods import Period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.cells import NOT_STATED, UNACCOMPANIED, CellKey
from avrr_desktop.services.summary.facts import source_of
from avrr_desktop.services.summary.listings import UNACCOMPANIED_TAG, Unit
from avrr_desktop.services.summary.measures import Measure, measure_of, measures_of
from avrr_desktop.services.summary.persons import merged_files
from avrr_desktop.services.summary.statuses import in_force, read_vulnerabilities
from avrr_desktop.services.summary.verdicts import (
    RawRecord,
    Verdict,
    date_columns,
    read_records,
    verdict_on,
)

NEAR = timedelta(days=31)
# Records of another section of the same activity are not nearly in this one.
_ELSEWHERE = "other_section"


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A record that a figure leaves out, and why.

    ``reason`` is a verdict's code, or ``second_event`` (on: the event that counts the person),
    ``outside_population`` (column, vocabulary, term), ``not_child_that_day`` (on, group).
    """

    record_id: str
    activity: str
    person_id: str
    day: date
    group: str  # of that day
    reason: str
    values: Mapping[str, object]


def near_misses(
    connection: Connection,
    vocabularies: Vocabularies,
    period: Period,
    section_key: str,
    cell: CellKey | None = None,
) -> tuple[NearMiss, ...]:
    """Records of a section that do not count, by day.

    They have any date in the period, a counting date within 31 days of it, or were deleted or
    withdrawn in it. With ``cell``, those its population or its subset leaves out too; where its
    term is a value of the event itself, only events of that term.
    """
    if section_key not in SECTIONS:
        return ()
    measure = measure_of(section_key, cell.measure) if cell else None
    measure = measure or measures_of(section_key)[0]
    counting, misses = [], []
    is_of_term = _of_term(measure, cell)
    for record in read_records(connection, section_key, _near(section_key, period)):
        if not is_of_term(record):
            continue
        verdict = verdict_on(record, section_key, vocabularies, period)
        if verdict.counts:
            counting.append(record)
        elif verdict.code != _ELSEWHERE:
            misses.append(_miss(record, section_key, period, verdict))
    dated_by = SECTIONS[section_key][1].dated_by
    counting.sort(key=lambda record: (record.values[dated_by], record.id))
    if measure.name == UNACCOMPANIED:
        misses.extend(_not_children(connection, vocabularies, period, section_key, counting))
    else:
        misses.extend(_not_units(measure, counting, vocabularies, period))
    return tuple(sorted(misses, key=lambda miss: (miss.day, miss.record_id)))


def _of_term(measure: Measure, cell: CellKey | None) -> Callable[[RawRecord], bool]:
    """Whether a record is about a cell's term; ever so for a term that is not the event's own."""
    cut = measure.breakdown
    if cell is None or cell.term is None or cut is None or cut.of_person or cut.several:
        return lambda _record: True
    column = cut.column
    wanted = None if cell.term == NOT_STATED else cell.term
    return lambda record: (record.values[column] or None) == wanted


def _near(section_key: str, period: Period) -> ColumnElement[bool]:
    activity, section = SECTIONS[section_key]
    events = source_of(section_key).events.c
    deleted_on = func.substr(cast(events.deleted_at, String), 1, len("2023-06-30"))
    return or_(
        *(events[name].between(period.start, period.end) for name in date_columns(activity)),
        events[section.dated_by].between(period.start - NEAR, period.end + NEAR),
        deleted_on.between(period.start.isoformat(), period.end.isoformat()),
    )


def _miss(record: RawRecord, section_key: str, period: Period, verdict: Verdict) -> NearMiss:
    activity, section = SECTIONS[section_key]
    dates = [record.values[name] for name in (section.dated_by, *date_columns(activity))]
    said = verdict.values.get("on")
    day = dates[0] or (said if isinstance(said, date) else None)
    day = day or max((d for d in dates if d in period), default=period.end)
    group = record.status_on(day).group
    return NearMiss(
        record.id, activity.key, record.person_id, day, group, verdict.code, verdict.values
    )


def _not_units(
    measure: Measure, counting: Iterable[RawRecord], vocabularies: Vocabularies, period: Period
) -> Iterator[NearMiss]:
    """Events outside the population, and further events of a person already counted (rule 3)."""
    section_key, where = measure.section, measure.population.where
    dated_by = SECTIONS[section_key][1].dated_by
    codes = vocabularies.codes_tagged(where.vocabulary, where.tag) if where else frozenset()
    counted: dict[str, date] = {}
    for record in counting:
        if where and (record.values[where.column] in codes) == where.negated:
            term = record.values[where.column]
            named = {"column": where.column, "vocabulary": where.vocabulary, "term": term}
            yield _miss(record, section_key, period, Verdict("outside_population", named))
        elif measure.unit is Unit.PERSONS and record.person_id in counted:
            since = {"on": counted[record.person_id]}
            yield _miss(record, section_key, period, Verdict("second_event", since))
        else:
            counted[record.person_id] = record.values[dated_by]


def _not_children(
    connection: Connection,
    vocabularies: Vocabularies,
    period: Period,
    section_key: str,
    counting: Iterable[RawRecord],
) -> Iterator[NearMiss]:
    """Flagged unaccompanied or separated, but adult or undetermined that day (rule 8)."""
    firsts: dict[str, RawRecord] = {}
    for record in counting:
        firsts.setdefault(record.person_id, record)
    spells = read_vulnerabilities(connection, firsts, merged_files(connection, firsts))
    codes = vocabularies.codes_tagged("vulnerability", UNACCOMPANIED_TAG)
    dated_by = SECTIONS[section_key][1].dated_by
    for person, record in firsts.items():
        day = record.values[dated_by]
        group = record.status_on(day).group
        if group not in CHILDREN and codes & in_force(spells.get(person, ()), day.isoformat()):
            said = {"on": day, "group": group}
            yield _miss(record, section_key, period, Verdict("not_child_that_day", said))
