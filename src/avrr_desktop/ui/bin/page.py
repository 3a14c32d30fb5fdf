"""The bin: what was deleted, with its reason, and its return."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.bin import BinItem, read_bin
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.unsaved import Unsaved
from avrr_desktop.ui.drafts.words import form_text, persons_text
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.person.words import plain_name
from avrr_desktop.ui.records.deletion import reason_text
from avrr_desktop.ui.routes import Bin
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.shell.shared import with_shared
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import code_text, date_text, ltr, time_text
from avrr_desktop.ui.widgets.roles import CellRole
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, Surface
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_Role = Qt.ItemDataRole
_DATE_AND_TIME = "88/88/8888 88:88"
_NAME = "n" * 26
_ACTOR = "n" * 13


_ALL, _PERSONS, _CASES, _ACTIVITIES, _DRAFTS = range(5)

Binned = BinItem | Unsaved


class BinModel(QAbstractTableModel):
    """Deleted records of one kind, or of all."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._items: tuple[Binned, ...] = ()
        self._heads = (tr("Deleted on"), tr("Record"), tr("About"), tr("By"), tr("Reason"))

    def show(self, items: Sequence[Binned]) -> None:
        """Show these."""
        self.beginResetModel()
        self._items = tuple(items)
        self.endResetModel()

    def item(self, row: int) -> Binned | None:
        """The record of a row."""
        return self._items[row] if 0 <= row < len(self._items) else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Records."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """When, what, about whom, by whom, why."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """The heads."""
        if orientation is Qt.Orientation.Horizontal:
            if role == _Role.DisplayRole:
                return self._heads[section]
            if role == _Role.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = _Role.DisplayRole) -> object:
        """Texts; what a record is about in bold."""
        if role == CellRole.BOLD:
            return index.column() == 2
        if role in (_Role.DisplayRole, _Role.ToolTipRole, _Role.AccessibleTextRole):
            return self._texts(self._items[index.row()])[index.column()]
        return None

    def _texts(self, item: Binned) -> tuple[str, ...]:
        if isinstance(item, Unsaved):
            return self._draft_texts(item)
        when = _when(item.deleted_at)
        about = said_name(item)
        if item.events:
            events = ntr("{count} event", "{count} events", item.events)
            about = tr("{name} and {events}", name=about, events=events)
        reason = reason_text(item.reason)
        return when, self._context.text(item.record.label), about, item.actor, reason

    def _draft_texts(self, form: Unsaved) -> tuple[str, ...]:
        named = tr("Draft: {form}", form=form_text(self._context, form))
        until = form.bin_until
        reason = tr("discarded; here until {date}", date=_day(until)) if until else ""
        actor = self._context.actor.name
        return _when(_gone_at(form)), named, persons_text(form), actor, reason


def _when(at: datetime) -> str:
    local = at.astimezone()
    return ltr(f"{date_text(local.date())} {time_text(local)}")


def _day(at: datetime) -> str:
    return ltr(date_text(at.astimezone().date()))


def _gone_at(item: Binned) -> datetime:
    if isinstance(item, Unsaved):
        return item.discarded_at or item.kept_at
    return item.deleted_at


def said_name(item: BinItem) -> str:
    """The person, or the number of a case."""
    return code_text(item.number) if item.record is CASE_FILE else plain_name(item.name)


def _kind_of(item: Binned) -> int:
    if isinstance(item, Unsaved):
        return _DRAFTS
    if item.record is PERSON:
        return _PERSONS
    return _CASES if item.record is CASE_FILE else _ACTIVITIES


def _kind_words() -> tuple[str, ...]:
    return tr("All"), tr("Persons"), tr("Cases"), tr("Activities"), tr("Drafts")


class BinPage(Page):
    """Deleted records by kind; Enter restores."""

    def __init__(self, context: Context, route: Bin) -> None:
        super().__init__(context, route)
        self.setObjectName("bin-page")
        self._items: tuple[Binned, ...] = ()
        self._kept: int | None = None
        self._request: Request[tuple[Binned, ...]] | None = None
        self.kinds = TabBar(
            [Tab(word) for word in _kind_words()],
            name="bin-kinds",
            accessible=tr("Kind of record"),
        )
        self.model = BinModel(context, self)
        self.table = TableView("bin-table", accessible=tr("Bin"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.empty = EmptyState("")
        self.restore_button = Button(
            tr("Restore"), Variant.SECONDARY, icon="undo-2", key=tr("Enter"), name="bin-restore"
        )
        self.restore_button.setEnabled(False)
        self._stack = QStackedWidget()
        self._lay_out()
        self.kinds.chosen.connect(lambda _kind: self._show())
        self.table.activated.connect(lambda _index: self.restore())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_current())
        self.restore_button.clicked.connect(self.restore)
        self.refresh()

    def nav_key(self) -> str:
        """The bin."""
        return "bin"

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Kinds, then the table."""
        return (self.kinds, self.table)

    def entrances(self) -> tuple[QWidget, ...]:
        """The table: Enter restores at once."""
        return (self.table, self.kinds)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(Text(tr("Bin"), Type.TITLE, name="bin-title"))
        said = " ".join(
            (
                tr("What was deleted stays here, out of every list and figure, until restored."),
                tr("Discarded drafts go after 30 days."),
            )
        )
        column.addWidget(Text(said, Type.CAPTION, wrap=True))
        card = Card("bin-card", flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(Space.S, 0, Space.S, 0)
        head.addWidget(self.kinds)
        card.body.addLayout(head)
        card.body.addWidget(HairLine())
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card.body.addWidget(self._stack, 1)
        foot = Surface("raised", edge="top", name="bin-foot")
        foot.setProperty("corners", "bottom")
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.M, Space.XS, Space.L, Space.XS)
        row.addWidget(self.restore_button)
        row.addStretch(1)
        card.body.addWidget(foot)
        column.addWidget(card, 1)
        labels = [self.context.text(each.label) for each in (PERSON, CASE_FILE, *ACTIVITIES)]
        records = [tr("Draft: {form}", form=label) for label in labels]
        self.table.set_widths(([_DATE_AND_TIME], records, [_NAME], [_ACTOR], []))
        self.table.horizontalHeader().setStretchLastSection(True)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the bin again, on the worker."""
        register, keeping = self.context.register, self.context.keeping

        def work(_progress: Progress) -> tuple[Binned, ...]:
            drafts = keeping.forms.binned() if keeping is not None else ()
            items: list[Binned] = [*read_bin(register), *drafts]
            return tuple(sorted(items, key=_gone_at, reverse=True))

        self.context.tasks.cancel(self._request)
        self._request = self.context.tasks.start(Request(work, self._on_read, self._on_failed))

    def _on_read(self, items: tuple[Binned, ...]) -> None:
        self._items = items
        for kind, word in enumerate(_kind_words()):
            self.kinds.set_tab(kind, Tab(word, len(self._of_kind(kind))))
        self._show()

    def _of_kind(self, kind: int) -> tuple[Binned, ...]:
        if kind == _ALL:
            return self._items
        return tuple(item for item in self._items if _kind_of(item) == kind)

    def _show(self) -> None:
        row = max(0, self.table.currentIndex().row())
        shown = self._of_kind(self.kinds.index())
        self.model.show(shown)
        if self._kept is not None:
            row, self._kept = self._kept, None
        if shown:
            self.table.setCurrentIndex(self.model.index(min(row, len(shown) - 1), 0))
        self.empty.set_content(tr("The bin is empty: nothing deleted waits to be restored."))
        if not shown and self.table.hasFocus():
            self.kinds.set_focus()  # the table is about to go
        self._stack.setCurrentWidget(self.table if shown else self.empty)
        self._on_current()

    def _on_current(self) -> None:
        item = self.model.item(self.table.currentIndex().row())
        self.restore_button.setEnabled(item is not None)

    def restore(self) -> None:
        """Take the current record out of the bin."""
        item = self.model.item(self.table.currentIndex().row())
        if item is None:
            return
        if isinstance(item, Unsaved):
            if self.context.keeping is not None:
                self.context.keeping.restored.emit(item)
            return
        context = self.context
        try:
            changed = corrected(
                self,
                lambda reason: context.records.restore(
                    context.actor, item.record.key, item.id, correction=reason
                ),
            )
        except UserError as error:
            self._on_failed(error)
            return
        if changed is None:
            return
        said = tr(
            "{record} ({name}) is restored.",
            record=context.text(item.record.label),
            name=said_name(item),
        )
        context.shell.say_done(changed, with_shared(context, said, changed.persons))

    def _on_failed(self, error: UserError) -> None:
        self.context.shell.say_failed(word_error(error, translator(screen_language())))

    def state(self) -> object:
        """Kind and row."""
        return (self.kinds.index(), self.table.currentIndex().row())

    def set_state(self, state: object) -> None:
        """The same kind and row."""
        if isinstance(state, tuple):
            kind, row = state
            self._kept = row
            self.kinds.set_index(kind)
