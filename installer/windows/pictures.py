"""The pictures of the set-up program, drawn as the program's own are."""

from __future__ import annotations

import struct
from pathlib import Path

from installer.bundle.icons import ICO_SIZES, NAMES, drawn, ico
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from avrr_desktop.ui.theme.tokens import LIGHT

_SIDE = (164, 314, 96)  # the picture's width and height, and the mark's side


def lay_icons(folder: Path) -> None:
    """Write the icon of the program and that of its files, as Windows has them."""
    for name in NAMES:
        (folder / f"{name}.ico").write_bytes(ico({size: drawn(name, size) for size in ICO_SIZES}))


def side_picture() -> bytes:
    """The picture beside the last page: the program's mark on the ground of its navigation."""
    width, height, side = _SIDE
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.nav))
    painter = QPainter(image)
    painter.drawImage((width - side) // 2, (height - side) // 3, drawn("avrr", side))
    painter.end()
    return bitmap(image)


def bitmap(image: QImage) -> bytes:
    """A picture as the set-up reads it: 24 bits, rows from the bottom, blue first."""
    picture = image.convertToFormat(QImage.Format.Format_BGR888).flipped(Qt.Orientation.Vertical)
    rows = bytes(picture.constBits())
    size = picture.sizeInBytes()
    header = struct.pack("<2sIHHI", b"BM", 54 + size, 0, 0, 54)
    header += struct.pack(
        "<IiiHHIIiiII", 40, image.width(), image.height(), 1, 24, 0, size, *[0] * 4
    )
    return header + rows
