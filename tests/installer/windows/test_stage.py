"""The folder of a version, laid out from small stand-ins."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from installer.windows.prune import CPP_RUNTIME
from installer.windows.stage import StageError, lay_cpp_runtime, lay_program, lay_runtime
from tests.installer.windows.made_up import library, write


def runtime() -> dict[str, bytes]:
    archive = BytesIO()
    with ZipFile(archive, "w") as opened:
        opened.writestr("zlib.pyc", b"")
    return {
        "python311.dll": library(),
        "python311.zip": archive.getvalue(),
        "python311._pth": b"python311.zip\n.\nimport site\n",
    }


def test_python_looks_for_modules_in_its_own_folder_only(tmp_path: Path) -> None:
    lay_runtime(tmp_path / "runtime", runtime())
    settings = (tmp_path / "runtime/python311._pth").read_text(encoding="utf-8")
    assert settings.split() == ["python311.zip", ".", "..\\lib", "..\\app"]


def test_what_is_no_embeddable_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StageError, match="no embeddable Python"):
        lay_runtime(tmp_path / "runtime", {"python.exe": library()})


def test_newest_cpp_libraries_stand_beside_python(tmp_path: Path) -> None:
    old, new = library(version=(14, 38, 0, 0)), library(version=(14, 44, 0, 0))
    write(tmp_path, {f"runtime/{name}": old for name in CPP_RUNTIME if name.startswith("vc")})
    write(tmp_path, {f"lib/shiboken6/{name}": new for name in CPP_RUNTIME})
    write(tmp_path, {"lib/older/msvcp140.dll": old})
    lay_cpp_runtime(tmp_path)
    assert {
        name: (tmp_path / "runtime" / name).read_bytes() for name in CPP_RUNTIME
    } == dict.fromkeys(CPP_RUNTIME, new)


def test_program_comes_with_its_resources_and_compiled_catalogues(tmp_path: Path) -> None:
    lay_program(tmp_path)
    package = tmp_path / "avrr_desktop"
    for name in (
        "__main__.py",
        "db/migrations/env.py",
        "resources/i18n/fr/LC_MESSAGES/avrr.mo",
        "resources/i18n/ar/LC_MESSAGES/avrr.mo",
        "resources/fonts/NotoSansArabic-Regular.ttf",
        "resources/proof/check.py",
        "resources/vocabularies/country.csv",
    ):
        assert (package / name).is_file(), name
    assert not list(tmp_path.rglob("*.po"))
    assert not list(tmp_path.rglob("__pycache__"))
