"""A member of a household as a small button: initials, name and age, place."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.person_page import Member
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.cells import age_text
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.proxy import draw_box, draw_ring
from avrr_desktop.ui.theme.tokens import Line, Radius, Space, Type
from avrr_desktop.ui.widgets.avatar import SMALL, initials
from avrr_desktop.ui.widgets.drawing import CENTER, START, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.tips import plain_tip


class MemberTile(QAbstractButton):
    """Opens the page of a member; the person one looks at is marked and opens nothing."""

    def __init__(
        self, context: Context, member: Member, *, is_self: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._is_self = is_self
        given = member.name.given or member.name.family or member.name.arabic
        self._first = tr("{name}, {age}", name=given, age=age_text(member.age))
        self._second = context.term("household_place", member.place)
        if member.adult_on:
            adult = tr("18 on {day}", day=ltr(date_text(member.adult_on)))
            self._second = f"{self._second} · {adult}"
        self._letters = initials(member.name.family or member.name.family_ar, member.name.given)
        self.setObjectName(f"member-{member.person_id}")
        self.setText(self._first)
        self.setAccessibleName(f"{self._first}, {self._second}")
        self.setToolTip(plain_tip(f"{member.name.latin} {member.name.arabic}".strip()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if is_self else Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        if not is_self:
            self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Initials and both lines."""
        words = max(
            text_width(self._first, font(Type.CAPTION, bold=True)),
            text_width(self._second, font(Type.CAPTION)),
        )
        high = 2 * self.fontMetrics().height() + Space.S
        return QSize(words + SMALL + Space.S + 2 * Space.M, max(high, SMALL + Space.M))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens too."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, initials, both lines, ring."""
        with QPainter(self) as painter:
            box = self.rect()
            ground = "accent_soft" if self._is_self or self.underMouse() else "surface"
            edge = "accent_text" if self._is_self else "hairline"
            draw_box(painter, QRectF(box), ground, edge, Radius.FIELD, Line.HAIR)
            direction = self.layoutDirection()
            circle = QRect(Space.M, (box.height() - SMALL) // 2, SMALL, SMALL)
            circle = mirrored(direction, box, circle)
            medal = "surface" if ground == "accent_soft" else "accent_soft"
            draw_box(painter, QRectF(circle), medal, None, SMALL / 2, Line.HAIR)
            painter.setFont(font(Type.CAPTION, bold=True))
            painter.setPen(color("accent_text"))
            draw_text(painter, circle, self._letters, direction, CENTER)
            left = Space.M + SMALL + Space.S
            room, half = box.width() - left - Space.S, (box.height() - Space.S) // 2
            for text, token, place in ((self._first, "text", 0), (self._second, "text2", 1)):
                painter.setFont(font(Type.CAPTION, bold=place == 0))
                painter.setPen(color(token))
                line = QRect(left, Space.XS + place * half, room, half)
                draw_text(painter, mirrored(direction, box, line), text, direction, START)
            if self.hasFocus():
                draw_ring(painter, QRectF(box), Radius.FIELD)
