"""An item of the left navigation: icon, words, a count or a key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.proxy import draw_box
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Radius, Space, Type
from avrr_desktop.ui.widgets.drawing import CENTER, START, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.tips import plain_tip


class NavItem(QAbstractButton):
    """A place one can go; checked while one is there."""

    def __init__(
        self,
        text: str,
        icon: str,
        *,
        key: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._key = icon, key
        self._count: int | None = None
        self._low = False
        self.setText(text)
        self.setObjectName(name or f"nav-{icon}")
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(plain_tip(text))

    def set_count(self, count: int | None) -> None:
        """Show a badge; ``None`` or 0 hides it."""
        self._count = count or None
        extra = f" {number_text(count)}" if count else ""
        self.setAccessibleName(self.text() + extra)
        self.update()

    def set_low(self, low: bool) -> None:
        """Lower items in low windows."""
        self._low = low
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as the design says, or as the font needs."""
        least = Height.NAV_ITEM_LOW if self._low else Height.NAV_ITEM
        words = text_width(self.text(), font(bold=True))
        width = words + IconSize.NAV + 2 * Space.M + Space.XL
        return QSize(width, max(least, self.fontMetrics().height() + Space.XS))

    def minimumSizeHint(self) -> QSize:
        """Words may be cut; the tooltip has them."""
        return QSize(Height.NAV_ITEM, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and theme."""
        super().changeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, mark, icon, words, badge, ring."""
        with QPainter(self) as painter:
            box, direction, here = self.rect(), self.layoutDirection(), self.isChecked()
            if here or self.underMouse():
                draw_box(painter, QRectF(box), "nav_selected", None, Radius.FIELD, Line.HAIR)
            if here:
                mark = QRect(0, Space.XS, 3, box.height() - 2 * Space.XS)
                draw_box(painter, QRectF(mirrored(direction, box, mark)), "nav_mark", None, 1, 1)
            ink = "on_nav_selected" if here else "nav_text"
            x, size = Space.M - 2, IconSize.NAV
            place = QRect(x, (box.height() - size) // 2, size, size)
            draw_icon(painter, QRectF(mirrored(direction, box, place)), self._icon_name, ink)
            x += size + Space.M - 2
            end = self._draw_end(painter)
            painter.setFont(font(bold=here))
            painter.setPen(color(ink))
            words = QRect(x, 0, end - x - Space.XS, box.height())
            draw_text(painter, mirrored(direction, box, words), self.text(), direction, START)
            if self.hasFocus():
                self._draw_ring(painter)

    def _draw_end(self, painter: QPainter) -> int:
        """The badge or the key; returns where the words must stop."""
        text = number_text(self._count) if self._count else self._key
        if not text:
            return self.width() - Space.XS
        painter.setFont(font(Type.CAPTION))
        width = text_width(text, painter.font()) + 2 * Space.S
        high = Height.COUNT
        box = QRect(self.width() - width - Space.S, (self.height() - high) // 2, width, high)
        place = mirrored(self.layoutDirection(), self.rect(), box)
        if self._count:
            draw_box(painter, QRectF(place), "nav_selected", None, high / 2, Line.HAIR)
        painter.setPen(color("on_nav_selected" if self._count else "nav_dim"))
        draw_text(painter, place, text, Qt.LayoutDirection.LeftToRight, CENTER)
        return box.x()

    def _draw_ring(self, painter: QPainter) -> None:
        """The ring in the pale mark colour: the accent would not show on this ground."""
        inner = QRectF(self.rect())
        draw_box(painter, inner, None, "nav_mark", Radius.FIELD, Line.FOCUS)
