"""How well a person answers what was typed, and by which of their names or numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from rapidfuzz.distance import JaroWinkler

from avrr_desktop.core.folding import fold
from avrr_desktop.core.sounds import sound_of
from avrr_desktop.db.search_index import national_digits, words_of
from avrr_desktop.services.lists.query import PersonName

_WORD = re.compile(r"[^\W_]+")


class Reason(StrEnum):
    """Why a person was found; the window words it."""

    EXACT_NAMES = "exact_names"
    EXACT_NAME = "exact_name"
    ARABIC = "arabic"
    BEGINNING = "beginning"
    CLOSE_NAME = "close_name"
    OTHER_NAME = "other_name"
    PHONE = "phone"
    NUMBER = "number"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the index gave, with what may have matched."""

    person_id: str
    number: str
    name: PersonName
    other_names: str
    birth: tuple[date | None, date | None]  # the earliest and the latest day it can mean
    nationality: str
    place: int  # among what the index gave: the latest first
    phones: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()

    def may_be_born_in(self, year: int) -> bool:
        """Whether the birth date, as far as it is known, may lie in a year."""
        first, last = self.birth
        return first is not None and last is not None and first.year <= year <= last.year


@dataclass(slots=True)
class Comparison:
    """What matched; a lower ``rank`` is better."""

    rank: tuple[float, ...] = ()
    reasons: dict[Reason, str] = field(default_factory=dict)
    latin: set[str] = field(default_factory=set)  # folded words of the names that matched
    arabic: set[str] = field(default_factory=set)
    is_answer: bool = True  # every word typed is met somewhere


_LEAST_ALIKE = 0.65
_MOST_WORDS, _MOST_LETTERS = 60, 60  # compared: a text given as a name must not stop the search
_EXACT, _BEGINS, _SOUNDS, _ELSEWHERE = range(4)


def compare(words: Sequence[str], candidate: Candidate) -> Comparison:
    """Which words of the names answer the words typed, and how well."""
    names = words_of(candidate.name.latin)[:_MOST_WORDS]
    arabic = words_of(candidate.name.arabic)[:_MOST_WORDS]
    found = Comparison()
    whole = _by_number("".join(words), candidate, found)
    penalty = 0.0
    levels = []
    for word in words:
        level, hit = _nearest(word, [*names, *arabic])
        if whole:
            level = _EXACT
        elif hit is None:
            found.is_answer &= _by_number(word, candidate, found) or _by_other_name(
                word, candidate, found
            )
        else:
            (found.latin if hit in names else found.arabic).add(hit)
            penalty += 1 - _likeness(word, hit)
        levels.append(level)
    if not whole:
        _name_reasons(found, levels)
    found.rank = (max(levels, default=0), sum(levels), round(penalty, 3), candidate.place)
    return found


def _likeness(word: str, name: str) -> float:
    return JaroWinkler.similarity(word[:_MOST_LETTERS], name[:_MOST_LETTERS])


def _nearest(word: str, names: Sequence[str]) -> tuple[int, str | None]:
    """How the word is met, and by which word of the names."""
    if word in names:
        return _EXACT, word
    for name in names:
        if name.startswith(word):
            return _BEGINS, name
    sound = sound_of(word)
    alike = {_likeness(word, name): name for name in names if sound_of(name).startswith(sound)}
    # A short sound begins many names: spelling must not be too far.
    nearest = max(alike, default=0.0)
    return (_SOUNDS, alike[nearest]) if nearest >= _LEAST_ALIKE else (_ELSEWHERE, None)


def _by_number(typed: str, candidate: Candidate, found: Comparison) -> bool:
    """A phone's last digits, a number of papers or of a case; says which."""
    if not any(c.isdigit() for c in typed):
        return False
    wanted = fold(typed)
    digits = national_digits(typed) if typed.isdigit() else ""
    phones = [p for p in candidate.phones if digits and national_digits(p).endswith(digits)]
    if phones:
        found.reasons.setdefault(Reason.PHONE, phones[0])
        return True
    for reason, numbers in (
        (Reason.CASE, candidate.cases),
        (Reason.NUMBER, (candidate.number, *candidate.numbers)),
    ):
        for number in numbers:
            parts = words_of(number)
            if "".join(parts).startswith(wanted) or any(p.startswith(wanted) for p in parts):
                found.reasons.setdefault(reason, number)
                return True
    return False


def _by_other_name(word: str, candidate: Candidate, found: Comparison) -> bool:
    level, hit = _nearest(word, words_of(candidate.other_names)[:_MOST_WORDS])
    if hit is None or level == _ELSEWHERE:
        return False
    found.reasons.setdefault(Reason.OTHER_NAME, candidate.other_names)
    return True


def _name_reasons(found: Comparison, levels: Sequence[int]) -> None:
    """Chips about names, before those about numbers."""
    of_names: dict[Reason, str] = {}
    if found.arabic:
        of_names[Reason.ARABIC] = ""
    if found.latin:
        several = len(found.latin) > 1
        exact = all(level == _EXACT for level in levels)
        if exact:
            of_names[Reason.EXACT_NAMES if several else Reason.EXACT_NAME] = ""
        elif _EXACT in levels:
            of_names[Reason.EXACT_NAME] = ""
        if _BEGINS in levels:
            of_names[Reason.BEGINNING] = ""
        if _SOUNDS in levels:
            of_names[Reason.CLOSE_NAME] = ""
    found.reasons = {**of_names, **found.reasons}


def spans_of(text: str, matched: set[str]) -> tuple[tuple[int, int], ...]:
    """Where the matched words stand in a name as shown."""
    return tuple(
        (word.start(), word.end())
        for word in _WORD.finditer(text)
        if matched.intersection(words_of(word.group()))
    )
