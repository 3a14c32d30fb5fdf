"""Behind a figure: its persons, those nearly in it, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.figure_page import (
    FigureView,
    NearView,
    activity_of,
    read_figure,
    read_near,
)
from avrr_desktop.services.figure_words import Wording
from avrr_desktop.services.lists import Filter, ListQuery
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.past_moments import moment_words
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.ui.figure.card import NOT_COUNTED, FigureCard
from avrr_desktop.ui.figure.line import CurrentLine
from avrr_desktop.ui.figure.why import WhyPanel
from avrr_desktop.ui.figure.words import figure_note, figure_title, steps
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.records.exporting import Exporter
from avrr_desktop.ui.routes import FigureOf, SummaryOf
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.text import Text

_PAUSE: Final = 60  # milliseconds on a line before it is explained
_MOST_EXPORTED: Final = 20_000  # ids one query may name


@dataclass(frozen=True, slots=True)
class FigureState:
    """What the page is come back to with."""

    tab: int
    reason: str
    row: int
    near_row: int
    panel: bool


class FigurePage(Page):
    """The list behind one cell of the summary."""

    def __init__(self, context: Context, route: FigureOf) -> None:
        super().__init__(context, route)
        self.setObjectName("figure-page")
        self._cell: CellKey = route.cell
        self._known_at = route.known_at
        self._period = parse_period(route.period)
        say = translator(screen_language())
        activity = activity_of(route.cell)
        self._wording = Wording(say, context.register.vocabularies, activity, self._period)
        self._counting: Request[FigureView] | None = None
        self._nearing: Request[NearView] | None = None
        self._wanted: FigureState | None = None
        self._wants_panel = False
        self.card = FigureCard(context, route, self._wording)
        self.why = WhyPanel()
        self.line = CurrentLine(context, route, self._wording, self.card, self.why)
        self.title = Text("", Type.TITLE, wrap=True, name="figure-title")
        self.note = Text("", Type.CAPTION, wrap=True, name="figure-note")
        self.past = IconText("history", "", tone="warning", name="figure-past")
        self._say_moment()
        self.exported = Banner(tone="ok", name="exported")
        self.exported.hide()
        self.export = Button(tr("Export the list"), icon="file-spreadsheet", name="export-list")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._lay_out()
        self._connect()
        if route.not_counted:
            self.card.tabs.set_index(NOT_COUNTED)
        self.refresh()

    def nav_key(self) -> str:
        """The summary."""
        return "summary"

    def has_primary(self) -> bool:
        """The panel's button."""
        return True

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The list, then the panel."""
        return (self.card.current_table(), self.why)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.S, Space.PAGE, Space.L)
        column.setSpacing(Space.S)
        crumbs = Breadcrumb(steps(self.context, self._cell, self._period))
        crumbs.chosen.connect(self._on_crumb)
        column.addWidget(crumbs)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.note)
        words.addWidget(self.past)
        head.addLayout(words, 1)
        head.addWidget(self.export, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(head)
        column.addWidget(self.exported)
        row = QHBoxLayout()
        row.setSpacing(Space.CARD_GAP)
        row.addWidget(self.card, 1)
        row.addWidget(self.why)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        self.card.moved.connect(self._pause.start)
        self._pause.timeout.connect(self.line.explain)
        self.card.why_asked.connect(self._on_why)
        self.card.table.activated.connect(lambda _index: self.line.open())
        self.card.near_table.activated.connect(lambda _index: self.line.act())
        self.card.near_table.clicked.connect(self._on_clicked)
        self.why.acted.connect(self.line.act)
        self.why.opened.connect(self.line.open)
        self.export.clicked.connect(self._on_export)

    def _say_moment(self) -> None:
        """Of which moment the list is, when not of now."""
        self.past.setVisible(self._known_at is not None)
        if self._known_at is not None:
            moment = moment_words(self._known_at, translator(screen_language()))
            said = tr("{moment}. This list can only be read.", moment=moment)
            self.past.set_content("history", said)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the figure again, then its near-misses, on the worker."""
        register, period, cell = self.context.register, self._period, self._cell
        known_at = self._known_at
        tasks = self.context.tasks
        tasks.cancel(self._counting)
        tasks.cancel(self._nearing)

        def counted(_progress: Progress) -> FigureView:
            return read_figure(register, period, cell, known_at)

        def near(_progress: Progress) -> NearView:
            return read_near(register, period, cell, known_at)

        if self._wanted is None and self.card.figure is not None:
            self.set_state(self.state())
        self._counting = tasks.start(Request(counted, self._on_figure, self._on_failed))
        self._nearing = tasks.start(Request(near, self._on_near, self._on_failed))

    def _on_figure(self, figure: FigureView) -> None:
        self.title.setText(figure_title(self.context, self._cell, figure.unit, len(figure.rows)))
        self.note.setText(figure_note(self._period, figure.unit))
        can_export = self._cell.section in SECTIONS and 0 < len(figure.rows) <= _MOST_EXPORTED
        self.export.setVisible(can_export and self._known_at is None)
        self.card.show_figure(figure)

    def _on_near(self, near: NearView) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.card.reason = wanted.reason
        self.card.show_near(near)
        if wanted is not None:
            self._return_to(wanted)

    def _on_failed(self, error: UserError) -> None:
        said = word_error(error, translator(screen_language()))
        self.context.shell.say_failed(said, self.refresh)

    def _on_clicked(self, index: QModelIndex) -> None:
        """One click on the link is enough."""
        if index.data(CellRole.LINK):
            self.line.act()

    def _on_crumb(self, rank: int) -> None:
        code, at = self._period.code, self._known_at
        if rank == 0 or self._cell.section not in SECTIONS:
            self.context.shell.open(SummaryOf(code, at))
        elif rank == 1:
            whole = CellKey(self._cell.section, "persons")
            self.context.shell.open(FigureOf(code, whole, known_at=at))
        else:
            whole = self._cell._replace(group="total")
            self.context.shell.open(FigureOf(code, whole, known_at=at))

    def _on_export(self) -> None:
        figure, activity = self.card.figure, activity_of(self._cell)
        if figure is None or activity is None:
            return
        events = tuple(event.id for row in figure.rows for event in row.events)
        query = ListQuery(activity.key, filters=(Filter("id", events),))
        Exporter(self.context, activity.key, self.exported).ask(query)

    def _on_why(self) -> None:
        self._wants_panel = not self.why.isVisibleTo(self)
        self._fit()

    def _fit(self) -> None:
        narrow = self.window_width() < Width.FOLD_LIST_PANEL
        self.card.why_button.setVisible(narrow)
        self.why.setVisible(not narrow or self._wants_panel)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel folds in a narrow window."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F9 folds and unfolds the panel in a narrow window."""
        if event.key() == Qt.Key.Key_F9 and self.card.why_button.isVisible():
            self._on_why()
        else:
            super().keyPressEvent(event)

    def state(self) -> object:
        """Tab, reason, lines, panel."""
        card = self.card
        return FigureState(
            card.tabs.index(),
            card.reason,
            card.table.currentIndex().row(),
            card.near_table.currentIndex().row(),
            self._wants_panel,
        )

    def set_state(self, state: object) -> None:
        """Go back to the same tab at once, to the same lines once they are read."""
        if isinstance(state, FigureState):
            self._wanted = state
            self._wants_panel = state.panel
            self.card.tabs.set_index(state.tab)
            self._fit()

    def _return_to(self, state: FigureState) -> None:
        card = self.card
        card.tabs.set_index(state.tab)
        if 0 <= state.row < card.model.rowCount():
            card.table.go_to(state.row)
        if 0 <= state.near_row < card.misses.rowCount():
            card.near_table.setCurrentIndex(card.misses.index(state.near_row, 0))
