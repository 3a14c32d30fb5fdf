"""What a chip looks like: shared by the chip widget and the chip delegate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Radius, Space, Type
from avrr_desktop.ui.widgets.drawing import CENTER, draw_text, mirrored, text_width


class ChipKind(StrEnum):
    """What a chip says about its words."""

    FILTER = "filter"
    IN_FORCE = "in_force"
    IMPOSED = "imposed"
    OK = "ok"
    WARNING = "warning"
    ERROR = "error"
    ACCENT = "accent"
    REASON = "reason"
    PENDING = "pending"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class ChipSpec:
    """One chip: words, kind, and an icon where the kind has none of its own."""

    text: str
    kind: ChipKind = ChipKind.REASON
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class _Look:
    """Tokens of one kind, and the icons it always carries."""

    ink: str
    ground: str | None
    edge: str | None
    leading: str | None = None
    trailing: str | None = None


_LOOKS: Final = {
    ChipKind.FILTER: _Look("text2", "surface", "control", trailing="chevron-down"),
    ChipKind.IN_FORCE: _Look("on_accent", "accent", None, trailing="x"),
    ChipKind.IMPOSED: _Look("text2", "raised", "control", leading="lock"),
    ChipKind.OK: _Look("ok", "ok_soft", None, leading="circle-check"),
    ChipKind.WARNING: _Look("warning", "warning_soft", None, leading="triangle-alert"),
    ChipKind.ERROR: _Look("error", "error_soft", None, leading="circle-alert"),
    ChipKind.ACCENT: _Look("accent_text", "accent_soft", None),
    ChipKind.REASON: _Look("text2", "surface", "hairline"),
    ChipKind.PENDING: _Look("accent_text", "surface", "accent_text"),
    ChipKind.COUNT: _Look("text2", "raised", "hairline"),
}


def _face(kind: ChipKind) -> QFont:
    return font(Type.CAPTION, bold=kind is ChipKind.PENDING)


def _leading(spec: ChipSpec) -> str | None:
    return spec.icon or _LOOKS[spec.kind].leading


def chip_height(kind: ChipKind) -> int:
    """24, or 20 for a count; more when the font needs it."""
    base = Height.COUNT if kind is ChipKind.COUNT else Height.CHIP
    return max(base, _text_line(kind))


def _text_line(kind: ChipKind) -> int:
    """Height of one line of a chip's text."""
    return QFontMetrics(_face(kind)).height()


def chip_size(spec: ChipSpec) -> QSize:
    """The room ``spec`` takes."""
    side = Space.S if spec.kind in {ChipKind.COUNT, ChipKind.PENDING} else Space.M - 2
    width = text_width(spec.text, _face(spec.kind)) + 2 * side
    icons = (_leading(spec), _LOOKS[spec.kind].trailing)
    width += sum(IconSize.CHIP + Space.XS + 1 for name in icons if name)
    height = chip_height(spec.kind)
    return QSize(max(width, height), height)


def closing_box(box: QRect, direction: Qt.LayoutDirection) -> QRect:
    """Where the cross of a filter in force is: a target as high as the chip."""
    end = QRect(box.right() - box.height() + 1, box.y(), box.height(), box.height())
    return mirrored(direction, box, end)


def draw_chip(
    painter: QPainter,
    box: QRect,
    spec: ChipSpec,
    direction: Qt.LayoutDirection,
    *,
    hovered: bool = False,
) -> None:
    """Draw ``spec`` filling ``box``."""
    look = _LOOKS[spec.kind]
    painter.save()
    _draw_ground(painter, box, spec.kind, look, hovered=hovered)
    side = Space.S if spec.kind in {ChipKind.COUNT, ChipKind.PENDING} else Space.M - 2
    left, right = box.left() + side, box.right() + 1 - side
    size, gap = IconSize.CHIP, Space.XS + 1
    leading = _leading(spec)
    top = box.y() + (box.height() - size) // 2
    if leading:
        place = mirrored(direction, box, QRect(left, top, size, size))
        draw_icon(painter, QRectF(place), leading, look.ink)
        left += size + gap
    if look.trailing:
        place = mirrored(direction, box, QRect(right - size, top, size, size))
        draw_icon(painter, QRectF(place), look.trailing, look.ink)
        right -= size + gap
    painter.setFont(_face(spec.kind))
    painter.setPen(color(look.ink))
    words = mirrored(direction, box, QRect(left, box.y(), right - left, box.height()))
    draw_text(painter, words, spec.text, direction, CENTER)
    painter.restore()


def _draw_ground(
    painter: QPainter, box: QRect, kind: ChipKind, look: _Look, *, hovered: bool
) -> None:
    """Fill and edge; the pending frame is dashed and less round."""
    if kind is not ChipKind.PENDING:
        ground = look.ground
        if hovered:
            ground = "accent_hover" if kind is ChipKind.IN_FORCE else "raised"
        draw_box(painter, QRectF(box), ground, look.edge, (box.height() - 1) / 2, Line.HAIR)
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color(look.edge or "control"), 1.4)
    pen.setDashPattern([2.6, 1.8])
    painter.setPen(pen)
    painter.setBrush(color(look.ground or "surface"))
    painter.drawRoundedRect(QRectF(box).adjusted(1, 1, -1, -1), Radius.FIELD, Radius.FIELD)
