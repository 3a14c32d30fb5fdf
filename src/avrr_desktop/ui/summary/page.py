"""The summary of a period: headline figures, the bulletin's table, lists, notes, details."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import tr
from avrr_desktop.services.closing.held import closing_for
from avrr_desktop.services.closing.padlocks import padlocks
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.summary import CellKey, Summary
from avrr_desktop.services.summary_document import Note
from avrr_desktop.services.summary_view import opens
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import ChecksOf, ClosingOf, FigureOf, SummaryOf
from avrr_desktop.ui.summary.export import WorkbookExport
from avrr_desktop.ui.summary.header import SummaryHeader
from avrr_desktop.ui.summary.headline_row import HeadlineRow
from avrr_desktop.ui.summary.lines import ShownCell
from avrr_desktop.ui.summary.live import live_figures
from avrr_desktop.ui.summary.main_card import MainCard, View
from avrr_desktop.ui.summary.past_bar import PastBar
from avrr_desktop.ui.summary.range_row import RangeRow
from avrr_desktop.ui.summary.side_panel import SidePanel
from avrr_desktop.ui.theme.tokens import Space, Width
from avrr_desktop.ui.widgets.banners import Banner


@dataclass(frozen=True, slots=True)
class SummaryState:
    """Where one was on the page."""

    view: View
    place: tuple[str, str, int]
    breakdown: tuple[str, str]
    section: str
    range_texts: tuple[str, str] | None
    past: tuple[datetime, Summary] | None  # the figures shown, when not those of now
    focus: str  # the name of the widget that had it


_LABEL_ROOM = 60  # pixels a name takes beyond the shortest


class SummaryPage(Page):
    """Figures of one period; each opens its persons."""

    def __init__(self, context: Context, route: SummaryOf) -> None:
        super().__init__(context, route)
        self.setObjectName("summary-page")
        self._live = live_figures(context)
        self._take_route(route)
        today = context.register.clock.today()
        self._header = SummaryHeader(self._live.period, today, padlocks(context.register))
        self._range = RangeRow(today)
        self._range.hide()
        self._past = PastBar(context, self._live.period)
        self._export = WorkbookExport(context)
        self._failure = Banner(tone="error", action=tr("Try again"), name="summary-failure")
        self._failure.hide()
        self._headline: HeadlineRow | None = None
        self._side = SidePanel()
        self._card = MainCard(context)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        self._column.setSpacing(Space.CARD_GAP)
        for widget in (self._header, self._range, self._past, self._export, self._failure):
            self._column.addWidget(widget)
        self._column.addLayout(self._body(), 1)
        self._connect()
        self._add_keys()
        if self._live.load() is not None:
            self._on_updated()
        self._live.updated.connect(self._on_updated)  # the first are filled once
        if route.known_at is not None:
            self._past.go_to(route.known_at)

    def _take_route(self, route: SummaryOf) -> None:
        if route.period:
            try:
                self._live.set_period(parse_period(route.period))
            except UserError:
                return

    def _body(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.CARD_GAP)
        row.addWidget(self._card, 1)
        row.addWidget(self._side)
        return row

    def _connect(self) -> None:
        self._live.period_changed.connect(self._header.chooser.set_period)
        self._live.period_changed.connect(self._past.follow)
        self._live.failed.connect(self._on_failed)
        self._failure.action_requested.connect(self._live.reload)
        self._header.chooser.chosen.connect(self._live.set_period)
        self._header.chooser.range_wanted.connect(self._on_range_wanted)
        self._header.past_wanted.connect(self._past.ask)
        self._past.changed.connect(self._on_past)
        self._header.export_wanted.connect(lambda: self._export.ask(self._live.period))
        self._range.chosen.connect(self._live.set_period)
        self._card.opened.connect(self._open)
        for panel in (self._side.breakdown, self._card.breakdown):
            panel.opened.connect(self._open)
            panel.details_wanted.connect(self._card.show_list)
        for notes in (self._side.notes, self._card.notes):
            notes.opened.connect(self._open)
            notes.checks_wanted.connect(self._open_checks)

    def _add_keys(self) -> None:
        """Alt and the arrow that points at the period on the screen, mirrored as the buttons."""
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        before, after = ("Alt+Right", "Alt+Left") if rtl else ("Alt+Left", "Alt+Right")
        for keys, go in (
            (before, self._header.chooser.go_before),
            (after, self._header.chooser.go_after),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(go)

    def nav_key(self) -> str:
        return "summary"

    def focus_regions(self) -> tuple[QWidget, ...]:
        headline = () if self._headline is None else (self._headline,)
        side = (self._side,) if self._side.isVisibleTo(self) else ()
        return (self._header, *headline, self._card, *side)

    def refresh(self, changed: Changed | None = None) -> None:
        """The live figures follow every change by themselves."""
        if changed is None:
            self._live.reload()

    def _on_updated(self, _summary: Summary | None = None) -> None:
        self._failure.hide()
        document = self._past.document() or self._live.document()
        if document is None:
            return
        if self._headline is None:
            self._headline = HeadlineRow(document)
            self._headline.opened.connect(self._open)
            self._column.insertWidget(self._column.count() - 1, self._headline)
            self._fold()
        self._header.set_document(document)
        register = self.context.register
        self._header.set_closed(closing_for(register, document.period) is not None)
        self._headline.set_document(document)
        self._card.set_document(document, self._past.moment)
        self._side.set_document(document)

    def _on_past(self, had_focus: bool) -> None:
        """Figures of another moment, or of now again."""
        self._header.set_past(self._past.moment is not None)
        self._on_updated()
        if had_focus:
            self._card.table.setFocus()

    def _on_range_wanted(self) -> None:
        self._range.set_period(self._live.period)
        self._range.show()
        self._range.start.focus_widget().setFocus()

    def _on_failed(self, sentence: str) -> None:
        self._failure.show_message(sentence, "error", tr("Try again"))
        self._failure.show()

    def _open(self, opened: ShownCell | CellKey | Note | FigureOf | ClosingOf) -> None:
        """The persons of a figure, of the period before's, or those a note says are left out."""
        if isinstance(opened, FigureOf | ClosingOf):
            self.context.shell.open(opened)
            return
        period = self._live.period
        key = opened if isinstance(opened, CellKey) else opened.key
        if isinstance(opened, ShownCell) and opened.is_previous:
            period = period.previous
        left_out = isinstance(opened, Note) and opened.not_counted
        if key is not None:
            at = self._past.moment
            self.context.shell.open(FigureOf(period.code, opens(key), left_out, at))

    def _open_checks(self) -> None:
        self.context.shell.open(ChecksOf(self._live.period.code))

    def showEvent(self, event: QShowEvent) -> None:
        """One comes for the figures: the first of them has the focus."""
        super().showEvent(event)
        if not self._focus_name():
            self._card.table.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _fold(self) -> None:
        """Below the design's width the panel becomes tabs and second lines go."""
        taken = 2 * Space.PAGE + Space.CARD_GAP + Width.SIDE_PANEL
        least = self._card.table.minimumSizeHint().width() + _LABEL_ROOM
        # Not beside the table where it would cut the names of the parts.
        narrow = self.window_width() < Width.FOLD_PANEL or self.width() - taken < least
        self._side.setVisible(not narrow)
        self._card.set_narrow(narrow)
        self._header.set_narrow(narrow)
        if self._headline is not None:
            self._headline.set_narrow(narrow)

    def state(self) -> SummaryState:
        return SummaryState(
            view=self._card.view(),
            place=self._card.table.place(),
            breakdown=self._side.breakdown.place(),
            section=self._card.section(),
            range_texts=self._range.texts() if self._range.isVisibleTo(self) else None,
            past=self._past.state(),
            focus=self._focus_name(),
        )

    def _focus_name(self) -> str:
        """The widget of the page that has the focus, or will have it."""
        focus: object = self.focusWidget()  # None when nothing has it, whatever the stubs say
        return focus.objectName() if isinstance(focus, QWidget) else ""

    def set_state(self, state: object) -> None:
        if not isinstance(state, SummaryState):
            return
        self._card.show_view(state.view)
        self._card.table.set_place(state.place)
        self._side.breakdown.set_place(state.breakdown)
        self._card.breakdown.set_place(state.breakdown)
        self._card.set_section(state.section)
        if state.range_texts is not None:
            self._range.show()
            self._range.set_texts(state.range_texts)
        if state.past is not None:
            self._past.set_state(state.past)
        else:
            self._past.leave()
        found = self.findChild(QWidget, state.focus) if state.focus else None
        if found is not None:
            found.setFocus()
