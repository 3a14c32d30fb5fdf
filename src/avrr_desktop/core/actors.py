"""Who does something: every service is told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a user may do; enforced with the protection of the register."""

    READER = "reader"
    CASEWORKER = "caseworker"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class Actor:
    """A user, as every service is told of them."""

    id: str
    name: str
    role: Role
    restricted: bool = False  # may read notes whose reading is restricted
    is_looking: bool = False  # at a copy, or at what was moved away: nothing can be written
    is_moved: bool = False  # the register goes on on another PC


LOCAL_ADMINISTRATOR_ID = "local"
