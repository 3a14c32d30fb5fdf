"""Why a record counts in a section, or the rule that leaves it out (rules 2 and 15)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.periods import Period, PeriodKind, period_of, semester_of
from avrr_desktop.core.specs import Activity, Empty, Filled, NotExited, Tagged
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.people.base import column_fields_of
from avrr_desktop.services.summary.facts import source_of
from avrr_desktop.services.summary.statuses import Status, status_on

_PLANNED = "planned_on"
_EXIT_KIND = "exit_kind"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """A record of an activity, deleted or not, with the person it is about."""

    id: str
    person_id: str  # the survivor
    sex: str | None
    birth_first: date | None
    birth_last: date | None
    person_deleted_at: datetime | None
    person_deleted_reason: str | None
    values: Mapping[str, Any]

    def status_on(self, day: date) -> Status:
        """The person's group and ages on a day."""
        first, last = (d.isoformat() if d else None for d in (self.birth_first, self.birth_last))
        return status_on(self.id, day.isoformat(), self.sex, first, last)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a record counts in a section's period: a code with its values.

    ``counts`` (on); or what leaves it out: ``deleted`` (on, reason), ``person_deleted`` (on,
    reason), ``exited`` (kind, on), ``planned`` (on), ``no_counting_date`` (column), ``wrong_kind``
    (column, vocabulary, term), ``other_section`` (column), ``other_period`` (on, period).
    """

    code: str
    values: Mapping[str, object]

    @property
    def counts(self) -> bool:
        """Whether the record counts."""
        return self.code == "counts"


@cache
def date_columns(activity: Activity) -> tuple[str, ...]:
    """The date columns of an activity's records."""
    return tuple(f.name for f in column_fields_of(activity.model) if f.spec.kind is Kind.DATE)


@cache
def records_statement(section_key: str) -> Select[Any]:
    """Every record of a section's activity with its person; to be narrowed."""
    source = source_of(section_key)
    return select(
        func.coalesce(source.survivor.c.id, source.person.c.id).label("counted_person"),
        source.counted("sex").label("counted_sex"),
        source.counted("birth_first").label("counted_birth_first"),
        source.counted("birth_last").label("counted_birth_last"),
        func.coalesce(source.person.c.deleted_at, source.survivor.c.deleted_at).label("gone_at"),
        func.coalesce(source.person.c.deleted_reason, source.survivor.c.deleted_reason).label(
            "gone_reason"
        ),
        source.events,
    ).select_from(source.joined)


def read_records(
    connection: Connection, section_key: str, where: ColumnElement[bool]
) -> Iterator[RawRecord]:
    """The records of a section's activity that ``where`` keeps."""
    for row in connection.execute(records_statement(section_key).where(where)).mappings():
        yield RawRecord(
            id=row["id"],
            person_id=row["counted_person"],
            sex=row["counted_sex"],
            birth_first=row["counted_birth_first"],
            birth_last=row["counted_birth_last"],
            person_deleted_at=row["gone_at"],
            person_deleted_reason=row["gone_reason"],
            values={str(name): value for name, value in row.items()},
        )


def verdict_on(
    record: RawRecord, section_key: str, vocabularies: Vocabularies, period: Period
) -> Verdict:
    """The first rule that leaves a record out of a section's period, or ``counts``."""
    _, section = SECTIONS[section_key]
    day = record.values[section.dated_by]
    left_out = (
        _deleted(record)
        or _exited(record, section_key)
        or _undated(record, section_key)
        or _unfit(record, section_key, vocabularies)
    )
    if left_out:
        return left_out
    if day not in period:
        return Verdict("other_period", {"on": day, "period": same_kind(period, day).code})
    return Verdict("counts", {"on": day})


def same_kind(period: Period, day: date) -> Period:
    """The period of the same kind that holds a day; a semester beside a free range."""
    return semester_of(day) if period.kind is PeriodKind.RANGE else period_of(period.kind, day)


def _deleted(record: RawRecord) -> Verdict | None:
    for code, instant, reason in (
        ("deleted", record.values["deleted_at"], record.values["deleted_reason"]),
        ("person_deleted", record.person_deleted_at, record.person_deleted_reason),
    ):
        if instant is not None:
            return Verdict(code, {"on": instant.date(), "reason": reason})
    return None


def _exited(record: RawRecord, section_key: str) -> Verdict | None:
    _, section = SECTIONS[section_key]
    day = record.values[section.dated_by]
    for condition in section.conditions:
        exit_on = record.values[condition.column]
        if isinstance(condition, NotExited) and exit_on and (day is None or exit_on <= day):
            return Verdict("exited", {"kind": record.values.get(_EXIT_KIND), "on": exit_on})
    return None


def _undated(record: RawRecord, section_key: str) -> Verdict | None:
    _, section = SECTIONS[section_key]
    if record.values[section.dated_by] is not None:
        return None
    if planned := record.values.get(_PLANNED):
        return Verdict("planned", {"on": planned})
    return Verdict("no_counting_date", {"column": section.dated_by})


def _unfit(record: RawRecord, section_key: str, vocabularies: Vocabularies) -> Verdict | None:
    _, section = SECTIONS[section_key]
    for condition in section.conditions:
        value = record.values[condition.column]
        match condition:
            case Tagged(vocabulary=vocabulary, tag=tag, negated=negated):
                if (value in vocabularies.codes_tagged(vocabulary, tag)) == negated:
                    named = {"column": condition.column, "vocabulary": vocabulary, "term": value}
                    return Verdict("wrong_kind", named)
            case Filled() | Empty():
                if (value is None) == isinstance(condition, Filled):
                    return Verdict("other_section", {"column": condition.column})
            case NotExited():
                pass
    return None
