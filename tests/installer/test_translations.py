"""The translations tool, on catalogues of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from installer import translations

SOURCE = 'tr("Save {name}")\nself.words.ntr("{count} person", "{count} persons", 3)\n'
PLURALS = {"fr": ("une", "des"), "ar": ("صفر", "واحد", "اثنان", "بضعة", "كثير", "غير")}


@pytest.fixture
def catalogues(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    sources = tmp_path / "src"
    sources.mkdir()
    (sources / "screen.py").write_text(SOURCE, encoding="utf-8")
    monkeypatch.setattr(translations, "_SOURCES", sources)
    monkeypatch.setattr(translations, "_CATALOGUES", tmp_path / "i18n")
    return tmp_path / "i18n"


def translate(catalogues: Path, sentence: str) -> None:
    """Fill in both catalogues, French and Arabic alike, with ``sentence``."""
    translations.update()
    for language, forms in PLURALS.items():
        path = catalogues / language / "LC_MESSAGES" / "avrr.po"
        text = path.read_text(encoding="utf-8")
        text = text.replace('msgid "Save {name}"\nmsgstr ""', f'{sentence}"')
        for number, form in enumerate(forms):
            text = text.replace(f'msgstr[{number}] ""', f'msgstr[{number}] "{form}"')
        path.write_text(text, encoding="utf-8", newline="\n")


def text_as(translation: str) -> str:
    return f'msgid "Save {{name}}"\nmsgstr "{translation}'


def test_catalogues_in_order_pass(catalogues: Path) -> None:
    translate(catalogues, text_as("{name}\N{NARROW NO-BREAK SPACE}!"))
    assert translations.check() == 0


@pytest.mark.parametrize(
    ("translation", "complaint"),
    [
        ("", "not translated"),
        ("{nom}", "placeholders differ"),
        ("sans nom", "placeholders differ"),
        ("{name} ?", "plain space"),
        ("« {name}", "plain space"),
        ("l'{name}", "straight apostrophe"),
    ],
)
def test_flaw_is_named(
    catalogues: Path, capsys: pytest.CaptureFixture[str], translation: str, complaint: str
) -> None:
    translate(catalogues, text_as(translation))
    capsys.readouterr()
    assert translations.check() == 1
    assert complaint in capsys.readouterr().out


def test_new_sentence_makes_the_catalogues_stale(
    catalogues: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translate(catalogues, text_as("{name}"))
    (catalogues.parent / "src" / "more.py").write_text('tr("New")\n', encoding="utf-8")
    capsys.readouterr()
    assert translations.check() == 1
    assert "stale" in capsys.readouterr().out


def test_update_keeps_what_was_translated(catalogues: Path) -> None:
    translate(catalogues, text_as("{name}"))
    before = {path: path.read_bytes() for path in catalogues.rglob("*.po")}
    translations.update()
    assert {path: path.read_bytes() for path in catalogues.rglob("*.po")} == before


def test_compiled_catalogues_lie_beside_their_sources(catalogues: Path) -> None:
    translate(catalogues, text_as("{name}"))
    assert translations.compile_all() == 0
    compiled = list(catalogues.rglob("*.mo"))
    assert len(compiled) == len(PLURALS)
    for path in compiled:  # whenever it is compiled: two builds are the same bytes
        assert b"POT-Creation-Date: 2000-01-01 00:00+0000" in path.read_bytes()
