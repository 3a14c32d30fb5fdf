"""Buttons: primary, secondary, quiet, danger and link, with icon and key cap."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.proxy import draw_ring
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Radius, Space, Type
from avrr_desktop.ui.widgets.drawing import (
    CENTER,
    START,
    draw_key_cap,
    draw_text,
    key_cap_width,
    mirrored,
    text_width,
)


class Variant(StrEnum):
    """What a button is for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    QUIET = "quiet"
    DANGER = "danger"
    LINK = "link"


_INKS: Final = {
    Variant.PRIMARY: "on_accent",
    Variant.SECONDARY: "text",
    Variant.QUIET: "accent_text",
    Variant.DANGER: "error",
    Variant.LINK: "accent_text",
}


class Button(QPushButton):
    """A button that draws its own label, so that icon, words and key cap keep their places."""

    def __init__(
        self,
        text: str,
        variant: Variant = Variant.SECONDARY,
        *,
        icon: str | None = None,
        key: str | None = None,
        small: bool = False,
        arrow: bool = False,
        name: str = "",
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._variant = variant
        self._icon_name = icon
        self._key = key
        self._arrow = arrow
        self._tone: str | None = None
        self._small = small
        self.setObjectName(name or f"button-{icon or text}")
        self.setAccessibleName(accessible or text)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if variant is Variant.LINK:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        set_look(self, variant=variant.value, small="true" if small else "false")

    def variant(self) -> Variant:
        """What the button is for."""
        return self._variant

    def set_variant(self, variant: Variant) -> None:
        """Turn it into another kind, as when a page has its own primary button."""
        self._variant = variant
        set_look(self, variant=variant.value)

    def set_label(self, text: str, icon: str | None = None) -> None:
        """Other words, and another icon unless ``None``."""
        self.setText(text)
        self.setAccessibleName(text)
        self._icon_name = icon or self._icon_name
        self.updateGeometry()

    def set_tone(self, tone: str) -> None:
        """Colour of a link: the tokens ``error``, ``warning``, ``ribbon_text``."""
        self._tone = tone
        self.update()

    def _face(self) -> QFont:
        """The font of the words."""
        caption = self._variant is Variant.LINK and self._small
        face = font(Type.CAPTION if caption else Type.BODY, bold=self._variant is Variant.PRIMARY)
        face.setUnderline(self._variant is Variant.LINK)
        return face

    def _ink(self) -> str:
        """The token of words and icon."""
        if not self.isEnabled():
            return "text3"
        return self._tone or _INKS[self._variant]

    def _parts_width(self) -> int:
        """Width of icon, words, key cap and arrow with the gaps between."""
        widths = []
        if self._icon_name:
            widths.append(IconSize.BUTTON)
        if self.text():
            widths.append(text_width(self.text(), self._face()))
        if self._key:
            widths.append(key_cap_width(self._key))
        if self._arrow:
            widths.append(IconSize.BUTTON)
        return sum(widths) + Space.S * max(0, len(widths) - 1)

    def sizeHint(self) -> QSize:
        """Room for the parts, the padding and the focus ring."""
        height = self.fontMetrics().height()
        if self._variant is Variant.LINK:
            around = 2 * Line.FOCUS
            return QSize(self._parts_width() + around, max(Height.TARGET, height + Space.XS))
        base = Height.BUTTON_SMALL if self._small else Height.BUTTON
        padding = Space.S + 2 if self._small else Space.M + 2
        around = 2 * (Line.RING_ROOM + (Space.S if not self.text() else padding))
        high = max(base, height + Space.S) + 2 * Line.RING_ROOM
        return QSize(self._parts_width() + around, high)

    def minimumSizeHint(self) -> QSize:
        """Words of a button are never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it as the space bar does; held down, it does so once."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        keypad = Qt.KeyboardModifier.KeypadModifier
        if is_enter and not event.modifiers() & ~keypad:
            if not event.isAutoRepeat():
                self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow font and theme."""
        super().changeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground by the sheet, then the parts, then the ring."""
        with QPainter(self) as painter:
            if self._variant is not Variant.LINK:
                option = QStyleOptionButton()
                self.initStyleOption(option)
                option.text = ""
                option.icon = QIcon()
                self.style().drawControl(
                    QStyle.ControlElement.CE_PushButtonBevel, option, painter, self
                )
            self._draw_parts(painter)
            if self.hasFocus():
                draw_ring(painter, QRectF(self.rect()), Radius.FIELD + 1)

    def _draw_parts(self, painter: QPainter) -> None:
        """Icon, words, cap and arrow, from the start side, centred together."""
        outer, ink = self.rect(), self._ink()
        is_link = self._variant is Variant.LINK
        room = outer.width() - 2 * Line.RING_ROOM
        x = outer.x() + (Line.FOCUS if is_link else Line.RING_ROOM)
        if not is_link:
            x += max(0, (room - self._parts_width()) // 2)
        if self._icon_name:
            self._draw_icon(painter, x, self._icon_name, ink)
            x += IconSize.BUTTON + Space.S
        if self.text():
            width = text_width(self.text(), self._face())
            box = mirrored(self.layoutDirection(), outer, QRect(x, 0, width, outer.height()))
            painter.setFont(self._face())
            painter.setPen(color(ink))
            align = START if is_link else CENTER
            draw_text(painter, box, self.text(), self.layoutDirection(), align)
            x += width + Space.S
        if self._key:
            self._draw_key(painter, x)
            x += key_cap_width(self._key) + Space.S
        if self._arrow:
            self._draw_icon(painter, x, "chevron-down", ink)

    def _draw_icon(self, painter: QPainter, x: int, name: str, ink: str) -> None:
        size = IconSize.BUTTON
        box = QRect(x, (self.height() - size) // 2, size, size)
        draw_icon(painter, QRectF(mirrored(self.layoutDirection(), self.rect(), box)), name, ink)

    def _draw_key(self, painter: QPainter, x: int) -> None:
        key = self._key or ""
        box = QRect(x, (self.height() - Height.KEY) // 2, key_cap_width(key), Height.KEY)
        box = mirrored(self.layoutDirection(), self.rect(), box)
        on = "accent" if self._variant is Variant.PRIMARY else "surface"
        draw_key_cap(painter, box, key, on=on if self.isEnabled() else "disabled")
