"""The three steps of a closing, the present one filled: decoration that says where one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Space
from avrr_desktop.ui.widgets.drawing import CENTER, START, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.tips import plain_tip

_DISC = Height.TARGET
_DASH = Space.XXL


class Steps(QWidget):
    """Numbered discs with their words; those done carry a check."""

    def __init__(self, words: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("closing-steps")
        self._words = tuple(words)
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_step(0)

    def step(self) -> int:
        """The present step; as many as there are once all is done."""
        return self._at

    def set_step(self, at: int) -> None:
        """Show a step as the present one."""
        self._at = at
        if at < len(self._words):
            said = tr(
                "Step {number} of {total}: {word}",
                number=at + 1,
                total=len(self._words),
                word=self._words[at],
            )
        else:
            said = tr("All steps are done")
        self.setAccessibleName(said)
        self.setToolTip(plain_tip(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Discs, words and the dashes between."""
        words = sum(text_width(word, font(bold=True)) for word in self._words)
        each = len(self._words) * (_DISC + Space.S)
        between = (len(self._words) - 1) * (_DASH + 2 * Space.S)
        return QSize(words + each + between, _DISC + Space.XS)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From the start side."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            x, middle = 0, self.height() // 2
            for place, word in enumerate(self._words):
                self._draw_disc(painter, QRect(x, middle - _DISC // 2, _DISC, _DISC), place)
                x += _DISC + Space.S
                width = text_width(word, font(bold=True))
                painter.setFont(font(bold=place == self._at))
                painter.setPen(color("accent_text" if place == self._at else "text2"))
                box = QRect(x, 0, width, self.height())
                draw_text(painter, self._turned(box), word, self.layoutDirection(), START)
                x += width + Space.S
                if place < len(self._words) - 1:
                    dash = QRect(x, middle, _DASH, Line.HAIR)
                    painter.fillRect(self._turned(dash), color("control"))
                    x += _DASH + Space.S

    def _draw_disc(self, painter: QPainter, box: QRect, place: int) -> None:
        round_box, radius = QRectF(self._turned(box)), _DISC / 2
        if place == self._at:
            draw_box(painter, round_box, "accent", None, radius, Line.HAIR)
        else:
            draw_box(painter, round_box, "surface", "control", radius, Line.HAIR)
        if place < self._at:
            size = IconSize.CHIP
            inset = (_DISC - size) / 2
            inner = round_box.adjusted(inset, inset, -inset, -inset)
            draw_icon(painter, inner, "check", "ok")
            return
        painter.setFont(font(bold=True))
        painter.setPen(color("on_accent" if place == self._at else "text2"))
        number = str(place + 1)
        draw_text(painter, round_box.toRect(), number, Qt.LayoutDirection.LeftToRight, CENTER)

    def _turned(self, box: QRect) -> QRect:
        return mirrored(self.layoutDirection(), self.rect(), box)
