"""What the search box shows of the persons found, read for all of them at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, literal, select, union_all

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.ages import ages_between
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.papers import Document, ExternalNumber, Phone
from avrr_desktop.people.person import Person
from avrr_desktop.services.lists.query import Age, PersonName
from avrr_desktop.services.search_matches import Candidate, Comparison, spans_of
from avrr_desktop.services.search_results import Hit, LastEvent
from avrr_desktop.services.summary.persons import survivors_of


def read_candidates(connection: Connection, ids: Sequence[str]) -> list[Candidate]:
    """Names and numbers of these persons, in their order, whatever their count.

    A merged file stands for its survivor, who is found by the names and numbers of both.
    """
    if not ids:
        return []
    files = survivors_of(connection, ids)
    ids = list(dict.fromkeys(files[i] for i in ids))
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
    ).where(person.c.id.in_(sorted(files)), person.c.deleted_at.is_(None))
    rows = {row.id: row for row in connection.execute(query)}
    numbers = _numbers(connection, files)
    others = _other_names(rows, files)
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
                others[person_id],
                (row.birth_first, row.birth_last),
                row.nationality,
                place,
                tuple(known["phones"]),
                tuple(known["numbers"]),
                tuple(known["cases"]),
            )
            found.append(candidate)
    return found


def _other_names(
    rows: Mapping[str, Row[*tuple[Any, ...]]], files: Mapping[str, str]
) -> dict[str, str]:
    """The other names of each person: those typed, and those of the files merged into theirs."""
    named: dict[str, list[str]] = {i: [] for i in files.values()}
    for file in sorted(rows, key=lambda file: files[file] != file):
        row, survivor = rows[file], files[file]
        names = [row.other_names]
        if file != survivor:
            names += [row.number, row.family_name, row.given_name]
            names += [row.given_name_ar, row.family_name_ar]
        named[survivor] += (name for name in names if name)
    return {i: " ".join(dict.fromkeys(names)) for i, names in named.items()}


def _numbers(connection: Connection, files: Mapping[str, str]) -> dict[str, dict[str, list[str]]]:
    """Phones, numbers of papers and numbers of cases, by person."""
    ids = sorted(files)
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
        known = found[files[person_id]][kind]
        if number not in known:
            known.append(number)
    return found


def read_details(
    connection: Connection, today: date, ranked: Sequence[tuple[Comparison, Candidate]]
) -> list[tuple[Hit, str]]:
    """The hits in their order, each with the id of its latest case."""
    ids = [candidate.person_id for _, candidate in ranked]
    if not ids:
        return []
    files = survivors_of(connection, ids)
    events, cases = _last_events(connection, files), _last_cases(connection, files)
    return [
        (
            _hit(found, candidate, today, events.get(candidate.person_id), cases),
            cases.get(candidate.person_id, ("", ""))[0],
        )
        for found, candidate in ranked
    ]


def _last_events(connection: Connection, files: Mapping[str, str]) -> dict[str, LastEvent]:
    ids = sorted(files)
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
    for file, activity_key, day in connection.execute(union_all(*parts)):
        person_id = files[file]
        known = latest.get(person_id)
        if known is None or day >= known.day:
            latest[person_id] = LastEvent(activity_key, day)
    return latest


def _last_cases(connection: Connection, files: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Id and number of the case each person entered last."""
    member, case = table_of(Membership), table_of(CaseFile)
    query = (
        select(member.c.person_id, case.c.id, case.c.number)
        .join(case, case.c.id == member.c.case_id)
        .where(member.c.person_id.in_(sorted(files)), member.c.deleted_at.is_(None))
        .order_by(member.c.from_on)
    )
    return {files[row[0]]: (row[1], row[2]) for row in connection.execute(query)}


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
