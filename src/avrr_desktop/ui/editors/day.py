"""A date: typed quickly or picked from a calendar, and possibly empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QDate, QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.calendar import make_calendar
from avrr_desktop.ui.editors.line import FieldLine
from avrr_desktop.ui.editors.typed_dates import DateProblem, TypedDateError, moved, read_date
from avrr_desktop.ui.theme.icons import icon
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import IconSize
from avrr_desktop.ui.widgets.formats import date_text

_STEPS: Final = {
    Qt.Key.Key_Plus: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Minus: -1,
    Qt.Key.Key_Down: -1,
}
_TODAY_LETTERS: Final = frozenset({"j", "t", "ي"})


class DateEditor(Editor):
    """A line that reads dates as people type them, and a calendar for the mouse.

    ``today`` gives the day of work; ``future`` allows later dates. The value is a ``date``,
    ``None`` when empty or unreadable (``problem`` tells which).
    """

    def __init__(
        self,
        name: str,
        label: str,
        *,
        today: Callable[[], date],
        future: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, parent)
        self._today, self._future = today, future
        self.line = FieldLine("ltr", self)
        self.line.setPlaceholderText(tr("dd/mm/yyyy"))
        self._hold(self.line, name)
        self.button = QToolButton()
        self.button.setObjectName(f"{name}-calendar")
        self.button.setAccessibleName(tr("Open the calendar of {field}", field=label))
        self.button.setToolTip(tr("Calendar (Alt+Down)"))
        # The keyboard has Alt+Down: a second tab stop per date would slow every form.
        self.button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.button.clicked.connect(self.open_calendar)
        self.line.set_inside(self.button)
        self.line.textEdited.connect(lambda _text: self.changed.emit())
        self._popup: QFrame | None = None
        self._tint()

    def _tint(self) -> None:
        self.button.setIcon(icon("calendar-check", "text2", IconSize.FIELD))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange}:
            self._tint()

    def _read(self) -> date | None:
        return read_date(self.line.text(), self._today(), future=self._future)

    def value(self) -> date | None:
        """The date typed."""
        try:
            return self._read()
        except TypedDateError:
            return None

    def problem(self) -> str | None:
        """What is wrong with the date typed."""
        try:
            self._read()
        except TypedDateError as error:
            return problem_sentence(error.problem)
        return None

    def set_value(self, value: object | None) -> None:
        """Show a date, or nothing."""
        self.line.setText(date_text(value) if isinstance(value, date) else "")

    def set_text(self, text: str) -> None:
        """Show text as it was typed, readable or not (a draft)."""
        self.line.setText(text)

    def text(self) -> str:
        """The text as it stands."""
        return self.line.text()

    def focus_widget(self) -> QWidget:
        """The line."""
        return self.line

    def set_read_only(self, read_only: bool) -> None:
        """Text stays selectable."""
        self.line.setReadOnly(read_only)
        self.button.setEnabled(not read_only)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """On leaving, write the date the usual way; unreadable text stays."""
        if event.type() == QEvent.Type.FocusOut and watched is self.line:
            self._tidy()
        return super().eventFilter(watched, event)

    def _tidy(self) -> None:
        found = self.value()
        if found is not None:
            self.line.setText(date_text(found))

    def _key_pressed(self, event: QKeyEvent) -> bool:
        if self.line.isReadOnly():
            return super()._key_pressed(event)
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return True
        if self._moves(event):
            return True
        if event.text().casefold() in _TODAY_LETTERS and not event.modifiers():
            self._put(self._today())
            return True
        return super()._key_pressed(event)

    def _moves(self, event: QKeyEvent) -> bool:
        """Move by a day; a minus inside half-typed text is a separator."""
        days = _STEPS.get(Qt.Key(event.key()))
        if days is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if self.value() is None and self.line.text().strip():
            return False
        self._put(moved(self.value(), days, self._today(), future=self._future))
        return True

    def _put(self, day: date) -> None:
        self.line.setText(date_text(day))
        self.changed.emit()

    def open_calendar(self) -> None:
        """Show the calendar under the field, on the date typed or today."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setObjectName("calendar-popup")
        set_look(popup, ground="popup")
        latest = None if self._future else self._today()
        calendar = make_calendar(self.value() or self._today(), latest)
        calendar.activated.connect(self._on_picked)
        calendar.clicked.connect(self._on_picked)
        column = QVBoxLayout(popup)
        column.addWidget(calendar)
        self._popup = popup
        popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 2)))
        popup.show()
        calendar.setFocus()

    def _on_picked(self, day: QDate) -> None:
        if self._popup is None:
            return
        self._popup.close()
        self._popup = None
        self._put(date(day.year(), day.month(), day.day()))
        self.line.setFocus()


def problem_sentence(problem: DateProblem) -> str:
    """What to say about a date that cannot be used."""
    sentences = {
        DateProblem.UNREADABLE: tr("Not a date. Type it as 12/03/1994."),
        DateProblem.IMPOSSIBLE: tr("This day does not exist."),
        DateProblem.FUTURE: tr("This date is in the future."),
    }
    return sentences[problem]
