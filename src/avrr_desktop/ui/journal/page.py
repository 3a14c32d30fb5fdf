"""The page of the journal: who did what, filtered, checked, exported; a value restored."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.audit import accept_head
from avrr_desktop.services.audit_check import OF_HEAD
from avrr_desktop.services.audit_lines import AuditQuery, Choices, choices, line_shown, sequences
from avrr_desktop.services.chain import Fault
from avrr_desktop.services.chain_words import fault_text
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.restoring import restore_value
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.journal.details import DetailsPanel
from avrr_desktop.ui.journal.filters import JournalFilters
from avrr_desktop.ui.journal.head_bar import HeadBar
from avrr_desktop.ui.journal.model import CHANGED, JournalModel
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import JournalOf
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text
from avrr_desktop.ui.widgets.tips import plain_tip

_MOST_TOLD = 5  # faults said one by one
_WIDTHS: tuple[list[str], ...] = (
    ["88/88/8888 88:88"],
    ["n" * 12],
    ["n" * 13],
    ["n" * 15],
    ["n" * 20],
    ["n" * 11],
)
_LOW = 190  # height of the details under the table, where the window is narrow
Found = tuple[Choices | None, Sequence[int]]


class JournalPage(Page):
    """Lines with their filters, and the details of the current one."""

    def __init__(self, context: Context, route: JournalOf) -> None:
        super().__init__(context, route)
        self.setObjectName("page-journal")
        self._request: Request[Found] | None = None
        self._has_choices = False
        self._wanted = 0  # the line to be on once they are read
        self.filters = JournalFilters(context, route.person)
        self.model = JournalModel(context, self)
        self.table = TableView("journal-table", accessible=tr("Journal"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.set_widths(_WIDTHS)
        stretched = QHeaderView.ResizeMode.Stretch
        self.table.horizontalHeader().setSectionResizeMode(CHANGED, stretched)
        self.details = DetailsPanel(context)
        self.busy = BusyLine(context, "journal-busy")
        self.head_bar = HeadBar(self)
        self.empty = EmptyState(tr("Reading the journal…"))
        self._stack = QStackedWidget()
        self._lay_out()
        self.filters.changed.connect(self.refresh)
        self.model.failed.connect(self._on_failed)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_current())
        self.empty.action_requested.connect(self.filters.clear)
        self.details.restore_asked.connect(self.restore)
        self.head_bar.accepted.connect(self.accept_head)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.filters.search.setFocus)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(self._header())
        column.addWidget(self.busy)
        column.addWidget(self.head_bar)
        self.head_bar.hide()
        card = Card("journal-card", flush=True)
        card.body.addWidget(self.filters)
        card.body.addWidget(HairLine())
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.table)
        card.body.addWidget(self._stack, 1)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(Space.M)
        self._sides.addWidget(card, 1)
        self._sides.addWidget(self.details)
        column.addLayout(self._sides, 1)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(Text(tr("Journal"), Type.TITLE, name="journal-title"))
        self._count = Chip("", ChipKind.COUNT, name="journal-count")
        self._count.hide()
        row.addWidget(self._count)
        row.addStretch(1)
        self.check_button = Button(tr("Check"), icon="shield-check", name="journal-check")
        what = tr("Read every line through: was any altered, removed or moved?")
        self.check_button.setToolTip(plain_tip(what))
        self.check_button.clicked.connect(self.check)
        row.addWidget(self.check_button)
        self.export_button = Button(
            tr("Export the lines"), icon="file-spreadsheet", name="journal-export"
        )
        self.export_button.clicked.connect(self.ask_export)
        self.export_button.setVisible(allows(self.context.actor, Permission.EXPORT_NAMES))
        row.addWidget(self.export_button)
        return row

    def nav_key(self) -> str:
        """It is reached from the settings."""
        return "settings"

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Filters, table, details."""
        return (self.filters.search, self.table, self.details.area)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The details stand under the table in a narrow window."""
        super().resizeEvent(event)
        is_narrow = self.window_width() < Width.FOLD_LIST_PANEL
        down, along = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if is_narrow else along)
        if is_narrow:
            self.details.setMinimumWidth(0)
            self.details.setMaximumWidth(self.maximumWidth())
            self.details.setFixedHeight(min(_LOW, max(0, self.height() // 2 - Space.XXL)))
        else:
            self.details.setMinimumHeight(0)
            self.details.setMaximumHeight(self.maximumHeight())
            self.details.setFixedWidth(Width.LIST_PANEL)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the journal again, on the worker, and stay on the same line."""
        register, query = self.context.register, self.filters.query()
        self._wanted = self._wanted or self.model.sequence_at(self.table.currentIndex().row())

        has_choices = self._has_choices

        def work(_progress: Progress) -> Found:
            # Every line is read for the choices: once a visit.
            return (None if has_choices else choices(register)), sequences(register, query)

        self.context.tasks.cancel(self._request)
        self._request = self.context.tasks.start(Request(work, self._on_read, self._on_failed))

    def _on_read(self, found: Found) -> None:
        offered, shown = found
        if offered is not None:
            self._has_choices = True
            self.filters.set_choices(offered)
        self.model.show(shown)
        count = len(shown)
        self._count.set_spec(ChipSpec(number_text(count), ChipKind.COUNT))
        self._count.setAccessibleName(ntr("{count} line", "{count} lines", count))
        self._count.show()
        self.export_button.setEnabled(bool(count))
        self._stack.setCurrentWidget(self.table if count else self.empty)
        if self.filters.query() == AuditQuery():
            self.empty.set_content(tr("Nothing was written in the journal yet."))
        else:
            self.empty.set_content(
                tr("Journal: nothing matches these filters."), tr("Clear the filters")
            )
        wanted, self._wanted = self._wanted, 0
        if count:
            self.table.setCurrentIndex(self.model.index(max(0, self.model.row_of(wanted)), 0))
        self._on_current()

    def _on_current(self) -> None:
        sequence = self.model.sequence_at(self.table.currentIndex().row())
        if not sequence:
            self.details.clear()
            return
        try:
            self.details.show_line(line_shown(self.context.register, sequence))
        except UserError as error:
            self.details.clear()
            self._on_failed(error)

    def check(self) -> None:
        """Read every line through on the worker; it can be given up."""
        from avrr_desktop.services.audit_check import check_journal

        register = self.context.register

        def work(progress: Progress) -> tuple[Fault, ...]:
            return check_journal(register, progress)

        self.busy.run(
            tr("Reading every line of the journal through"),
            work,
            self._on_checked,
            retry=self.check,
            given_up=tr("The check was given up."),
        )

    def _on_checked(self, found: tuple[Fault, ...]) -> None:
        may = allows(self.context.actor, Permission.RESTORE)
        self.head_bar.setVisible(may and any(fault.kind in OF_HEAD for fault in found))
        if not found:
            self.busy.say(tr("Every line of the journal holds."))
            return
        say = translator(screen_language())
        told = [fault_text(fault, say) for fault in found[:_MOST_TOLD]]
        if rest := len(found) - len(told):
            told.append(say.ntr("{count} more.", "{count} more.", rest))
        self.busy.say("\n".join(told), "warning")
        row = self.model.row_of(found[0].sequence)
        if row >= 0:
            self.table.setCurrentIndex(self.model.index(row, 0))

    def accept_head(self, reason: str) -> None:
        """Begin the head anew; the journal keeps who did and why."""
        try:
            accept_head(self.context.register, self.context.actor, reason)
        except UserError as error:
            self._on_failed(error)
            return
        self.head_bar.reason.clear()
        self.head_bar.hide()
        self.busy.say(tr("The head of the journal is begun anew; the journal says why."))
        self.refresh()

    def ask_export(self) -> None:
        """Ask for the file's name, then write the lines that are shown."""
        today = self.context.register.clock.today()
        named = f"{tr('Journal')} AVRR {today.isoformat()}.xlsx"
        kinds = f"{tr('Workbook (*.xlsx)')};;{tr('CSV file (*.csv)')}"
        path, kind = QFileDialog.getSaveFileName(self, tr("Export the lines"), named, kinds)
        if path:
            ending = ".csv" if path.lower().endswith(".csv") or "*.csv" in kind else ".xlsx"
            self.write(Path(path).with_suffix(ending))

    def write(self, path: Path) -> None:
        """Write the lines that are shown, on the worker."""
        from avrr_desktop.services.audit_export import export_journal

        register, language = self.context.register, screen_language()
        shown, query = self.model.sequences, self.filters.query()

        def work(progress: Progress) -> int:
            return export_journal(register, shown, path, language, query=query, tell=progress)

        def done(count: int) -> None:
            said = ntr("{count} line written:", "{count} lines written:", count)
            self.busy.say_written(said, path)
            self.refresh()

        self.busy.run(tr("Writing the lines"), work, done, retry=self.ask_export)

    def restore(self, sequence: int, field: str, reason: str) -> None:
        """Give a field back the value it had before a line; asks when published figures move."""
        context = self.context
        act = partial(restore_value, context.register, context.actor, sequence, field, reason)
        try:
            changed = corrected(self, lambda why: act(correction=why))
        except UserError as error:
            self._on_failed(error)
            return
        if changed is not None:
            context.shell.say_done(changed, tr("The value of before is restored."))
            self.refresh()

    def _on_failed(self, error: UserError) -> None:
        self.context.shell.say_failed(word_error(error, translator(screen_language())))

    def state(self) -> object:
        """Filters and line."""
        return self.filters.query(), self.model.sequence_at(self.table.currentIndex().row())

    def set_state(self, state: object) -> None:
        """The same filters and line."""
        if isinstance(state, tuple):
            query, self._wanted = state
            self.filters.set_query(query)
            self.refresh()
