"""The theme in force: painted widgets and delegates ask it for tokens when they paint."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QColor

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.tokens import LIGHT, Colors, Scheme


@dataclass(frozen=True, slots=True)
class Theme:
    """What the last ``apply_theme`` chose; ``scheme`` is never ``SYSTEM``."""

    scheme: Scheme = Scheme.LIGHT
    colors: Colors = LIGHT
    language: Language = Language.FR
    resources: Path | None = None
    text_percent: int = 100

    @property
    def is_rtl(self) -> bool:
        """Whether the screen is read from right to left."""
        return self.language.is_rtl


_state: dict[str, Theme] = {}


def current() -> Theme:
    """The theme in force; light French before any was applied."""
    return _state.get("theme", Theme())


def set_current(theme: Theme) -> None:
    """Remember ``theme`` as the one in force; only ``apply_theme`` calls it."""
    _state["theme"] = theme


def color(token: str) -> QColor:
    """The colour of ``token`` in the theme in force."""
    return QColor(current().colors.named(token))
