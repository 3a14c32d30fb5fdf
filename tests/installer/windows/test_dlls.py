"""Whether every library that a bundle asks for will be found on the PC."""

from __future__ import annotations

from pathlib import Path

import pytest
from installer.windows.dlls import missing_libraries, windows_libraries
from tests.installer.windows.made_up import library, write


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    write(
        tmp_path,
        {
            "AVRR.exe": library(["kernel32.dll"]),
            "runtime/python311.dll": library(
                ["vcruntime140.dll", "api-ms-win-crt-heap-l1-1-0.dll"]
            ),
            "runtime/vcruntime140.dll": library(["kernel32.dll"]),
            "lib/PySide6/Qt6Core.dll": library(["icuuc.dll"]),
            "lib/PySide6/plugins/platforms/qwindows.dll": library(["Qt6Core.dll", "user32.dll"]),
            "lib/quick/_quick.pyd": library(["python311.dll", "msvcp140-12ab.dll"]),
            "lib/quick.libs/msvcp140-12ab.dll": library(["kernel32.dll"]),
        },
    )
    return tmp_path


def test_complete_bundle_lacks_nothing(bundle: Path) -> None:
    assert missing_libraries(bundle) == {}


@pytest.mark.parametrize(
    ("taken_out", "missing", "asked_by"),
    [
        ("lib/PySide6/Qt6Core.dll", "qt6core.dll", "lib/PySide6/plugins/platforms/qwindows.dll"),
        ("lib/quick.libs/msvcp140-12ab.dll", "msvcp140-12ab.dll", "lib/quick/_quick.pyd"),
        ("runtime/vcruntime140.dll", "vcruntime140.dll", "runtime/python311.dll"),
    ],
)
def test_what_is_taken_out_is_missed(
    bundle: Path, taken_out: str, missing: str, asked_by: str
) -> None:
    (bundle / taken_out).unlink()
    assert missing_libraries(bundle) == {missing: [asked_by]}


def test_library_in_a_folder_that_nobody_names_is_not_found(bundle: Path) -> None:
    write(bundle, {"lib/other/helper.dll": library(), "lib/one/_one.pyd": library(["helper.dll"])})
    assert missing_libraries(bundle) == {"helper.dll": ["lib/one/_one.pyd"]}


def test_c_and_cpp_libraries_are_not_taken_to_be_windows_own() -> None:
    own = windows_libraries()
    assert {"kernel32.dll", "ucrtbase.dll"} & own == {"kernel32.dll"}
    assert not [name for name in own if name.startswith(("msvcp", "vcruntime", "python", "qt"))]
