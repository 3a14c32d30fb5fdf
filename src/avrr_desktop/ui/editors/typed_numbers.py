"""Numbers as they are typed: spaces between thousands, comma or dot, any digits."""

from __future__ import annotations

import unicodedata
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Final

_SPACES: Final = "\u202f\u00a0\u2009 '’\u066c"
_BIDI_MARKS: Final = "\u200e\u200f\u2066\u2067\u2068\u2069"
_MINOR: Final = Decimal(100)


def plain_digits(text: str) -> str:
    """``text`` with digits 0–9 whatever the keyboard, and without direction marks."""
    digits = (str(unicodedata.digit(char)) if char.isdigit() else char for char in text)
    return "".join(digit for digit in digits if digit not in _BIDI_MARKS).strip()


def _bare(text: str) -> str:
    bare = plain_digits(text).replace("\u2212", "-").replace("\u066b", ".")
    return "".join(char for char in bare if char not in _SPACES)


def read_integer(text: str) -> int | None:
    """The integer typed, or ``None`` if there is none; ``ValueError`` if it is no integer."""
    bare = _bare(text)
    if not bare:
        return None
    return int(bare)


def read_minor_units(text: str) -> int | None:
    """The amount typed, in hundredths; ``ValueError`` if it is no amount or has three decimals."""
    bare = _bare(text).replace(",", ".")
    if not bare:
        return None
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        raise ValueError(text) from None
    minor = amount * _MINOR
    if not minor.is_finite() or minor != minor.to_integral_value(ROUND_HALF_UP):
        raise ValueError(text)
    return int(minor)
