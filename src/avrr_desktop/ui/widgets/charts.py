"""Bars by row and small monthly columns: from zero, value as text, no axis and no legend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.proxy import draw_box, draw_ring
from avrr_desktop.ui.theme.tokens import Height, Line, Radius, Space, Type
from avrr_desktop.ui.widgets.drawing import CENTER, END, START, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.formats import ltr, number_text

_LABEL_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its words, its number, what stands in brackets, and its chart token."""

    label: str
    value: int
    share: str = ""
    tone: str = "chart1"

    def spoken(self) -> str:
        """The row as a sentence part."""
        return f"{self.label} {number_text(self.value)}" + (
            f" ({self.share})" if self.share else ""
        )


class BarChart(QWidget):
    """Bars under each other; arrows move, Enter or a click asks for the row's persons."""

    activated = Signal(int)

    def __init__(self, title: str, bars: Sequence[Bar] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = list(bars)
        self._row = 0
        self.setObjectName("bar-chart")
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._describe()

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Show these rows."""
        self._bars = list(bars)
        self._row = min(self._row, max(0, len(self._bars) - 1))
        self._describe()
        self.updateGeometry()
        self.update()

    def current_row(self) -> int:
        """The row with the focus."""
        return self._row

    def _describe(self) -> None:
        self.setAccessibleDescription(", ".join(bar.spoken() for bar in self._bars))

    def _row_height(self) -> int:
        return max(Height.SUB_ROW - 1, QFontMetrics(font()).height() + Space.XS)

    def sizeHint(self) -> QSize:
        """All rows."""
        return QSize(240, self._row_height() * len(self._bars))

    def minimumSizeHint(self) -> QSize:
        """All rows, narrow."""
        return QSize(160, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and theme."""
        super().changeEvent(event)
        self.updateGeometry()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click asks for the row."""
        row = int(event.position().y()) // self._row_height()
        if 0 <= row < len(self._bars):
            self._row = row
            self.update()
            self.activated.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down move, Enter asks."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and 0 <= self._row + step < len(self._bars):
            self._row += step
            self.update()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._bars:
            self.activated.emit(self._row)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every row."""
        with QPainter(self) as painter:
            high = self._row_height()
            largest = max((bar.value for bar in self._bars), default=0)
            longest = max((text_width(bar.label, font()) for bar in self._bars), default=0)
            label_room = min(longest, int(self.width() * _LABEL_SHARE))
            end_room = max((self._end_width(bar) for bar in self._bars), default=0)
            for row, bar in enumerate(self._bars):
                line = QRect(0, row * high, self.width(), high)
                self._draw_row(painter, line, bar, (label_room, end_room, largest))
                if row == self._row and self.hasFocus():
                    draw_ring(painter, QRectF(line), Radius.KEY)

    def _end_width(self, bar: Bar) -> int:
        number = text_width(number_text(bar.value), font(bold=True))
        return number + (text_width(f" ({bar.share})", font()) + Space.XS if bar.share else 0)

    def _draw_row(
        self, painter: QPainter, line: QRect, bar: Bar, rooms: tuple[int, int, int]
    ) -> None:
        label_room, end_room, largest = rooms
        direction = self.layoutDirection()
        painter.setFont(font())
        painter.setPen(color("text"))
        words = QRect(Space.XS, line.y(), label_room, line.height())
        draw_text(painter, mirrored(direction, line, words), bar.label, direction, START)
        start = Space.XS + label_room + Space.M + Space.XS
        room = line.width() - start - end_room - Space.M - Space.XS
        if largest > 0 and bar.value > 0 and room > 0:
            width = max(2, round(room * bar.value / largest))
            top = line.y() + (line.height() - Height.BAR) // 2
            box = mirrored(direction, line, QRect(start, top, width, Height.BAR))
            draw_box(painter, QRectF(box), bar.tone, None, 2, Line.HAIR)
        self._draw_end(painter, line, bar)

    def _draw_end(self, painter: QPainter, line: QRect, bar: Bar) -> None:
        direction = self.layoutDirection()
        right = line.width() - Space.XS
        if bar.share:
            share = ltr(f"({bar.share})")
            width = text_width(share, font())
            painter.setPen(color("text2"))
            box = QRect(right - width, line.y(), width, line.height())
            draw_text(painter, mirrored(direction, line, box), share, direction, END)
            right -= width + Space.XS
        painter.setFont(font(bold=True))
        painter.setPen(color("text"))
        width = text_width(number_text(bar.value), painter.font())
        box = QRect(right - width, line.y(), width, line.height())
        draw_text(painter, mirrored(direction, line, box), number_text(bar.value), direction, END)


class MonthColumns(QWidget):
    """Small columns, one per month, the number above and the month below."""

    def __init__(
        self,
        title: str,
        columns: Sequence[tuple[str, int]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = list(columns)
        self._title = title
        self.setObjectName("month-columns")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_columns(columns)

    def set_columns(self, columns: Sequence[tuple[str, int]]) -> None:
        """Show these months."""
        self._columns = list(columns)
        self.setAccessibleName(self._title)
        self.setAccessibleDescription(
            ", ".join(f"{label} {number_text(value)}" for label, value in self._columns)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines of text and the columns between."""
        line = QFontMetrics(font(Type.CAPTION)).height()
        return QSize(240, 2 * line + 56)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Columns in reading order."""
        with QPainter(self) as painter:
            painter.setFont(font(Type.CAPTION))
            line = QFontMetrics(painter.font()).height()
            largest = max((value for _label, value in self._columns), default=0)
            step = self.width() // max(1, len(self._columns))
            room = self.height() - 2 * line - Space.XS
            for place, (label, value) in enumerate(self._columns):
                slot = mirrored(
                    self.layoutDirection(), self.rect(), QRect(place * step, 0, step, self.height())
                )
                high = round(room * value / largest) if largest else 0
                top = line + room - high
                width = min(28, step - Space.S)
                box = QRectF(slot.center().x() - width / 2, top, width, high)
                draw_box(painter, box, "chart1", None, 2, Line.HAIR)
                painter.setPen(color("text"))
                over = QRect(slot.x(), top - line, slot.width(), line)
                draw_text(painter, over, number_text(value), self.layoutDirection(), CENTER)
                painter.setPen(color("text2"))
                under = QRect(slot.x(), self.height() - line, slot.width(), line)
                draw_text(painter, under, label, self.layoutDirection(), CENTER)
