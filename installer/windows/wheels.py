"""Unpacks wheels made for Windows, on any system, into one folder that Python can import from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from email.parser import HeaderParser
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from installer.bundle.lock import WINDOWS, Locked, runtime_closure
from packaging.utils import InvalidWheelFilename, NormalizedName, parse_wheel_filename

# Parts of a wheel's ``.data`` folder that hold modules; scripts, headers and data are no use here.
_MODULES = ("purelib", "platlib")


class WheelError(Exception):
    """A wheel is not the one that is locked, or cannot be laid out."""


def check_wheels(
    folder: Path, packages: Iterable[Locked], roots: Iterable[str] | None = None
) -> tuple[Path, ...]:
    """The wheels of ``packages`` in ``folder``, one each, every one of them as locked.

    The closure was worked out from what is installed on this system; the wheels' own metadata
    must give the same one, or the bundle would lack what only Windows needs.

    Args:
        folder: where the wheels lie; wheels of other packages there are an error.
        packages: the runtime closure for Windows.
        roots: what the program depends on; the project's own unless given.
    """
    wanted = {package.name: package for package in packages}
    found: dict[NormalizedName, Path] = {}
    for path in sorted(folder.glob("*.whl")):
        name = _checked(path, wanted)
        if name in found:
            raise WheelError(f"two wheels of {name}: {found[name].name} and {path.name}")
        found[name] = path
    missing = sorted(set(wanted) - set(found))
    if missing:
        raise WheelError(f"no wheel of {', '.join(missing)}")
    declared = {name: _requires(path) for name, path in found.items()}
    again = runtime_closure(
        WINDOWS,
        lock=wanted,
        roots=roots,
        requires=lambda name: declared[wanted[name].name],  # type: ignore[index]  # is normalised
    )
    superfluous = sorted(set(wanted) - {package.name for package in again})
    if superfluous:
        raise WheelError(f"nothing asks for {', '.join(superfluous)}")
    return tuple(found[name] for name in sorted(found))


def unpack(wheel: Path, target: Path) -> None:
    """Lay the modules and the metadata of ``wheel`` out in ``target``."""
    with ZipFile(wheel) as archive:
        for member in archive.infolist():
            place = _place(PurePosixPath(member.filename))
            if member.is_dir() or place is None:
                continue
            path = target.joinpath(*place.parts)
            if path.exists():
                raise WheelError(f"{wheel.name} brings {place} once more")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(archive.read(member))


def _checked(path: Path, wanted: Mapping[NormalizedName, Locked]) -> NormalizedName:
    try:
        name, version, _build, _tags = parse_wheel_filename(path.name)
    except InvalidWheelFilename as error:
        raise WheelError(f"{path.name} is not the name of a wheel") from error
    package = wanted.get(name)
    if package is None or str(version) != package.version:
        raise WheelError(f"{path.name} is not in the lock for Windows")
    if hashlib.sha256(path.read_bytes()).hexdigest() not in package.hashes:
        raise WheelError(f"{path.name} is not the file that is locked")
    return name


def _requires(wheel: Path) -> tuple[str, ...]:
    try:
        with ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.endswith(".dist-info/METADATA")]
            text = archive.read(names[0]).decode("utf-8")
    except (BadZipFile, IndexError) as error:
        raise WheelError(f"{wheel.name} is not a wheel") from error
    return tuple(HeaderParser().parsestr(text).get_all("Requires-Dist", ()))


def _place(name: PurePosixPath) -> PurePosixPath | None:
    """Where a file of a wheel belongs; none for what a bundle has no use for."""
    if name.is_absolute() or ".." in name.parts:
        raise WheelError(f"{name} leads out of the folder")
    if not name.parts or not name.parts[0].endswith(".data"):
        return name
    inside = name.parts[2:]
    return PurePosixPath(*inside) if inside and name.parts[1] in _MODULES else None
