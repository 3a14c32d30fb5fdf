"""Compiles what a bundle carries, to the same bytes each time and wherever the folder stands.

Modules are carried compiled only: half the files to write and to look through at each start.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

# Parts of the standard library that only developers, prompts and installers use.
_UNUSED = (
    "distutils/",
    "ensurepip/",
    "idlelib/",
    "lib2to3/",
    "msilib/",
    "pydoc_data/",
    "tkinter/",
    "turtledemo/",
    "venv/",
)


class CompileError(Exception):
    """A module could not be compiled."""


def compile_modules(bundle: Path, folders: Iterable[Path], with_source: Iterable[Path]) -> None:
    """Compile the modules in ``folders`` and take their sources out.

    Args:
        bundle: what the names that tracebacks show are relative to.
        folders: where the modules are.
        with_source: parts of them whose files are found by their names, as migrations are: their
            compiled form stands beside the source.
    """
    kept = tuple(with_source)
    found = (path for folder in folders for path in sorted(folder.rglob("*.py")))
    beside: list[Path] = []
    alone: list[Path] = []
    for path in found:
        is_kept = any(path.is_relative_to(folder) for folder in kept)
        (beside if is_kept else alone).append(path)
    _compile(bundle, beside, [])
    _compile(bundle, alone, ["-b"])
    for path in alone:
        path.unlink()


def repack_library(archive: bytes) -> bytes:
    """The zip of the standard library without what is not used, and not compressed.

    So it is read faster at each start, and the set-up program becomes smaller: what is compressed
    already cannot be compressed better with the rest.
    """
    packed = BytesIO()
    with ZipFile(BytesIO(archive)) as given, ZipFile(packed, "w", ZIP_STORED) as taken:
        for name in sorted(given.namelist()):
            if not name.endswith("/") and not name.startswith(_UNUSED):
                taken.writestr(ZipInfo(name), given.read(name))
    return packed.getvalue()


def _compile(bundle: Path, sources: list[Path], options: list[str]) -> None:
    if not sources:
        return
    command = [sys.executable, "-m", "compileall", "-q", "-j1", "-s", str(bundle)]
    command += ["--invalidation-mode", "unchecked-hash", *options, "-i", "-"]
    # Sets of texts are written in the order of their hashes.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    names = "".join(f"{path}\n" for path in sources)
    if subprocess.run(
        command, check=False, env=environment, input=names, encoding="utf-8"
    ).returncode:
        raise CompileError("a module could not be compiled: see above")
