"""What a moved register's file tells before any password: what it is, and what opens it.

The mark, the format's number, the length of a JSON object, that object, and SHA-256 of all that.
The object names the register, the instant, the version of its tables, and holds the header whose
slots the passwords open. What follows is sealed; the front is bound to it.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import BinaryIO, Final

from avrr_desktop.core.errors import UserError
from avrr_desktop.db.schema import HEAD
from avrr_desktop.services.access.header_file import MOST_BYTES
from avrr_desktop.vault import Header, HeaderBroken, read_header, write_header

SUFFIX: Final = ".avrr"
_MARK: Final = b"AVRRMOVE"
_FORMAT: Final = 1
_NUMBER, _LENGTH, _DIGEST = 2, 4, 32  # bytes
_SALT: Final = 32


@dataclass(frozen=True, slots=True)
class Front:
    """What is told in clear. ``salt`` makes the key of this one file."""

    register: str
    made_at: datetime
    tables: str  # the revision of the register inside
    header: Header
    salt: str


def new_front(uuid: str, made_at: datetime, header: Header) -> Front:
    """The front of a file about to be written."""
    return Front(uuid, made_at, HEAD, header, os.urandom(_SALT).hex())


def purpose_of(front: Front) -> str:
    """What the key of the file is derived for: no two files share one."""
    return f"move {front.salt}"


def front_bytes(front: Front) -> bytes:
    """The front as it is written."""
    told = {
        "register": front.register,
        "made_at": front.made_at.isoformat(),
        "tables": front.tables,
        "header": write_header(front.header).decode(),
        "salt": front.salt,
    }
    text = json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    start = _MARK + _FORMAT.to_bytes(_NUMBER, "big") + len(text).to_bytes(_LENGTH, "big") + text
    return start + sha256(start).digest()


def read_front(file: BinaryIO, name: str) -> tuple[Front, bytes]:
    """The front of an open file, which stands after it then, and its bytes.

    Raises:
        UserError: ``move_file_unknown``, ``move_file_newer``, ``move_file_damaged``.
    """
    start = file.read(len(_MARK) + _NUMBER + _LENGTH)
    if not start.startswith(_MARK):
        raise UserError("move_file_unknown", name=name)
    number = int.from_bytes(start[len(_MARK) : -_LENGTH], "big")
    length = int.from_bytes(start[-_LENGTH:], "big")
    if number > _FORMAT:
        raise UserError("move_file_newer", name=name)
    text = file.read(length) if length <= 2 * MOST_BYTES else b""
    if file.read(_DIGEST) != sha256(start + text).digest():
        raise UserError("move_file_damaged", name=name)
    front = _front_of(text, name)
    if front.tables > HEAD:
        raise UserError("move_file_newer", name=name)
    return front, front_bytes(front)


def _front_of(text: bytes, name: str) -> Front:
    try:
        told = json.loads(text)
        made_at = datetime.fromisoformat(told["made_at"])
        header = read_header(str(told["header"]).encode())
        front = Front(str(told["register"]), made_at, str(told["tables"]), header, told["salt"])
    except (ValueError, KeyError, TypeError, RecursionError, HeaderBroken) as error:
        raise UserError("move_file_damaged", name=name) from error
    if made_at.tzinfo is None or header.register != front.register:
        raise UserError("move_file_damaged", name=name)
    return front
