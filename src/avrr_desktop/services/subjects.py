"""Persons as forms show them: who an activity is for, their household, their returns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Connection, func, or_, select

from avrr_desktop.activities import ACTIVITY_BY_KEY, SECTIONS
from avrr_desktop.activities.across import DELAY_FROM
from avrr_desktop.core.ages import Group, ages_between, group_of
from avrr_desktop.core.births import Birth, Precision
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.permissions import Permission
from avrr_desktop.people.base import column_fields_of, table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.people.person import Person
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register
from avrr_desktop.services.search import find
from avrr_desktop.services.settings import read_office
from avrr_desktop.services.summary.persons import survivors_of


@dataclass(frozen=True, slots=True)
class Subject:
    """A person in a few words, with the case they are in today."""

    id: str
    number: str
    family_name: str
    given_name: str
    family_name_ar: str
    given_name_ar: str
    sex: str | None
    birth: Birth
    nationality: str
    case_id: str = ""
    case_number: str = ""
    office: str = ""  # of the case
    place: str = ""  # in the household
    registered_on: date | None = None

    @property
    def name(self) -> str:
        """Family name, then given name, in Latin script."""
        return " ".join(part for part in (self.family_name, self.given_name) if part)

    @property
    def name_ar(self) -> str:
        """Given name, then family name, in Arabic script; perhaps empty."""
        return " ".join(part for part in (self.given_name_ar, self.family_name_ar) if part)

    def ages_on(self, day: date) -> tuple[int, int]:
        """Lowest and highest possible age on a day."""
        return ages_between(self.birth.first, self.birth.last, day)

    def group_on(self, day: date) -> Group:
        """The group an event of that day counts in (counting rule 4)."""
        return group_of(self.sex, *self.ages_on(day))


@dataclass(frozen=True, slots=True)
class ReferenceChoice:
    """A record that a field may name: its date and the term that tells it from its like."""

    id: str
    day: date | None
    vocabulary: str
    code: str


@needs(Permission.NAMES)
def read_subjects(register: Register, ids: Iterable[str]) -> tuple[Subject, ...]:
    """The persons of these ids that exist, in the order of the ids; survivors of merged files."""
    wanted = tuple(dict.fromkeys(i for i in ids if i))
    with register.database.reading() as connection:
        return in_order(connection, wanted, register.clock.today())


@needs(Permission.NAMES)
def find_subjects(register: Register, typed: str, limit: int = 8) -> tuple[Subject, ...]:
    """Persons whose names, numbers or phones match what is typed, the best first."""
    return read_subjects(register, (hit.person_id for hit in find(register, typed, limit).hits))


@needs(Permission.NAMES)
def household(register: Register, case_id: str) -> tuple[Subject, ...]:
    """Those who are in a case today, in the order they entered it."""
    if not case_id:
        return ()
    today = register.clock.today()
    member = table_of(Membership)
    query = (
        select(member.c.person_id)
        .where(member.c.case_id == case_id, *_in_force(today))
        .order_by(member.c.created_seq)
    )
    with register.database.reading() as connection:
        ids = list(connection.execute(query).scalars())
        return in_order(connection, ids, today)


def in_order(connection: Connection, ids: Sequence[str], today: date) -> tuple[Subject, ...]:
    """The persons these files are of, each once (counting rule 12)."""
    files = survivors_of(connection, ids)
    found = {s.id: s for s in _subjects(connection, files, today)}
    return tuple(found[i] for i in dict.fromkeys(files[i] for i in ids) if i in found)


@needs(Permission.NAMES)
def reference_choices(register: Register, key: str, person_id: str) -> tuple[ReferenceChoice, ...]:
    """A person's events of one activity, the latest first."""
    activity = ACTIVITY_BY_KEY.get(key)
    if activity is None or not person_id:
        return ()
    table = table_of(activity.model)
    term = next(
        f for f in column_fields_of(activity.model) if f.spec.kind is Kind.TERM and f.spec.in_list
    )
    dates = (f.name for f in column_fields_of(activity.model) if f.spec.kind is Kind.DATE)
    day = func.coalesce(table.c[activity.dated_by], *(table.c[name] for name in dates))
    query = (
        select(table.c.id, day, table.c[term.name])
        .where(table.c.deleted_at.is_(None))
        .order_by(day.desc())
    )
    with register.database.reading() as connection:
        files = sorted(survivors_of(connection, [person_id]))
        rows = connection.execute(query.where(table.c.person_id.in_(files))).all()
    return tuple(
        ReferenceChoice(row[0], row[1], term.spec.vocabulary, row[2] or "") for row in rows
    )


@needs(Permission.FIGURES)
def usual_office(register: Register) -> str:
    """The office new records start with."""
    return read_office(register).default_office


def _subjects(connection: Connection, files: Mapping[str, str], today: date) -> Iterable[Subject]:
    """The survivors among ``files`` (file to survivor), with what stands on any of their files."""
    person = table_of(Person)
    survivors = sorted(set(files.values()))
    query = select(person).where(person.c.id.in_(survivors), person.c.deleted_at.is_(None))
    ids = sorted(files, key=lambda file: files[file] == file)  # what the survivor says wins
    of_files = _cases(connection, ids, today)
    cases = {files[i]: of_files[i] for i in ids if i in of_files}
    registered: dict[str, date] = {}
    for file, day in _registered(connection, ids).items():
        registered[files[file]] = max(day, registered.get(files[file], day))
    for row in connection.execute(query).mappings():
        birth = Birth(
            row["birth_typed"] or "",
            Precision(row["birth_precision"]),
            row["birth_first"],
            row["birth_last"],
        )
        case_id, case_number, office, place = cases.get(row["id"], ("", "", "", ""))
        yield Subject(
            id=row["id"],
            number=row["number"],
            family_name=row["family_name"],
            given_name=row["given_name"] or "",
            family_name_ar=row["family_name_ar"] or "",
            given_name_ar=row["given_name_ar"] or "",
            sex=row["sex"],
            birth=birth,
            nationality=row["nationality"],
            case_id=case_id,
            case_number=case_number,
            office=office,
            place=place,
            registered_on=registered.get(row["id"]),
        )


def _cases(
    connection: Connection, ids: Sequence[str], today: date
) -> dict[str, tuple[str, str, str, str]]:
    member, case = table_of(Membership), table_of(CaseFile)
    query = (
        select(member.c.person_id, case.c.id, case.c.number, case.c.office, member.c.place)
        .join(case, case.c.id == member.c.case_id)
        .where(member.c.person_id.in_(ids), case.c.deleted_at.is_(None), *_in_force(today))
        .order_by(member.c.from_on, member.c.created_seq)
    )
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in connection.execute(query)}


def _in_force(today: date) -> tuple[ColumnElement[bool], ...]:
    member = table_of(Membership)
    ended = or_(member.c.to_on.is_(None), member.c.to_on >= today)
    return member.c.deleted_at.is_(None), ended


def _registered(connection: Connection, ids: Sequence[str]) -> dict[str, date]:
    activity, section = SECTIONS[DELAY_FROM]
    table = table_of(activity.model)
    day = table.c[section.dated_by]
    query = (
        select(table.c.person_id, func.max(day))
        .where(table.c.person_id.in_(ids), table.c.deleted_at.is_(None), day.is_not(None))
        .group_by(table.c.person_id)
    )
    return {row[0]: row[1] for row in connection.execute(query)}
