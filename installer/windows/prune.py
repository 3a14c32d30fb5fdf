"""What of the wheels is given out: only what the program uses, and no part under the GPL alone.

The Essentials wheel of PySide6 is mostly other programs, Qt Quick, and some parts that may be
passed on under the GPL only (Lottie, the virtual keyboard's plugin, the timeline). So pruning is a
matter of the licence before it is one of size, and what stays is a short list: the modules that the
program imports, the plugins named here, and the libraries these ask for.
"""

from __future__ import annotations

import fnmatch
import shutil
from collections.abc import Iterable
from pathlib import Path

from installer.windows.pe import imported_libraries

# Modules of Qt that are LGPL-3 and that a bundle of this program may carry, with their libraries.
LGPL_MODULES = frozenset(
    {
        "QtCore",
        "QtDBus",
        "QtGui",
        "QtNetwork",
        "QtPrintSupport",
        "QtSvg",
        "QtSvgWidgets",
        "QtTest",
        "QtWidgets",
        "QtXml",
    }
)

PLUGINS = frozenset(
    {
        "iconengines/qsvgicon.dll",
        "imageformats/qico.dll",
        "imageformats/qjpeg.dll",
        "imageformats/qsvg.dll",
        "platforms/qoffscreen.dll",  # the self-test draws without a screen
        "platforms/qwindows.dll",
        "styles/qmodernwindowsstyle.dll",
    }
)
TRANSLATIONS = frozenset({"qtbase_ar.qm", "qtbase_fr.qm"})

# Microsoft's C++ libraries come once, beside Python's own, not with each package.
CPP_RUNTIME = (
    "msvcp140.dll",
    "msvcp140_1.dll",
    "msvcp140_2.dll",
    "msvcp140_codecvt_ids.dll",
    "vcruntime140.dll",
    "vcruntime140_1.dll",
)

# What no running program reads: tests, sources of compiled parts, stubs, headers, tools.
_UNUSED_FOLDERS = (
    "Cryptodome/SelfTest",
    "alembic/templates",
    "alembic/testing",
    "lxml/includes",
    "lxml/isoschematron",  # asked for by name only
    "sqlalchemy/testing",
)
_UNUSED_FILES = (
    "*.pyi",
    "*.pxd",
    "*.pyx",
    "*.pxi",
    "*.h",
    "*.c",
    "*.cpp",
    "*.lib",
    "*.cmake",
    "*.rst",
)
_RUNTIME_UNUSED = (
    "_msi.pyd",  # makes Windows installers
    "python.cat",
    "python.exe",  # AVRR.exe and avrr-desktop.exe take its place
    "pythonw.exe",
    "winsound.pyd",
)


def prune_runtime(runtime: Path) -> None:
    """Take out of the embeddable Python what only its own installer and prompt need."""
    for name in _RUNTIME_UNUSED:
        (runtime / name).unlink(missing_ok=True)


def prune_packages(packages: Path, qt_modules: Iterable[str]) -> None:
    """Leave in ``packages`` what the program uses, given the Qt modules that it imports."""
    modules = frozenset(qt_modules)
    if not modules <= LGPL_MODULES:
        raise ValueError(f"not to be given out: {', '.join(sorted(modules - LGPL_MODULES))}")
    for folder in _UNUSED_FOLDERS:
        shutil.rmtree(packages / folder, ignore_errors=True)
    for path in sorted(packages.rglob("*")):
        if path.is_file() and any(fnmatch.fnmatch(path.name, kind) for kind in _UNUSED_FILES):
            path.unlink()
    _prune_qt(packages, modules)
    for path in sorted(packages.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def _prune_qt(packages: Path, modules: frozenset[str]) -> None:
    qt = packages / "PySide6"
    kept = {qt / f"{name}.pyd" for name in modules}
    kept |= {qt / "plugins" / name for name in PLUGINS}
    kept |= {qt / "translations" / name for name in TRANSLATIONS}
    missing = sorted(path.name for path in kept if not path.is_file())
    if missing:
        raise ValueError(f"PySide6 no longer brings {', '.join(missing)}")
    kept |= {path for folder in (qt, qt / "support") for path in folder.glob("*.py")}
    kept |= _libraries(kept, [qt, packages / "shiboken6"])
    for path in [*qt.rglob("*"), *(packages / "shiboken6").glob("*.dll")]:
        if path.is_file() and path not in kept:
            path.unlink()


def _libraries(kept: Iterable[Path], folders: list[Path]) -> set[Path]:
    """The libraries in ``folders`` that the kept files ask for, and those ask for, and so on."""
    waiting = [path for path in kept if path.suffix in {".dll", ".pyd"}]
    here = {path.name.lower(): path for folder in folders for path in folder.glob("*.dll")}
    for name in CPP_RUNTIME:
        here.pop(name, None)
    found: set[Path] = set()
    while waiting:
        asked = imported_libraries(waiting.pop().read_bytes())
        new = {here[name] for name in asked if name in here} - found
        found |= new
        waiting += new
    return found
