"""Pseudonyms of persons, events and cases: a keyed hash whose key is thrown away with the pack."""

from __future__ import annotations

import hmac
from hashlib import sha256
from secrets import token_bytes

_DIGITS = 32  # of the hash, in hexadecimal: 16 bytes


class Pseudonyms:
    """Pseudonyms of one pack: with another key, of another pack, nobody has the same."""

    def __init__(self) -> None:
        self._key = token_bytes(32)

    def of(self, kind: str, record_id: str) -> str:
        """The pseudonym of a record; two kinds of one record cannot be joined.

        It begins with a letter, so that no spreadsheet takes it for a number.
        """
        digest = hmac.new(self._key, f"{kind}|{record_id}".encode(), sha256).hexdigest()
        return kind[0] + digest[:_DIGITS]
