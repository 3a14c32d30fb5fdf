"""The card of a list: filters and columns over its table, an empty state, and its order."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.lists import (
    Filter,
    ListQuery,
    columns_of,
    default_sort,
    keep_columns,
    read_columns,
)
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.cells import copied_text
from avrr_desktop.ui.records.filters import FilterBar
from avrr_desktop.ui.records.model import RecordModel
from avrr_desktop.ui.records.popups import CheckPopup
from avrr_desktop.ui.records.table import RecordTable
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.surfaces import Card, HairLine


@dataclass(frozen=True, slots=True)
class ListState:
    """What a list is come back to with."""

    sort: tuple[str, bool]
    filters: tuple[Filter, ...]
    text: str
    current: str
    selected: tuple[str, ...]
    scroll: int
    focused: bool


class ListCard(Card):
    """The rows of one record; ``loaded`` when the first have come, ``completed`` when all have."""

    loaded = Signal()
    completed = Signal()
    failed = Signal(object)  # UserError

    def __init__(self, context: Context, key: str) -> None:
        super().__init__("list-card", flush=True)
        self._context = context
        self._key = key
        self._record = RECORD_BY_KEY[key]
        self._sort = default_sort(key)
        self._wanted: ListState | None = None
        self._opens = False  # Enter came before the rows
        shown = read_columns(context.register, context.actor, key)
        columns = [column for column in columns_of(key) if column.key in shown]
        self.model = RecordModel(context, columns, self)
        self.filters = FilterBar(context, key)
        self.table = RecordTable("list", context.text(self._record.plural))
        self.table.setModel(self.model)
        self.table.set_copy(self._copied)
        self.empty = EmptyState("")
        self.choose_columns = Button(
            tr("Columns"), small=True, arrow=True, icon="columns-3", name="choose-columns"
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._show_columns()

    def _lay_out(self) -> None:
        self.filters.add_trailing(self.choose_columns)
        self.body.addWidget(self.filters)
        self.body.addWidget(HairLine())
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self.body.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.model.loaded.connect(self._on_loaded)
        self.model.completed.connect(self._on_completed)
        self.model.failed.connect(self.failed)
        self.model.failed.connect(lambda _error: self._wait_no_more())
        self.filters.changed.connect(self.ask)
        self.filters.search.went_down.connect(self._on_down)
        self.filters.search.entered.connect(self._on_entered)
        self.filters.search.textEdited.connect(lambda _text: self._wait_no_more())
        self.table.horizontalHeader().sectionClicked.connect(self._on_sorted)
        self.table.sort_requested.connect(self._on_sorted)
        self.choose_columns.clicked.connect(self._on_columns)

    def query(self) -> ListQuery:
        """What the list shows now."""
        return ListQuery(
            self._key,
            sort=self._sort,
            filters=self.filters.filters(),
            text=self.filters.text(),
            language=screen_language(),
            columns=tuple(column.key for column in self.model.columns),
        )

    def ask(self) -> None:
        """Read the list."""
        self._wait_no_more()
        self.model.ask(self.query())

    def ask_again(self) -> None:
        """Read the list anew, then be at the same place."""
        if self._wanted is None:
            self._wanted = self.state()
        self.model.ask_again()

    def _on_loaded(self) -> None:
        total = self.model.total
        self._stack.setCurrentWidget(self.table if total else self.empty)
        self._word_empty()
        self._show_sort()
        wanted = self._wanted
        if wanted is None and total:
            self.table.go_to(0)
        elif wanted is not None and self.model.place_of(wanted.current) >= 0:
            self._return_to(wanted)
        self.loaded.emit()
        if self._opens:
            self._opens = False
            self._open_current()

    def _wait_no_more(self) -> None:
        self._opens = False

    def _on_down(self) -> None:
        """From the search into the table, on the row that is the current one already."""
        if self._stack.currentWidget() is not self.table:
            return
        if not self.table.currentIndex().isValid() and self.model.rowCount():
            self.table.go_to(0)
        self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_entered(self) -> None:
        """Open the current row of what is typed, once its rows are there."""
        self.filters.hurry()
        if self.model.is_current:
            self._open_current()
        else:
            self._opens = True

    def _open_current(self) -> None:
        index = self.table.currentIndex()
        if not index.isValid():
            index = self.model.index(0, 0)
        if index.isValid():
            self.table.activated.emit(index)

    def _on_completed(self) -> None:
        if self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._return_to(wanted)
        self.completed.emit()

    def _word_empty(self) -> None:
        plural = self._context.text(self._record.plural)
        if self.filters.is_active:
            said = tr("{list}: nothing matches these filters.", list=plural)
            self.empty.set_content(said, tr("Clear the filters"))
        else:
            said = tr("{list}: nothing has been entered yet.", list=plural)
            self.empty.set_content(said, tr("New record"))

    def _copied(self) -> str:
        places = self.table.selected_rows() or [self.table.currentIndex().row()]
        columns = self.model.columns
        lines = ["\t".join(self._context.text(column.label) for column in columns)]
        for place in places:
            row = self.model.row(place)
            if row is not None:
                lines.append("\t".join(copied_text(self._context, c, row) for c in columns))
        return "\n".join(lines)

    def _on_sorted(self, section: int) -> None:
        column = self.model.columns[section]
        is_same = self._sort[0] == column.key
        self._sort = (column.key, not self._sort[1] if is_same else False)
        self.ask()

    def _show_sort(self) -> None:
        keys = [column.key for column in self.model.columns]
        key, descending = self._sort
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        section = keys.index(key) if key in keys else -1
        self.table.horizontalHeader().setSortIndicator(section, order)

    def _show_columns(self) -> None:
        columns = self.model.columns
        self.table.show_columns(columns, [self._context.text(c.label) for c in columns])
        self._show_sort()

    def _on_columns(self) -> None:
        choices = [(c.key, self._context.text(c.label)) for c in columns_of(self._key)]
        shown = [column.key for column in self.model.columns]
        popup = CheckPopup(tr("Columns"), choices, shown, self)
        popup.ticked.connect(self._on_columns_ticked)
        popup.open_under(self.choose_columns)

    def _on_columns_ticked(self, keys: tuple[str, ...]) -> None:
        if not keys:
            return
        wanted = self.state()
        self.model.set_columns([c for c in columns_of(self._key) if c.key in keys])
        self._show_columns()
        self._return_to(wanted)
        try:
            keep_columns(self._context.register, self._context.actor, self._key, keys)
        except UserError as error:
            self.failed.emit(error)

    def state(self) -> ListState:
        """Order, filters, current and ticked rows, scroll."""
        selected = self.table.selected_rows()
        return ListState(
            sort=self._sort,
            filters=self.filters.filters(),
            text=self.filters.text(),
            current=self.model.id_at(self.table.currentIndex().row()),
            selected=tuple(self.model.id_at(place) for place in selected),
            scroll=self.table.verticalScrollBar().value(),
            focused=self.table.hasFocus(),
        )

    def set_state(self, state: ListState) -> None:
        """Ask for the same rows, then go back to the same place."""
        self._sort = state.sort
        self.filters.set_filters(state.filters, state.text)
        self._wanted = state
        self.ask()

    def _return_to(self, state: ListState) -> None:
        self.table.return_to(
            self.model.place_of(state.current),
            [place for i in state.selected if (place := self.model.place_of(i)) >= 0],
            state.scroll,
        )
        if state.focused:
            self.table.setFocus()
