"""Birth dates of invented people, known with every precision."""

from __future__ import annotations

from datetime import date
from typing import Final

from avrr_desktop.core.ages import ADULT_AGE, age_on
from avrr_desktop.core.births import Precision
from avrr_desktop.services.demo.chance import Chance, wheel
from avrr_desktop.services.demo.lists import MEN_AGES, WOMEN_AGES

_YEAR: Final = 365.2425
_KNOWN: Final = wheel(
    (Precision.EXACT, 78), (Precision.YEAR, 10), (Precision.MONTH, 7), (Precision.ESTIMATED, 5)
)
_ANY: Final = (*_KNOWN, *[Precision.UNKNOWN] * 3)
_YOUTH: Final = wheel((Precision.YEAR, 3), (Precision.ESTIMATED, 2), (Precision.UNKNOWN, 1))
_YOUNGEST_DAYS: Final = 40
_ROUND: Final = frozenset({(1, 1), (12, 31)})


def adult_birth(chance: Chance, sex: str, day: date, *, surely: bool) -> str:
    """Somebody 19 or older on ``day``; ``surely``: an adult whatever the date may mean."""
    age = chance.pick(MEN_AGES if sex == "man" else WOMEN_AGES)
    days = int((age + 0.02 + 0.95 * chance.random()) * _YEAR)
    born = date.fromordinal(day.toordinal() - days)
    return typed(born, chance.pick(_KNOWN if surely else _ANY), day)


def child_birth(chance: Chance, first: date, last: date, *, surely: bool) -> str:
    """Somebody born before ``first`` and still a child on ``last``."""
    precision = chance.pick(_KNOWN if surely else _ANY)
    oldest = 17.6 if precision in (Precision.EXACT, Precision.UNKNOWN) else 15.2
    start = last.toordinal() - int(oldest * _YEAR)
    end = first.toordinal() - _YOUNGEST_DAYS
    born = date.fromordinal(start + int(chance.random() * (end - start)))
    return typed(born, precision, first)


def youth_birth(chance: Chance, day: date) -> str:
    """Somebody of whom nobody can say whether they are 18 on ``day``."""
    precision = chance.pick(_YOUTH)
    if precision is Precision.YEAR:
        return str(day.year - ADULT_AGE)
    born = date.fromordinal(day.toordinal() - int((17.1 + 0.8 * chance.random()) * _YEAR))
    return typed(born, precision, date.fromordinal(day.toordinal() - 200))


def birth_turning_adult(day: date) -> str:
    """Somebody whose eighteenth birthday is ``day``."""
    year = day.year - ADULT_AGE
    return f"{min(day.day, 28):02d}/{day.month:02d}/{year}"


def typed(born: date, precision: Precision, day: date) -> str:
    """A birth date as a caseworker types it on ``day``; never one that asks to be confirmed."""
    match precision:
        case Precision.EXACT:
            if (born.month, born.day) in _ROUND:
                born = date.fromordinal(born.toordinal() + 2)
            return f"{born.day:02d}/{born.month:02d}/{born.year}"
        case Precision.MONTH:
            return f"{born.month:02d}/{born.year}"
        case Precision.YEAR:
            return str(born.year)
        case Precision.ESTIMATED:
            return f"~{max(0, age_on(born, day))} ({day.day:02d}/{day.month:02d}/{day.year})"
        case Precision.UNKNOWN:
            return ""
