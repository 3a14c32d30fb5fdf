"""The recovery key: 160 random bits as people can print, read out and type."""

from __future__ import annotations

import os
from base64 import b32encode
from hashlib import sha256
from typing import Final

from avrr_desktop.core.errors import UserError

_BYTES: Final = 20  # 32 signs of five bits
_CHECK: Final = 4  # signs more, which tell a slip of the pen from another key
_GROUP: Final = 4
# Base32 (RFC 4648) has no 0, 1, 8, 9: who types them meant these.
_MEANT: Final = str.maketrans("018", "OIB")


def new_recovery_key() -> str:
    """Nine groups of four signs; it is shown once and kept nowhere."""
    key = b32encode(os.urandom(_BYTES)).decode()
    signs = key + _check(key)
    return "-".join(signs[i : i + _GROUP] for i in range(0, len(signs), _GROUP))


def read_recovery_key(typed: str) -> str:
    """The key as it was made, whatever its spaces, dashes and case.

    Raises:
        UserError: ``recovery_key_mistyped``.
    """
    signs = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_MEANT)
    key, check = signs[:-_CHECK], signs[-_CHECK:]
    if len(signs) != _BYTES * 8 // 5 + _CHECK or check != _check(key):
        raise UserError("recovery_key_mistyped")
    return "-".join(signs[i : i + _GROUP] for i in range(0, len(signs), _GROUP))


def _check(key: str) -> str:
    return b32encode(sha256(key.encode()).digest()).decode()[:_CHECK]
