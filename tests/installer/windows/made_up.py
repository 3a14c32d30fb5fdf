"""Small stand-ins for what a bundle is made of: libraries, wheels, a tree of PySide6."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZipFile

from installer.bundle.lock import Locked
from packaging.utils import canonicalize_name

_SECTION_AT, _OFFSET = 0x1000, 0x400


def library(
    imports: Iterable[str] = (),
    delayed: Iterable[str] = (),
    version: tuple[int, int, int, int] | None = None,
) -> bytes:
    """A 64-bit Windows library that asks for others: headers, one section, no code."""
    body = bytearray()
    names = {name: _add(body, name.encode("ascii") + b"\0") for name in (*imports, *delayed)}
    plain = b"".join(struct.pack("<IIIII", 0, 0, 0, names[name], 0) for name in imports)
    later = b"".join(struct.pack("<II24x", 1, names[name]) for name in delayed)
    directories = [(0, 0)] * 16
    directories[1] = (_add(body, plain + bytes(20)), len(plain) + 20)
    directories[13] = (_add(body, later + bytes(32)), len(later) + 32)
    if version is not None:
        high, low = version[0] << 16 | version[1], version[2] << 16 | version[3]
        _add(body, struct.pack("<IIII", 0xFEEF04BD, 0x00010000, high, low))
    optional = struct.pack("<H106xI", 0x20B, 16)
    optional += b"".join(struct.pack("<II", *directory) for directory in directories)
    header = b"MZ".ljust(0x3C, b"\0") + struct.pack("<I", 0x40)
    header += b"PE\0\0" + struct.pack("<HHIIIHH", 0x8664, 1, 0, 0, 0, len(optional), 0x2022)
    header += optional
    header += struct.pack("<8sIIII16x", b".rdata", len(body), _SECTION_AT, len(body), _OFFSET)
    return header.ljust(_OFFSET, b"\0") + bytes(body)


def wheel(
    folder: Path,
    name: str,
    files: Mapping[str, bytes] | None = None,
    requires: Iterable[str] = (),
    version: str = "1.0",
) -> Path:
    """A wheel of ``name``; it holds one module unless ``files`` says otherwise."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {text}\n" for text in requires)
    with ZipFile(path, "w") as archive:
        archive.writestr(f"{name}-{version}.dist-info/METADATA", metadata)
        for inside, content in (files or {f"{name}/__init__.py": b"A = 1\n"}).items():
            archive.writestr(inside, content)
    return path


def locked(path: Path) -> Locked:
    """The entry of the lock that a wheel answers to."""
    name, version = path.name.split("-")[:2]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Locked(canonicalize_name(name), version, frozenset({digest}))


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write ``files``, by their names, into ``folder``."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _add(body: bytearray, content: bytes) -> int:
    address = _SECTION_AT + len(body)
    body += content
    return address
