"""Folding: one comparable spelling for text typed in Latin or Arabic script."""

from __future__ import annotations

import unicodedata
from typing import Final

_APOSTROPHES: Final = "'’‘‛`´ʼʹʻʾʿ′＇"
_WHITE: Final = "\t\n\v\f\r"
_MINUS: Final = "−"  # a sign, hence outside the category of dashes

# Letters that Unicode does not decompose.
_LETTERS: Final = {
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ɓ": "b",
    "ɗ": "d",
    "ɖ": "d",
    "ŋ": "n",
    "ɲ": "n",
    "ɛ": "e",
    "ɔ": "o",
    "ƴ": "y",
    "ı": "i",
    "ة": "ه",
    "ى": "ي",
    "ٱ": "ا",
    "ی": "ي",
    "ک": "ك",
    "ـ": "",
}


class _Folds(dict[int, str]):
    """What each code point folds to, worked out the first time it is met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = _fold_letter(chr(point))
        return folded


def _fold_letter(letter: str) -> str:
    if letter in _APOSTROPHES:
        return " "
    lowered = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    return "".join(_fold_part(part) for part in lowered)


def _fold_part(part: str) -> str:
    category = unicodedata.category(part)
    if category in {"Mn", "Me", "Cf"} or (category == "Cc" and part not in _WHITE):
        return ""
    if category == "Pd" or part == _MINUS or part in _APOSTROPHES or part.isspace():
        return " "
    if category == "Nd":
        return str(unicodedata.digit(part))
    return _LETTERS.get(part, part)


_FOLDS: Final = _Folds()


def fold(text: str) -> str:
    """``text`` in lower case without accents; apostrophes, hyphens and runs of spaces: one space.

    Arabic: no diacritics nor tatweel; alef variants ا, ة as ه, ى as ي, a seat of hamza as its
    letter; digits of any script as 0-9. Folding twice changes nothing more.
    """
    return " ".join(text.translate(_FOLDS).split())
