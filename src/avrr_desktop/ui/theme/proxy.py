"""The proxy style: focus ring, check boxes, combos and arrows drawn from the tokens."""

from __future__ import annotations

from typing import Final, cast

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComboBox,
    QStyleOptionComplex,
    QStyleOptionHeader,
    QWidget,
)

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Radius, Space

_Element = QStyle.PrimitiveElement
_State = QStyle.StateFlag
_Metric = QStyle.PixelMetric

_METRICS: Final = {
    _Metric.PM_SmallIconSize: IconSize.BUTTON,
    _Metric.PM_ButtonIconSize: IconSize.BUTTON,
    _Metric.PM_ScrollBarExtent: Line.SCROLL_BAR,
    _Metric.PM_IndicatorWidth: 18,
    _Metric.PM_IndicatorHeight: 18,
    _Metric.PM_ExclusiveIndicatorWidth: 18,
    _Metric.PM_ExclusiveIndicatorHeight: 18,
    _Metric.PM_CheckBoxLabelSpacing: Space.S,
    _Metric.PM_FocusFrameHMargin: 2,
    _Metric.PM_FocusFrameVMargin: 2,
}
_ARROWS: Final = {
    _Element.PE_IndicatorArrowDown: "chevron-down",
    _Element.PE_IndicatorArrowUp: "chevron-up",
    _Element.PE_IndicatorArrowLeft: "chevron-left",
    _Element.PE_IndicatorArrowRight: "chevron-right",
}
_CHECKS: Final = frozenset({_Element.PE_IndicatorCheckBox, _Element.PE_IndicatorItemViewItemCheck})
_FIELD_EDGES: Final = {"error": "error", "confirm": "warning"}


def draw_ring(painter: QPainter, rect: QRectF, radius: float) -> None:
    """The focus ring along the inside of ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color("accent_text"), Line.FOCUS))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = Line.FOCUS / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def draw_box(
    painter: QPainter, rect: QRectF, ground: str | None, edge: str | None, radius: float, width: int
) -> None:
    """A rounded box with the tokens ``ground`` and ``edge`` (``None``: not drawn)."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(color(edge), width) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(color(ground) if ground else Qt.BrushStyle.NoBrush)
    half = width / 2 if edge else 0
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def _draw_check(painter: QPainter, option: QStyleOption) -> None:
    """A square check box; half-checked shows a bar."""
    on = bool(option.state & (_State.State_On | _State.State_NoChange))
    enabled = bool(option.state & _State.State_Enabled)
    rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
    ground = ("accent" if enabled else "control") if on else "surface"
    edge = ground if on else ("control" if enabled else "hairline")
    draw_box(painter, rect, ground, edge, Radius.KEY, Line.HAIR)
    if not on:
        return
    if option.state & _State.State_NoChange:
        middle = rect.center()
        painter.setPen(QPen(color("on_accent"), 2))
        painter.drawLine(
            QPointF(rect.left() + 4, middle.y()), QPointF(rect.right() - 4, middle.y())
        )
        return
    draw_tick(painter, rect.adjusted(2, 2, -2, -2), color("on_accent"))


def draw_tick(painter: QPainter, rect: QRectF, ink: QColor) -> None:
    """A check mark filling ``rect``; never mirrored."""
    path = QPainterPath(QPointF(rect.left() + rect.width() * 0.15, rect.center().y()))
    path.lineTo(rect.left() + rect.width() * 0.4, rect.bottom() - rect.height() * 0.22)
    path.lineTo(rect.right() - rect.width() * 0.12, rect.top() + rect.height() * 0.22)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(ink, 2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
    painter.restore()


def _draw_radio(painter: QPainter, option: QStyleOption) -> None:
    """A round choice."""
    on = bool(option.state & _State.State_On)
    rect = QRectF(option.rect).adjusted(1, 1, -1, -1)
    draw_box(painter, rect, "surface", "accent" if on else "control", rect.height() / 2, Line.HAIR)
    if on:
        dot = rect.adjusted(4, 4, -4, -4)
        draw_box(painter, dot, "accent", None, dot.height() / 2, Line.HAIR)


def _draw_combo(painter: QPainter, option: QStyleOptionComboBox, widget: QWidget | None) -> None:
    """The frame and the chevron of a combo; its text is drawn by Qt."""
    enabled = bool(option.state & _State.State_Enabled)
    focused = bool(option.state & _State.State_HasFocus)
    state = str(widget.property("state") or "") if widget is not None else ""
    edge = _FIELD_EDGES.get(state, "control" if enabled else "hairline")
    width = Line.FOCUS if state in _FIELD_EDGES else Line.HAIR
    if focused:  # before a fault, whose words stand under the field
        edge, width = "accent_text", Line.FOCUS
    ground = "surface" if enabled else "raised"
    draw_box(painter, QRectF(option.rect), ground, edge, Radius.FIELD - 1, width)
    draw_chevron(painter, option.rect, option.direction, "text2" if enabled else "text3")


def draw_chevron(
    painter: QPainter, rect: QRect, direction: Qt.LayoutDirection, token: str = "text2"
) -> None:
    """The small arrow at the end side of a field or a chip."""
    size = IconSize.FIELD
    box = QRect(rect.right() - size - Space.S, rect.center().y() - size // 2 + 1, size, size)
    box = QStyle.visualRect(direction, rect, box)
    draw_icon(painter, QRectF(box), "chevron-down", token)


class AvrrStyle(QProxyStyle):
    """Fusion with the register's own marks.

    Hints of behaviour stand in the style sheet: Qt asks for them thousands of times a page.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Sizes of the design; the rest is Fusion's."""
        own = _METRICS.get(metric)
        return own if own is not None else super().pixelMetric(metric, option, widget)

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Focus ring, check marks and arrows."""
        if element == _Element.PE_FrameFocusRect:
            # Qt gives the room of the label; the ring belongs outside the button.
            whole = widget.rect() if isinstance(widget, QAbstractButton) else option.rect
            draw_ring(painter, QRectF(whole), Radius.FIELD + 1)
        elif element in _CHECKS:
            _draw_check(painter, option)
        elif element == _Element.PE_IndicatorRadioButton:
            _draw_radio(painter, option)
        elif element in _ARROWS:
            self._draw_arrow(painter, option, _ARROWS[element])
        elif element == _Element.PE_IndicatorHeaderArrow:
            up = _header_arrow_is_up(option)
            self._draw_arrow(painter, option, "arrow-up" if up else "arrow-down")
        else:
            super().drawPrimitive(element, option, painter, widget)

    def _draw_arrow(self, painter: QPainter, option: QStyleOption, name: str) -> None:
        size = min(IconSize.CHIP, option.rect.width(), option.rect.height())
        box = QRectF(0, 0, size, size)
        box.moveCenter(QRectF(option.rect).center())
        draw_icon(painter, box, name, "text2")

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Combos look like fields."""
        if control == QStyle.ComplexControl.CC_ComboBox and isinstance(
            option, QStyleOptionComboBox
        ):
            _draw_combo(painter, option, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        """Where the text of a combo goes."""
        if (
            control == QStyle.ComplexControl.CC_ComboBox
            and part == QStyle.SubControl.SC_ComboBoxEditField
        ):
            end = IconSize.FIELD + Space.M
            box = option.rect.adjusted(Space.S + 2, 2, -end, -2)
            return QStyle.visualRect(option.direction, option.rect, box)
        return super().subControlRect(control, option, part, cast("QWidget", widget))

    def sizeFromContents(
        self,
        kind: QStyle.ContentsType,
        option: QStyleOption,
        size: QSize,
        widget: QWidget | None = None,
    ) -> QSize:
        """Combos are as high as fields."""
        own = super().sizeFromContents(kind, option, size, cast("QWidget", widget))
        if kind == QStyle.ContentsType.CT_ComboBox:
            return own.expandedTo(QSize(0, max(Height.FIELD, size.height() + Space.S)))
        return own


def _header_arrow_is_up(option: QStyleOption) -> bool:
    """Whether values grow downwards: Qt calls ascending order ``SortDown``."""
    down = QStyleOptionHeader.SortIndicator.SortDown
    return isinstance(option, QStyleOptionHeader) and option.sortIndicator == down
