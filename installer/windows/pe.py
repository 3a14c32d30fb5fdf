"""Reads what a Windows program or library (a PE file) says of itself: what it imports, its version.

A few dozen lines of the format, so that ./check can look at a bundle without a compiler's tools.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_DIRECTORIES_AT = {0x10B: 96, 0x20B: 112}  # 32 bits, 64 bits: in the optional header
_IMPORTS, _DELAYED = 1, 13
_FIXED_VERSION = struct.pack("<II", 0xFEEF04BD, 0x00010000)


class NotPE(ValueError):
    """The bytes are no PE file."""


@dataclass(frozen=True, slots=True)
class _Section:
    address: int
    size: int
    offset: int


@dataclass(frozen=True, slots=True)
class Image:
    """A PE file laid open."""

    content: bytes
    sections: tuple[_Section, ...]
    directories: tuple[tuple[int, int], ...]

    def at(self, address: int) -> int:
        """Where in the file a relative virtual address stands."""
        for section in self.sections:
            if section.address <= address < section.address + section.size:
                return address - section.address + section.offset
        raise NotPE(f"no section holds the address {address:#x}")

    def text(self, address: int) -> str:
        """The ASCII text that begins at a relative virtual address."""
        start = self.at(address)
        return self.content[start : self.content.index(b"\0", start)].decode("ascii")


def imported_libraries(content: bytes) -> frozenset[str]:
    """The names, in small letters, of the libraries a file asks for, at its start or later."""
    image = _image(content)
    plain = _names(image, _IMPORTS, entry=20, name_at=12)
    return frozenset(plain | _names(image, _DELAYED, entry=32, name_at=4))


def file_version(content: bytes) -> tuple[int, int, int, int]:
    """The version in the resources, such as 14.44.35211.0; zeros when there is none."""
    found = content.find(_FIXED_VERSION)
    if found < 0:
        return (0, 0, 0, 0)
    high, low = struct.unpack_from("<II", content, found + 8)
    return (high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF)


def _image(content: bytes) -> Image:
    try:
        return _opened(content)
    except (struct.error, KeyError, IndexError) as error:
        raise NotPE("cut off or of an unknown kind") from error


def _opened(content: bytes) -> Image:
    header = struct.unpack_from("<I", content, 0x3C)[0]
    if content[:2] != b"MZ" or content[header : header + 4] != b"PE\0\0":
        raise NotPE("no PE header")
    count, size = struct.unpack_from("<6xH12xH", content, header)
    optional = header + 24
    directories_at = optional + _DIRECTORIES_AT[struct.unpack_from("<H", content, optional)[0]]
    number = struct.unpack_from("<I", content, directories_at - 4)[0]
    directories = tuple(
        struct.unpack_from("<II", content, directories_at + 8 * index) for index in range(number)
    )
    sections = []
    for index in range(count):
        at = optional + size + 40 * index
        virtual, address, raw, offset = struct.unpack_from("<8xIIII", content, at)
        sections.append(_Section(address, max(virtual, raw), offset))
    return Image(content, tuple(sections), directories)


def _names(image: Image, directory: int, *, entry: int, name_at: int) -> set[str]:
    if directory >= len(image.directories) or not image.directories[directory][0]:
        return set()
    names: set[str] = set()
    at = image.at(image.directories[directory][0])
    while address := struct.unpack_from("<I", image.content, at + name_at)[0]:
        names.add(image.text(address).lower())
        at += entry
    return names
