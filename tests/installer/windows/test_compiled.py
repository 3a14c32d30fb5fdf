"""Modules are compiled to the same bytes wherever and whenever it is done."""

from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
from installer.windows.compiled import CompileError, compile_modules, repack_library
from tests.installer.windows.made_up import write

MODULES = {
    "app/tool/__init__.py": b"WORDS = {'b', 'a', 'd', 'c', 'f', 'e'}\n\ndef known(word):\n"
    b"    return word in {'g', 'h', 'i', 'j', 'k', 'l'}\n",
    "app/tool/migrations/one.py": b"STEP = 1\n",
    "app/tool/data.csv": b"a;b\n",
}


def compiled(folder: Path) -> dict[str, bytes]:
    write(folder, MODULES)
    compile_modules(folder, [folder / "app"], with_source=[folder / "app/tool/migrations"])
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_same_bytes_in_two_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    first = compiled(tmp_path / "here")
    monkeypatch.setenv("PYTHONHASHSEED", "2")
    assert compiled(tmp_path / "quite" / "elsewhere") == first
    assert not [name for name, content in first.items() if str(tmp_path).encode() in content]


def test_sources_go_but_where_they_are_found_by_name(tmp_path: Path) -> None:
    cache = f"app/tool/migrations/__pycache__/one.{sys.implementation.cache_tag}.pyc"
    assert set(compiled(tmp_path)) == {
        "app/tool/__init__.pyc",
        "app/tool/data.csv",
        "app/tool/migrations/one.py",
        cache,
    }


def test_compiled_modules_are_imported(tmp_path: Path) -> None:
    compiled(tmp_path)
    code = f"import sys; sys.path.insert(0, {str(tmp_path / 'app')!r})\n"
    code += "import tool, tool.migrations.one as one; print(tool.known('g'), one.STEP)"
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True)
    assert done.stdout.split() == [b"True", b"1"]


def test_module_with_a_fault_stops_the_build(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, {"app/broken.py": b"def f(:\n"})
    with pytest.raises(CompileError):
        compile_modules(tmp_path, [tmp_path / "app"], with_source=[])
    assert "broken.py" in capfd.readouterr().out


def test_library_is_repacked_without_what_is_not_used() -> None:
    given = BytesIO()
    with ZipFile(given, "w", ZIP_DEFLATED) as archive:
        for name in ("zlib.pyc", "tkinter/__init__.pyc", "email/__init__.pyc", "ensurepip/x.pyc"):
            archive.writestr(name, name * 50)
    packed = repack_library(given.getvalue())
    with ZipFile(BytesIO(packed)) as archive:
        assert archive.namelist() == ["email/__init__.pyc", "zlib.pyc"]
        assert archive.read("zlib.pyc") == b"zlib.pyc" * 50
        assert {member.compress_type for member in archive.infolist()} == {ZIP_STORED}
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert repack_library(given.getvalue()) == packed
