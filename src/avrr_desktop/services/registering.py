"""A person or a whole family registered at once: persons, consents, case and registrations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import DELAY_FROM
from avrr_desktop.core.ages import ADULT_AGE, ages_between
from avrr_desktop.core.births import UNKNOWN_BIRTH, Birth, parse_birth
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.specs import Activity
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Draft, Stored

HEAD, ALONE = "head", "alone"
REGISTRATION: Activity = SECTIONS[DELAY_FROM][0]
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to enter: their id, what is typed of them, their place in the household."""

    id: str
    person: Values
    place: object = None


@dataclass(frozen=True, slots=True)
class NewCase:
    """The case they enter: a new one under ``id``, or the ``stored`` one."""

    id: str
    stored: Stored | None = None
    representative: str = ""  # of its children: the head of the household

    @property
    def target(self) -> str:
        """The id of the case, known or to be."""
        return self.stored.id if self.stored else self.id


def registration_drafts(
    members: Sequence[NewMember],
    consent: Values | None,
    registration: Values,
    case: NewCase,
    today: date,
) -> tuple[Draft, ...]:
    """Drafts in the order a save wants them: persons, the case, one registration for each.

    Everybody gets the same consent; that of a child names the head of the household as legal
    representative unless it is the child that is entered first.
    """
    opened = _first_day(registration, today)
    head = case.representative or name_of(members[0].person)
    persons = [
        Draft(
            PERSON.key,
            # The one entered first has a representative typed, unless the family is known.
            _person(member, consent, head if place or case.representative else "", today),
            new_id=member.id,
        )
        for place, member in enumerate(members)
    ]
    registrations = [
        Draft(
            REGISTRATION.key,
            {**registration, "person_id": member.id, "case_id": case.target},
        )
        for member in members
    ]
    return (*persons, _case(members, registration, case, opened), *registrations)


def is_child_on(birth: Birth, day: object) -> bool:
    """Whether somebody is surely under eighteen on a day."""
    if not isinstance(day, date) or birth.first is None:
        return False
    return ages_between(birth.first, birth.last, day)[1] < ADULT_AGE


def read_birth(typed: object, today: date) -> Birth:
    """A birth date as typed; unknown while it cannot be read."""
    try:
        return parse_birth(str(typed or ""), today)
    except UserError:
        return UNKNOWN_BIRTH


def name_of(person: Values) -> str:
    """Family name, then given name."""
    parts = (person.get("family_name"), person.get("given_name"))
    return " ".join(str(part) for part in parts if part)


def _person(member: NewMember, consent: Values | None, head: str, today: date) -> Values:
    if consent is None:
        return member.person
    birth = read_birth(member.person.get("birth_typed"), today)
    row = dict(consent)
    if head:
        row["representative"] = head if is_child_on(birth, consent.get("given_on")) else None
    return {**member.person, "consent": (row,)}


def _case(members: Sequence[NewMember], registration: Values, case: NewCase, opened: date) -> Draft:
    lines = tuple(
        {
            "person_id": member.id,
            "place": member.place if member.place or case.stored or place else _own_place(members),
            "from_on": opened,
        }
        for place, member in enumerate(members)
    )
    if case.stored is not None:
        known = case.stored.values["membership"]
        assert isinstance(known, tuple)
        values = {"membership": (*known, *lines)}
        return Draft(CASE_FILE.key, values, case.stored.id, version=case.stored.version)
    new: Values = {
        "office": registration.get("office"),
        "opened_on": opened,
        "membership": lines,
    }
    return Draft(CASE_FILE.key, new, new_id=case.id)


def _own_place(members: Sequence[NewMember]) -> str:
    return HEAD if len(members) > 1 else ALONE


def _first_day(registration: Values, today: date) -> date:
    for name in (REGISTRATION.dated_by, "contacted_on"):
        day = registration.get(name)
        if isinstance(day, date):
            return day
    return today
