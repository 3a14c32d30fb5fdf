"""The head of the page: which semester, its days, the three steps."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import tr
from avrr_desktop.services.closing.held import Closing
from avrr_desktop.ui.closing.semesters import SemesterButton
from avrr_desktop.ui.closing.steps import Steps
from avrr_desktop.ui.closing.words import said_period, said_span
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.text import Text

VERIFY, FREEZE, PUBLISH, DONE = range(4)


class ClosingHeader(QWidget):
    """Never scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("closing-header")
        self._title = Text("", Type.TITLE, name="page-title")
        self._span = Text("", tone="text2", wrap=True, name="closing-span")
        self.chooser = SemesterButton("", "closing-semester")
        self.steps = Steps((tr("Verify"), tr("Freeze"), tr("Publish")))
        words = QVBoxLayout()
        words.setSpacing(0)
        first = QHBoxLayout()
        first.setSpacing(Space.M)
        first.addWidget(self._title)
        first.addWidget(self.chooser)
        first.addStretch(1)
        words.addLayout(first)
        words.addWidget(self._span)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.L)
        row.addLayout(words, 1)
        row.addWidget(self.steps)

    def show_period(self, period: Period, closing: Closing | None) -> None:
        """Another semester."""
        said = said_period(period)
        is_closed = closing is not None
        self._title.setText(
            tr("{period} is closed", period=said)
            if is_closed
            else tr("Close {period}", period=said)
        )
        span = said_span(period)
        self._span.setText(tr("{span} · lists of persons are frozen, not only numbers", span=span))
        self.chooser.set_label(tr("Another semester"))
        self.chooser.setAccessibleName(tr("Semester to close: {period}, choose", period=said))
        if closing is not None:
            self.steps.set_step(PUBLISH if closing.published_at is None else DONE)
        else:
            self.steps.set_step(VERIFY)
