"""The demonstration of the default size: three years around a published semester."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle
from typing import Final

from avrr_desktop.core.ages import Group
from avrr_desktop.services.demo import quotas
from avrr_desktop.services.demo.bulletin import Semester
from avrr_desktop.services.demo.cast import Case, Values, open_case
from avrr_desktop.services.demo.chance import Chance
from avrr_desktop.services.demo.events import add_referral, add_resettlement
from avrr_desktop.services.demo.lists import (
    HOSTS,
    PROFILES,
    REFUGEES,
    RESETTLEMENT_COUNTRIES,
)
from avrr_desktop.services.demo.ordinary import GROUPS, add_arrivals, tell_home, tell_morocco
from avrr_desktop.services.demo.quotas import END, START, UNTIL
from avrr_desktop.services.drafts import Draft

SOURCE: Final = "Données de démonstration"
_MISTAKES: Final = 6
_SIGNER: Final = "Personne inventée"
_COUNTRIES: Final = ("US", "CA", "US", "FR", "US", "CA", "SE")
_ADMISSIONS: Final = ("family_reunification", "private_sponsorship")


@dataclass(frozen=True, slots=True)
class Deletion:
    """A record entered by mistake, to be put in the bin once everything is saved."""

    record: str
    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the demonstration enters, and what it takes back."""

    drafts: list[Draft]
    deletions: list[Deletion]


def generate_default(seed: int = 1) -> Iterator[Draft]:
    """The records of the default size, in the order in which they can be saved."""
    return iter(tell_default(seed).drafts)


def tell_default(seed: int = 1) -> Told:
    """Three years of invented people whose first semester of 2023 is the published one."""
    chance = Chance(seed)
    semester = Semester(chance)
    semester.tell()
    cases = semester.cases
    cases += _arrivals(chance)
    cases += _resettlements(chance)
    for cohort in quotas.COHORTS:
        cases += _cohort(chance, cohort)
    cases.sort(key=_opening)
    drafts = [draft for case in cases for draft in case.tell()]
    copies, deletions = _entered_twice(chance, drafts)
    return Told([*drafts, *_balances(chance), *copies], deletions)


def _opening(case: Case) -> date:
    return case.opened_on if case.earlier is None else case.earlier.opened_on


def _cohort(chance: Chance, cohort: tuple[date, date, date, int, int, int]) -> Iterator[Case]:
    first, last, until, home, morocco, resettled = cohort
    while home > 0:
        case = tell_home(chance, chance.pick(GROUPS), chance.day(first, last), until)
        home -= len(case.members)
        yield case
    while morocco > 0:
        case = tell_morocco(chance, chance.pick(GROUPS), chance.day(first, last), until)
        morocco -= len(case.members)
        yield case
    while resettled > 0:
        groups = chance.pick(GROUPS)[:resettled]
        resettled -= len(groups)
        country = chance.pick(RESETTLEMENT_COUNTRIES)
        yield _resettle(chance, groups, chance.day(first, last), "resettlement", country)


def _resettlements(chance: Chance) -> Iterator[Case]:
    days = (START + timedelta(days=8), END - timedelta(days=4))
    countries = cycle(_COUNTRIES)
    for groups in quotas.families(chance, quotas.RESETTLED):
        yield _resettle(chance, groups, chance.day(*days), "resettlement", next(countries))
    for kind in _ADMISSIONS * 3:
        yield _resettle(chance, (Group.WOMEN,), chance.day(*days), kind, next(countries))


def _resettle(
    chance: Chance, groups: tuple[Group, ...], departed: date, kind: str, country: str
) -> Case:
    opened = departed - timedelta(days=215)
    case = open_case(*(chance, groups, chance.pick(REFUGEES), opened, UNTIL), surely=True)
    for member in case.members:
        add_resettlement(chance, case, member, kind=kind, country=country, departed=departed)
    return case


def _arrivals(chance: Chance) -> Iterator[Case]:
    """Returns to Morocco in the semester, and the referrals that follow some of them."""
    slots = {
        Group.MEN: [p for p, men, _ in quotas.REFERRED for _ in range(men)],
        Group.WOMEN: [p for p, _, women in quotas.REFERRED for _ in range(women)],
    }
    again = slots[Group.MEN][quotas.REFERRED_MEN :]
    del slots[Group.MEN][quotas.REFERRED_MEN :]
    for groups in quotas.families(chance, quotas.ARRIVED_IN_MOROCCO):
        arrived = chance.day(date(2023, 1, 4), date(2023, 6, 9))
        opened = arrived - timedelta(days=45)
        case = open_case(chance, groups, "MA", opened, UNTIL, surely=True)
        host, profile = chance.pick(HOSTS), chance.pick(PROFILES)
        for member in case.members:
            add_arrivals(chance, case, member, arrived, host=host, profile=profile, until=UNTIL)
            partners = slots.get(member.group, [])
            sent = [partners.pop(0)] if partners else []
            if sent and member.group is Group.MEN and again:
                sent.append(again.pop())
            for turn, partner in enumerate(sent):
                day = chance.day(
                    arrived + timedelta(days=3 + turn * 9), arrived + timedelta(days=11 + turn * 9)
                )
                add_referral(chance, case, member, day, partner=partner, until=UNTIL)
        yield case


def _balances(chance: Chance) -> Iterator[Draft]:
    for section, term, value in quotas.BALANCES:
        values: Values = {
            "section": section,
            "term": term,
            "as_of": quotas.BEFORE,
            "value": value,
            "source": SOURCE,
            "signed_by": _SIGNER,
        }
        yield Draft("opening_balance", values, new_id=chance.new_id())


def _entered_twice(chance: Chance, drafts: list[Draft]) -> tuple[list[Draft], list[Deletion]]:
    """Copies of a few events of the semester, and their deletion."""
    copies, deletions = [], []
    wanted = cycle(("registered_on", "departed_on", "given_on"))
    column = next(wanted)
    for draft in drafts[::97]:
        day = draft.values.get(column)
        if isinstance(day, date) and START <= day <= END:
            copy = Draft(draft.record, draft.values, new_id=chance.new_id())
            copies.append(copy)
            deletions.append(Deletion(copy.record, copy.new_id, "Saisi deux fois"))
            column = next(wanted)
        if len(copies) == _MISTAKES:
            break
    return copies, deletions
