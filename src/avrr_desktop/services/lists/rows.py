"""The rows of a list from their ids: their own columns, whose they are, their case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, select

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.ages import ages_between, group_of
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Activity
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CASE_FILE, CaseFile, Membership
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.lists.columns import ColumnKind, columns_of
from avrr_desktop.services.lists.query import Age, PersonName, Row
from avrr_desktop.services.register import Register
from avrr_desktop.services.stored import CHUNK, rows_by_id
from avrr_desktop.services.summary.persons import survivors_of

Values = Mapping[str, object]
_PERSON, _CASE, _MEMBER = table_of(Person), table_of(CaseFile), table_of(Membership)


@needs(Permission.NAMES)
def rows(register: Register, key: str, ids: Sequence[str]) -> tuple[Row, ...]:
    """The rows of these ids, in their order; those deleted meanwhile are left out."""
    with register.database.reading() as connection:
        return read_rows(connection, register, key, ids)


def read_rows(
    connection: Connection, register: Register, key: str, ids: Sequence[str]
) -> tuple[Row, ...]:
    """The rows of these ids, in their order."""
    record = RECORD_BY_KEY[key]
    found = rows_by_id(connection, table_of(record.model), ids)
    own = [found[i] for i in ids if i in found and found[i]["deleted_at"] is None]
    if record is PERSON:
        return _person_rows(connection, register, own)
    if record is CASE_FILE:
        return _case_rows(connection, own)
    assert isinstance(record, Activity)
    return _event_rows(connection, register, record, own)


def name_of(person: Values) -> PersonName:
    """A person's names, from the columns of their row."""
    parts = (person.get(name) for name in _NAMES)
    return PersonName(*(str(part or "") for part in parts))


_NAMES = ("family_name", "given_name", "family_name_ar", "given_name_ar")


def counted_persons(connection: Connection, ids: Iterable[str]) -> dict[str, Values]:
    """The rows of these persons, those merged replaced by their survivor (rule 12)."""
    wanted = sorted(set(ids))
    found: dict[str, Values] = dict(rows_by_id(connection, _PERSON, wanted))
    merged = {i: str(p["merged_into_id"]) for i, p in found.items() if p["merged_into_id"]}
    if merged:
        survivors = rows_by_id(connection, _PERSON, sorted(set(merged.values())))
        found.update({i: survivors[to] for i, to in merged.items() if to in survivors})
    return found


def age_of(person: Values, day: date) -> Age:
    """The age of a person on a day."""
    return Age(*ages_between(_day(person["birth_first"]), _day(person["birth_last"]), day))


def group_on(person: Values, day: date) -> str:
    """The group of a person on a day."""
    age = age_of(person, day)
    sex = person["sex"]
    return group_of(sex if isinstance(sex, str) else None, age.lowest, age.highest).value


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _of_person(person: Values, day: date) -> dict[str, object]:
    return {
        "name": name_of(person),
        "name_ar": name_of(person).arabic,
        "group": group_on(person, day),
        "age": age_of(person, day),
    }


def _person_rows(
    connection: Connection, register: Register, own: Sequence[Values]
) -> tuple[Row, ...]:
    today = register.clock.today()
    numbers = _current_cases(connection, [str(row["id"]) for row in own])
    made = []
    for row in own:
        person_id = str(row["id"])
        values = {**_declared(PERSON.key, row), **_of_person(row, today)}
        values["case_number"] = numbers.get(person_id, "")
        made.append(Row(person_id, person_id, values))
    return tuple(made)


def _event_rows(
    connection: Connection, register: Register, activity: Activity, own: Sequence[Values]
) -> tuple[Row, ...]:
    today = register.clock.today()
    persons = counted_persons(connection, [str(row["person_id"]) for row in own])
    cases = {str(row["case_id"]) for row in own if row["case_id"]}
    numbers = {
        i: case["number"] for i, case in rows_by_id(connection, _CASE, sorted(cases)).items()
    }
    made = []
    for row in own:
        person = persons[str(row["person_id"])]
        day = _day(row[activity.dated_by]) or today
        values = {**_declared(activity.key, row), **_of_person(person, day)}
        values["nationality"] = person["nationality"]
        values["case_number"] = numbers.get(str(row["case_id"]), "")
        if activity.states is not None:
            values["state"] = activity.states.of(row)
        made.append(Row(str(row["id"]), str(person["id"]), values))
    return tuple(made)


def _case_rows(connection: Connection, own: Sequence[Values]) -> tuple[Row, ...]:
    members = members_of(connection, [str(row["id"]) for row in own])
    heads = {case: _head(lines) for case, lines in members.items()}
    persons = counted_persons(connection, [str(head["person_id"]) for head in heads.values()])
    made = []
    for row in own:
        case_id = str(row["id"])
        head = heads.get(case_id)
        person = persons.get(str(head["person_id"])) if head else None
        values = _declared(CASE_FILE.key, row)
        values["name"] = name_of(person) if person else PersonName("")
        values["members"] = sum(line["to_on"] is None for line in members.get(case_id, ()))
        made.append(Row(case_id, str(person["id"]) if person else "", values))
    return tuple(made)


def members_of(connection: Connection, cases: Sequence[str]) -> dict[str, list[Values]]:
    """The lines of membership of cases, in the order they were entered."""
    found: dict[str, list[Values]] = {}
    for start in range(0, len(cases), CHUNK):
        query = (
            select(_MEMBER)
            .where(
                _MEMBER.c.case_id.in_(cases[start : start + CHUNK]), _MEMBER.c.deleted_at.is_(None)
            )
            .order_by(_MEMBER.c.created_seq)
        )
        for row in connection.execute(query).mappings():
            found.setdefault(row["case_id"], []).append(dict(row))
    return found


def _head(lines: Sequence[Values]) -> Values:
    """The head of a household, or the first member entered."""
    current = [line for line in lines if line["to_on"] is None] or lines
    return next((line for line in current if line["place"] == "head"), current[0])


def _current_cases(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """The case each person is in, on any of their files; that of their own file goes first."""
    found: dict[str, str] = {}
    files = survivors_of(connection, ids)
    persons = sorted(files, key=lambda file: files[file] == file)
    for start in range(0, len(persons), CHUNK):
        query = (
            select(_MEMBER.c.person_id, _CASE.c.number)
            .join(_CASE, _CASE.c.id == _MEMBER.c.case_id)
            .where(
                _MEMBER.c.person_id.in_(persons[start : start + CHUNK]),
                _MEMBER.c.deleted_at.is_(None),
                _MEMBER.c.to_on.is_(None),
            )
            .order_by(_MEMBER.c.created_seq)
        )
        numbers = {row[0]: row[1] for row in connection.execute(query)}
        found.update((files[file], numbers[file]) for file in persons if file in numbers)
    return found


def _declared(key: str, row: Values) -> dict[str, object]:
    fields = (c.key for c in columns_of(key) if c.kind is ColumnKind.FIELD)
    return {name: row[name] for name in fields if name in row}
