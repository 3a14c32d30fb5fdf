"""Compiles the two small programs that start the register on Windows."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from installer.windows.pictures import lay_icons

HERE = Path(__file__).resolve().parent
PREFIX = "x86_64-w64-mingw32-"
# Name, and what the compiler is told beyond what both have in common.
LAUNCHERS = (
    ("AVRR.exe", ("-mwindows",)),
    ("avrr-desktop.exe", ("-mconsole", "-DCONSOLE")),
)


def compiler_is_there() -> bool:
    """Whether Debian's mingw-w64 is installed."""
    return shutil.which(f"{PREFIX}gcc") is not None


def numbers(version: str) -> str:
    """The four numbers that Windows knows a version by: ``1.2.3`` becomes ``1.2.3.0``."""
    digits = re.match(r"\d+(?:\.\d+)*", version)
    return ".".join([*(digits[0].split(".") if digits else ()), "0", "0", "0", "0"][:4])


def build_launchers(target: Path, version: str, python_dll: str) -> None:
    """Write both launchers into ``target``, with icon, version and manifest."""
    with TemporaryDirectory() as scratch:
        work = Path(scratch)
        lay_icons(work)
        for source in ("launcher.c", "launcher.rc"):
            shutil.copy(HERE / source, work)
        manifest = (HERE / "launcher.manifest").read_text(encoding="utf-8")
        manifest = manifest.replace("@VERSION@", numbers(version))
        (work / "launcher.manifest").write_text(manifest, encoding="utf-8")
        for name, kind in LAUNCHERS:
            _build(work, name, kind, version, python_dll)
            shutil.copy(work / name, target / name)


def _build(work: Path, name: str, kind: tuple[str, ...], version: str, python_dll: str) -> None:
    resource = [f"{PREFIX}windres", "-i", "launcher.rc", "-o", "launcher.res.o"]
    resource += [f"-DVERSION_NUMBERS={numbers(version).replace('.', ',')}"]
    resource += [f'-DVERSION_TEXT=\\"{version}\\"', f'-DFILE_NAME=\\"{name}\\"']
    resource += [word for word in kind if word.startswith("-D")]
    program = [f"{PREFIX}gcc", "-std=c11", "-O2", "-s", "-Wall", "-Wextra", "-Werror", "-municode"]
    program += ["-finput-charset=UTF-8", f'-DPYTHON_DLL=L"{python_dll}"', *kind]
    # The linker would write the time of day into the file.
    program += ["-Wl,--no-insert-timestamp", "-Wl,--dynamicbase,--nxcompat,--high-entropy-va"]
    program += ["-o", name, "launcher.c", "launcher.res.o", "-lshell32"]
    for command in (resource, program):
        subprocess.run(command, cwd=work, check=True, env={**os.environ, "LC_ALL": "C.UTF-8"})
