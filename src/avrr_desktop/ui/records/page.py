"""The list of one record: persons, cases or an activity."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.activities import ACTIVITY_BY_KEY, RECORD_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.lists import columns_of
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.forms.tab_order import chain
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.records.cells import cell_text
from avrr_desktop.ui.records.deletion import DeletionBar
from avrr_desktop.ui.records.exporting import Exporter
from avrr_desktop.ui.records.footer import ListFooter
from avrr_desktop.ui.records.list_card import ListCard, ListState
from avrr_desktop.ui.routes import CasePage, FormOf, NewRegistration, PersonPage, RecordsOf
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.text import Text


class RecordsPage(Page):
    """A list with what can be done to its rows."""

    def __init__(self, context: Context, route: RecordsOf) -> None:
        super().__init__(context, route)
        self.setObjectName(f"records-{route.key}")
        self._key = route.key
        self._record = RECORD_BY_KEY[route.key]
        self.list = ListCard(context, route.key)
        self.list.filters.preset(route.filters)
        self.deletion: DeletionBar = DeletionBar(context)
        self.exported = Banner(tone="ok", name="exported")
        self.exported.hide()
        self.exporter = Exporter(context, route.key, self.exported)
        self.footer = ListFooter()
        self.list.body.addWidget(self.footer)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(self._header())
        column.addWidget(self.deletion)
        column.addWidget(self.exported)
        column.addWidget(self.list, 1)
        self.setFocusProxy(self.list.table)
        self._connect()
        chain(self)
        self.list.ask()

    def nav_key(self) -> str:
        """The list's own entry."""
        return self._key

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Filters, then the table."""
        return (self.list.filters.search, self.list.table)

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(Text(self.context.text(self._record.plural), Type.TITLE, name="list-title"))
        self._count = Chip("", ChipKind.COUNT, name="list-count")
        self._count.hide()
        row.addWidget(self._count)
        row.addStretch(1)
        if self._key in ACTIVITY_BY_KEY:
            export = Button(tr("Export the list"), icon="file-spreadsheet", name="export-list")
            export.clicked.connect(lambda: self.exporter.ask(self.list.query()))
            row.addWidget(export)
        return row

    def _connect(self) -> None:
        card = self.list
        card.loaded.connect(self._on_counted)
        card.completed.connect(self._on_counted)
        card.failed.connect(self._on_failed)
        card.filters.rebuilt.connect(lambda: chain(self))
        card.table.activated.connect(self._on_activated)
        card.table.selectionModel().selectionChanged.connect(lambda *_: self._on_selection())
        card.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_selection())
        card.empty.action_requested.connect(self._on_empty_action)
        self.deletion.left.connect(card.table.setFocus)
        self.deletion.deleted.connect(lambda _id: card.table.setFocus())
        self.footer.deselected.connect(card.table.clearSelection)
        self.footer.opened.connect(lambda: self._on_activated(card.table.currentIndex()))
        self.footer.edited.connect(self.edit)
        self.footer.deleted.connect(self.delete)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(card.filters.search.setFocus)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the list again, keeping place and selection."""
        self.list.ask_again()

    def _on_counted(self) -> None:
        total = self.list.model.total
        shown = number_text(total)
        self._count.set_spec(ChipSpec(shown, ChipKind.COUNT))
        self._count.show()
        self.footer.set_total(ntr("{number} line", "{number} lines", total, number=shown))
        self._on_selection()

    def _on_failed(self, error: UserError) -> None:
        said = word_error(error, translator(screen_language()))
        self.context.shell.say_failed(said, self.list.ask)

    def _on_empty_action(self) -> None:
        if self.list.filters.is_active:
            self.list.filters.clear()
        elif self._key in ACTIVITY_BY_KEY:
            self.context.shell.open(FormOf(self._key))
        else:
            self.context.shell.open(NewRegistration())

    def _on_activated(self, index: QModelIndex) -> None:
        row = self.list.model.row(index.row())
        if row is None:
            return
        if self._record is CASE_FILE:
            self.context.shell.open(CasePage(row.id))
        else:
            self.context.shell.open(PersonPage(row.person_id))

    def edit(self) -> None:
        """Open the form of the current row."""
        record_id = self.list.model.id_at(self.list.table.currentIndex().row())
        if record_id:
            self.context.shell.open(FormOf(self._key, record_id))

    def delete(self) -> None:
        """Ask for the reason of deleting the current row."""
        row = self.list.model.row(self.list.table.currentIndex().row())
        if row is None:
            return
        name = next(column for column in columns_of(self._key) if column.key == "name")
        self.deletion.ask(self._key, row.id, cell_text(self.context, name, row))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 edits, Delete asks for a reason."""
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        elif event.key() == Qt.Key.Key_Delete:
            self.delete()
        else:
            super().keyPressEvent(event)

    def _on_selection(self) -> None:
        table = self.list.table
        count = len(table.selectionModel().selectedRows())
        self.footer.set_selected(count, has_current=table.currentIndex().isValid())

    def state(self) -> object:
        """What the list is come back to with."""
        return self.list.state()

    def set_state(self, state: object) -> None:
        """Go back to the same rows and place."""
        if isinstance(state, ListState):
            self.list.set_state(state)
