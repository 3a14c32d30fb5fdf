"""Small drawing verbs shared by painted widgets and delegates; all know the reading direction."""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle

from avrr_desktop.core.harmless import harmless_line
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Height, Line, Radius, Space, Type

START = Qt.AlignmentFlag.AlignLeft
END = Qt.AlignmentFlag.AlignRight
CENTER = Qt.AlignmentFlag.AlignHCenter
_BETWEEN = " · "


def text_width(text: str, face: QFont) -> int:
    """Width of ``text`` in pixels, with room for the last stroke."""
    return QFontMetrics(face).horizontalAdvance(harmless_line(text)) + 1


def fitting_parts(text: str, face: QFont, room: int) -> str:
    """As many of the facts of « one · two · three » as ``room`` holds; at least the first."""
    parts = harmless_line(text).split(_BETWEEN)
    while len(parts) > 1 and text_width(_BETWEEN.join(parts), face) > room:
        parts.pop()
    return QFontMetrics(face).elidedText(
        _BETWEEN.join(parts), Qt.TextElideMode.ElideRight, max(room, 0)
    )


def mirrored(direction: Qt.LayoutDirection, outer: QRect, box: QRect) -> QRect:
    """``box``, laid out from the left, at the side where reading starts."""
    return QStyle.visualRect(direction, outer, box)


def base_direction(text: str, screen: Qt.LayoutDirection) -> Qt.LayoutDirection:
    """The direction ``text`` is laid out in: its own when it has one script, else the screen's.

    A French term on an Arabic screen keeps « 29 ans » and its full stop in their places.
    """
    kinds = {unicodedata.bidirectional(char) for char in text}
    has_latin, has_arabic = "L" in kinds, bool(kinds & {"R", "AL"})
    if has_latin == has_arabic:
        return screen
    return Qt.LayoutDirection.RightToLeft if has_arabic else Qt.LayoutDirection.LeftToRight


def draw_text(
    painter: QPainter,
    box: QRect,
    text: str,
    direction: Qt.LayoutDirection,
    align: Qt.AlignmentFlag = START,
) -> None:
    """One line of ``text``, elided at its end, at the start or the end side of ``box``."""
    metrics, text = QFontMetrics(painter.font()), harmless_line(text)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    side = QStyle.visualAlignment(direction, align)
    painter.setLayoutDirection(base_direction(text, direction))
    # Absolute, because the side is resolved already and the painter would turn it again.
    flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
    painter.drawText(box, int(flags.value) | Qt.TextFlag.TextSingleLine.value, shown)


def key_cap_width(text: str) -> int:
    """Width of the key cap of ``text``."""
    return max(Height.KEY, text_width(text, font(Type.CAPTION)) + 2 * (Space.XS + 1))


def draw_key_cap(painter: QPainter, box: QRect, text: str, *, on: str = "surface") -> None:
    """A key cap; ``on`` is the token of the ground it stands on."""
    filled = on == "accent"
    ground = None if filled else "raised"
    edge = "on_accent" if filled else "hairline"
    if on == "disabled":
        ground = None
    draw_box(painter, QRectF(box), ground, edge, Radius.KEY, Line.HAIR)
    painter.save()
    painter.setFont(font(Type.CAPTION))
    painter.setPen(color({"accent": "on_accent", "disabled": "text3"}.get(on, "text2")))
    draw_text(painter, box, text, Qt.LayoutDirection.LeftToRight, CENTER)
    painter.restore()
