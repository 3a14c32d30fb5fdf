"""The program's icon exists at every size each system asks for, drawn from its own sources."""

from __future__ import annotations

import struct
import subprocess
import sys
from pathlib import Path

import pytest
from installer.bundle.icons import (
    FOLDER,
    ICO_SIZES,
    NAMES,
    SIZES,
    drawing_of,
    drawn,
    write_icons,
)
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from avrr_desktop.ui.theme.icons import app_icon

_DRAWN = """
import hashlib, sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([]) if sys.argv[1:] else None
from installer.bundle.icons import drawn, png
print(hashlib.sha256(png(drawn("avrr", 64))).hexdigest())
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("icons")
    write_icons(made)
    return made


@pytest.mark.parametrize("name", NAMES)
def test_every_size_is_a_picture_that_is_neither_empty_nor_full(folder: Path, name: str) -> None:
    for size in SIZES:
        picture = QImage(str(folder / "png" / f"{name}-{size}.png"))
        assert (picture.width(), picture.height()) == (size, size)
        assert picture.pixelColor(0, 0).alpha() < 255  # the corners are round, or beside the sheet
        assert picture.pixelColor(size // 2, size // 2).alpha() == 255


@pytest.mark.parametrize("name", NAMES)
def test_windows_reads_each_size_of_the_icon(folder: Path, name: str) -> None:
    data = (folder / f"{name}.ico").read_bytes()
    _, kind, count = struct.unpack_from("<HHH", data)
    assert (kind, count) == (1, len(ICO_SIZES))
    for at, size in enumerate(ICO_SIZES):
        side, _, _, _, _, bits, length, begins = struct.unpack_from("<BBBBHHII", data, 6 + 16 * at)
        image = data[begins : begins + length]
        assert (side or 256, bits, len(image)) == (size, 32, length)
        if not image.startswith(b"\x89PNG"):
            assert struct.unpack_from("<Iii", image) == (40, size, 2 * size)
    picture = QImage(str(folder / f"{name}.ico"))
    assert not picture.isNull()


@pytest.mark.parametrize("name", NAMES)
def test_macos_finds_a_picture_behind_each_entry(folder: Path, name: str) -> None:
    data = (folder / f"{name}.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack_from(">I", data, 4)[0] == len(data)
    at, kinds = 8, set[bytes]()
    while at < len(data):
        kind, length = struct.unpack_from(">4sI", data, at)
        assert data[at + 8 : at + 12] == b"\x89PNG"
        kinds.add(kind)
        at += length
    assert {b"icp4", b"ic07", b"ic08", b"ic09", b"ic10"} <= kinds


def test_the_same_bytes_each_time(folder: Path, tmp_path: Path) -> None:
    write_icons(tmp_path)
    for path in folder.rglob("*.*"):
        assert path.read_bytes() == (tmp_path / path.relative_to(folder)).read_bytes()


def test_the_bytes_do_not_hang_on_a_screen() -> None:
    """Qt gives a picture the density of the screen, once an application has one."""
    command = [sys.executable, "-c", _DRAWN]
    root = str(FOLDER.parents[1])
    alone = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    beside = [*command, "with a screen"]
    assert subprocess.run(beside, cwd=root, check=True, capture_output=True).stdout == alone


def test_small_pictures_come_from_the_drawing_made_for_them() -> None:
    assert drawing_of("avrr", 32).name == "avrr-small.svg"
    assert drawing_of("avrr", 40).name == "avrr.svg"
    assert drawing_of("avrr-file", 16).name == "avrr-file.svg"


def test_the_window_bears_the_drawing_that_fits_its_size(qtbot: QtBot) -> None:
    shown = app_icon(FOLDER.parent)
    for size in (16, 32, 64, 256):
        picture, wanted = shown.pixmap(size, size).toImage(), drawn("avrr", size)
        assert picture.convertToFormat(wanted.format()) == wanted, size
