"""A register of any size, spread over the forty semesters from 2005 to 2024."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from avrr_desktop.services.demo.chance import Chance, wheel
from avrr_desktop.services.demo.ordinary import GROUPS, tell_home, tell_morocco, tell_third_country
from avrr_desktop.services.drafts import Draft

FIRST_DAY: Final = date(2005, 1, 1)
LAST_DAY: Final = date(2024, 12, 31)

_SPAN: Final = (LAST_DAY - FIRST_DAY).days - 40
_DIRECTIONS: Final = wheel(("home", 91), ("morocco", 6), ("third_country", 3))
_TELLERS: Final = {
    "home": tell_home,
    "morocco": tell_morocco,
    "third_country": tell_third_country,
}


def generate_spread(persons: int, seed: int) -> Iterator[Draft]:
    """That many invented people, about five events each, in the order of their first contact."""
    chance = Chance(seed)
    told = 0
    while told < persons:
        groups = chance.pick(GROUPS)[: persons - told]
        day = date.fromordinal(FIRST_DAY.toordinal() + told * _SPAN // persons)
        case = _TELLERS[chance.pick(_DIRECTIONS)](chance, groups, day, LAST_DAY)
        told += len(case.members)
        yield from case.tell()
