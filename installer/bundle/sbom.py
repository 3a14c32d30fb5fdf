"""The bill of materials of a bundle, in CycloneDX 1.6: every part, its version and its licence.

Written beside what is given out, and not kept: ``dist/avrr-desktop_VERSION_SYSTEM.cdx.json``. It
holds no date and no random number, so that the same bundle has the same bill.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from installer.bundle.lock import Locked, installed_requires, runtime_closure
from installer.bundle.notices import RESOURCES
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

from avrr_desktop import __version__
from avrr_desktop.services.identity import Component, Packages, components

_SPACE = uuid.UUID("5a1c3b0e-3f0d-5c57-9f55-0d6c1d1d7a55")
_PROGRAM = "avrr-desktop"


def write_sbom(
    target: Path,
    environment: Mapping[str, str],
    packages: Packages = distribution,
    python: str = "",
) -> None:
    """Write the bill of the bundle for a system.

    Args:
        target: the file.
        environment: the system, ``lock.LINUX`` or ``lock.WINDOWS``.
        packages: finds the packages of the bundle.
        python: the version of the bundle's Python; this one's unless given.
    """
    closure = {package.name: package for package in runtime_closure(environment)}
    parts = components(RESOURCES, packages, python)
    bill: dict[str, object] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": _program()},
        "components": [_part(component, closure) for component in parts],
        "dependencies": list(_dependencies(parts, closure)),
    }
    number = uuid.uuid5(_SPACE, json.dumps(bill, sort_keys=True))
    bill["serialNumber"] = f"urn:uuid:{number}"
    target.write_text(json.dumps(bill, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _program() -> dict[str, object]:
    return {
        "type": "application",
        "bom-ref": _PROGRAM,
        "name": _PROGRAM,
        "version": __version__,
        "licenses": [{"license": {"name": "LicenseRef-Proprietary"}}],
    }


def _part(component: Component, closure: Mapping[NormalizedName, Locked]) -> dict[str, object]:
    said: dict[str, object] = {
        "type": "library",
        "bom-ref": component.name,
        "name": component.package or component.name,
        "licenses": [{"expression": component.licence}],
    }
    if component.version:
        said["version"] = component.version
    if component.inside:
        said["description"] = f"inside {component.inside}"
    if component.package:
        locked = closure[canonicalize_name(component.package)]
        said["purl"] = f"pkg:pypi/{locked.name}@{component.version}"
        # One of these is the file this bundle was made of; the others serve other systems.
        said["properties"] = [
            {"name": f"{_PROGRAM}:sha256", "value": value} for value in sorted(locked.hashes)
        ]
    return said


def _dependencies(
    parts: tuple[Component, ...], closure: Mapping[NormalizedName, Locked]
) -> Iterator[dict[str, object]]:
    names = {canonicalize_name(part.package): part.name for part in parts if part.package}
    yield {"ref": _PROGRAM, "dependsOn": sorted(part.name for part in parts if not part.inside)}
    for part in parts:
        carried = {other.name for other in parts if part.name in other.inside.split(", ")}
        if part.package:
            required = set(_required(part.package)) & set(closure)
            carried |= {names[name] for name in required if name in names}
        yield {"ref": part.name, "dependsOn": sorted(carried)}


def _required(package: str) -> Iterator[NormalizedName]:
    for text in installed_requires(package):
        wanted = Requirement(text)
        if wanted.marker is None or "extra" not in str(wanted.marker):
            yield canonicalize_name(wanted.name)
