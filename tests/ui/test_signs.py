"""Every sign the program shows or prints is in a font it brings along: no other one is needed."""

from __future__ import annotations

import ast
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication

import avrr_desktop
from avrr_desktop.core.harmless import pictured
from avrr_desktop.paths import resources_dir
from avrr_desktop.ui.printing.looks import FAMILIES, Style
from avrr_desktop.ui.theme.fonts import SIGNS, families

_SOURCES = Path(avrr_desktop.__file__).parent
# These read signs that others have typed; they show none.
_READERS = frozenset({"folding.py", "safe_text.py"})
# What only joins the sign before it, and is looked for where a text is cut (core/harmless.py).
_JOINING = frozenset("\U0001f3fb\U0001f3ff\ufe0f")
_FIRST_BEYOND_ASCII = 127


def texts_of(source: Path) -> set[str]:
    """The letters of a module's texts, without what it says about itself."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    notes = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    return {
        letter
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes
        for letter in node.value
    }


def shown_signs() -> set[str]:
    signs: set[str] = set()
    for source in _SOURCES.rglob("*.py"):
        if source.name not in _READERS:
            signs |= texts_of(source)
    for catalogue in resources_dir().rglob("*.po"):
        for message in read_po(BytesIO(catalogue.read_bytes())):
            said = (
                message.string if isinstance(message.string, str) else "".join(message.string or ())
            )
            signs |= set(said)
    for table in resources_dir().rglob("*.csv"):
        signs |= set(table.read_text(encoding="utf-8"))
    signs = {sign for sign in signs if ord(sign) >= _FIRST_BEYOND_ASCII and sign.isprintable()}
    return (signs - _JOINING) | set(pictured("".join(map(chr, range(32)))))


def fonts_of(named: list[str]) -> list[QRawFont]:
    folder = resources_dir() / "fonts"
    return [QRawFont(str(folder / f"{name.replace(' ', '')}-Regular.ttf"), 12) for name in named]


def lacking(signs: set[str], fonts: list[QRawFont]) -> set[str]:
    return {sign for sign in signs if not any(font.supportsCharacter(ord(sign)) for font in fonts)}


def test_every_sign_of_the_program_is_in_a_font_of_its_own(qapp: QApplication) -> None:
    signs = shown_signs()
    assert {"≥", "→", "−", "ع", "é"} <= signs
    own = [name for name in families() if name.startswith("Noto")]
    assert lacking(signs, fonts_of(own)) == set()


@pytest.mark.parametrize("sign", ["≥", "−", "<", "é", "ع"])
def test_what_is_printed_is_in_a_font_of_printing(qapp: QApplication, sign: str) -> None:
    asked = Style(10).font.families()
    assert asked == [*FAMILIES, *SIGNS]
    assert lacking({sign}, fonts_of(asked)) == set()
