"""Whether a bundle is complete: every library asked for is in it or comes with Windows 10."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from installer.windows.pe import imported_libraries

_LIST = Path(__file__).with_name("windows10.txt")
# Sets of names that Windows itself resolves.
_VIRTUAL = ("api-ms-win-", "ext-ms-")
_PROGRAMS = frozenset({".dll", ".exe", ".pyd"})


def windows_libraries() -> frozenset[str]:
    """The libraries of Windows 10 that a bundle may ask for."""
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def programs(folder: Path) -> Iterator[Path]:
    """Every program and library in ``folder``."""
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in _PROGRAMS:
            yield path


def missing_libraries(bundle: Path) -> dict[str, list[str]]:
    """The libraries that would not be found on the PC, each with the files that ask for it.

    The rules are those of the launcher: beside the file that asks, in ``runtime``, in Windows, and
    in the folders that packages name when they are loaded (Qt's and those of repaired wheels).
    """
    everywhere = set(windows_libraries())
    for folder in _named_folders(bundle):
        everywhere.update(path.name.lower() for path in folder.glob("*.dll"))
    missing: dict[str, list[str]] = {}
    for path in programs(bundle):
        beside = {other.name.lower() for other in path.parent.iterdir()}
        for name in sorted(imported_libraries(path.read_bytes())):
            if name in everywhere or name in beside or name.startswith(_VIRTUAL):
                continue
            missing.setdefault(name, []).append(path.relative_to(bundle).as_posix())
    return missing


def _named_folders(bundle: Path) -> Iterable[Path]:
    packages = bundle / "lib"
    return [
        bundle / "runtime",
        packages / "PySide6",
        packages / "shiboken6",
        *sorted(packages.glob("*.libs")),
    ]
