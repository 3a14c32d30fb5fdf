"""What the program is made of: its version, its components, their licences and the texts of those.

``resources/licences/components.csv`` names every part once. The text of a package's licence is read
from the package itself, as it stands beside the program; ``resources`` holds those that come
without one, and those of works inside another's library.
"""

from __future__ import annotations

import csv
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from avrr_desktop import __version__
from avrr_desktop.core.labels import Language

Packages = Callable[[str], Distribution]
"""Gives a package by its name, or raises ``PackageNotFoundError``."""


@dataclass(frozen=True, slots=True)
class Component:
    """Something delivered with the program; ``inside`` names what carries it."""

    name: str
    version: str
    licence: str
    package: str = ""
    inside: str = ""
    texts: tuple[str, ...] = ()


def program_version() -> str:
    """The version of the program."""
    return __version__


def components(
    resources: Path, packages: Packages = distribution, python: str = ""
) -> tuple[Component, ...]:
    """Every part with its licence; a package that this system has no use for is left out.

    ``python`` is the version of the Python that is delivered, where it is not this one.
    """
    with (resources / "licences" / "components.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return tuple(_present(rows, packages, python or platform.python_version()))


def licence_text(component: Component, resources: Path, packages: Packages = distribution) -> str:
    """The licence as its authors wrote it, in full; of a work inside another, the other's too."""
    texts = [(resources / name).read_text(encoding="utf-8") for name in component.texts]
    if component.package:
        texts[:0] = _own_texts(packages(component.package))
    if not texts:
        names = component.inside.split(", ")
        carriers = (part for part in components(resources, packages) if part.name in names)
        return "\n\n".join(licence_text(part, resources, packages) for part in carriers)
    return "\n\n".join(text.strip("\n") for text in texts) + "\n"


def notice(resources: Path, language: Language) -> str:
    """What whoever has the program may know and do about the works of others in it."""
    return (resources / "licences" / f"notice-{language.value}.txt").read_text(encoding="utf-8")


def _present(rows: list[dict[str, str]], packages: Packages, python: str) -> Iterator[Component]:
    for row in rows:
        version = python if row["name"] == "Python" else ""
        versioned = row["package"] or row["version_of"]
        if versioned:
            try:
                version = packages(versioned).version
            except PackageNotFoundError:
                continue
        texts = tuple(row["texts"].split())
        yield Component(row["name"], version, row["licence"], row["package"], row["inside"], texts)


def _own_texts(package: Distribution) -> list[str]:
    """The files a package declares as its licence, wherever its builder laid them."""
    declared: list[str] = package.metadata.get_all("License-File") or []
    found = (package.read_text(f"licenses/{name}") or package.read_text(name) for name in declared)
    return [text for text in found if text]
