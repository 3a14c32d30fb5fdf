"""A person or a whole family registered at once: persons, consents, case and registrations.

A person who is in the register already gets what is new of what was typed.
"""

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
from avrr_desktop.services.completion import number_folded
from avrr_desktop.services.drafts import Draft, Stored, lines_of

HEAD, ALONE = "head", "alone"
REGISTRATION: Activity = SECTIONS[DELAY_FROM][0]
Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class NewMember:
    """A person to enter: their id, what is typed of them, their place in the household.

    ``stored`` is their file when the register knows them: the id is then its own.
    """

    id: str
    person: Values
    place: object = None
    stored: Stored | None = None


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
        # The one entered first has a representative typed, unless the family is known.
        _person(member, consent, head if place or case.representative else "", today)
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


def same_number(one: object, other: object) -> bool:
    """Whether two numbers are one but for spaces, signs and capitals."""
    folded = number_folded(str(one or ""))
    return bool(folded) and folded == number_folded(str(other or ""))


def line_of(stored: Stored, child: str, number: object) -> Values | None:
    """The stored document or phone that bears a number."""
    lines = lines_of(stored.values, child)
    return next((line for line in lines if same_number(line["number"], number)), None)


def _person(member: NewMember, consent: Values | None, head: str, today: date) -> Draft:
    values = dict(member.person)
    stored = member.stored
    if stored is not None:
        for child in ("document", "phone"):
            if child in values:
                values[child] = _with_stored(stored, child, lines_of(values, child))
    if consent is not None:
        row = dict(consent)
        if head:
            birth = read_birth(values.get("birth_typed"), today)
            row["representative"] = head if is_child_on(birth, row.get("given_on")) else None
        values["consent"] = (*(lines_of(stored.values, "consent") if stored else ()), row)
    if stored is None:
        return Draft(PERSON.key, values, new_id=member.id)
    return Draft(PERSON.key, values, stored.id, version=stored.version)


def _with_stored(stored: Stored, child: str, typed: Sequence[Values]) -> tuple[Values, ...]:
    """The stored lines, those typed anew after them; a number known keeps its spelling."""
    lines = list(lines_of(stored.values, child))
    for row in typed:
        known = line_of(stored, child, row.get("number"))
        if known is None:
            lines.append(row)
        else:
            lines[lines.index(known)] = {**known, **row, "number": known["number"]}
    return tuple(lines)


def _case(members: Sequence[NewMember], registration: Values, case: NewCase, opened: date) -> Draft:
    known = lines_of(case.stored.values, "membership") if case.stored else ()
    inside = {line["person_id"] for line in known if _lasts(line, opened)}
    lines = tuple(
        {
            "person_id": member.id,
            "place": member.place if member.place or case.stored or place else _own_place(members),
            "from_on": opened,
        }
        for place, member in enumerate(members)
        if member.id not in inside
    )
    if case.stored is not None:
        values = {"membership": (*known, *lines)}
        return Draft(CASE_FILE.key, values, case.stored.id, version=case.stored.version)
    new: Values = {
        "office": registration.get("office"),
        "opened_on": opened,
        "membership": lines,
    }
    return Draft(CASE_FILE.key, new, new_id=case.id)


def _lasts(membership: Values, day: date) -> bool:
    """Whether somebody has not left a case before a day."""
    end = membership.get("to_on")
    return not isinstance(end, date) or end >= day


def _own_place(members: Sequence[NewMember]) -> str:
    return HEAD if len(members) > 1 else ALONE


def _first_day(registration: Values, today: date) -> date:
    for name in (REGISTRATION.dated_by, "contacted_on"):
        day = registration.get(name)
        if isinstance(day, date):
            return day
    return today
