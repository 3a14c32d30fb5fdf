"""Today: what is due, late or incomplete; every line opens its persons, every person a form."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHeaderView,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.worklist import Work, WorkLine, duplicates_line, work_list
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import DuplicatesOf, FormOf, NewRegistration, PersonPage, Route
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.today.items import NAME, ItemsModel
from avrr_desktop.ui.today.lines import LinesModel, LinesView
from avrr_desktop.ui.today.words import WORDS
from avrr_desktop.ui.widgets.delegates import NameDelegate
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text

_LOCALES = {Language.FR: "fr_MA", Language.AR: "ar_MA", Language.EN: "en_GB"}


class TodayPage(Page):
    """The day's work."""

    def __init__(self, context: Context, route: Route) -> None:
        super().__init__(context, route)
        self.setObjectName("page-today")
        self._request: Request[tuple[WorkLine, ...]] | None = None
        self._second: Request[WorkLine | None] | None = None
        self._wanted: Work | None = None  # the list to show once read
        self.lines = LinesModel()
        self.items = ItemsModel(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        column.setSpacing(Space.CARD_GAP)
        column.addLayout(self._header())
        self._body = QStackedLayout()
        column.addLayout(self._body, 1)
        self._body.addWidget(QWidget())  # nothing jumps while the lists are read
        self._body.addWidget(self._cards())
        self._empty = EmptyState(
            tr("Nothing is due, late or incomplete today."), tr("New record"), icon="plus"
        )
        self._empty.action_requested.connect(lambda: context.shell.open(NewRegistration()))
        self._body.addWidget(self._empty)
        self.refresh()

    def _header(self) -> QVBoxLayout:
        today = self.context.register.clock.today()
        locale = QLocale(_LOCALES[screen_language()])
        day = locale.toString(QDate(today.year, today.month, today.day), "dddd d MMMM yyyy")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(tr("Today"), Type.TITLE, name="page-title"))
        words.addWidget(Text(day, Type.CAPTION, name="page-day"))
        return words

    def _cards(self) -> QWidget:
        cards = QWidget()
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, cards)
        self._beside.setContentsMargins(0, 0, 0, 0)
        self._beside.setSpacing(Space.CARD_GAP)
        self._beside.addWidget(self._lines_card(), 4, Qt.AlignmentFlag.AlignTop)
        self._beside.addWidget(self._items_card(), 5)
        return cards

    def _lines_card(self) -> Card:
        card = Card("work-lines-card", flush=True)
        self.view = LinesView()
        self.view.setModel(self.lines)
        self.view.selectionModel().currentChanged.connect(lambda now, _was: self._show_line(now))
        self.view.activated.connect(lambda _index: self.table.setFocus())
        card.body.addWidget(self.view)
        return card

    def _items_card(self) -> Card:
        card = Card("work-items-card", flush=True)
        self._title = Text(role=Type.SECTION, name="work-title")
        self._about = Text(role=Type.CAPTION, wrap=True, name="work-about")
        head = QVBoxLayout()
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        head.setSpacing(Space.XS)
        head.addWidget(self._title)
        head.addWidget(self._about)
        card.body.addLayout(head)
        card.body.addWidget(HairLine())
        self.table = TableView("work-items", accessible=tr("Persons of the list"))
        self.table.setModel(self.items)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(NAME, NameDelegate(self.table))
        self.table.horizontalHeader().setSectionsClickable(False)
        self.table.activated.connect(self._open_item)
        card.body.addWidget(self.table, 1)
        self._footer = Text(role=Type.CAPTION, name="work-footer")
        self._footer.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        card.body.addWidget(HairLine())
        card.body.addWidget(self._footer)
        return card

    def nav_key(self) -> str:
        """Its own entry."""
        return "today"

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The lists, then the persons of one."""
        return (self.view, self.table)

    def state(self) -> object:
        """The list chosen and the row."""
        line = self.lines.line(self.view.currentIndex().row())
        work = line.work if line is not None else self._wanted
        return work, self.table.currentIndex().row()

    def set_state(self, state: object) -> None:
        """Choose them again once read."""
        if isinstance(state, tuple) and isinstance(state[0], Work):
            self._wanted = state[0]

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the lists on the worker."""
        tasks, register = self.context.tasks, self.context.register
        tasks.cancel(self._request)
        tasks.cancel(self._second)

        def work(progress: Progress) -> tuple[WorkLine, ...]:
            return work_list(register, lambda: progress(0, 0))

        self._request = tasks.start(Request(work, self._on_read, self._on_failed))

    def _on_read(self, lines: tuple[WorkLine, ...]) -> None:
        shown = self.lines.line(self.view.currentIndex().row())
        wanted = self._wanted or (shown.work if shown is not None else None)
        self._wanted = None
        self.lines.set_lines(lines)
        self._show_lines(wanted)
        self._look_for_duplicates(wanted)

    def _show_lines(self, wanted: Work | None) -> None:
        has_lines = self.lines.rowCount() > 0
        self.view.updateGeometry()
        self._body.setCurrentIndex(1 if has_lines else 2)
        if has_lines:
            self.view.setCurrentIndex(self.lines.index(self.lines.row_of(wanted)))
            if QApplication.focusWidget() is self:
                self.view.setFocus()

    def _look_for_duplicates(self, wanted: Work | None) -> None:
        """They take seconds in a great register: the other lists do not wait for them."""
        tasks, register = self.context.tasks, self.context.register

        def work(progress: Progress) -> WorkLine | None:
            return duplicates_line(register, progress)

        def found(line: WorkLine | None) -> None:
            if line is None or not isValid(self):
                return
            is_first = self.lines.rowCount() == 0
            self.lines.add_line(line)
            self.view.updateGeometry()
            if is_first or wanted is Work.DUPLICATES:
                self._show_lines(Work.DUPLICATES)

        self._second = tasks.start(Request(work, found, self._on_failed))

    def _on_failed(self, error: UserError) -> None:
        from avrr_desktop.services.messages import word_error

        said = word_error(error, translator(screen_language()))
        self.context.shell.say_failed(said, self.refresh)

    def _show_line(self, index: QModelIndex) -> None:
        line = self.lines.line(index.row())
        self.items.set_line(line)
        if line is None:
            return
        self._title.setText(WORDS[line.work].title())
        self._about.setText(WORDS[line.work].about())
        self._footer.setText(_footer(line))
        head = self.table.horizontalHeader()
        for column in range(self.items.columnCount()):
            fit = QHeaderView.ResizeMode.ResizeToContents
            stretch = QHeaderView.ResizeMode.Stretch
            head.setSectionResizeMode(column, stretch if column == NAME else fit)
        self.table.setCurrentIndex(self.items.index(0, 0))

    def _open_item(self, index: QModelIndex) -> None:
        item = self.items.item(index.row())
        if item is None:
            return
        if item.other is not None:
            self.context.shell.open(DuplicatesOf())
        elif item.record in ACTIVITY_BY_KEY:
            self.context.shell.open(FormOf(item.record, item.record_id))
        else:
            self.context.shell.open(PersonPage(item.person_id))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One card under the other in a narrow page."""
        super().resizeEvent(event)
        narrow = self.width() < Width.TWO_COLUMNS
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def _footer(line: WorkLine) -> str:
    shown = len(line.items)
    if shown < line.count:
        return tr(
            "The first {shown} of {total}. Enter opens the record.",
            shown=number_text(shown),
            total=number_text(line.count),
        )
    return ntr(
        "{lines} line. Enter opens the record.",
        "{lines} lines. Enter opens the record.",
        line.count,
        lines=number_text(line.count),
    )
