"""‹ 2023-S1 ▾ ›: the period before, a menu of kinds and periods, the period after."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Final

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QWidget

from avrr_desktop.core.periods import Period, PeriodKind, period_of
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.summary_labels import period_text
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.fonts import font
from avrr_desktop.ui.theme.icons import draw_icon, icon
from avrr_desktop.ui.theme.proxy import draw_box, draw_ring
from avrr_desktop.ui.theme.tokens import Height, IconSize, Line, Radius, Space
from avrr_desktop.ui.widgets.drawing import CENTER, draw_text, mirrored, text_width
from avrr_desktop.ui.widgets.formats import ltr

_PERIODS_OFFERED: Final = 8
_ROUND: Final = Height.BUTTON


class _Part(QAbstractButton):
    """One of the three buttons; the chooser draws the frame around them."""

    def __init__(self, icon: str, name: str, accessible: str, *, words: bool = False) -> None:
        super().__init__()
        self._icon_name, self._has_words = icon, words
        self.setObjectName(name)
        self.setAccessibleName(accessible)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square, or the words and an arrow."""
        high = max(Height.BUTTON, self.fontMetrics().height() + Space.S)
        if not self._has_words:
            return QSize(max(_ROUND, high) + Space.XS, high)
        words = text_width(self.text(), font(bold=True))
        return QSize(words + IconSize.BUTTON + Space.S + 2 * Space.XL, high)

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the font."""
        super().changeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Hover ground, words, icon, ring."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.isDown() or self.underMouse():
                inner = QRectF(self.rect()).adjusted(2, 2, -2, -2)
                draw_box(painter, inner, "raised", None, Radius.KEY, Line.HAIR)
            words = self._draw_words(painter) if self._has_words else 0
            size = IconSize.BUTTON
            total = words + size
            x = (self.width() - total) // 2 + words
            box = QRect(x, (self.height() - size) // 2, size, size)
            mark = mirrored(self.layoutDirection(), self.rect(), box)
            draw_icon(painter, QRectF(mark), self._icon_name, "text")
            if self.hasFocus():
                draw_ring(painter, QRectF(self.rect()), Radius.FIELD - 1)

    def _draw_words(self, painter: QPainter) -> int:
        """The words before the arrow; gives the room they take."""
        face, direction = font(bold=True), self.layoutDirection()
        width = text_width(self.text(), face)
        room = width + Space.S
        painter.setFont(face)
        painter.setPen(color("text"))
        box = QRect((self.width() - room - IconSize.BUTTON) // 2, 0, width, self.height())
        draw_text(painter, mirrored(direction, self.rect(), box), self.text(), direction, CENTER)
        return room


class PeriodChooser(QWidget):
    """Chooses a period; ``chosen`` comes for every change made by the user.

    ``closed`` gives the semesters that have a padlock, each time the menu opens.
    """

    chosen = Signal(object)  # Period
    range_wanted = Signal()

    def __init__(
        self,
        period: Period,
        today: date,
        closed: Callable[[], Collection[Period]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._period, self._today, self._closed = period, today, closed
        self.setObjectName("period-chooser")
        self.setAccessibleName(tr("Period"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._before = _Part("chevron-left", "period-before", tr("Previous period"))
        self._choose = _Part("chevron-down", "period-menu", "", words=True)
        self._after = _Part("chevron-right", "period-after", tr("Next period"))
        self._before.setToolTip(tr("Previous period (Alt+arrow)"))
        self._after.setToolTip(tr("Next period (Alt+arrow)"))
        self._before.clicked.connect(self.go_before)
        self._after.clicked.connect(self.go_after)
        self._choose.clicked.connect(self.open_menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for part in (self._before, self._choose, self._after):
            row.addWidget(part)
        self.set_period(period)

    def period(self) -> Period:
        """The period shown."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Show a period; emits nothing."""
        self._period = period
        text = _short_text(period)
        self._choose.setText(text)
        self._choose.setAccessibleName(tr("Period {period}, choose another", period=text))
        self._choose.updateGeometry()

    def go_before(self) -> None:
        """The same kind just before."""
        self._take(self._period.previous)

    def go_after(self) -> None:
        """The same kind just after."""
        self._take(self._period.following)

    def _take(self, period: Period) -> None:
        self.set_period(period)
        self.chosen.emit(period)

    def open_menu(self) -> None:
        """Kinds, then the latest periods of the kind shown."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        corner = self._choose.rect().bottomLeft()
        menu.popup(self._choose.mapToGlobal(corner))

    def make_menu(self) -> QMenu:
        """The menu, made anew each time."""
        menu = QMenu(self)
        menu.setObjectName("period-kinds")
        self._add_kinds(menu)
        menu.addSeparator()
        if self._period.kind is not PeriodKind.RANGE:
            self._add_periods(menu)
        return menu

    def _add_kinds(self, menu: QMenu) -> None:
        group = QActionGroup(menu)
        for kind, text in _kind_texts().items():
            action = QAction(text, menu)
            action.setObjectName(f"period-kind-{kind.value}")
            action.setCheckable(True)
            action.setChecked(kind is self._period.kind)
            action.triggered.connect(lambda _checked=False, kind=kind: self._on_kind(kind))
            group.addAction(action)
            menu.addAction(action)

    def _add_periods(self, menu: QMenu) -> None:
        period = period_of(self._period.kind, max(self._today, self._period.end))
        group, closed = QActionGroup(menu), self._closed()
        for _ in range(_PERIODS_OFFERED):
            text = _short_text(period)
            is_closed = period in closed
            action = QAction(tr("{period}, closed", period=text) if is_closed else text, menu)
            action.setObjectName(f"period-{period.code}")
            if is_closed:
                action.setIcon(icon("lock", "text2"))
            action.setCheckable(True)
            action.setChecked(period == self._period)
            if period == self._period:  # a padlock stands where the tick would
                action.setFont(font(bold=True))
            action.triggered.connect(lambda _checked=False, chosen=period: self._take(chosen))
            group.addAction(action)
            menu.addAction(action)
            period = period.previous

    def _on_kind(self, kind: PeriodKind) -> None:
        if kind is PeriodKind.RANGE:
            self.range_wanted.emit()
        elif kind is not self._period.kind:
            self._take(period_of(kind, min(self._period.end, max(self._today, self._period.start))))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The frame and the lines between the parts."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_box(painter, QRectF(self.rect()), "surface", "control", Radius.FIELD, Line.HAIR)
            painter.setPen(color("hairline"))
            for edge in (self._choose.geometry().left(), self._choose.geometry().right() + 1):
                painter.drawLine(edge, 1, edge, self.height() - 2)


def _short_text(period: Period) -> str:
    """How the period is called; a month’s name follows the reading direction, codes do not."""
    text = period_text(period, translator(screen_language()))
    return text if period.kind is PeriodKind.MONTH else ltr(text)


def _kind_texts() -> dict[PeriodKind, str]:
    return {
        PeriodKind.SEMESTER: tr("Semester"),
        PeriodKind.QUARTER: tr("Quarter"),
        PeriodKind.MONTH: tr("Month"),
        PeriodKind.YEAR: tr("Year"),
        PeriodKind.RANGE: tr("Free range…"),
    }
