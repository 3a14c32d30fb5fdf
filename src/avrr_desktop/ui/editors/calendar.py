"""The calendar of date editors, dressed like the rest."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QToolButton

from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.ui.theme.current import color
from avrr_desktop.ui.theme.icons import icon
from avrr_desktop.ui.theme.tokens import IconSize

_LOCALES = {
    # Morocco's Arabic writes digits 0–9.
    Language.AR: QLocale(QLocale.Language.Arabic, QLocale.Country.Morocco),
    Language.FR: QLocale(QLocale.Language.French, QLocale.Country.Morocco),
    Language.EN: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}


def make_calendar(shown: date, latest: date | None) -> QCalendarWidget:
    """A calendar opened on ``shown``; days after ``latest`` cannot be chosen."""
    calendar = QCalendarWidget()
    calendar.setObjectName("calendar")
    calendar.setAccessibleName(tr("Calendar"))
    calendar.setLocale(_LOCALES[screen_language()])
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setGridVisible(False)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))
    if latest is not None:
        calendar.setMaximumDate(QDate(latest.year, latest.month, latest.day))
    _dress(calendar)
    return calendar


def _dress(calendar: QCalendarWidget) -> None:
    """Our chevrons, and weekends in the colour of other days."""
    plain = QTextCharFormat()
    plain.setForeground(color("text"))
    for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        calendar.setWeekdayTextFormat(day, plain)
    head = QTextCharFormat()
    head.setForeground(color("text"))
    head.setBackground(color("surface"))
    calendar.setHeaderTextFormat(head)
    for name, mark, words in (
        ("qt_calendar_prevmonth", "chevron-left", tr("Previous month")),
        ("qt_calendar_nextmonth", "chevron-right", tr("Next month")),
    ):
        button = calendar.findChild(QToolButton, name)
        if isinstance(button, QToolButton):
            button.setIcon(icon(mark, "text2", IconSize.FIELD))
            button.setAccessibleName(words)
