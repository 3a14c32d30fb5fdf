r"""Lays out the folder of one version as it will stand on the PC, ready to be packed.

AVRR.exe  avrr-desktop.exe      start it, with a window or as a command line
runtime\                        Windows' own Python, and Microsoft's C++ libraries
lib\                            the locked packages, pruned
app\                            the program
licences\                       whose work it is, and on which terms
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from installer.bundle.lock import ROOT
from installer.bundle.notices import packages_in, write_notices
from installer.bundle.qt import imported_modules
from installer.windows.compiled import compile_modules, repack_library
from installer.windows.launchers import build_launchers
from installer.windows.pe import file_version
from installer.windows.prune import (
    CPP_RUNTIME,
    prune_packages,
    prune_runtime,
)
from installer.windows.wheels import unpack

RUNTIME, PACKAGES, PROGRAM, LICENCES = "runtime", "lib", "app", "licences"
# What pip and its like keep for themselves; an address may stand in the first.
_INSTALLERS_OWN = ("direct_url.json", "INSTALLER", "REQUESTED", "RECORD")


class StageError(Exception):
    """The folder cannot be laid out."""


def stage(target: Path, runtime: Mapping[str, bytes], wheels: Iterable[Path], version: str) -> None:
    """Fill ``target``, which must not exist, from Python's files and the packages' wheels."""
    if sys.version_info[:2] != (3, 11):
        raise StageError("the bundle is compiled by the Python it carries: run this with 3.11")
    lay_runtime(target / RUNTIME, runtime)
    (target / PACKAGES).mkdir()
    for wheel in wheels:
        unpack(wheel, target / PACKAGES)
    lay_cpp_runtime(target)
    lay_program(target / PROGRAM)
    prune_runtime(target / RUNTIME)
    prune_packages(target / PACKAGES, imported_modules(target / PROGRAM))
    lay_licences(target)
    for folder in (PACKAGES, PROGRAM):
        for metadata in (target / folder).glob("*.dist-info"):
            for name in _INSTALLERS_OWN:
                (metadata / name).unlink(missing_ok=True)
    package = target / PROGRAM / "avrr_desktop"
    compile_modules(
        target,
        [target / PACKAGES, target / PROGRAM],
        with_source=[package / "db" / "migrations", package / "resources"],
    )
    build_launchers(target, version, python_library(target))


def lay_runtime(target: Path, files: Mapping[str, bytes]) -> None:
    """Write Python, and where it looks for modules: nowhere outside the version's folder."""
    target.mkdir(parents=True)
    for name, content in sorted(files.items()):
        (target / Path(name).name).write_bytes(content)
    settings = sorted(target.glob("python3*._pth"))
    if len(settings) != 1:
        raise StageError("this is no embeddable Python for Windows")
    library = target / f"{settings[0].stem}.zip"
    library.write_bytes(repack_library(library.read_bytes()))
    lines = (library.name, ".", f"..\\{PACKAGES}", f"..\\{PROGRAM}")
    settings[0].write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def lay_cpp_runtime(target: Path) -> None:
    """Put Microsoft's C++ libraries beside Python's own, the newest of those the wheels bring.

    Windows may have none; found there they serve every package, in whatever order it is loaded.
    """
    for name in CPP_RUNTIME:
        own = target / RUNTIME / name
        found = [own, *(target / PACKAGES).glob(f"*/{name}")]
        newest = max(
            (path.read_bytes() for path in sorted(found) if path.is_file()), key=file_version
        )
        own.write_bytes(newest)


def lay_program(target: Path) -> None:
    """The program as its wheel would install it, made from this checkout."""
    with TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", scratch]
        done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
        if done.returncode:
            raise StageError(f"the program's wheel cannot be made:\n{done.stderr}")
        unpack(next(Path(scratch).glob("*.whl")), target)
    for source in target.rglob("*.po"):  # what is read is compiled
        source.unlink()


def lay_licences(target: Path) -> None:
    """The program's own licence, the notice about others' works, and each of their licences."""
    folder = target / LICENCES
    folder.mkdir()
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    shutil.move(target / RUNTIME / "LICENSE.txt", folder / "python-for-windows.txt")
    write_notices(folder, packages_in(target / PACKAGES), python_version(target))


def python_version(target: Path) -> str:
    """The version of the Python that was laid out, such as ``3.11.9``."""
    library = (target / RUNTIME / python_library(target)).read_bytes()
    major, minor, build, _ = file_version(library)
    return f"{major}.{minor}.{build // 1000}"  # it counts 9150 for a final .9


def python_library(target: Path) -> str:
    """The name of Python itself, such as ``python311.dll``."""
    return f"{next((target / RUNTIME).glob('python3*._pth')).stem}.dll"
