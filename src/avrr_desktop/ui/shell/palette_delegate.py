"""Draws the rows of the search palette: matched parts bold and underlined, chips at the end."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avrr_desktop.ui.shell.palette_rows import ROW_ROLE, PaletteRow, RowKind, Spans
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Space, Type
from avrr_desktop.ui.widgets.chip_drawing import ChipSpec, chip_size, draw_chip
from avrr_desktop.ui.widgets.drawing import (
    CENTER,
    END,
    START,
    draw_key_cap,
    draw_text,
    key_cap_width,
    mirrored,
    text_width,
)

Index = QModelIndex | QPersistentModelIndex
_AVATAR = 36
_WORDS_AT = Space.L + _AVATAR + Space.M
_MARK = 3


class PaletteDelegate(QStyledItemDelegate):
    """One row of the palette."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(ROW_ROLE)
        line = QFontMetrics(font()).height()
        caption = QFontMetrics(font(Type.CAPTION)).height()
        if not isinstance(row, PaletteRow) or row.kind is RowKind.HEADER:
            return QSize(0, caption + Space.M)
        if row.second:
            return QSize(0, max(52, line + caption + Space.L))
        return QSize(0, max(Height.BUTTON + Space.S, line + Space.L))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, PaletteRow):
            return
        painter.save()
        drawing = _RowDrawing(painter, option.rect, option.direction, row)
        drawing.draw(selected=bool(option.state & QStyle.StateFlag.State_Selected))
        painter.restore()


class _RowDrawing:
    """The parts of one row, each placed in reading direction."""

    def __init__(
        self, painter: QPainter, box: QRect, direction: Qt.LayoutDirection, row: PaletteRow
    ) -> None:
        self._painter, self._box, self._direction, self._row = painter, box, direction, row
        self._end = box.right() + 1 - Space.L

    def draw(self, *, selected: bool) -> None:
        box, painter = self._box, self._painter
        if selected:
            painter.fillRect(box, color("selection"))
            mark = QRect(box.x(), box.y(), _MARK, box.height())
            painter.fillRect(self._place(mark), color("accent_text"))
        if self._row.line_above:
            painter.fillRect(QRect(box.x(), box.y(), box.width(), Line.HAIR), color("hairline"))
        if self._row.kind is RowKind.HEADER:
            self._draw_header()
            return
        self._draw_sign()
        self._draw_end()
        self._draw_words()

    def _place(self, rect: QRect) -> QRect:
        return mirrored(self._direction, self._box, rect)

    def _draw_header(self) -> None:
        inner = self._box.adjusted(Space.L, 0, -Space.L, 0)
        self._painter.setFont(font(Type.CAPTION))
        self._painter.setPen(color("text2"))
        draw_text(self._painter, inner, self._row.title, self._direction, START)
        draw_text(self._painter, inner, self._row.second, self._direction, END)

    def _draw_sign(self) -> None:
        """Initials in a circle, or an icon."""
        row, box = self._row, self._box
        top = box.y() + (box.height() - _AVATAR) // 2
        circle = self._place(QRect(box.x() + Space.L, top, _AVATAR, _AVATAR))
        if row.letters:
            draw_box(self._painter, QRectF(circle), "accent_soft", None, _AVATAR / 2, Line.HAIR)
            self._painter.setFont(font(Type.CAPTION, bold=True))
            self._painter.setPen(color("accent_text"))
            self._painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, row.letters)
            return
        size = IconSize.NAV
        inner = QRectF(0, 0, size, size)
        inner.moveCenter(QRectF(circle).center())
        draw_icon(self._painter, inner, row.icon, "accent_text")

    def _draw_end(self) -> None:
        """Chips or a key, from the end; the words stop before them."""
        for text in reversed(self._row.chips):
            spec = ChipSpec(text)
            size = chip_size(spec)
            self._end -= size.width()
            top = self._box.y() + (self._box.height() - size.height()) // 2
            place = QRect(self._end, top, size.width(), size.height())
            draw_chip(self._painter, self._place(place), spec, self._direction)
            self._end -= Space.S
        if self._row.key:
            width = key_cap_width(self._row.key)
            top = self._box.y() + (self._box.height() - Height.KEY) // 2
            self._end -= width
            draw_key_cap(
                self._painter,
                self._place(QRect(self._end, top, width, Height.KEY)),
                self._row.key,
            )
            self._end -= Space.M

    def _draw_words(self) -> None:
        row, box = self._row, self._box
        start = box.x() + _WORDS_AT
        line = QFontMetrics(font()).height()
        caption = QFontMetrics(font(Type.CAPTION)).height() if row.second else 0
        top = box.y() + (box.height() - line - caption) // 2
        if row.bold:
            self._draw_plain(row.title, font(bold=True), "text", start, top, line)
        else:
            after = self._draw_marked(row.title, row.title_spans, "text", start, top)
            if row.other:
                self._draw_marked(row.other, row.other_spans, "text2", after + Space.M, top)
        if row.second:
            self._draw_plain(row.second, font(Type.CAPTION), "text2", start, top + line, caption)

    def _draw_plain(
        self, text: str, face: QFont, token: str, start: int, top: int, height: int
    ) -> None:
        self._painter.setFont(face)
        self._painter.setPen(color(token))
        place = self._place(QRect(start, top, self._end - start, height))
        draw_text(self._painter, place, text, self._direction, START)

    def _draw_marked(self, text: str, spans: Spans, token: str, start: int, top: int) -> int:
        """Pieces one after another in the direction of the text itself; where they end."""
        pieces = _pieces(text, spans)
        faces = [_face(marked=marked) for _, marked in pieces]
        widths = [text_width(piece, face) for (piece, _), face in zip(pieces, faces, strict=True)]
        total = min(sum(widths), max(0, self._end - start))
        height = QFontMetrics(font()).height()
        outer = self._place(QRect(start, top, total, height))
        rtl = any("\u0600" <= letter <= "\u06ff" for letter in text)
        own = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
        x = outer.x()
        self._painter.setPen(color(token))
        for (piece, _), face, width in zip(pieces, faces, widths, strict=True):
            self._painter.setFont(face)
            room = min(width, outer.right() + 1 - x)
            if room > 0:
                place = mirrored(own, outer, QRect(x, outer.y(), room, height))
                draw_text(self._painter, place, piece, own, CENTER)
            x += width
        return start + total


def _face(*, marked: bool) -> QFont:
    face = font(bold=marked)
    face.setUnderline(marked)
    return face


def _pieces(text: str, spans: Spans) -> list[tuple[str, bool]]:
    """The text cut where a matched part begins or ends."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for start, end in spans:
        if start > at:
            pieces.append((text[at:start], False))
        pieces.append((text[start:end], True))
        at = end
    if at < len(text):
        pieces.append((text[at:], False))
    return pieces
