"""What a bundle says about the works of others in it: a notice and the text of every licence.

The program shows the same in its own window; these files are for whoever has the bundle without
starting it.
"""

from __future__ import annotations

import re
from importlib.metadata import (
    Distribution,
    DistributionFinder,
    MetadataPathFinder,
    PackageNotFoundError,
)
from pathlib import Path

from installer.bundle.lock import ROOT

from avrr_desktop.core.labels import Language
from avrr_desktop.services.identity import Packages, components, licence_text, notice

RESOURCES = ROOT / "resources"


def packages_in(folder: Path) -> Packages:
    """Finds the packages that lie in ``folder``, whatever this machine has."""

    def find(name: str) -> Distribution:
        context = DistributionFinder.Context(name=name, path=[str(folder)])
        found = next(iter(MetadataPathFinder.find_distributions(context)), None)
        if found is None:
            raise PackageNotFoundError(name)
        return found

    return find


def write_notices(target: Path, packages: Packages, python: str = "") -> None:
    """Write into ``target`` the notice in three languages, the list, and a file a licence.

    Args:
        target: a folder, made if it is not there.
        packages: finds the packages of the bundle, for instance ``packages_in(folder)``.
        python: the version of the bundle's Python; this one's unless given.
    """
    target.mkdir(parents=True, exist_ok=True)
    for language in Language:
        _write(target / f"NOTICE-{language.value}.txt", notice(RESOURCES, language))
    lines = []
    for component in components(RESOURCES, packages, python):
        file = f"{_plain(component.name)}.txt"
        carried = f" (in {component.inside})" if component.inside else ""
        named = f"{component.name} {component.version}".strip()
        lines.append(f"{named}{carried}: {component.licence}, see {file}")
        _write(target / file, licence_text(component, RESOURCES, packages))
    _write(target / "COMPONENTS.txt", "\n".join(lines) + "\n")


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
