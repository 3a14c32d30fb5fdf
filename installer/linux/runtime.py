"""Debian's own Python, as much of it as the program uses.

The files of the packages ``pythonX.Y-minimal``, ``libpythonX.Y-minimal`` and
``libpythonX.Y-stdlib`` as dpkg installed them here: its Python is one that Debian mends, its
libraries are those the target installs too. A freezer is not needed: this *is* Python, so nothing
in the program has to know that it is not run from its sources.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path, PurePosixPath

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
PACKAGES = (f"python{VERSION}-minimal", f"libpython{VERSION}-minimal", f"libpython{VERSION}-stdlib")

_HOME = PurePosixPath(f"/usr/lib/python{VERSION}")
_INTERPRETER = PurePosixPath(f"/usr/bin/python{VERSION}")

# What a register has no use for. Sockets stay (Qt's own serve the one window a register);
# TLS goes: the program never speaks to a network.
_LEFT_OUT = {
    "another system": ("_aix_support", "_osx_support", "msilib", "nturl2path"),
    "a network": (
        *("ftplib", "imaplib", "nntplib", "poplib", "smtpd", "smtplib", "telnetlib"),
        *("cgi", "cgitb", "wsgiref", "xmlrpc"),
    ),
    "a terminal": ("curses", "pty", "rlcompleter", "tkinter", "turtle", "turtledemo"),
    "developers": (
        *("_bootsubprocess", "distutils", "ensurepip", "idlelib", "lib2to3", "pdb", "pydoc"),
        *("pydoc_data", "test", "venv", "zipapp", "EXTERNALLY-MANAGED"),
    ),
    "old formats": (
        *("crypt", "dbm", "mailbox", "mailcap", "sndhdr", "sunau", "wave", "xdrlib"),
        *("__phello__", "__hello__", "antigravity", "this"),
    ),
}
_LEFT_OUT_COMPILED = (
    *("_crypt", "_curses", "_curses_panel", "_dbm", "_ssl", "audioop", "nis", "ossaudiodev"),
    *("readline", "resource", "spwd", "xxlimited", "xxlimited_35", "_xxsubinterpreters"),
    *("_ctypes_test", "_testbuffer", "_testcapi", "_testclinic", "_testimportmultiple"),
    *("_testinternalcapi", "_testmultiphase", "_xxtestfuzz"),
)
_UNUSED = frozenset(name for names in _LEFT_OUT.values() for name in names)


class MissingPackageError(Exception):
    """A Debian package is not installed here."""


def stage_runtime(root: Path) -> Path:
    """Lay Python out under ``root`` (``bin`` and ``lib/pythonX.Y``); gives the interpreter."""
    home = root / "lib" / f"python{VERSION}"
    home.mkdir(parents=True)
    (root / "bin").mkdir()
    interpreter = root / "bin" / "avrr-desktop"
    for path in _files():
        if path == _INTERPRETER:
            shutil.copyfile(path, interpreter)
            interpreter.chmod(0o755)
        elif _HOME in path.parents and is_wanted(path.relative_to(_HOME)):
            target = home / path.relative_to(_HOME)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    return interpreter


def is_wanted(path: PurePosixPath) -> bool:
    """Whether a file of the standard library goes along; ``path`` is relative to it."""
    if "__pycache__" in path.parts or path.suffix in {".txt", ".exe", ".bat", ".ps1", ".pyi"}:
        return False
    name = path.parts[0].split(".")[0]
    if name == "lib-dynload":
        return path.name.split(".")[0] not in _LEFT_OUT_COMPILED
    return name not in _UNUSED and not {"test", "tests"} & set(path.parts[:-1])


def source_versions() -> tuple[str, ...]:
    """The Debian packages Python is taken from, ``name (= version)``."""
    said = _dpkg_query("--showformat=${Package} (= ${Version})\\n", "--show", *PACKAGES)
    return tuple(sorted(said.splitlines()))


def python_version() -> str:
    """The version of Debian's Python, for instance 3.11.2."""
    said = _dpkg_query("--showformat=${source:Upstream-Version}", "--show", PACKAGES[0])
    return said.partition("+")[0]


def _files() -> list[PurePosixPath]:
    listed = _dpkg_query("--listfiles", *PACKAGES).splitlines()
    paths = [PurePosixPath(line) for line in listed if line]
    # sitecustomize.py leads out to /etc; a folder is made when a file needs it.
    return [path for path in paths if Path(path).is_file() and not Path(path).is_symlink()]


def _dpkg_query(*arguments: str) -> str:
    asked = subprocess.run(["dpkg-query", *arguments], check=False, capture_output=True, text=True)
    if asked.returncode:
        raise MissingPackageError(f"apt-get install {' '.join(PACKAGES)}: {asked.stderr.strip()}")
    return asked.stdout
