"""Everything the page of a person shows, in one frozen value read in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from avrr_desktop.core.ages import ADULT_AGE
from avrr_desktop.core.births import Precision, years_after
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.person import PERSON, Person
from avrr_desktop.services import stored
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.drafts import lines_of
from avrr_desktop.services.lists import Age, PersonName
from avrr_desktop.services.lists.rows import (
    age_of,
    counted_persons,
    group_on,
    members_of,
    name_of,
)
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.whereabouts import Place, counts_of
from avrr_desktop.services.timeline import Moment, read_timeline

COMING_OF_AGE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a case, with their place and the dates they were in it."""

    membership_id: str
    person_id: str
    name: PersonName
    place: str
    age: Age
    group: str
    from_on: date
    to_on: date | None
    adult_on: date | None  # the eighteenth birthday, when it is near

    def is_in_on(self, day: date) -> bool:
        """Whether the person is in the case on a day."""
        return self.from_on <= day and (self.to_on is None or self.to_on >= day)


@dataclass(frozen=True, slots=True)
class Household:
    """A case the person is in, with everyone who is in it today."""

    case_id: str
    number: str
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class MergedFile:
    """A file that was merged into the person's: its number, its name as entered."""

    id: str
    number: str
    name: PersonName


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person, their household, their timeline and where they count."""

    id: str
    number: str
    name: PersonName
    group: str  # today
    age: Age  # today
    birth_precision: Precision
    values: Mapping[str, object]  # the person's fields and papers, shaped like a draft's
    households: tuple[Household, ...]
    timeline: tuple[Moment, ...]
    places: tuple[Place, ...]
    period: Period
    is_deleted: bool
    deleted_reason: str
    merged: tuple[MergedFile, ...] = ()
    anonymised_on: date | None = None


@needs(Permission.NAMES)
def read_person(register: Register, person_id: str, period: Period) -> PersonView:
    """The page of a person; of the survivor when their file was merged.

    Raises:
        UserError: ``no_such_record``.
    """
    today = register.clock.today()
    lists = register.vocabularies
    with register.database.reading() as connection:
        row, files = _file(connection, person_id)
        survivor = str(row["id"])
        read = stored.read(connection, PERSON.key, survivor)
        return PersonView(
            id=survivor,
            number=str(row["number"]),
            name=name_of(row),
            group=group_on(row, today),
            age=age_of(row, today),
            birth_precision=Precision(str(row["birth_precision"])),
            values=_with_papers(connection, read.values, files[1:]),
            households=_households(connection, files, today),
            timeline=read_timeline(connection, lists, files, today),
            places=counts_of(connection, lists, period, today, survivor),
            period=period,
            is_deleted=read.is_deleted,
            deleted_reason=read.deleted_reason or "",
            merged=_merged_files(connection, files[1:]),
            anonymised_on=_day(row["anonymised_on"]),
        )


def _file(connection: Connection, person_id: str) -> tuple[stored.Row, list[str]]:
    """The file that counts, and the ids of every file merged into it, its own first."""
    table = table_of(Person)
    row = stored.rows_by_id(connection, table, [person_id]).get(person_id)
    if row is not None and row["merged_into_id"]:
        survivor = str(row["merged_into_id"])
        row = stored.rows_by_id(connection, table, [survivor]).get(survivor)
    if row is None:
        raise UserError("no_such_record")
    merged = select(table.c.id).where(table.c.merged_into_id == row["id"]).order_by(table.c.number)
    return row, [str(row["id"]), *connection.execute(merged).scalars()]


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _with_papers(
    connection: Connection, values: Mapping[str, object], merged: Sequence[str]
) -> Mapping[str, object]:
    """The values of a person, with the papers that stand on the files merged into theirs."""
    if not merged:
        return values
    found = dict(values)
    for file in merged:
        other = stored.read(connection, PERSON.key, file).values
        for child in PERSON.children:
            found[child.key] = (*lines_of(found, child.key), *lines_of(other, child.key))
    return found


def _merged_files(connection: Connection, files: Sequence[str]) -> tuple[MergedFile, ...]:
    rows = stored.rows_by_id(connection, table_of(Person), files)
    return tuple(MergedFile(i, str(rows[i]["number"]), name_of(rows[i])) for i in files)


def _households(connection: Connection, files: Sequence[str], today: date) -> tuple[Household, ...]:
    """Where the person lives today: cases of their own file first, as in the lists."""
    member, case = table_of(Membership), table_of(CaseFile)
    query = (
        select(case.c.id, case.c.number, member.c.to_on, member.c.person_id)
        .join(member, member.c.case_id == case.c.id)
        .where(
            member.c.person_id.in_(list(files)),
            member.c.deleted_at.is_(None),
            case.c.deleted_at.is_(None),
        )
        .order_by(member.c.from_on.desc(), member.c.created_seq.desc())
    )
    rows = sorted(connection.execute(query), key=lambda row: row[3] != files[0])
    present = [row for row in rows if row[2] is None or row[2] >= today]
    everyone = read_members(connection, [row[0] for row in present], today)
    # Two files of one person may be in the same case: one household, one place in it.
    return tuple(
        Household(
            case,
            number,
            tuple(
                {
                    m.person_id: m for m in reversed(everyone.get(case, ())) if m.is_in_on(today)
                }.values()
            )[::-1],
        )
        for case, number in dict.fromkeys((row[0], row[1]) for row in present)
    )


def read_members(
    connection: Connection, cases: list[str], today: date
) -> dict[str, tuple[Member, ...]]:
    """Everyone who is or was in these cases, in the order they were entered."""
    lines = members_of(connection, cases)
    ids = [str(line["person_id"]) for found in lines.values() for line in found]
    persons = counted_persons(connection, ids)
    return {
        case: tuple(_member(line, persons[str(line["person_id"])], today) for line in found)
        for case, found in lines.items()
    }


def _member(line: Mapping[str, object], person: Mapping[str, object], today: date) -> Member:
    from_on, to_on = line["from_on"], line["to_on"]
    assert isinstance(from_on, date)
    return Member(
        membership_id=str(line["id"]),
        person_id=str(person["id"]),
        name=name_of(person),
        place=str(line["place"]),
        age=age_of(person, today),
        group=group_on(person, today),
        from_on=from_on,
        to_on=to_on if isinstance(to_on, date) else None,
        adult_on=_adult_soon(person, today),
    )


def _adult_soon(person: Mapping[str, object], today: date) -> date | None:
    """The eighteenth birthday when it is exactly known and near (promise 20)."""
    born = person["birth_first"]
    if not isinstance(born, date) or born != person["birth_last"]:
        return None
    birthday = years_after(born, ADULT_AGE)
    return birthday if today < birthday <= today + COMING_OF_AGE else None
