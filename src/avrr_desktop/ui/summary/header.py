"""The head of the summary: title, span, period, status, export."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import tr
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.ui.summary.period_chooser import PeriodChooser
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.drawing import fitting_parts
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip


class _Elided(Text):
    """One line that leaves out its last facts where there is no room; its tooltip says all."""

    _whole = ""

    def say(self, text: str) -> None:
        """Show ``text``."""
        self._whole = text
        self.setToolTip(plain_tip(text))
        self.setAccessibleName(text)
        self._elide()

    def _elide(self) -> None:
        self.setText(fitting_parts(self._whole, self.font(), self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other room."""
        super().resizeEvent(event)
        self._elide()


class SummaryHeader(QWidget):
    """Never scrolls."""

    export_wanted = Signal()
    past_wanted = Signal()

    def __init__(
        self,
        period: Period,
        today: date,
        closed: Callable[[], Collection[Period]] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("summary-header")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._title = _Elided("", Type.TITLE, name="summary-title")
        self._span = _Elided("", tone="text2", name="summary-span")
        for text in (self._title, self._span):
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            words.addWidget(text)
        row.addLayout(words, 1)
        self.chooser = PeriodChooser(period, today, closed)
        row.addWidget(self.chooser)
        past = Button("", icon="history", name="past-ask", accessible=tr("Figures as known on…"))
        past.setToolTip(tr("Figures as known on…"))
        past.clicked.connect(self.past_wanted)
        row.addWidget(past)
        self._status = Chip(tr("Not closed"), ChipKind.OK, icon="pencil", name="period-status")
        row.addWidget(self._status)
        self._export = Button(
            tr("Export the workbook"), icon="file-spreadsheet", name="export-workbook"
        )
        self._export.clicked.connect(self.export_wanted)
        row.addWidget(self._export)

    def set_document(self, document: SummaryDocument) -> None:
        """Words of a period."""
        self._title.say(document.title)
        self._span.say(document.subtitle)

    def set_closed(self, closed: bool) -> None:
        """The padlock of a closed semester."""
        words, icon = (tr("Closed"), "lock") if closed else (tr("Not closed"), "pencil")
        self._status.set_spec(ChipSpec(words, ChipKind.OK, icon))

    def set_past(self, past: bool) -> None:
        """Figures of the past are not exported: the workbook is that of now."""
        self._export.setVisible(not past)

    def set_narrow(self, narrow: bool) -> None:
        """Narrow windows shorten the button's words, not its name."""
        self._export.set_label(tr("Workbook") if narrow else tr("Export the workbook"))
        self._export.setAccessibleName(tr("Export the workbook"))
