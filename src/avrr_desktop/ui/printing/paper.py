"""Pages of A4 filled from top to bottom, with a head, a foot, and text in its direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPdfWriter, QTextLayout, QTextLine, QTextOption

from avrr_desktop.core import colours
from avrr_desktop.core.harmless import harmless
from avrr_desktop.core.labels import Language
from avrr_desktop.ui.printing.looks import ARABIC_LINE_HEIGHT, LINE_HEIGHT, Look

POINTS: Final = 72  # an inch
MARGIN: Final = 52.0  # points on either side
_TOP, _BOTTOM = 62.0, 58.0
_HEAD_AT, _FOOT_AT = 30.0, 34.0
_NO_BREAK_HYPHEN: Final = "\u2011"
# Inclusive endings stay on their line: « retourné-e-s ».
_ENDING: Final = re.compile(r"(?<=\w)-(?=e\b)|(?<=[-\u2011]e)-(?=s\b)")


@dataclass(frozen=True, slots=True)
class Margins:
    """What stands around every page; ``{page}`` and ``{pages}`` are filled in."""

    head: str
    foot: str
    pages: int


class Paper:
    """A pen over pages: ``y`` is where the next thing is drawn, in the device's units."""

    def __init__(
        self, writer: QPdfWriter, painter: QPainter, language: Language, margins: Margins
    ) -> None:
        self.writer = writer
        self.painter = painter
        self.is_rtl = language.is_rtl
        self._line_height = ARABIC_LINE_HEIGHT if self.is_rtl else LINE_HEIGHT
        self.unit = writer.resolution() / POINTS
        self.left = MARGIN * self.unit
        self.width = writer.width() - 2 * self.left
        self.bottom = writer.height() - _BOTTOM * self.unit
        self.page = 1
        self._margins = margins
        self._draw_margins()
        self.y = _TOP * self.unit

    @property
    def is_at_top(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y <= _TOP * self.unit

    @property
    def room(self) -> float:
        """What is left of the page."""
        return self.bottom - self.y

    def turn(self) -> None:
        """Begin a page."""
        self.writer.newPage()
        self.page += 1
        self._draw_margins()
        self.y = _TOP * self.unit

    def make_room(self, height: float) -> None:
        """Begin a page when ``height`` does not fit on this one."""
        if height > self.room and not self.is_at_top:
            self.turn()

    def skip(self, points: float) -> None:
        """Leave a space, but not at the top of a page."""
        if not self.is_at_top:
            self.y += points * self.unit

    def add_text(self, text: str, look: Look, *, indent: float = 0, mark: str = "") -> None:
        """Running text, line by line over pages; ``mark`` stands before the first."""
        style, inset = look.value, indent * self.unit
        self.skip(style.before)
        layout = self.laid_out(text, look, self.width - inset)
        start = self.left if self.is_rtl else self.left + inset
        for place, (line, height) in enumerate(self._lines(layout)):
            self.make_room(height)
            if mark and not place:
                self.draw(mark, look, QRectF(self.left, self.y, self.width, height))
            self._draw_line(layout, line, start, look)
            self.y += height
        self.y += style.after * self.unit

    def laid_out(self, text: str, look: Look, width: float, *, at_end: bool = False) -> QTextLayout:
        """Text broken into lines of ``width``, from its start or against its end."""
        layout = self._broken(text, look, width, at_end=at_end)
        # Only where a line would end within an ending: other words stay as one searches for them.
        while (kept := _endings_kept(layout)) != layout.text():
            layout = self._broken(kept, look, width, at_end=at_end)
        return layout

    def _broken(self, text: str, look: Look, width: float, *, at_end: bool) -> QTextLayout:
        layout = QTextLayout(harmless(text), look.value.font, self.writer)
        layout.setCacheEnabled(True)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        side = Qt.LayoutDirection.RightToLeft if self.is_rtl else Qt.LayoutDirection.LeftToRight
        option.setTextDirection(side)
        is_right = self.is_rtl != at_end
        flag = Qt.AlignmentFlag
        option.setAlignment(flag.AlignRight if is_right else flag.AlignLeft)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += line.height() * self._line_height
        layout.endLayout()
        return layout

    def draw(self, text: str, look: Look, place: QRectF, *, at_end: bool = False) -> None:
        """Text in a place, over several lines if need be."""
        layout = self.laid_out(text, look, place.width(), at_end=at_end)
        self.painter.setPen(QColor(f"#{look.value.colour}"))
        layout.draw(self.painter, place.topLeft())

    def height_of(self, text: str, look: Look, width: float) -> float:
        """How high the text is in a width."""
        return sum(height for _, height in self._lines(self.laid_out(text, look, width)))

    def ascent_of(self, text: str, look: Look) -> float:
        """How far the foot of its letters is below its top."""
        return next((line.ascent() for line in _each(self.laid_out(text, look, self.width))), 0.0)

    def at(self, offset: float, width: float) -> float:
        """The left edge of a box that begins ``offset`` after the page's start."""
        return self.left + (self.width - offset - width if self.is_rtl else offset)

    def fill(self, place: QRectF, colour: str) -> None:
        """A ground."""
        self.painter.fillRect(place, QColor(f"#{colour}"))

    def _draw_line(self, layout: QTextLayout, at: int, start: float, look: Look) -> None:
        line = layout.lineAt(at)
        self.painter.setPen(QColor(f"#{look.value.colour}"))
        line.draw(self.painter, QPointF(start, self.y - line.y()))

    def _lines(self, layout: QTextLayout) -> Iterator[tuple[int, float]]:
        """The place of each line and its height."""
        for place, line in enumerate(_each(layout)):
            yield place, line.height() * self._line_height

    def _draw_margins(self) -> None:
        """The head with a line under it, and the number of the page."""
        unit, margins = self.unit, self._margins
        head = QRectF(self.left, _HEAD_AT * unit, self.width, 12 * unit)
        self.draw(margins.head, Look.MARGIN, head)
        line = QRectF(self.left, head.bottom() + 4 * unit, self.width, 0.6 * unit)
        self.fill(line, colours.HAIRLINE)
        foot = QRectF(self.left, self.writer.height() - _FOOT_AT * unit, self.width, 12 * unit)
        text = margins.foot.format(page=self.page, pages=margins.pages or "")
        self.draw(text, Look.MARGIN, foot, at_end=True)


def _endings_kept(layout: QTextLayout) -> str:
    """The text, with hyphens that break no line where one breaks an ending now."""
    text = layout.text()
    for line in _each(layout):
        last = line.textStart() + line.textLength() - 1
        if last >= 0 and _ENDING.match(text, last):
            text = f"{text[:last]}{_NO_BREAK_HYPHEN}{text[last + 1 :]}"
    return text


def _each(layout: QTextLayout) -> Iterator[QTextLine]:
    for place in range(layout.lineCount()):
        yield layout.lineAt(place)
