"""What the search box shows of the persons found, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, literal, select, union_all

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.ages import ages_between
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.papers import Document, ExternalNumber, Phone
from avrr_desktop.people.person import Person
from avrr_desktop.services.lists.query import Age, PersonName
from avrr_desktop.services.search_matches import Candidate, Comparison, spans_of
from avrr_desktop.services.search_results import Hit, LastEvent


def read_candidates(connection: Connection, ids: Sequence[str]) -> list[Candidate]:
    """Names and numbers of these persons, in their order: two readings whatever their count."""
    if not ids:
        return []
    person = table_of(Person)
    query = select(
        person.c.id,
        person.c.number,
        person.c.family_name,
        person.c.given_name,
        person.c.family_name_ar,
        person.c.given_name_ar,
        person.c.other_names,
        person.c.birth_first,
        person.c.birth_last,
        person.c.nationality,
    ).where(person.c.id.in_(ids), person.c.merged_into_id.is_(None))
    rows = {row.id: row for row in connection.execute(query)}
    numbers = _numbers(connection, ids)
    found = []
    for place, person_id in enumerate(ids):
        if person_id in rows:
            known = numbers[person_id]
            row = rows[person_id]
            candidate = Candidate(
                person_id,
                row.number,
                PersonName(
                    row.family_name,
                    row.given_name or "",
                    row.family_name_ar or "",
                    row.given_name_ar or "",
                ),
                row.other_names or "",
                (row.birth_first, row.birth_last),
                row.nationality,
                place,
                tuple(known["phones"]),
                tuple(known["numbers"]),
                tuple(known["cases"]),
            )
            found.append(candidate)
    return found


def _numbers(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, list[str]]]:
    """Phones, numbers of papers and numbers of cases, by person."""
    phone, document = table_of(Phone), table_of(Document)
    external, member, case = table_of(ExternalNumber), table_of(Membership), table_of(CaseFile)
    parts = [
        select(table.c.person_id, literal(kind).label("kind"), column.label("number")).where(
            table.c.person_id.in_(ids), table.c.deleted_at.is_(None)
        )
        for table, kind, column in (
            (phone, "phones", phone.c.number),
            (document, "numbers", document.c.number),
            (external, "numbers", external.c.value),
        )
    ]
    of_cases = (
        select(member.c.person_id, literal("cases"), case.c.number)
        .join(case, case.c.id == member.c.case_id)
        .where(member.c.person_id.in_(ids), member.c.deleted_at.is_(None))
    )
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for person_id, kind, number in connection.execute(union_all(*parts, of_cases)):
        found[person_id][kind].append(number)
    return found


def read_details(
    connection: Connection, today: date, ranked: Sequence[tuple[Comparison, Candidate]]
) -> list[tuple[Hit, str]]:
    """The hits in their order, each with the id of its latest case."""
    ids = [candidate.person_id for _, candidate in ranked]
    if not ids:
        return []
    events, cases = _last_events(connection, ids), _last_cases(connection, ids)
    return [
        (
            _hit(found, candidate, today, events.get(candidate.person_id), cases),
            cases.get(candidate.person_id, ("", ""))[0],
        )
        for found, candidate in ranked
    ]


def _last_events(connection: Connection, ids: Sequence[str]) -> dict[str, LastEvent]:
    parts = []
    for activity in ACTIVITIES:
        table = table_of(activity.model)
        day = table.c[activity.dated_by]
        parts.append(
            select(
                table.c.person_id,
                literal(activity.key).label("activity"),
                func.max(day).label("day"),
            )
            .where(table.c.person_id.in_(ids), table.c.deleted_at.is_(None), day.is_not(None))
            .group_by(table.c.person_id)
        )
    latest: dict[str, LastEvent] = {}
    for person_id, activity_key, day in connection.execute(union_all(*parts)):
        known = latest.get(person_id)
        if known is None or day >= known.day:
            latest[person_id] = LastEvent(activity_key, day)
    return latest


def _last_cases(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Id and number of the case each person entered last."""
    member, case = table_of(Membership), table_of(CaseFile)
    query = (
        select(member.c.person_id, case.c.id, case.c.number)
        .join(case, case.c.id == member.c.case_id)
        .where(member.c.person_id.in_(ids), member.c.deleted_at.is_(None))
        .order_by(member.c.from_on)
    )
    return {row[0]: (row[1], row[2]) for row in connection.execute(query)}


def _hit(
    found: Comparison,
    candidate: Candidate,
    today: date,
    last_event: LastEvent | None,
    cases: dict[str, tuple[str, str]],
) -> Hit:
    name = candidate.name
    return Hit(
        person_id=candidate.person_id,
        number=candidate.number,
        name=name,
        other_names=candidate.other_names,
        age=Age(*ages_between(*candidate.birth, today)),
        nationality=candidate.nationality,
        case_number=cases.get(candidate.person_id, ("", ""))[1],
        last_event=last_event,
        reasons=tuple(found.reasons.items()),
        latin_spans=spans_of(name.latin, found.latin),
        arabic_spans=spans_of(name.arabic, found.arabic),
    )
