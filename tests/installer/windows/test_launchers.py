"""The two programs that start the register, compiled when the compiler is there."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from installer.windows.dlls import windows_libraries
from installer.windows.launchers import HERE, build_launchers, compiler_is_there, numbers
from installer.windows.pe import file_version, imported_libraries

WINDOW, CONSOLE = 2, 3  # the kinds of programs Windows knows
NAMES = ("AVRR.exe", "avrr-desktop.exe")

compiled = pytest.mark.skipif(not compiler_is_there(), reason="mingw-w64 is not installed")


@pytest.fixture(scope="module")
def launchers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("launchers"))


def built(folder: Path) -> dict[str, bytes]:
    build_launchers(folder, "1.2.3", "python311.dll")
    return {name: (folder / name).read_bytes() for name in NAMES}


def kind(content: bytes) -> int:
    header: int = struct.unpack_from("<I", content, 0x3C)[0]
    value: int = struct.unpack_from("<H", content, header + 24 + 68)[0]
    return value


@compiled
def test_one_has_a_window_and_the_other_a_console(launchers: dict[str, bytes]) -> None:
    assert {name: kind(content) for name, content in launchers.items()} == {
        "AVRR.exe": WINDOW,
        "avrr-desktop.exe": CONSOLE,
    }


@compiled
@pytest.mark.parametrize("name", NAMES)
def test_they_ask_for_windows_own_libraries_only(launchers: dict[str, bytes], name: str) -> None:
    assert imported_libraries(launchers[name]) <= windows_libraries()


@compiled
@pytest.mark.parametrize("name", NAMES)
def test_version_name_and_manifest_are_in_them(launchers: dict[str, bytes], name: str) -> None:
    content = launchers[name]
    assert file_version(content) == (1, 2, 3, 0)
    assert name.encode("utf-16-le") in content
    assert b"PerMonitorV2" in content
    assert b'version="1.2.3.0"' in content
    assert b"@VERSION@" not in content


@compiled
def test_same_bytes_each_time(launchers: dict[str, bytes], tmp_path: Path) -> None:
    assert built(tmp_path) == launchers


@compiled
def test_three_languages_are_in_them(launchers: dict[str, bytes]) -> None:
    for word in ("votre registre n'a pas été touché", "has not been touched", "سجلّك لم يُمسّ"):
        assert word.encode("utf-16-le") in launchers["AVRR.exe"]


@pytest.mark.parametrize(
    ("version", "expected"),
    [("1.2.3", "1.2.3.0"), ("0.1", "0.1.0.0"), ("2.0.1rc1", "2.0.1.0"), ("1.2.3.4.5", "1.2.3.4")],
)
def test_windows_knows_a_version_by_four_numbers(version: str, expected: str) -> None:
    assert numbers(version) == expected


def test_launcher_and_set_up_hold_each_other_off_by_the_same_names() -> None:
    launcher = (HERE / "launcher.c").read_text(encoding="utf-8")
    set_up = (HERE / "common.nsh").read_text(encoding="utf-8")
    for name in ("AVRRDesktopRunning", "AVRRDesktopSetup"):
        assert name in launcher
        assert f'"{name}"' in set_up
