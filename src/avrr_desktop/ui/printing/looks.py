"""The looks of printed text, each named once; always light."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Final

from PySide6.QtGui import QFont, QFontDatabase

from avrr_desktop.core import colours
from avrr_desktop.ui.theme.fonts import SIGNS

FAMILIES: Final = ("Noto Sans", "Noto Sans Arabic")
# Of a line, as a share of what its font asks for: Noto’s Arabic asks for much.
LINE_HEIGHT: Final = 1.22
ARABIC_LINE_HEIGHT: Final = 0.95


@dataclass(frozen=True, slots=True)
class Style:
    """Size and space in points, colour as six hexadecimal digits."""

    size: float
    colour: str = colours.INK
    bold: bool = False
    before: float = 0
    after: float = 6

    @property
    def font(self) -> QFont:
        """The shipped font in this size; digits and Latin letters first."""
        made = QFont()
        made.setFamilies([*FAMILIES, *SIGNS])
        made.setPointSizeF(self.size)
        made.setBold(self.bold)
        made.setFeature(QFont.Tag("liga"), 0)  # « chiffres » can then be searched for in the file
        return made


class Look(Enum):
    """What a piece of text is."""

    TITLE = Style(21, colours.ACCENT, bold=True, after=1)
    SUBTITLE = Style(13.5, colours.INK_SOFT, after=10)
    HEADING = Style(14, colours.ACCENT, bold=True, before=14, after=5)
    SUBHEADING = Style(10.5, bold=True, before=6, after=4)
    BODY = Style(9.5)
    LEAD = Style(10.5, after=7)
    SMALL = Style(8, colours.INK_SOFT, after=3)
    NOTE = Style(8, colours.INK_SOFT, before=2, after=7)
    FRAMED = Style(9.5, bold=True, after=5)
    LINK = Style(9.5, colours.ACCENT, after=3)
    HEAD = Style(8, colours.INK_SOFT, bold=True)
    CELL = Style(8.5)
    CELL_BOLD = Style(8.5, bold=True)
    MARGIN = Style(8, colours.INK_SOFT)


def load_fonts(folder: Path) -> None:
    """Register the shipped fonts this system lacks; a file embeds what it uses of them.

    A font already known is the same one.
    """
    known = {family.replace(" ", "") for family in QFontDatabase.families()}
    for path in sorted(folder.glob("*.ttf")):
        if path.stem.split("-")[0] not in known:
            QFontDatabase.addApplicationFont(str(path))
