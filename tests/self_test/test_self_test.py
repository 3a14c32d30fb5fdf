"""The self-test passes on a whole program, and names what an incomplete one lacks."""

from __future__ import annotations

import io
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import load_catalogues, set_screen_language, translator
from avrr_desktop.db import database
from avrr_desktop.paths import resources_dir
from avrr_desktop.self_test import of_files, of_register, of_resources, of_window, running
from avrr_desktop.self_test.bench import Bench, Check, require
from avrr_desktop.ui.help import HelpPage
from avrr_desktop.ui.routes import Help

Run = Callable[[Bench], None]


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    """A copy of what is delivered beside the code, to take something out of."""
    copied = tmp_path / "resources"
    shutil.copytree(resources_dir(), copied)
    return copied


def outcome(resources: Path, *checks: Run, language: Language = Language.EN) -> tuple[int, str]:
    """The exit code and the lines of a self-test that makes these checks."""
    load_catalogues(resources / "i18n")
    set_screen_language(language)
    out = io.StringIO()
    code = running.run_self_test(
        resources, out, checks=[Check(lambda: "this", run) for run in checks]
    )
    return code, out.getvalue()


@pytest.mark.slow
def test_the_whole_program_passes(tmp_path: Path) -> None:
    """As an installer starts it: no screen, nothing in the user's folders."""
    names = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    env = {name: value for name, value in os.environ.items() if name not in names}
    home = tmp_path / "home"
    env |= {"HOME": str(home), "XDG_DATA_HOME": str(home / "data")}
    kept = tmp_path / "kept"
    command = [sys.executable, "-m", "avrr_desktop", "--self-test", "--language", "ar"]
    done = subprocess.run(
        [*command, "--keep", str(kept)], capture_output=True, env=env, check=False
    )
    said = done.stdout.decode("utf-8")
    assert done.returncode == 0, said + done.stderr.decode("utf-8")
    load_catalogues(resources_dir() / "i18n")
    spoken = translator(Language.AR)
    assert said.count(f"[{spoken.tr('ok')}] ") == len(running.CHECKS)
    assert (kept / running.REPORT).read_text(encoding="utf-8") == said.replace("\r\n", "\n")
    assert not list(home.rglob("register.sqlite"))


def test_a_check_that_fails_does_not_stop_the_others(tmp_path: Path) -> None:
    def broken(_bench: Bench) -> None:
        raise ImportError("No module named 'lxml'")

    def lacking(_bench: Bench) -> None:
        require(0, "NotoSans-Bold.ttf")

    code, said = outcome(resources_dir(), broken, lacking, of_resources.lists)
    assert code == 1
    assert said.splitlines()[1:] == [
        "[MISSING] this — ImportError: No module named 'lxml'",
        "[MISSING] this — NotoSans-Bold.ttf",
        "[ok] this",
        "2 checks of 3 failed.",
    ]


@pytest.mark.parametrize("language", list(Language))
def test_a_lost_font_is_named(resources: Path, qapp: QApplication, language: Language) -> None:
    (resources / "fonts" / "NotoSansArabic-Bold.ttf").unlink()
    code, said = outcome(resources, of_resources.fonts, language=language)
    assert code == 1
    assert "NotoSansArabic-Bold.ttf" in said


def test_a_font_without_its_letters_is_named(resources: Path, qapp: QApplication) -> None:
    fonts = resources / "fonts"
    shutil.copy(fonts / "NotoSans-Regular.ttf", fonts / "NotoNaskhArabic-Regular.ttf")
    code, said = outcome(resources, of_resources.fonts)
    assert code == 1
    assert "NotoNaskhArabic-Regular.ttf: ء" in said


@pytest.mark.parametrize(
    ("lost", "check"),
    [
        ("i18n/ar/LC_MESSAGES/avrr.mo", of_resources.translations),
        ("icons/avrr.svg", of_resources.icons),
        ("fonts/NotoSansMath-Regular.ttf", of_resources.fonts),
        ("fonts/NotoSansSymbols2-Regular.ttf", of_resources.fonts),
        ("changes.toml", of_resources.guide),
        ("help/fr/index.md", of_resources.guide),
        ("vocabularies/country.csv", of_resources.lists),
    ],
)
def test_a_lost_file_is_named(resources: Path, lost: str, check: Run) -> None:
    path = resources / lost
    path.unlink()
    code, said = outcome(resources, check)
    assert code == 1
    assert path.name in said


def test_a_catalogue_that_translates_nothing_is_named(resources: Path) -> None:
    catalogues = resources / "i18n"
    where = Path("LC_MESSAGES", "avrr.mo")
    (catalogues / "ar" / where).write_bytes(_without_sentences())
    assert outcome(resources, of_resources.translations)[0] == 1


def _without_sentences() -> bytes:
    """A catalogue of gettext's with its header alone."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo

    made = io.BytesIO()
    write_mo(made, Catalog(locale="ar"))
    return made.getvalue()


def test_an_icon_that_draws_nothing_is_named(resources: Path, qapp: QApplication) -> None:
    empty = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"></svg>'
    (resources / "icons" / "search.svg").write_text(empty, encoding="utf-8")
    code, said = outcome(resources, of_resources.icons)
    assert code == 1
    assert "search.svg" in said


def test_an_unknown_zone_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_resources, "_ZONE", "Africa/Nowhere")
    code, said = outcome(resources_dir(), of_resources.time_zones)
    assert code == 1
    assert "Africa/Nowhere" in said


def test_the_register_is_migrated_encrypted_and_restored() -> None:
    checks = (of_register.migrations, of_register.encryption, of_register.backups)
    code, said = outcome(resources_dir(), *checks)
    assert code == 0, said


def test_a_driver_that_does_not_encrypt_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Plain SQLite takes a key without a word, and writes what anybody can read."""
    monkeypatch.setattr(database, "_cipher", lambda: sqlite3)
    code, said = outcome(resources_dir(), of_register.encryption)
    assert code == 1
    assert "SQLCipher" in said


def test_a_driver_that_takes_any_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(of_register, "_read", lambda opened: opened.close())
    code, said = outcome(resources_dir(), of_register.encryption)
    assert code == 1
    assert "wrong_key" in said


def test_a_checker_that_finds_fault_is_named(resources: Path) -> None:
    checker = resources / "proof" / "check.py"
    text = checker.read_text(encoding="utf-8")
    text += "\n\ndef verify(members):\n    return [('lost', {})], {}\n"
    checker.write_text(text, encoding="utf-8")
    code, said = outcome(resources, of_files.proof)
    assert code == 1
    assert "2022-S2" in said


def test_a_page_that_raises_is_named(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a paint event, where only the crash hook would see it."""

    def fail(*_: object) -> None:
        raise ValueError("no paint")

    monkeypatch.setattr(of_window, "places", lambda _register: [("help", Help())])
    monkeypatch.setattr(HelpPage, "paintEvent", fail, raising=False)
    code, said = outcome(resources_dir(), of_window.pages)
    assert code == 1
    assert "[MISSING] this — help: " in said
    assert "no paint" in said
