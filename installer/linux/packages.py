"""The program and the packages it needs, each file as it was installed by its hash."""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import Distribution, PackagePath, distribution
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from installer.bundle import qt
from installer.bundle.lock import LINUX, ROOT, runtime_closure
from installer.linux import elf

# What pip writes beside a package for itself; a list of files would be wrong after the pruning.
_FOR_PIP = frozenset({"RECORD", "INSTALLER", "REQUESTED", "direct_url.json", "WHEEL"})
_FOR_BUILDERS = frozenset(
    {".pyi", ".pyx", ".pxd", ".pxi", ".h", ".c", ".cpp", ".typed", ".po", ".pot"}
)
# For developers of those packages, and Pydantic as it was before.
_UNUSED = (
    "Cryptodome/SelfTest",
    "alembic/testing",
    "lxml/includes",
    "lxml/isoschematron",
    "lxml/objectify",
    "mako/testing",
    "pydantic/v1",
    "sqlalchemy/testing",
)


class DamagedPackageError(Exception):
    """An installed file is not the one its package came with."""


def stage_packages(folder: Path) -> None:
    """Lay the packages of the runtime closure into ``folder``."""
    for package in runtime_closure(LINUX):
        installed = distribution(package.name)
        if installed.version != package.version:
            raise DamagedPackageError(f"{package.name} {installed.version} is not the locked one")
        for path in installed.files or ():
            if is_wanted(path):
                _copy(installed, path, folder / path)
    stage_qt(folder)


def stage_program(folder: Path) -> None:
    """Lay the program itself into ``folder``, out of its own wheel."""
    with TemporaryDirectory() as made:
        subprocess.run(
            [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", made],
            check=True,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
        )
        (wheel,) = Path(made).glob("*.whl")
        with zipfile.ZipFile(wheel) as packed:
            for name in sorted(packed.namelist()):
                if is_wanted(PurePosixPath(name)):
                    packed.extract(name, folder)


def is_wanted(path: PurePosixPath) -> bool:
    """Whether a file of a package goes along; Qt's own are chosen afterwards, by use."""
    if path.parts[0] == "PySide6":
        return path.suffix == ".py" and path.parent == PurePosixPath("PySide6")
    if ".." in path.parts or "__pycache__" in path.parts:
        return False
    if path.parent.name.endswith(".dist-info") and path.name in _FOR_PIP:
        return False
    if "/".join(path.parts[:2]).split(".")[0] in _UNUSED:
        return False
    return path.suffix not in _FOR_BUILDERS


def _copy(installed: Distribution, path: PackagePath, target: Path) -> None:
    data = path.read_binary()
    if path.hash is not None:
        digest = base64.urlsafe_b64encode(hashlib.new(path.hash.mode, data).digest())
        if digest.rstrip(b"=").decode() != path.hash.value:
            raise DamagedPackageError(f"{path} of {installed.name} was altered")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def stage_qt(folder: Path) -> None:
    """The modules the program imports, the plugins it uses, and what those are linked with."""
    source = Path(str(distribution("PySide6-Essentials").locate_file("")))
    base = source / "PySide6"
    roots = [base / f"{name}.abi3.so" for name in sorted(qt.imported_modules())]
    roots += [base / "Qt" / "plugins" / name for name in _plugins()]
    roots += sorted((source / "shiboken6").glob("*.so*"))
    libraries = {
        path.name: path
        for place in (base, base / "Qt" / "lib", source / "shiboken6")
        for path in place.glob("lib*.so*")
    }
    words = [base / "Qt" / "translations" / f"qtbase_{code}.qm" for code in qt.LANGUAGES]
    for path in sorted(elf.closure(roots, libraries)) + words:
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def _plugins() -> list[str]:
    """A window under X (Wayland has X too), no screen at all, pictures, printers, keyboards."""
    return [
        "platforms/libqxcb.so",
        "platforms/libqoffscreen.so",
        "platformthemes/libqxdgdesktopportal.so",
        "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
        "iconengines/libqsvgicon.so",
        "printsupport/libcupsprintersupport.so",
        *(f"imageformats/libq{name}.so" for name in qt.IMAGE_FORMATS),
    ]


def strip_symbols(folder: Path) -> None:
    """Take out of the binaries what only a debugger reads."""
    for path in sorted(folder.rglob("*")):
        if elf.is_elf(path) and elf.has_symbols(path):
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)
