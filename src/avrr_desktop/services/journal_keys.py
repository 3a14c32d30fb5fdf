"""The keys of the journal's payload digests, kept in the register that they protect.

They stand inside the encrypted file rather than being derived from its key: a rotation writes the
file anew under another key, and every line sealed before must still verify.
"""

from __future__ import annotations

import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from avrr_desktop.db.tables import SETTING

MARK: Final = "k"  # of a keyed digest: "k2:…"; lines written before have 64 hexadecimal digits
_KEYS: Final = "journal.keys"
_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class JournalKeys:
    """Every key a line may have been sealed under, by its number; the last seals new ones."""

    by_number: Mapping[int, bytes]

    @property
    def last(self) -> int:
        """The number of the key that seals; 0 when there is none yet."""
        return max(self.by_number, default=0)

    def digest(self, content: bytes, number: int = 0) -> str:
        """HMAC-SHA-256 as text, with the key's number before it."""
        number = number or self.last
        made = hmac.digest(self.by_number[number], content, "sha256")
        return f"{MARK}{number}:{urlsafe_b64encode(made).decode().rstrip('=')}"

    def fits(self, kept: str, content: bytes) -> bool:
        """Whether ``kept`` is the digest of ``content`` under the key it names."""
        number = kept.removeprefix(MARK).partition(":")[0]
        if not (number.isdecimal() and int(number) in self.by_number):
            return False
        return hmac.compare_digest(kept, self.digest(content, int(number)))


def read_keys(connection: Connection) -> JournalKeys:
    """The keys of a register; none before its first line."""
    kept = connection.execute(select(SETTING.c.value).where(SETTING.c.key == _KEYS)).scalar()
    if not isinstance(kept, Mapping):
        return JournalKeys({})
    return JournalKeys({int(number): bytes.fromhex(key) for number, key in kept.items()})


def keys_to_seal(connection: Connection) -> JournalKeys:
    """The same, with a first key made now if need be."""
    keys = read_keys(connection)
    return keys if keys.by_number else add_key(connection)


def add_key(connection: Connection) -> JournalKeys:
    """Seal under another key from now on: the one before may have been read by anybody."""
    keys = read_keys(connection)
    made = {**keys.by_number, keys.last + 1: secrets.token_bytes(_BYTES)}
    connection.execute(delete(SETTING).where(SETTING.c.key == _KEYS))
    value = {str(number): key.hex() for number, key in made.items()}
    connection.execute(insert(SETTING).values(key=_KEYS, value=value))
    return JournalKeys(made)
