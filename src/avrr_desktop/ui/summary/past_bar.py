"""« Figures as known on… »: a day and a time, then a banner until one is back to now."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.services.summary_view import document
from avrr_desktop.ui.editors.base import Editor, EditorState
from avrr_desktop.ui.editors.day import DateEditor
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.editors.typed_numbers import plain_digits
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.text import Text

_TIME: Final = re.compile(r"(\d{1,2})(?:\s*[:hH.]\s*(\d{2})?)?")


class PastBar(QWidget):
    """Asks for a moment and keeps the figures known then; ``changed``: others are to be shown."""

    changed = Signal(bool)  # whether the focus was here

    def __init__(self, context: Context, period: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("past-bar")
        self._context, self._period = context, period
        self._moment: datetime | None = None
        self._asked: datetime | None = None
        self._summary: Summary | None = None
        self._request: Request[Summary] | None = None
        clock = context.register.clock
        self.day = DateEditor("past-day", tr("Day"), today=clock.today)
        self.time = TextEditor(
            "past-time", tr("Time, or the end of the day"), script="ltr", placeholder=tr("hh:mm")
        )
        self._show = Button(tr("Show these figures"), name="past-show")
        self._close = Button(tr("Cancel"), Variant.QUIET, name="past-cancel")
        self._said = IconText("circle-alert", "", tone="error", name="past-said")
        self._row = self._fields()
        self.banner = Banner(
            tone="warning", action=tr("Back to now"), icon="history", name="past-banner"
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self._row, self.banner):
            column.addWidget(widget)
            widget.hide()
        self._connect()
        self.hide()

    def _fields(self) -> QWidget:
        fields = QWidget()
        fields.setAccessibleName(tr("Figures as known on…"))
        row = QHBoxLayout(fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        for editor, label in (
            (self.day, tr("Figures as known on…")),
            (self.time, tr("Time, or the end of the day")),
        ):
            column = QVBoxLayout()
            column.setSpacing(Space.XS)
            # The buttons beside them keep room for their focus ring.
            column.setContentsMargins(0, 0, 0, Line.RING_ROOM)
            column.addWidget(Text(label, Type.CAPTION, tone="text2"))
            column.addWidget(editor)
            row.addLayout(column)
        for button in (self._show, self._close):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._said.setContentsMargins(0, 0, 0, Space.M)
        self._said.hide()
        row.addWidget(self._said, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        return fields

    def _connect(self) -> None:
        self.day.finished.connect(self.time.focus_widget().setFocus)
        self.time.finished.connect(self.take)
        for editor in (self.day, self.time):
            editor.changed.connect(lambda: self._say(None))
        self._show.clicked.connect(self.take)
        self._close.clicked.connect(self.close_fields)
        self.banner.action_requested.connect(self.leave)

    @property
    def moment(self) -> datetime | None:
        """The moment whose figures are shown; None for now."""
        return self._moment

    def document(self) -> SummaryDocument | None:
        """The figures of that moment, worded for the screen; None for those of now."""
        if self._summary is None:
            return None
        lists, register = self._summary.vocabularies, self._context.register
        return document(self._summary, lists, screen_language(), register=register.info)

    def ask(self) -> None:
        """Show the fields, on the moment shown or today."""
        local = self._moment.astimezone() if self._moment else None
        self.day.set_value(local.date() if local else self._context.register.clock.today())
        self.time.set_value(f"{local:%H:%M}" if local else None)
        self._say(None)
        self._row.show()
        self.show()
        self.day.focus_widget().setFocus()

    def close_fields(self) -> None:
        """Ask no more; what is shown stays."""
        self._context.tasks.cancel(self._request)
        self._row.hide()
        self.setVisible(self._moment is not None)

    def take(self) -> None:
        """Count as of what is typed, or say beside the fields what is wrong."""
        if (problem := self.day.problem()) is not None:
            self._say(problem, self.day)
        elif (day := self.day.value()) is None:
            self._say(tr("Type a day."), self.day)
        else:
            try:
                self.go_to(self._instant(day))
            except ValueError:
                self._say(tr("Not a time. Type it as 10:30."), self.time)

    def _instant(self, day: date) -> datetime:
        """The instant typed; the end of the day when no time is."""
        from avrr_desktop.services.past_moments import end_of

        typed = plain_digits(self.time.value() or "")
        if not typed:
            return end_of(day, self._context.register.clock)
        found = _TIME.fullmatch(typed)
        if found is None:
            raise ValueError(typed)
        at = time(int(found[1]), int(found[2] or 0))
        return datetime.combine(day, at).astimezone(UTC)

    def go_to(self, moment: datetime) -> None:
        """Count the figures as known at a moment, on the worker."""
        from avrr_desktop.services.past import summary_as_of
        from avrr_desktop.services.past_moments import check_moment

        register, period = self._context.register, self._period

        def work(progress: Progress) -> Summary:
            check_moment(register, moment)
            progress(0, 1)
            return summary_as_of(register, period, moment)

        self._context.tasks.cancel(self._request)
        self._said.set_content("clock", tr("Counting…"), "text2")
        self._said.show()
        self._asked = moment
        self._request = self._context.tasks.start(Request(work, self._on_counted, self._on_failed))

    def follow(self, period: Period) -> None:
        """Another period is looked at: as of the same moment."""
        self._period = period
        if self._moment is not None:
            self.go_to(self._moment)

    def state(self) -> tuple[datetime, Summary] | None:
        """The figures shown, to be shown again; None for those of now."""
        if self._moment is None or self._summary is None:
            return None
        return self._moment, self._summary

    def set_state(self, state: tuple[datetime, Summary]) -> None:
        """Show figures again, or those of the same moment for the period now looked at."""
        moment, summary = state
        if summary.period == self._period:
            self._asked = moment
            self._on_counted(summary)
        else:
            self.go_to(moment)

    def leave(self) -> None:
        """Back to the figures of now."""
        had_focus = self._has_focus()
        self._context.tasks.cancel(self._request)
        self._moment = self._summary = None
        for widget in (self._row, self.banner, self):
            widget.hide()
        self.changed.emit(had_focus)

    def _has_focus(self) -> bool:
        focus: object = QApplication.focusWidget()  # None for no focus, whatever the stubs say
        return isinstance(focus, QWidget) and self.isAncestorOf(focus)

    def _on_counted(self, summary: Summary) -> None:
        from avrr_desktop.services.past_moments import moment_words

        assert self._asked is not None
        had_focus = self._has_focus()
        self._moment, self._summary = self._asked, summary
        words = moment_words(self._moment, translator(screen_language()))
        said = tr("{moment}. Lists of persons open as they were then.", moment=words)
        self.banner.show_message(said, "warning", tr("Back to now"))
        self._row.hide()
        self.show()
        self.changed.emit(had_focus)

    def _on_failed(self, error: UserError) -> None:
        self._row.show()
        self.show()
        self._say(word_error(error, translator(screen_language())), self.day)

    def _say(self, fault: str | None, at: Editor | None = None) -> None:
        self._said.setVisible(fault is not None)
        if fault is not None:
            self._said.set_content("circle-alert", fault, "error")
        for editor in (self.day, self.time):
            editor.set_state(EditorState.ERROR if editor is at else EditorState.NORMAL)
            editor.set_described(fault or "" if editor is at else "")
        if at is not None:
            at.focus_widget().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the fields."""
        if event.key() == Qt.Key.Key_Escape and self._row.isVisibleTo(self):
            self.close_fields()
        else:
            super().keyPressEvent(event)
