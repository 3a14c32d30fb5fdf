"""What the program is made of: its version, its components and their licences."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version

from avrr_desktop import __version__

# Distribution, licence: what is delivered with the program.
_COMPONENTS = (
    ("PySide6-Essentials", "LGPL-3.0"),
    ("SQLAlchemy", "MIT"),
    ("SQLModel", "MIT"),
    ("pydantic", "MIT"),
    ("alembic", "MIT"),
    ("openpyxl", "MIT"),
    ("lxml", "BSD-3-Clause"),
    ("platformdirs", "MIT"),
    ("rapidfuzz", "MIT"),
)


@dataclass(frozen=True, slots=True)
class Component:
    """Something delivered with the program."""

    name: str
    version: str
    licence: str


def program_version() -> str:
    """The version of the program."""
    return __version__


def components() -> tuple[Component, ...]:
    """Libraries, fonts and icons, with their licences; what is not installed is left out."""
    found = [Component("Python", platform.python_version(), "PSF-2.0")]
    for name, licence in _COMPONENTS:
        try:
            found.append(Component(name, version(name), licence))
        except PackageNotFoundError:  # a build may leave out what it does not use
            continue
    found += [Component("Noto fonts", "", "OFL-1.1"), Component("Lucide icons", "", "ISC")]
    return tuple(found)
