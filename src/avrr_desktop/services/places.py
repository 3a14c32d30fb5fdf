"""Whether a folder lies where a register should not: on a network share, or one synchronised."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import Final

_MOUNTS: Final = Path("/proc/mounts")
_NETWORKS: Final = (
    "nfs",
    "cifs",
    "smb",
    "9p",
    "afs",
    "fuse.sshfs",
    "fuse.rclone",
    "davfs",
    "ncpfs",
)
# Folders that programs copy elsewhere by themselves; a beginning of a folder's name, in lower case.
_SYNCHRONISED: Final = (
    "onedrive", "dropbox", "google drive", "googledrive", "my drive", "mon drive", "nextcloud",
    "owncloud", "icloud", "clouddocs", "pclouddrive", "synologydrive", "megasync", "sharepoint",
)  # fmt: skip
_REMOTE_DRIVE: Final = 4  # of GetDriveTypeW
_FAT: Final = ("vfat", "msdos", "fat")  # exFAT has no such limit
_LONGEST_NAME: Final = 261


def is_synchronised(folder: Path) -> bool:
    """Whether a program that copies files elsewhere minds this folder, by the names above it."""
    parts = (part.lower() for part in folder.parts)
    return any(part.startswith(name) for part in parts for name in _SYNCHRONISED)


def is_on_network(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether the folder is on another machine's disk; false where this system does not tell."""
    if str(folder).startswith("\\\\"):
        return True
    if sys.platform == "win32":
        kernel = import_module("ctypes").windll.kernel32
        return int(kernel.GetDriveTypeW(folder.anchor)) == _REMOTE_DRIVE
    return _type_of(folder, mounts).startswith(_NETWORKS)


def is_fat(folder: Path, mounts: Path = _MOUNTS) -> bool:
    """Whether no file there may be larger than 4 GB; false where this system does not tell."""
    if sys.platform == "win32":
        return _windows_type(folder).startswith("FAT")
    return _type_of(folder, mounts) in _FAT


def _windows_type(folder: Path) -> str:
    ctypes = import_module("ctypes")
    name = ctypes.create_unicode_buffer(_LONGEST_NAME)
    root = folder.resolve().anchor
    ctypes.windll.kernel32.GetVolumeInformationW(
        root, None, 0, None, None, None, name, _LONGEST_NAME
    )
    return str(name.value).upper()


def _type_of(folder: Path, mounts: Path) -> str:
    """The type of the file system a folder is on: that of the longest mount point above it."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    longest, found = -1, ""
    for line in lines:
        _device, point, kind, *_ = [*line.split(" "), "", "", ""]
        place = Path(point.replace("\\040", " "))
        if (folder == place or place in folder.parents) and len(place.parts) >= longest:
            longest, found = len(place.parts), kind
    return found
