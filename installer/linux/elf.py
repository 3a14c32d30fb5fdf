"""What a binary file of Linux needs, read from the file itself (64 bits, little end first)."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_MAGIC = b"\x7fELF\x02\x01"  # 64 bits, little end first
_LOAD, _DYNAMIC = 1, 2  # of programme headers
_SYMBOLS = 2  # of section headers
_END, _NEEDED, _STRINGS = 0, 1, 5  # of dynamic entries


@dataclass(frozen=True, slots=True)
class _Segment:
    kind: int
    offset: int
    address: int
    size: int


def is_elf(path: Path) -> bool:
    """Whether the file is a program or a library of Linux."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(_MAGIC)) == _MAGIC


def needed(path: Path) -> tuple[str, ...]:
    """The names of the libraries that the file is linked with."""
    data = path.read_bytes()
    segments = tuple(_segments(data))
    entries = [
        entry for part in segments if part.kind == _DYNAMIC for entry in _entries(data, part)
    ]
    strings = next((value for tag, value in entries if tag == _STRINGS), 0)
    start = _place(strings, segments)
    return tuple(_text(data, start + value) for tag, value in entries if tag == _NEEDED)


def has_symbols(path: Path) -> bool:
    """Whether the file still bears what only a debugger reads."""
    data = path.read_bytes()
    (at,) = struct.unpack_from("<Q", data, 0x28)
    size, count = struct.unpack_from("<HH", data, 0x3A)
    kinds = (struct.unpack_from("<I", data, at + size * rank + 4)[0] for rank in range(count))
    return _SYMBOLS in kinds


def closure(roots: Iterable[Path], libraries: Mapping[str, Path]) -> set[Path]:
    """``roots`` and all that they need, directly or not, of ``libraries`` (path by name)."""
    found: set[Path] = set()
    waiting = list(roots)
    while waiting:
        path = waiting.pop()
        if path not in found:
            found.add(path)
            waiting += [libraries[name] for name in needed(path) if name in libraries]
    return found


def _segments(data: bytes) -> Iterator[_Segment]:
    (at,) = struct.unpack_from("<Q", data, 0x20)
    size, count = struct.unpack_from("<HH", data, 0x36)
    for rank in range(count):
        kind, _, offset, address, _, length = struct.unpack_from("<IIQQQQ", data, at + size * rank)
        yield _Segment(kind, offset, address, length)


def _entries(data: bytes, part: _Segment) -> Iterator[tuple[int, int]]:
    for tag, value in struct.iter_unpack("<qQ", data[part.offset : part.offset + part.size]):
        if tag == _END:
            return
        yield tag, value


def _place(address: int, segments: Iterable[_Segment]) -> int:
    """Where in the file an address in memory stands."""
    for part in segments:
        if part.kind == _LOAD and part.address <= address < part.address + part.size:
            return address - part.address + part.offset
    return address


def _text(data: bytes, at: int) -> str:
    return data[at : data.index(b"\0", at)].decode()
