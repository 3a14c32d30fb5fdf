"""The bulletin of January to June 2023, as numbers of people to tell stories about.

Nothing here is stored: the register counts the events that come of it. What the bulletin lost
(countries, channels, services, resettlement, returns to Morocco) is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from avrr_desktop.core.ages import CHILDREN, Group
from avrr_desktop.services.demo.chance import Chance, wheel

START: Final = date(2023, 1, 1)
END: Final = date(2023, 6, 30)
UNTIL: Final = date(2023, 12, 30)  # the last day of the demonstration

M, W, B, G = Group.MEN, Group.WOMEN, Group.BOYS, Group.GIRLS
Quota = Mapping[Group, int]


def _quota(men: int, women: int, boys: int, girls: int) -> Quota:
    return {M: men, W: women, B: boys, G: girls}


REGISTERED: Final = _quota(1017, 428, 145, 142)
DEPARTED: Final = _quota(583, 232, 69, 54)
ASSISTED: Final = _quota(713, 320, 94, 85)
SERVICES: Final = 2374
# Of the departed, those registered the year before; and those who turned 18 on the way, each
# counted as a child when registered and as an adult when departed.
DEPARTED_LATER: Final = _quota(150, 60, 20, 14)
TURNED_ADULT: Final = _quota(0, 0, 4, 2)
GROWN: Final = {B: M, G: W}
WAITING_SINCE_2022: Final = _quota(40, 20, 0, 0)  # assisted, not departed
ARRIVED_IN_MOROCCO: Final = _quota(121, 29, 8, 6)
RESETTLED: Final = _quota(9, 8, 6, 5)
CASH_IN_CONGO: Final = _quota(11, 4, 0, 0)
OTHER_REINTEGRATIONS: Final = 96
PLANNED_NOT_DEPARTED: Final = 9
CAME_BACK: Final = 5
REQUESTS: Final = 70

REFERRED: Final = (
    ("fondation_orient_occident", 23, 4),
    ("anapec", 36, 10),
    ("indh_youth_platform", 25, 3),
    ("ahk", 11, 1),
)
REFERRED_MEN: Final = 91  # four of them to two partners


@dataclass(frozen=True, slots=True)
class Funded:
    """A case with reintegration on the office's own funds; ``this_year``: departed in 2023."""

    country: str
    groups: tuple[Group, ...]
    this_year: bool


OWN_FUNDS: Final = (
    Funded("CI", (M,), True),
    Funded("CI", (W, G), False),
    Funded("CI", (G,), False),
    Funded("GM", (M,), True),
    Funded("GM", (B,), True),
    Funded("GN", (M,), False),
    Funded("GN", (M,), True),
    Funded("GN", (B,), True),
    Funded("GN", (G,), False),
    Funded("GW", (M,), False),
    Funded("GW", (W, B, G), False),
    Funded("CG", (M,), False),
    Funded("CG", (W, G), True),
    Funded("CG", (G,), False),
    Funded("LK", (M, W, B), True),
    Funded("LK", (M,), False),
)

# Persons told before and after the semester, in the ordinary way: first and last day of contact,
# the day after which nothing happens, departures for home, arrivals in Morocco, resettlements.
COHORTS: Final = (
    (date(2021, 1, 4), date(2021, 6, 25), date(2022, 12, 30), 290, 40, 8),
    (date(2021, 7, 1), date(2021, 12, 20), date(2022, 12, 30), 310, 45, 14),
    (date(2022, 1, 3), date(2022, 6, 24), date(2022, 12, 30), 330, 60, 12),
    (date(2022, 7, 1), date(2022, 10, 28), date(2022, 12, 30), 640, 140, 31),
    (date(2023, 7, 3), date(2023, 11, 24), UNTIL, 240, 50, 10),
)
BEFORE: Final = date(2020, 12, 31)
BALANCES: Final = (
    ("returns_from_morocco", None, 18_120),
    ("resettlement", None, 273),
    ("resettlement", "US", 141),
    ("resettlement", "CA", 78),
    ("resettlement", "FR", 34),
    ("resettlement", "SE", 20),
)

_CHILDREN: Final = wheel((1, 5), (2, 4), (3, 1))
_PARENTS: Final = wheel(((W,), 11), ((M, W), 6), ((M,), 2), ((), 2))


def less(quota: Quota, *others: Quota) -> dict[Group, int]:
    """What is left of a quota."""
    return {group: n - sum(other[group] for other in others) for group, n in quota.items()}


def counted(cases: Iterator[tuple[Group, ...]] | tuple[tuple[Group, ...], ...]) -> Quota:
    """How many of each group these cases hold."""
    members = [group for groups in cases for group in groups]
    return {group: members.count(group) for group in (M, W, B, G)}


def grown(quota: Quota) -> dict[Group, int]:
    """The groups of people who have all turned 18."""
    return {group: sum(quota[c] for c in GROWN if GROWN[c] is group) for group in quota}


def families(chance: Chance, quota: Quota) -> Iterator[tuple[Group, ...]]:
    """Cases that use up a quota: children mostly with a parent, adults mostly alone."""
    left = dict(quota)
    while children := [group for group in CHILDREN for _ in range(left[group])]:
        chance.shuffle(children)
        parents = chance.pick(_PARENTS)
        if any(left[group] < 1 for group in parents):
            parents = ()
        count = chance.pick(_CHILDREN) if parents else 1
        groups = (*parents, *sorted(children[:count]))
        for group in groups:
            left[group] -= 1
        yield groups
    for _ in range(min(left[M], left[W]) // 12):
        left[M] -= 1
        left[W] -= 1
        yield (M, W)
    for group in (M, W):
        yield from [(group,)] * left[group]
