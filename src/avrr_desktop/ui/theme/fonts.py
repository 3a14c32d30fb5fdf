"""Fonts: the system's own first, the bundled Noto files as a last resort."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from avrr_desktop.core.labels import Language
from avrr_desktop.ui.theme.current import current
from avrr_desktop.ui.theme.tokens import ARABIC_EXTRA_POINTS, BOLD_TYPES, POINTS, Type

_FAMILIES: Final = {
    "win32": ("Segoe UI",),
    "darwin": (".AppleSystemUIFont", "Geeza Pro"),
}
BUNDLED: Final = ("Noto Sans", "Noto Naskh Arabic", "Noto Sans Arabic")
# What the others lack: nothing else may step in on a bare system. Arrows, minus and comparisons;
# pictures of control characters.
SIGNS: Final = ("Noto Sans Math", "Noto Sans Symbols2")
_FIXED: Final = ("Consolas", "Noto Sans Mono", "Menlo", "DejaVu Sans Mono")


def families() -> list[str]:
    """Font families of this system, best first, the bundled ones last."""
    return [*_FAMILIES.get(sys.platform, ()), *BUNDLED, *SIGNS]


@cache
def load_bundled(folder: Path) -> None:
    """Register the font files of ``folder`` whose family the system lacks; once."""
    present = set(QFontDatabase.families())
    for path in sorted(folder.glob("*.ttf")):
        family = path.stem.split("-")[0]
        if family not in {name.replace(" ", "") for name in present}:
            QFontDatabase.addApplicationFont(str(path))


def points(role: Type, language: Language) -> int:
    """Size of ``role`` in points, enlarged as the user asked; Arabic script needs one more."""
    base = POINTS[role] + (ARABIC_EXTRA_POINTS if language is Language.AR else 0)
    return round(base * current().text_percent / 100)


def font(role: Type = Type.BODY, *, bold: bool | None = None) -> QFont:
    """The font of ``role`` in the theme in force; ``bold`` overrides the role's own weight."""
    made = QFont()
    made.setFamilies(families())
    made.setPointSize(points(role, current().language))
    heavy = role in BOLD_TYPES if bold is None else bold
    made.setWeight(QFont.Weight.DemiBold if heavy else QFont.Weight.Normal)
    return made


def fixed_font(role: Type = Type.BODY) -> QFont:
    """A font whose characters are all as wide, for fingerprints."""
    made = QFont()
    made.setFamilies(list(_FIXED))
    made.setStyleHint(QFont.StyleHint.Monospace)
    made.setPointSize(points(role, Language.EN))
    return made
