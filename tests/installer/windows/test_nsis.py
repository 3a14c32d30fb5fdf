"""The set-up program: its script, its sentences, and, when NSIS is there, its bytes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from installer.windows.nsis import (
    HERE,
    files_of,
    install_script,
    longest_path,
    pack,
    reflowed,
    room_kb,
    set_time,
)
from tests.installer.windows.made_up import library, write

LANGUAGES = {"FRENCH", "ARABIC", "ENGLISH"}
PAGES = ("LICENSE", "NOTICE-ar", "NOTICE-en", "NOTICE-fr")
SCRIPTS = ("setup.nsi", "common.nsh", "uninstall.nsh")
_SENTENCE = re.compile(r'^LangString (\w+) \$\{LANG_(\w+)\} "(.*)"$', re.MULTILINE)

packed = pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")


@pytest.fixture
def stage(tmp_path: Path) -> Path:
    folder = tmp_path / "stage"
    write(
        folder,
        {
            "AVRR.exe": library(),
            "avrr-desktop.exe": library(),
            "licences/LICENSE.txt": b"All rights reserved.\n",
            **{f"licences/NOTICE-{code}.txt": b"Qt\n" for code in ("ar", "en", "fr")},
            "lib/b.txt": b"b" * 5000,
            "lib/a$/price.txt": b"a",
            "runtime/python311._pth": b".",
        },
    )
    return folder


def sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for name, language, text in _SENTENCE.findall((HERE / "strings.nsh").read_text("utf-8")):
        found.setdefault(name, {})[language] = text
    return found


def test_every_file_is_written_always_in_the_same_order(stage: Path) -> None:
    assert install_script(stage).splitlines() == [
        'SetOutPath "$INSTDIR\\$Folder"',
        f'File "{stage / "AVRR.exe"}"',
        f'File "{stage / "avrr-desktop.exe"}"',
        'SetOutPath "$INSTDIR\\$Folder\\lib\\a$$"',
        f'File "{stage / "lib" / "a$" / "price.txt"}"',
        'SetOutPath "$INSTDIR\\$Folder\\lib"',
        f'File "{stage / "lib" / "b.txt"}"',
        'SetOutPath "$INSTDIR\\$Folder\\licences"',
        *(f'File "{stage / "licences" / name}.txt"' for name in PAGES),
        'SetOutPath "$INSTDIR\\$Folder\\runtime"',
        f'File "{stage / "runtime" / "python311._pth"}"',
    ]


def test_room_and_longest_path_are_the_stages(stage: Path) -> None:
    assert room_kb(stage) == 10 * 4 + 20 * 1024  # one file takes two clusters
    assert longest_path(stage) == len("runtime/python311._pth")


def test_time_of_every_file_is_the_builds(stage: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    set_time(stage)
    assert {path.stat().st_mtime for path in stage.rglob("*")} == {1700000000.0}


def test_text_of_a_page_takes_the_pages_width() -> None:
    narrow = "A line that was broken only because it had become rather long,\nand ends.\nTitle\n"
    wide = "A line that was broken only because it had become rather long, and ends.\nTitle\n"
    address = "\n   Qt: https://download.qt.io/archive/qt/ and much more text after that address\n"
    assert reflowed(narrow + address + "   next\n") == wide + address + "   next\n"


def test_every_sentence_stands_in_three_languages() -> None:
    for name, texts in sentences().items():
        assert set(texts) == LANGUAGES, name
        assert all(text.strip() for text in texts.values()), name


def test_sentences_hold_the_same_values_in_each_language() -> None:
    for name, texts in sentences().items():
        values = {frozenset(re.findall(r"\$(?:\{\w+\}|\w+)", text)) for text in texts.values()}
        assert len(values) == 1, name


def test_french_is_set_as_in_the_program() -> None:
    for name, texts in sentences().items():
        french = texts["FRENCH"]
        assert not re.search(r"[ \w][?!;]|[ \w]:(?!\\)|« | »", french), name
        assert "veuillez" not in french.lower(), name


def test_sentences_asked_for_are_there_and_none_is_idle() -> None:
    scripts = "".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    asked = set(re.findall(r"\$\(([A-Z]\w+)\)", scripts))
    assert asked == {*sentences(), "Others"}


def test_codes_differ_and_are_explained() -> None:
    script = (HERE / "setup.nsi").read_text(encoding="utf-8")
    codes = [int(code) for code in re.findall(r"^!define [A-Z_]+ (\d{1,2})$", script, re.MULTILINE)]
    assert len(codes) == len(set(codes)) > 0
    readme = (HERE.parent / "README.md").read_text(encoding="utf-8")
    for code in codes:
        assert re.search(rf"^\| {code} \|", readme, re.MULTILINE), code


@packed
def test_two_set_ups_of_one_stage_are_the_same(
    stage: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    set_time(stage)
    targets = [tmp_path / "one.exe", tmp_path / "two.exe"]
    for target in targets:
        pack(stage, target, "1.2.3", is_quick=True)
    assert targets[0].read_bytes() == targets[1].read_bytes()
    content = targets[0].read_bytes()
    assert "1.2.3".encode("utf-16-le") in content
    assert len(files_of(stage)) == 9
