"""What is drawn rather than written: charts as vectors, photographs, logos."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage

from avrr_desktop.core import colours
from avrr_desktop.services.bulletin.blocks import Bar, Chart, Picture
from avrr_desktop.ui.printing.looks import Look
from avrr_desktop.ui.printing.paper import Paper

_LABELS: Final = 0.36  # of the width
_SAID: Final = 62.0  # points kept for the figure after its bar
_BAR, _STEP = 9.0, 15.0
_AFTER: Final = 8.0
_PHOTOGRAPH: Final = 230.0
_LOGO: Final = 48.0
_GAP: Final = 12.0


def draw_chart(paper: Paper, chart: Chart) -> None:
    """A bar for each line from zero, its name before it and its figure after it."""
    title = paper.height_of(chart.title, Look.SUBHEADING, paper.width) + _AFTER * paper.unit
    paper.make_room(min(title + _height(paper, chart), paper.bottom))
    paper.add_text(chart.title, Look.SUBHEADING)
    most = max(bar.value for bar in chart.bars) or 1
    for bar in chart.bars:
        paper.make_room(_row_height(paper, bar))
        _draw_bar(paper, bar, bar.value / most)
    paper.skip(_AFTER)


def _height(paper: Paper, chart: Chart) -> float:
    return sum(_row_height(paper, bar) for bar in chart.bars)


def _row_height(paper: Paper, bar: Bar) -> float:
    label = paper.height_of(bar.label, Look.CELL, paper.width * _LABELS)
    return max(label + 2 * paper.unit, _STEP * paper.unit)


def _draw_bar(paper: Paper, bar: Bar, share: float) -> None:
    unit, height = paper.unit, _row_height(paper, bar)
    names = paper.width * _LABELS
    label = paper.height_of(bar.label, Look.CELL, names)
    middle = paper.y + height / 2
    box = QRectF(paper.at(0, names), middle - label / 2, names, label)
    paper.draw(bar.label, Look.CELL, box, at_end=True)
    start = names + 6 * unit
    length = max((paper.width - start - _SAID * unit) * share, 0.8 * unit)
    drawn = QRectF(paper.at(start, length), middle - _BAR / 2 * unit, length, _BAR * unit)
    paper.fill(drawn, colours.CHART[0])
    line = paper.height_of(bar.said, Look.CELL, _SAID * unit)
    said = QRectF(
        paper.at(start + length + 4 * unit, _SAID * unit), middle - line / 2, _SAID * unit, line
    )
    paper.draw(bar.said, Look.CELL, said)
    paper.y += height


def draw_photograph(paper: Paper, picture: Picture) -> None:
    """A photograph as wide as the page, at most; its caption beneath."""
    image = QImage.fromData(picture.data)
    if image.isNull():
        return
    width = min(paper.width, _PHOTOGRAPH * paper.unit * image.width() / image.height())
    height = width * image.height() / image.width()
    paper.make_room(height + 20 * paper.unit)
    place = QRectF(paper.at((paper.width - width) / 2, width), paper.y, width, height)
    paper.painter.drawImage(place, image)
    paper.y = place.bottom() + 3 * paper.unit
    if picture.caption:
        paper.add_text(picture.caption, Look.SMALL)
    paper.skip(_AFTER)


def draw_logos(paper: Paper, pictures: tuple[Picture, ...]) -> None:
    """Logos of one height from the start of the line, over several lines if need be."""
    unit, height, offset = paper.unit, _LOGO * paper.unit, 0.0
    paper.make_room(height)
    for picture in pictures:
        image = QImage.fromData(picture.data)
        if image.isNull():
            continue
        width = min(height * image.width() / image.height(), paper.width)
        if offset and offset + width > paper.width:
            paper.y += height + _GAP * unit
            paper.make_room(height)
            offset = 0.0
        shown = width * image.height() / image.width()
        place = QRectF(paper.at(offset, width), paper.y + (height - shown) / 2, width, shown)
        paper.painter.drawImage(place, image)
        offset += width + _GAP * unit
    paper.y += height + _GAP * unit
