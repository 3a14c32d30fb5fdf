"""What is given out to a target system: the packages the program needs there, as locked.

``requirements.lock`` holds the packages of all systems and those of the developers. A bundle, its
notices and its bill of materials need the *runtime closure* for one system: what ``pyproject.toml``
depends on, what those depend on, and so on, each requirement's marker read as on that system.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

ROOT = Path(__file__).resolve().parents[2]

Requires = Callable[[str], Iterable[str]]
"""The requirements (``Requires-Dist``) of the package of that name."""

_COMMON = {
    "implementation_name": "cpython",
    "implementation_version": "3.11.9",
    "platform_python_implementation": "CPython",
    "platform_release": "",
    "platform_version": "",
    "python_full_version": "3.11.9",
    "python_version": "3.11",
}

WINDOWS: Mapping[str, str] = _COMMON | {
    "os_name": "nt",
    "platform_machine": "AMD64",
    "platform_system": "Windows",
    "sys_platform": "win32",
}
LINUX: Mapping[str, str] = _COMMON | {
    "os_name": "posix",
    "platform_machine": "x86_64",
    "platform_system": "Linux",
    "sys_platform": "linux",
}

_ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)\s*(?:;(?P<marker>[^\\]*))?",
)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


class LockError(Exception):
    """The lock does not hold what the bundle needs."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A package of the lock: the release, and the sha256 of every file it may be fetched as."""

    name: NormalizedName
    version: str
    hashes: frozenset[str]
    marker: str = ""

    @property
    def requirement(self) -> str:
        """Its entry in a file of requirements, with hashes and without a marker."""
        hashes = "".join(f" \\\n    --hash=sha256:{value}" for value in sorted(self.hashes))
        return f"{self.name}=={self.version}{hashes}"


def read_lock(path: Path = ROOT / "requirements.lock") -> dict[NormalizedName, Locked]:
    """Every package of the lock, by its normalised name."""
    packages: dict[NormalizedName, Locked] = {}
    # A backslash at the end of a line carries its entry on.
    for entry in path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines():
        if not entry.strip() or entry.startswith("#"):
            continue
        found = _ENTRY.match(entry)
        hashes = frozenset(_HASH.findall(entry))
        if found is None or not hashes:
            raise LockError(f"not a locked package: {entry[:80]}")
        name = canonicalize_name(found["name"])
        marker = (found["marker"] or "").partition("--hash")[0].strip()
        packages[name] = Locked(name, found["version"], hashes, marker)
    return packages


def project_requirements(path: Path = ROOT / "pyproject.toml") -> tuple[str, ...]:
    """What the program itself depends on."""
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(declared["project"]["dependencies"])


def installed_requires(name: str) -> Iterable[str]:
    """The requirements of a package, as it is installed here.

    One that only another system needs is not installed: it is taken to need nothing. Who fetches
    the files checks this again from their own metadata.
    """
    try:
        return distribution(name).requires or ()
    except PackageNotFoundError:
        return ()


def runtime_closure(
    environment: Mapping[str, str],
    *,
    lock: Mapping[NormalizedName, Locked] | None = None,
    roots: Iterable[str] | None = None,
    requires: Requires = installed_requires,
) -> tuple[Locked, ...]:
    """The packages that the program needs on a system, in the order of their names.

    Args:
        environment: the values of the markers there: ``WINDOWS`` or ``LINUX``.
        lock: the locked packages; the project's own unless given.
        roots: what the program depends on; ``pyproject.toml``'s unless given.
        requires: gives the requirements of a package.
    """
    locked = read_lock() if lock is None else lock
    waiting = [Requirement(text) for text in (project_requirements() if roots is None else roots)]
    needed: dict[NormalizedName, Locked] = {}
    followed: set[tuple[NormalizedName, str]] = set()
    while waiting:
        requirement = waiting.pop()
        if not _applies(requirement.marker, environment, ""):
            continue
        package = _locked(requirement, locked, environment)
        needed[package.name] = package
        for extra in ("", *requirement.extras):
            if (package.name, extra) in followed:
                continue
            followed.add((package.name, extra))
            for text in requires(package.name):
                further = Requirement(text)
                if _applies(further.marker, environment, extra):
                    further.marker = None
                    waiting.append(further)
    return tuple(needed[name] for name in sorted(needed))


def _locked(
    requirement: Requirement,
    locked: Mapping[NormalizedName, Locked],
    environment: Mapping[str, str],
) -> Locked:
    package = locked.get(canonicalize_name(requirement.name))
    if package is None:
        raise LockError(f"{requirement.name} is needed but not locked")
    if package.marker and not _applies(Marker(package.marker), environment, ""):
        raise LockError(f"{package.name} is needed but locked for other systems only")
    if not requirement.specifier.contains(package.version, prereleases=True):
        raise LockError(f"{requirement} is needed, {package.version} is locked")
    return package


def _applies(marker: Marker | None, environment: Mapping[str, str], extra: str) -> bool:
    return marker is None or marker.evaluate({**environment, "extra": extra})
