"""Sentences of the program in three languages, from gettext catalogues.

English sentences stand in the code; ``resources/i18n/<language>/LC_MESSAGES/avrr.po`` holds the
French and the Arabic ones. The screen speaks one language at a time (``tr``), a workbook may speak
another (``Translator``).
"""

from __future__ import annotations

import gettext
from functools import cache
from pathlib import Path

from avrr_desktop.core.harmless import harmless_line
from avrr_desktop.core.labels import Language

_DOMAIN = "avrr"


class Translator:
    """Sentences in one language."""

    def __init__(self, language: Language, catalogue: gettext.NullTranslations) -> None:
        self.language = language
        self._catalogue = catalogue

    def tr(self, message: str, **values: object) -> str:
        """``message`` in this language, its ``{named}`` placeholders filled."""
        text = self._catalogue.gettext(message)
        return text.format(**_shown(values)) if values else text

    def ntr(self, one: str, many: str, count: int, **values: object) -> str:
        """The form of the sentence that agrees with ``count``; ``{count}`` is a placeholder too."""
        text = self._catalogue.ngettext(one, many, count)
        return text.format(**{"count": count, **_shown(values)})


def _shown(values: dict[str, object]) -> dict[str, object]:
    """Data in a sentence neither turns it round nor drowns it."""
    return {
        name: harmless_line(value) if isinstance(value, str) else value
        for name, value in values.items()
    }


_state: dict[str, object] = {}


def load_catalogues(folder: Path) -> None:
    """Say where the compiled catalogues are; called once by the composition root."""
    _state["folder"] = folder
    translator.cache_clear()


@cache
def translator(language: Language) -> Translator:
    """The translator of ``language``; English has no catalogue and needs none."""
    folder = _state.get("folder")
    # What lacks a catalogue speaks English rather than not at all; the self-test names it.
    catalogue = gettext.translation(
        _DOMAIN, str(folder) if folder else None, languages=[language.value], fallback=True
    )
    return Translator(language, catalogue)


def set_screen_language(language: Language) -> None:
    """Choose the language that ``tr`` and ``ntr`` speak."""
    _state["screen"] = language


def screen_language() -> Language:
    """The language the screen speaks now."""
    language = _state.get("screen", Language.FR)
    assert isinstance(language, Language)
    return language


def tr(message: str, **values: object) -> str:
    """``message`` in the language of the screen."""
    return translator(screen_language()).tr(message, **values)


def ntr(one: str, many: str, count: int, **values: object) -> str:
    """``one`` or ``many`` in the language of the screen, agreeing with ``count``."""
    return translator(screen_language()).ntr(one, many, count, **values)
