"""Past semesters to choose from, a padlock on the closed ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from avrr_desktop.core.periods import Period, semester_of
from avrr_desktop.core.translation import tr
from avrr_desktop.ui.closing.words import said_period
from avrr_desktop.ui.theme.icons import icon
from avrr_desktop.ui.widgets.buttons import Button

_OFFERED = 12  # six years; older ones are offered when they were closed


def past_semesters(today: date, closed: Collection[Period]) -> tuple[Period, ...]:
    """Semesters that are over, the latest first."""
    found, period = [], semester_of(today).previous
    for _ in range(_OFFERED):
        found.append(period)
        period = period.previous
    older = sorted(set(closed) - set(found), key=lambda p: p.start, reverse=True)
    return (*found, *older)


def semester_to_close(today: date, closed: Collection[Period]) -> Period:
    """The first one left open since the earliest closing; the last one over when there is none."""
    last = semester_of(today).previous
    if not closed:
        return last
    period = min(closed, key=lambda one: one.start)
    while period in closed and period.start < last.start:
        period = period.following
    return period if period.start <= last.start else last


class SemesterButton(Button):
    """Opens the list of semesters; ``chosen`` gives one."""

    chosen = Signal(object)

    def __init__(self, text: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(text, arrow=True, name=name, parent=parent)
        self._periods: tuple[Period, ...] = ()
        self._closed: frozenset[Period] = frozenset()
        self._shown: Period | None = None
        self.clicked.connect(self.open_menu)

    def offer(
        self, periods: Sequence[Period], closed: Collection[Period], shown: Period | None
    ) -> None:
        """Offer these; ``shown`` is ticked."""
        self._periods, self._closed, self._shown = tuple(periods), frozenset(closed), shown

    def open_menu(self) -> None:
        """Under the button, its end under the button's end."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = self.mapToGlobal(QPoint(0, self.height()))
        if self.layoutDirection() is Qt.LayoutDirection.LeftToRight:
            at.setX(at.x() + self.width() - menu.sizeHint().width())
        menu.popup(at)

    def make_menu(self) -> QMenu:
        """The menu, made anew each time."""
        menu = QMenu(self)
        menu.setObjectName("semesters")
        group = QActionGroup(menu)
        for period in self._periods:
            is_closed = period in self._closed
            text = said_period(period)
            action = QAction(tr("{period}, closed", period=text) if is_closed else text, menu)
            action.setObjectName(f"semester-{period.code}")
            if is_closed:
                action.setIcon(icon("lock", "text2"))
            action.setCheckable(not is_closed)
            action.setChecked(period == self._shown)
            action.triggered.connect(lambda _on=False, to=period: self.chosen.emit(to))
            group.addAction(action)
            menu.addAction(action)
        return menu
