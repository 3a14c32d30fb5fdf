"""Delegates of the register's tables: figures, names in two scripts, chips, bars."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.proxy import draw_box, draw_ring
from avrr_desktop.ui.theme.tokens import Height, Line, Radius, Space, Type
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec, chip_size, draw_chip
from avrr_desktop.ui.widgets.drawing import (
    END,
    START,
    base_direction,
    draw_text,
    mirrored,
    text_width,
)
from avrr_desktop.ui.widgets.roles import CellRole, ShownName

Index = QModelIndex | QPersistentModelIndex
_State = QStyle.StateFlag
_GROUNDS = {
    CellRole.GAP: "bg",
    CellRole.DIFFERENCE: "warning_soft",
    CellRole.TOTAL: "raised",
}
_QUIET_TEXTS = frozenset({"0", "·", "—"})


def _is_set(index: Index, role: CellRole) -> bool:
    return bool(index.data(role))


class CellDelegate(QStyledItemDelegate):
    """Plain cells: selection and total grounds, sub rows, links, and no dotted focus."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, then content."""
        painter.save()
        # Qt keeps a stale option otherwise: hover and focus come from a copy with its own text.
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        self.paint_ground(painter, own, index)
        self.paint_content(painter, own, index)
        painter.restore()

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Selection, total or difference."""
        if option.state & _State.State_Selected:
            painter.fillRect(option.rect, color("selection"))
            return
        for role, ground in _GROUNDS.items():
            if _is_set(index, role):
                painter.fillRect(option.rect, color(ground))
                return

    def ink(self, index: Index) -> str:
        """The token of the text."""
        if _is_set(index, CellRole.DIFFERENCE):
            return "warning"
        if _is_set(index, CellRole.LINK):
            return "accent_text"
        if index.data() in _QUIET_TEXTS:
            return "text3"
        return "text2" if _is_set(index, CellRole.SUB) else "text"

    def is_bold(self, index: Index) -> bool:
        """Whether the text is bold."""
        return any(_is_set(index, role) for role in (CellRole.TOTAL, CellRole.BOLD)) or _is_set(
            index, CellRole.DIFFERENCE
        )

    def content_box(self, option: QStyleOptionViewItem, index: Index) -> QRect:
        """The room of the text: inside the padding, after a check box, indented in sub rows."""
        left = Space.S
        if option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            left += self._paint_check_room()
        if _is_set(index, CellRole.SUB) and index.column() == 0:
            left += Space.SUB_ROW
        box = option.rect.adjusted(left, 0, -Space.S, 0)
        return mirrored(option.direction, option.rect, box)

    def _paint_check_room(self) -> int:
        return Space.XL + Space.XS

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The check box if any, then the text."""
        if option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            _draw_check(painter, option)
        face = font(bold=self.is_bold(index))
        hovered = option.state & _State.State_MouseOver
        face.setUnderline(_is_set(index, CellRole.LINK) or bool(hovered and self.underlines(index)))
        painter.setFont(face)
        painter.setPen(color(self.ink(index)))
        side = END if option.displayAlignment & Qt.AlignmentFlag.AlignRight else START
        box = self.content_box(option, index)
        draw_text(painter, box, option.text, option.direction, side)

    def underlines(self, index: Index) -> bool:
        """Whether hover underlines the text."""
        return False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Text and padding; rows are never lower than the design's."""
        own = QStyleOptionViewItem(option)
        self.initStyleOption(own, index)
        width = text_width(own.text, font(bold=self.is_bold(index))) + 2 * Space.S
        if own.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            width += self._paint_check_room()
        least = Height.SUB_ROW if _is_set(index, CellRole.SUB) else Height.ROW
        return QSize(width, max(least, QFontMetrics(font()).height() + Space.XS))


def _draw_check(painter: QPainter, option: QStyleOptionViewItem) -> None:
    """The check box at the start of a cell."""
    size = 18
    top = option.rect.y() + (option.rect.height() - size) // 2
    box = QRect(option.rect.x() + Space.S, top, size, size)
    mark = QStyleOptionViewItem(option)
    mark.rect = mirrored(option.direction, option.rect, box)
    states = {
        Qt.CheckState.Checked: _State.State_On,
        Qt.CheckState.PartiallyChecked: _State.State_NoChange,
    }
    mark.state = _State.State_Enabled | states.get(option.checkState, _State.State_Off)
    view = option.widget
    if view is not None:
        view.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck, mark, painter, view
        )


class FigureDelegate(CellDelegate):
    """Figures at the end side: zero paler, total on raised ground, ring on the current cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell, then the focus ring on its edge."""
        super().paint(painter, option, index)
        if option.state & _State.State_HasFocus:
            draw_ring(painter, QRectF(option.rect), Radius.KEY)

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The current cell keeps the card's ground inside its ring."""
        if option.state & _State.State_HasFocus:
            painter.fillRect(option.rect, color("surface"))
            return
        super().paint_ground(painter, option, index)

    def underlines(self, index: Index) -> bool:
        """Hover underlines figures that open their persons."""
        return index.data() not in _QUIET_TEXTS


class NameDelegate(CellDelegate):
    """« **KONÉ** Aïcha », and the other script at the end side when the model gives it."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Family name bold, given names, other script."""
        name = index.data(CellRole.NAME)
        if not isinstance(name, ShownName):
            super().paint_content(painter, option, index)
            return
        if option.features & QStyleOptionViewItem.ViewItemFeature.HasCheckIndicator:
            _draw_check(painter, option)
        outer = self.content_box(option, index)
        x, room = outer.x(), outer.width()
        direction = option.direction
        names = QRect(x, outer.y(), min(_names_width(name), room), outer.height())
        self._draw_names(painter, name, mirrored(direction, outer, names), direction)
        x, room = x + names.width(), room - names.width()
        if name.other and room > Space.XL:
            painter.setFont(font())
            painter.setPen(color("text2"))
            box = QRect(x + Space.S, outer.y(), room - Space.S, outer.height())
            draw_text(painter, mirrored(direction, outer, box), name.other, direction, END)

    def _draw_names(
        self, painter: QPainter, name: ShownName, room: QRect, direction: Qt.LayoutDirection
    ) -> None:
        """Family name, then given names, in the direction of their own script."""
        run = base_direction(name.family + name.given, direction)
        x, left = room.x(), room.width()
        painter.setPen(color("text"))
        for text, bold in ((name.family, True), (name.given, False)):
            painter.setFont(font(bold=bold))
            width = min(text_width(text, painter.font()) + Space.XS, left)
            box = mirrored(run, room, QRect(x, room.y(), width, room.height()))
            draw_text(painter, box, text, run, START)
            x, left = x + width, left - width

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for all the names."""
        size = super().sizeHint(option, index)
        name = index.data(CellRole.NAME)
        if isinstance(name, ShownName):
            width = _names_width(name) + text_width(name.other, font()) + 2 * Space.M + Space.S
            size.setWidth(max(size.width(), width))
        return size


def _names_width(name: ShownName) -> int:
    given = text_width(name.given, font())
    return text_width(name.family, font(bold=True)) + given + 2 * Space.XS


class ChipDelegate(CellDelegate):
    """Chips on one line; what does not fit becomes « +n »."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As many chips as fit."""
        specs = list(_chips_of(index))
        outer = self.content_box(option, index)
        x, end = outer.x(), outer.right() + 1
        for place, wanted in enumerate(specs):
            spec, rest = wanted, len(specs) - place
            size = chip_size(spec)
            more = ChipSpec(f"\u2066+{rest}\u2069", ChipKind.REASON)
            keep = 0 if rest == 1 else chip_size(more).width() + Space.XS
            if x + size.width() + keep > end and place > 0:
                spec, size, rest, keep = more, chip_size(more), 0, 0
            width = min(size.width(), end - x - keep)
            if width <= 0:
                return
            top = outer.y() + (outer.height() - size.height()) // 2
            box = mirrored(option.direction, outer, QRect(x, top, width, size.height()))
            draw_chip(painter, box, spec, option.direction)
            if rest == 0:
                return
            x += width + Space.XS + 2

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for every chip."""
        widths = [chip_size(spec).width() for spec in _chips_of(index)]
        size = super().sizeHint(option, index)
        wanted = sum(widths) + (Space.XS + 2) * max(0, len(widths) - 1) + 2 * Space.S
        return QSize(max(size.width(), wanted), size.height())


def _chips_of(index: Index) -> Sequence[ChipSpec]:
    found = index.data(CellRole.CHIPS)
    return [spec for spec in found or () if isinstance(spec, ChipSpec)]


class BarDelegate(CellDelegate):
    """A bar from the start side, as long as ``CellRole.BAR`` says; its number is another cell."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The bar."""
        share = index.data(CellRole.BAR)
        if not isinstance(share, (int, float)) or share <= 0:
            return
        outer = self.content_box(option, index)
        width = max(2, round(outer.width() * min(1.0, float(share))))
        top = outer.y() + (outer.height() - Height.BAR) // 2
        box = mirrored(option.direction, outer, QRect(outer.x(), top, width, Height.BAR))
        draw_box(painter, QRectF(box), "chart1", None, 2, Line.HAIR)


class TwoLineDelegate(CellDelegate):
    """A bold line over a smaller one: the display text split at its first line break."""

    def paint_content(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Both lines."""
        first, _break, second = str(index.data() or "").partition("\n")
        outer = self.content_box(option, index)
        half = outer.height() // 2
        for text, face, token, top in (
            (first, font(bold=True), "text", 0),
            (second, font(Type.CAPTION), "text2", half),
        ):
            painter.setFont(face)
            painter.setPen(color(token))
            box = QRect(outer.x(), outer.y() + top, outer.width(), half)
            draw_text(painter, box, text, option.direction, START)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and padding."""
        size = super().sizeHint(option, index)
        lines = QFontMetrics(font(bold=True)).height() + QFontMetrics(font(Type.CAPTION)).height()
        return QSize(size.width(), lines + Space.M)
