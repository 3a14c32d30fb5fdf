"""How much two files look like one person, and why: names, births, nationality, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from avrr_desktop.core.sounds import sound_of


class Likeness(StrEnum):
    """Why two files may be of one person; the window words it."""

    DOCUMENT = "document"
    OTHER_NUMBER = "other_number"
    PHONE = "phone"
    SAME_NAMES = "same_names"
    CLOSE_NAMES = "close_names"
    ARABIC_NAMES = "arabic_names"
    SAME_BIRTH = "same_birth"
    POSSIBLE_BIRTH = "possible_birth"
    NATIONALITY = "nationality"


_WEIGHTS = {
    Likeness.DOCUMENT: 50,
    Likeness.OTHER_NUMBER: 50,
    Likeness.PHONE: 20,
    Likeness.SAME_NAMES: 35,
    Likeness.CLOSE_NAMES: 25,
    Likeness.ARABIC_NAMES: 30,
    Likeness.SAME_BIRTH: 30,
    Likeness.POSSIBLE_BIRTH: 12,
    Likeness.NATIONALITY: 5,
}
_NAMES = frozenset({Likeness.SAME_NAMES, Likeness.CLOSE_NAMES, Likeness.ARABIC_NAMES})
_NUMBERS = frozenset({Likeness.DOCUMENT, Likeness.OTHER_NUMBER})
_WORTH_COMPARING = 60  # of 100, of all words together: below, the words are not looked at
_SAME_WORD = 0.9  # similarity of two spellings of one word


@dataclass(frozen=True, slots=True)
class Compared:
    """What is compared of a person: folded words, in the order of the alphabet."""

    id: str
    words: tuple[str, ...]
    text: str  # the words in one
    arabic: tuple[str, ...]
    sex: str | None
    first: date | None
    last: date | None
    nationality: str


def reasons_for(one: Compared, other: Compared, shared: dict[Likeness, str]) -> dict[Likeness, str]:
    """Why the two may be one person; empty when they are not probably one.

    A number of papers in common is enough unless names and births both speak against it. Names
    alike need the same day of birth, or a possible one with the same nationality, or a telephone
    in common.
    """
    reasons = dict(shared)
    if alike := _names(one, other):
        reasons[alike] = ""
    overlap = _births_overlap(one, other)
    if overlap and one.first == one.last == other.first == other.last:
        reasons[Likeness.SAME_BIRTH] = ""
    elif overlap:
        reasons[Likeness.POSSIBLE_BIRTH] = ""
    if one.nationality == other.nationality:
        reasons[Likeness.NATIONALITY] = ""
    return reasons if _is_probable(one, other, reasons, overlap=overlap) else {}


def weight_of(reasons: dict[Likeness, str]) -> int:
    """How probable: the greater, the nearer the top of the list."""
    return sum(_WEIGHTS[reason] for reason in reasons)


def _is_probable(
    one: Compared, other: Compared, reasons: dict[Likeness, str], *, overlap: bool | None
) -> bool:
    named = not _NAMES.isdisjoint(reasons)
    if not _NUMBERS.isdisjoint(reasons):
        return named or overlap is True
    if not named or overlap is False or (one.sex and other.sex and one.sex != other.sex):
        return False
    if Likeness.SAME_BIRTH in reasons or Likeness.PHONE in reasons:
        return True
    # Common names meet in every year: a range needs the nationality too.
    return overlap is True and Likeness.NATIONALITY in reasons


def _births_overlap(one: Compared, other: Compared) -> bool | None:
    """Whether some day is possible for both; None when one is not known."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    return one.first <= other.last and other.first <= one.last


def _names(one: Compared, other: Compared) -> Likeness | None:
    if one.words and one.words == other.words:
        return Likeness.SAME_NAMES
    if len(one.arabic) > 1 and one.arabic == other.arabic:  # a lone name says too little
        return Likeness.ARABIC_NAMES
    if one.text and other.text and fuzz.ratio(one.text, other.text) >= _WORTH_COMPARING:
        return Likeness.CLOSE_NAMES if _words_meet(one.words, other.words) else None
    return None


def _words_meet(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether each word of the shorter name has its own counterpart in the longer one."""
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) == 1 and len(longer) > 1:
        return False  # a lone name says too little
    left = list(longer)
    for word in shorter:
        met = next((w for w in left if _same_word(word, w)), None)
        if met is None:
            return False
        left.remove(met)
    return True


def _same_word(one: str, other: str) -> bool:
    if one == other or sound_of(one) == sound_of(other):
        return True
    return bool(JaroWinkler.similarity(one, other, score_cutoff=_SAME_WORD))
