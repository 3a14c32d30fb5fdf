"""What can be told of an image file without drawing it: its type and its size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from avrr_desktop.core.errors import UserError

PNG: Final = "image/png"
JPEG: Final = "image/jpeg"
_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_JPEG_START: Final = b"\xff\xd8\xff"
_JPEG_WITH_SIZE: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_MARK: Final = 0xFF


def image_type(data: bytes) -> str:
    """The type of a PNG or JPEG file.

    Raises:
        UserError: ``not_an_image``.
    """
    image_size(data)
    return PNG if data.startswith(_PNG_START) else JPEG


def image_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels.

    Raises:
        UserError: ``not_an_image``.
    """
    size = _png_size(data) if data.startswith(_PNG_START) else _jpeg_size(data)
    if not (size[0] and size[1]):
        raise UserError("not_an_image")
    return size


def _png_size(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _jpeg_size(data: bytes) -> tuple[int, int]:
    if not data.startswith(_JPEG_START):
        return 0, 0
    for marker, at in _segments(data):
        if marker in _JPEG_WITH_SIZE:
            height, width = data[at + 5 : at + 7], data[at + 7 : at + 9]
            return int.from_bytes(width, "big"), int.from_bytes(height, "big")
    return 0, 0


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Marker and place of each segment's head, up to the picture itself."""
    at = 2
    while at + 4 <= len(data) and data[at] == _MARK:
        yield data[at + 1], at
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        at += 2 + max(length, 2)
