"""Draws the program's icon, and that of its files, at every size each system asks for.

The sources are SVG: ``avrr.svg``, ``avrr-small.svg`` for 32 pixels and below, and ``avrr-file.svg``
for a register in one protected file. Nothing that is drawn is kept in the repository:

    python -m installer.bundle.icons DIR

writes ``png/NAME-SIZE.png``, ``NAME.ico`` (Windows) and ``NAME.icns`` (macOS), the same bytes each
time.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Mapping
from pathlib import Path

from installer.bundle.lock import ROOT
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = ROOT / "resources" / "icons"
NAMES = ("avrr", "avrr-file")
SIZES = (16, 20, 22, 24, 32, 40, 48, 64, 96, 128, 256, 512, 1024)
SMALL = 32  # at most: what the fewer lines of the small drawing are for
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
_BITMAP = 64  # at most: some programs read no PNG below 256 pixels
_DENSITY = 3780  # dots in a metre: 96 in an inch
_ICNS = {
    16: ("icp4",),
    32: ("icp5", "ic11"),
    64: ("icp6", "ic12"),
    128: ("ic07",),
    256: ("ic08", "ic13"),
    512: ("ic09", "ic14"),
    1024: ("ic10",),
}


def drawing_of(name: str, size: int) -> Path:
    """The SVG that ``name`` is drawn from at ``size`` pixels."""
    small = FOLDER / f"{name}-small.svg"
    return small if size <= SMALL and small.is_file() else FOLDER / f"{name}.svg"


def drawn(name: str, size: int) -> QImage:
    """The icon on a transparent square of ``size`` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    image.setDotsPerMeterX(_DENSITY)  # else the screen's, when there is one
    image.setDotsPerMeterY(_DENSITY)
    renderer = QSvgRenderer(str(drawing_of(name, size)))
    if not renderer.isValid():
        raise ValueError(f"{drawing_of(name, size).name} is no drawing")
    with QPainter(image) as painter:
        renderer.render(painter)
    return image


def png(image: QImage) -> bytes:
    """The picture as a PNG file."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub knows only bytes
    return bytes(held.data())


def ico(pictures: Mapping[int, QImage]) -> bytes:
    """A Windows icon of several sizes."""
    directory, images = b"", b""
    begins = 6 + 16 * len(pictures)
    for size, image in sorted(pictures.items()):
        data = _bitmap(image) if size <= _BITMAP else png(image)
        side = size % 256  # 0 stands for 256
        at = begins + len(images)
        directory += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(data), at)
        images += data
    return struct.pack("<HHH", 0, 1, len(pictures)) + directory + images


def icns(pictures: Mapping[int, QImage]) -> bytes:
    """A macOS icon of several sizes; each also at twice the points where the system asks."""
    entries = b"".join(
        kind.encode("ascii") + struct.pack(">I", 8 + len(data)) + data
        for size, kinds in _ICNS.items()
        for data in (png(pictures[size]),)
        for kind in kinds
    )
    return b"icns" + struct.pack(">I", 8 + len(entries)) + entries


def write_icons(folder: Path) -> None:
    """Write every picture into ``folder``."""
    (folder / "png").mkdir(parents=True, exist_ok=True)
    for name in NAMES:
        pictures = {size: drawn(name, size) for size in SIZES}
        for size, image in pictures.items():
            (folder / "png" / f"{name}-{size}.png").write_bytes(png(image))
        (folder / f"{name}.ico").write_bytes(ico({size: pictures[size] for size in ICO_SIZES}))
        (folder / f"{name}.icns").write_bytes(icns(pictures))


def _bitmap(image: QImage) -> bytes:
    """The picture as icons hold it: rows from the bottom, blue first, then a mask nobody reads."""
    side = image.width()
    header = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, 0, 0, 0, 0, 0)
    rows = image.convertToFormat(QImage.Format.Format_ARGB32).flipped(Qt.Orientation.Vertical)
    mask = bytes((side + 31) // 32 * 4 * side)
    return header + bytes(rows.constBits())[: side * side * 4] + mask


if __name__ == "__main__":
    write_icons(Path(sys.argv[1]))
