"""What a Windows file says of itself."""

from __future__ import annotations

import pytest
from installer.windows.pe import NotPE, file_version, imported_libraries
from tests.installer.windows.made_up import library


def test_libraries_asked_for_at_once_and_later_are_read() -> None:
    content = library(["KERNEL32.dll", "Qt6Core.dll"], delayed=["icuuc.dll"])
    assert imported_libraries(content) == {"kernel32.dll", "qt6core.dll", "icuuc.dll"}


def test_library_that_asks_for_none() -> None:
    assert imported_libraries(library()) == frozenset()


def test_version_is_read() -> None:
    assert file_version(library(version=(14, 44, 35211, 7))) == (14, 44, 35211, 7)
    assert file_version(library()) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ", b"\x7fELF" + bytes(400), library(["kernel32.dll"])[:300], library()[:0x3F]],
)
def test_anything_else_is_refused(content: bytes) -> None:
    with pytest.raises(NotPE):
        imported_libraries(content)


def test_address_outside_every_section_is_refused() -> None:
    content = bytearray(library(["kernel32.dll"]))
    directory = 0x40 + 24 + 112 + 8
    content[directory : directory + 4] = b"\xff\xff\xff\x7f"
    with pytest.raises(NotPE, match="no section"):
        imported_libraries(bytes(content))
