"""What each version brought, as the program tells it after an update."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from avrr_desktop.core.labels import Label

FILE: Final = "changes.toml"
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the program, and its changes in three languages."""

    number: str
    changes: tuple[Label, ...]


def read_versions(resources: Path) -> tuple[Version, ...]:
    """Every version, the newest first; none when the file is missing or cannot be read.

    A program whose news are lost still opens.
    """
    try:
        kept = tomllib.loads((resources / FILE).read_text(encoding="utf-8"))
        return tuple(
            Version(
                one["number"],
                tuple(Label(each["fr"], each["ar"], each["en"]) for each in one["change"]),
            )
            for one in kept["version"]
        )
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def is_newer(number: str, than: str) -> bool:
    """Whether a version comes after another: 0.10.0 after 0.9.2."""
    return _order(number) > _order(than)


def _order(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in _NUMBER.findall(number))
