"""Fonts, icons, translations, guide, lists and time zones: what is delivered beside the code."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import translator
from avrr_desktop.core.vocabularies import read_vocabularies
from avrr_desktop.self_test.bench import Bench, Missing, require
from avrr_desktop.services.identity import program_version
from avrr_desktop.services.what_changed import FILE, read_versions

_LATIN: Final = "Àéèêëîïôœùûüç’«»–…0123456789"
_ARABIC: Final = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي،؛؟٠١٢٣٤٥٦٧٨٩"
_SIGNS: Final = ("−≤≥←→", "␀␇␡␤")  # of each family of signs
_WEIGHTS: Final = ("Regular", "Bold")
_PIXELS: Final = 24
_PICTURE: Final = re.compile(r"!\[[^]]*]\(([^)]+)\)")
_ZONE: Final = "Africa/Casablanca"
# A sentence of every screen, and what it is in no other language.
_SENTENCE: Final = "Settings"


def fonts(bench: Bench) -> None:
    """Every family the program asks for has its files, and they hold and draw its letters."""
    from avrr_desktop.app import application
    from avrr_desktop.ui.printing.looks import FAMILIES as PRINTED
    from avrr_desktop.ui.theme.fonts import BUNDLED, SIGNS

    application()
    folder = bench.resources / "fonts"
    for family in dict.fromkeys((*BUNDLED, *PRINTED)):
        for weight in _WEIGHTS:
            path = folder / f"{family.replace(' ', '')}-{weight}.ttf"
            require(path.is_file(), path.name)
            _require_letters(path, family, _ARABIC if "Arabic" in family else _LATIN)
    for family, letters in zip(SIGNS, _SIGNS, strict=True):
        path = folder / f"{family.replace(' ', '')}-Regular.ttf"
        require(path.is_file(), path.name)
        _require_letters(path, family, letters)


def _require_letters(path: Path, family: str, letters: str) -> None:
    from PySide6.QtGui import QFont, QFontDatabase, QRawFont

    raw = QRawFont(str(path), _PIXELS)
    require(raw.isValid(), path.name)
    lost = [letter for letter in letters if not raw.supportsCharacter(ord(letter))]
    require(not lost, f"{path.name}: {''.join(lost)}")
    number = QFontDatabase.addApplicationFont(str(path))
    require(family in QFontDatabase.applicationFontFamilies(number), path.name)
    made = QFont(family)
    made.setPixelSize(_PIXELS)
    require(_drawn_by(made, letters) == {family}, f"{family}: {letters[:4]}…")


def _drawn_by(font: object, letters: str) -> set[str]:
    """The families that truly draw a text: another one steps in for what a font lacks."""
    from PySide6.QtGui import QFont, QTextLayout

    assert isinstance(font, QFont)
    layout = QTextLayout(letters, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    runs = layout.glyphRuns()
    empty = any(0 in run.glyphIndexes() for run in runs)
    return {run.rawFont().familyName() for run in runs} | ({"?"} if empty else set())


def icons(bench: Bench) -> None:
    """Every icon draws something; those that pages ask for are asked for when they are opened."""
    from PySide6.QtSvg import QSvgRenderer

    from avrr_desktop.app import application

    application()
    folder = bench.resources / "icons"
    files = sorted(folder.glob("*.svg"))
    require(files, str(folder))
    for path in files:
        require(QSvgRenderer(str(path)).isValid() and _draws(path), path.name)
    require((folder / "avrr.svg").is_file(), "avrr.svg")


def _draws(path: Path) -> bool:
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(_PIXELS, _PIXELS, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    blank = QImage(image)
    with QPainter(image) as painter:
        QSvgRenderer(str(path)).render(painter)
    return image != blank


def translations(bench: Bench) -> None:
    """A compiled catalogue for each language but English, with its plural forms."""
    for language in Language:
        if language is Language.EN:
            continue
        where = bench.paths("").catalogues / language.value / "LC_MESSAGES" / "avrr.mo"
        require(where.is_file(), f"{language.value}/LC_MESSAGES/avrr.mo")
        spoken = translator(language)
        require(spoken.tr(_SENTENCE) != _SENTENCE, where.name)
        one, two = (spoken.ntr("{count} person", "{count} persons", count) for count in (1, 2))
        require(one != "1 person" and one.replace("1", "2") != two, where.name)


def guide(bench: Bench) -> None:
    """The guide in French, every picture it shows, and what changed in this version."""
    from avrr_desktop.ui.help import guide_path

    path = guide_path(bench.resources, Language.FR)
    if path is None:
        raise Missing("help/fr/index.md")
    told = {one.number for one in read_versions(bench.resources)}
    require(program_version() in told, FILE)
    for page in sorted(path.parent.glob("*.md")):
        for picture in _PICTURE.findall(page.read_text(encoding="utf-8")):
            require((page.parent / picture).is_file(), picture)


def lists(bench: Bench) -> None:
    """The terms of every list that a field chooses from."""
    from avrr_desktop.activities import RECORD_BY_KEY
    from avrr_desktop.people.base import fields_of
    from avrr_desktop.services.register import SECTION_LIST

    shipped = read_vocabularies(bench.resources / "vocabularies")
    for record in RECORD_BY_KEY.values():
        for field in fields_of(record.model):
            name = field.spec.vocabulary
            require(not name or name == SECTION_LIST or shipped.get(name), f"{name}.csv")


def time_zones(_bench: Bench) -> None:
    """Morocco's zone is known, and the computer's own goes there and back."""
    try:
        zone = ZoneInfo(_ZONE)
    except ZoneInfoNotFoundError as error:
        raise Missing(_ZONE) from error
    # One hour ahead of UTC all year but in Ramadan.
    summer = datetime(2023, 7, 5, tzinfo=zone).utcoffset()
    ramadan = datetime(2023, 4, 5, tzinfo=zone).utcoffset()
    require(summer == timedelta(hours=1) and ramadan == timedelta(0), _ZONE)
    now = datetime.now(UTC)
    require(now.astimezone().astimezone(UTC) == now, now.astimezone().tzname() or "?")
