"""Ordinary stories: people who come, are helped and leave, in the usual shares."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from avrr_desktop.core.ages import Group
from avrr_desktop.services.demo.cast import Case, Member, blur, open_case
from avrr_desktop.services.demo.chance import Chance, wheel
from avrr_desktop.services.demo.events import (
    Journey,
    a_flight,
    add_arrival,
    add_assistance,
    add_cash,
    add_contact,
    add_referral,
    add_reintegration,
    add_resettlement,
    add_return,
)
from avrr_desktop.services.demo.lists import (
    EXITS,
    HOST_FUNDS,
    HOSTS,
    NATIONALITIES,
    OTHER_FUNDS,
    PARTNERS,
    PROFILES,
    REFUGEES,
    RESETTLEMENT_COUNTRIES,
    RETURN_FUNDS,
)

_LIFE: Final = timedelta(days=500)  # a case's events lie within it
_M, _W, _B, _G = Group.MEN, Group.WOMEN, Group.BOYS, Group.GIRLS
GROUPS: Final = wheel(
    *(((_M,), 62), ((_W,), 22), ((_B,), 3), ((_G,), 1)),
    *(((_W, _G), 3), ((_W, _B), 3), ((_W, _B, _G), 2), ((_M, _W), 2)),
    *(((_M, _W, _B), 1), ((_M, _W, _B, _G), 1)),
)
_ASSISTANCES: Final = wheel((0, 4), (1, 12), (2, 22), (3, 25), (4, 18), (5, 12), (6, 7))
_ADMISSIONS: Final = wheel(
    ("resettlement", 8), ("family_reunification", 1), ("private_sponsorship", 1)
)


def _open(chance: Chance, groups: tuple[Group, ...], country: str, day: date, until: date) -> Case:
    case = open_case(chance, groups, country, day, min(day + _LIFE, until))
    if chance.happens(0.02):
        blur(chance, case.members[-1], day)
    return case


def tell_home(chance: Chance, groups: tuple[Group, ...], day: date, until: date) -> Case:
    """Somebody who contacts the office on ``day``, and what follows up to ``until``."""
    case = _open(chance, groups, chance.pick(NATIONALITIES), day, until)
    if chance.happens(0.04):
        add_contact(chance, case, day, None)
        return case
    registered = min(day + timedelta(days=chance.whole(0, 14)), until)
    add_contact(chance, case, day, registered)
    journey = _journey(chance, case, registered, until)
    departed = journey.departed
    last = departed or min(registered + timedelta(days=120), until)
    for member in case.members:
        _assist(chance, case, member, registered, last)
        if journey.planned or journey.exit_kind:
            returned = add_return(chance, case, member, journey)
            if departed is not None:
                _after_return(
                    chance, case, member, departed=departed, returned=returned, until=until
                )
    return case


def _journey(chance: Chance, case: Case, registered: date, until: date) -> Journey:
    journey = Journey(registered, case.country, chance.pick(RETURN_FUNDS), a_flight(chance))
    leaving = registered + timedelta(days=chance.whole(14, 110))
    if leaving <= until and chance.happens(0.84):
        journey.planned = leaving
        journey.departed = None if chance.happens(0.02) else leaving
    elif chance.happens(0.6):
        journey.exit_kind = chance.pick(EXITS)
        journey.exit_on = min(leaving, until)
    return journey


def _assist(chance: Chance, case: Case, member: Member, first: date, last: date) -> None:
    """A number of services on days of their own."""
    days = days_apart(chance, first, last, chance.pick(_ASSISTANCES))
    for turn, day in enumerate(days):
        add_assistance(chance, case, member, day, turn)


def days_apart(chance: Chance, first: date, last: date, times: int) -> list[date]:
    """So many different days in their order, fewer when there is no room."""
    room = (last - first).days + 1
    times = min(times, room)
    offsets = ((turn * room + int(chance.random() * room)) // times for turn in range(times))
    return [first + timedelta(days=offset) for offset in offsets]


def _after_return(
    chance: Chance, case: Case, member: Member, *, departed: date, returned: str, until: date
) -> None:
    started = departed + timedelta(days=chance.whole(10, 120))
    if started > until:
        return
    if chance.happens(0.45):
        fund = "iom_morocco" if chance.happens(0.05) else chance.pick(OTHER_FUNDS)
        add_reintegration(
            *(chance, case, member, started),
            country=case.country,
            fund=fund,
            after=returned,
            until=until,
        )
    elif chance.happens(0.04):
        add_cash(chance, case, member, started, country=case.country, after=returned)


def tell_morocco(chance: Chance, groups: tuple[Group, ...], day: date, until: date) -> Case:
    """Moroccans announced on ``day``, and what follows up to ``until``."""
    case = _open(chance, groups, "MA", day, until)
    host, profile = chance.pick(HOSTS), chance.pick(PROFILES)
    arrived = min(day + timedelta(days=20), until)
    for member in case.members:
        add_arrivals(chance, case, member, arrived, host=host, profile=profile, until=until)
        later = arrived + timedelta(days=chance.whole(15, 200))
        if not member.is_child and later <= until:
            add_referral(chance, case, member, later, partner=chance.pick(PARTNERS), until=until)
    return case


def add_arrivals(
    chance: Chance,
    case: Case,
    member: Member,
    arrived: date,
    *,
    host: str,
    profile: str,
    until: date,
) -> None:
    """A return to Morocco and, for half of them, the reintegration that follows."""
    if len(case.members) > 1:
        profile = "family_with_children"
    returned = add_arrival(chance, case, member, arrived, host=host, profile=profile)
    started = arrived + timedelta(days=chance.whole(10, 90))
    if started <= until and chance.happens(0.5):
        fund = HOST_FUNDS.get(host, "eu_iom_joint_initiative")
        add_reintegration(
            *(chance, case, member, started),
            country="MA",
            fund=fund,
            after=returned,
            to_morocco=True,
            until=until,
        )


def tell_third_country(chance: Chance, groups: tuple[Group, ...], day: date, until: date) -> Case:
    """Refugees put forward on ``day``, and what follows up to ``until``."""
    case = _open(chance, groups, chance.pick(REFUGEES), day, until)
    kind, country = chance.pick(_ADMISSIONS), chance.pick(RESETTLEMENT_COUNTRIES)
    departed = day + timedelta(days=240)
    for member in case.members:
        _assist(chance, case, member, day, min(departed, until))
        if departed <= until:
            add_resettlement(chance, case, member, kind=kind, country=country, departed=departed)
    return case
