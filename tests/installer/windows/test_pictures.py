"""The pictures of the set-up program."""

from __future__ import annotations

import struct
from pathlib import Path

from installer.windows.pictures import bitmap, lay_icons, side_picture
from PySide6.QtGui import QColor, QImage

from avrr_desktop.ui.theme.tokens import LIGHT


def test_side_picture_is_read_back_with_the_mark_on_its_ground() -> None:
    image = QImage.fromData(side_picture())
    assert (image.width(), image.height()) == (164, 314)
    assert image.pixelColor(0, 0) == QColor(LIGHT.nav)
    seen = {image.pixelColor(x, 118).name() for x in range(164)}
    assert len(seen) > 5  # the mark is there


def test_bitmap_keeps_each_pixel_in_its_place() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    colours = [QColor(10 * n, 255 - n, n) for n in range(6)]
    for n, colour in enumerate(colours):
        image.setPixelColor(n % 3, n // 3, colour)
    content = bitmap(image)
    assert struct.unpack_from("<2sI", content) == (b"BM", len(content))
    read = QImage.fromData(content)
    assert [read.pixelColor(n % 3, n // 3) for n in range(6)] == colours


def test_icons_hold_every_size_windows_asks_for(tmp_path: Path) -> None:
    lay_icons(tmp_path)
    for name in ("avrr.ico", "avrr-file.ico"):
        content = (tmp_path / name).read_bytes()
        count = struct.unpack_from("<4xH", content)[0]
        sides = {content[6 + 16 * number] or 256 for number in range(count)}
        assert {16, 20, 24, 32, 40, 48, 64, 256} == sides
