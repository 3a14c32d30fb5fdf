"""The kinds of field: each has one editor, one storage and one reading of text."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a field holds, hence how it is typed, stored, checked and shown."""

    TEXT = "text"
    LATIN = "latin"  # typed left to right whatever the screen's direction
    ARABIC = "arabic"  # typed right to left whatever the screen's direction
    LONG_TEXT = "long_text"
    IDENTIFIER = "identifier"  # numbers of papers, flights, phones: left to right, never formatted
    INTEGER = "integer"
    AMOUNT = "amount"  # stored in hundredths of the currency
    DATE = "date"
    BIRTH = "birth"  # a birth date with its precision, as typed
    YES_NO = "yes_no"  # empty is "not stated", which differs from "no"
    TERM = "term"  # one code of a list
    TERMS = "terms"  # several codes of a list, in an (owner, code) table
    REFERENCE = "reference"  # the id of another record

    @property
    def is_left_to_right(self) -> bool:
        """Whether values of this kind read left to right on an Arabic screen too."""
        return self in _LEFT_TO_RIGHT


_LEFT_TO_RIGHT = frozenset(
    {Kind.LATIN, Kind.IDENTIFIER, Kind.INTEGER, Kind.AMOUNT, Kind.DATE, Kind.BIRTH}
)
