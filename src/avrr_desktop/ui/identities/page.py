"""The guardian: every identity of a period's figures, green or red; a red figure opens its list."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.identities import Guarded, guarded_count
from avrr_desktop.services.identities.wording import is_shown
from avrr_desktop.services.summary_labels import period_text, span_text
from avrr_desktop.services.summary_view import opens
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.identities.model import IDENTITY, STATE, ChecksModel
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import ChecksOf, FigureOf, PersonPage
from avrr_desktop.ui.summary.live import period_of_context
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.delegates import ChipDelegate
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text


class ChecksPage(Page):
    """Counts on the worker, then shows what holds and what does not."""

    def __init__(self, context: Context, route: ChecksOf) -> None:
        super().__init__(context, route)
        self.setObjectName("checks-page")
        self._period = _period(context, route)
        self._row = -1  # where one was
        self._is_stale = False
        self.model = ChecksModel(context.register.vocabularies, self)
        self._busy = BusyLine(context, "checks-busy")
        self._verdict = Banner(name="checks-verdict")
        self._verdict.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        column.setSpacing(Space.CARD_GAP)
        column.addLayout(self._header())
        column.addWidget(self._busy)
        column.addWidget(self._verdict)
        column.addWidget(self._card(), 1)
        self.refresh()

    def _header(self) -> QHBoxLayout:
        say = translator(screen_language())
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(tr("Checks"), Type.TITLE, name="page-title"))
        span = f"{ltr(period_text(self._period, say))} · {span_text(self._period, say)}"
        words.addWidget(Text(span, tone="text2", name="checks-span"))
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addLayout(words, 1)
        again = Button(tr("Check again"), icon="rotate-cw", name="check-again")
        again.clicked.connect(self._check_again)
        row.addWidget(again)
        return row

    def _card(self) -> Card:
        card = Card("checks-card", flush=True)
        self.table = TableView("checks", accessible=tr("Identities of the figures"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(STATE, ChipDelegate(self.table))
        head = self.table.horizontalHeader()
        head.setSectionsClickable(False)
        for column in range(self.model.columnCount()):
            stretch, fit = QHeaderView.ResizeMode.Stretch, QHeaderView.ResizeMode.ResizeToContents
            head.setSectionResizeMode(column, stretch if column == IDENTITY else fit)
        self.table.activated.connect(self._open)
        card.body.addWidget(self.table)
        return card

    def nav_key(self) -> str:
        return "checks"

    def focus_regions(self) -> tuple[QWidget, ...]:
        return (self.table,)

    def state(self) -> object:
        return self.table.currentIndex().row()

    def set_state(self, state: object) -> None:
        if isinstance(state, int):
            self._row = state

    def refresh(self, changed: Changed | None = None) -> None:
        """Count and check on the worker; once more when something changed meanwhile."""
        if self._busy.is_busy:
            self._is_stale = True
            return
        self._is_stale = False
        register, period = self.context.register, self._period
        self._busy.run(
            tr("Counting and checking"),
            lambda progress: guarded_count(register, period, progress),
            self._show,
            retry=self.refresh,
        )

    def _check_again(self) -> None:
        self.refresh()

    def _show(self, guarded: Guarded) -> None:
        if self._is_stale:
            self.refresh()
            return
        self.model.show(guarded.checks)
        broken, count = len(guarded.broken), len(guarded.checks)
        if broken:
            said = ntr(
                "{count} identity does not hold: workbook, bulletin and closing refuse these"
                " figures.",
                "{count} identities do not hold: workbook, bulletin and closing refuse these"
                " figures.",
                broken,
            )
        else:
            said = ntr(
                "{count} identity verified on every figure and list.",
                "{count} identities verified on every figure and list.",
                count,
            )
        self._verdict.show_message(said, "error" if broken else "ok")
        self._verdict.show()
        row = self._row if 0 <= self._row < self.model.rowCount() else 0
        self.table.setCurrentIndex(self.model.index(row, IDENTITY))
        self.table.setFocus()

    def _open(self, index: QModelIndex) -> None:
        """The one person to look at, else everyone behind the figure."""
        offence = self.model.offence(index.row())
        if offence is None:
            return
        if len(offence.persons) == 1:
            self.context.shell.open(PersonPage(offence.persons[0]))
        elif is_shown(offence.key):
            self.context.shell.open(FigureOf(self._period.code, opens(offence.key)))


def _period(context: Context, route: ChecksOf) -> Period:
    if route.period:
        try:
            return parse_period(route.period)
        except UserError:
            pass
    return period_of_context(context)
