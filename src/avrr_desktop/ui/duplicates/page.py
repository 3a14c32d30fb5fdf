"""Probable duplicates: pairs of files with their reasons, the same person or different ones."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.different_persons import say_different
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.duplicates_found import Duplicate, Duplicates, probable_duplicates
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.duplicates.model import (
    FIRST,
    FIRST_NUMBER,
    SECOND,
    SECOND_NUMBER,
    WHY,
    PairsModel,
    why_text,
)
from avrr_desktop.ui.duplicates.reason_bar import ReasonBar
from avrr_desktop.ui.duplicates.words import side_text
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import DuplicatesOf, MergeOf, PersonPage
from avrr_desktop.ui.tasks import Progress
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.delegates import ChipDelegate, NameDelegate
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import code_text, number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, Surface
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text

_NAME = "n" * 26
_WIDE = 1100  # pixels: below, the columns of numbers give way
_BIRTHS = "~88 (88/88/8888) · 88/88/8888"


class DuplicatesPage(Page):
    """The pairs, the surest first; Enter puts the two files side by side."""

    def __init__(self, context: Context, route: DuplicatesOf) -> None:
        super().__init__(context, route)
        self.setObjectName("duplicates-page")
        self._kept: int | None = None
        self._is_stale = False  # something changed while the pairs were looked for
        self.model = PairsModel(context, self)
        self.table = TableView("duplicates-table", accessible=tr("Probable duplicates"))
        self.table.setModel(self.model)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        for column in (FIRST, SECOND):
            self.table.setItemDelegateForColumn(column, NameDelegate(self.table))
        self.table.setItemDelegateForColumn(WHY, ChipDelegate(self.table))
        self.table.horizontalHeader().setSectionsClickable(False)
        self.busy = BusyLine(context, "duplicates-search")
        self.reason = ReasonBar(tr("Different persons"), "users", "different")
        self.empty = EmptyState("")
        self._same = Button(
            tr("Same person…"), Variant.PRIMARY, icon="merge", key=tr("Enter"), name="same-person"
        )
        self._different = Button(
            tr("Different persons…"), Variant.SECONDARY, icon="users", name="different-persons"
        )
        self._open = Button(tr("Open the file"), Variant.QUIET, icon="user", name="open-first")
        self._count = Text(role=Type.CAPTION, name="duplicates-count")
        self._why = Text(role=Type.CAPTION, wrap=True, name="duplicates-why")
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self._on_current()
        self.refresh()

    def nav_key(self) -> str:
        """Its own entry."""
        return "duplicates"

    def has_primary(self) -> bool:
        """*Same person…*."""
        return True

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The pairs, then what can be done with one."""
        return (self.table, self._same)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.L)
        column.setSpacing(Space.M)
        column.addLayout(self._head())
        said = tr(
            "Two files that may be of one person. Merged, they count once; said to be of two"
            " persons, they are never asked about again."
        )
        column.addWidget(Text(said, Type.CAPTION, wrap=True))
        column.addWidget(self.busy)
        column.addWidget(self.reason)
        card = Card("duplicates-card", flush=True)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(QWidget())  # nothing jumps while the pairs are looked for
        self._stack.setCurrentIndex(2)
        card.body.addWidget(self._stack, 1)
        card.body.addWidget(HairLine())
        self._why.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        card.body.addWidget(self._why)
        card.body.addWidget(self._foot())
        column.addWidget(card, 1)
        number = [code_text("P-888888")]
        self.table.set_widths(([_NAME], number, [_NAME], number, [_BIRTHS], []))
        self.table.horizontalHeader().setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(Text(tr("Probable duplicates"), Type.TITLE, name="duplicates-title"))
        head.addStretch(1)
        again = Button(tr("Look again"), Variant.QUIET, icon="rotate-cw", name="look-again")
        again.clicked.connect(self.look_again)
        head.addWidget(again)
        return head

    def _foot(self) -> Surface:
        foot = Surface("raised", edge="top", name="duplicates-foot")
        foot.setProperty("corners", "bottom")
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.M, Space.XS, Space.L, Space.XS)
        row.setSpacing(Space.XS)
        for button in (self._same, self._different, self._open):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._count)
        return foot

    def _connect(self) -> None:
        self.table.activated.connect(lambda _index: self.same_person())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_current())
        self._same.clicked.connect(self.same_person)
        self._different.clicked.connect(self.different_persons)
        self._open.clicked.connect(self.open_file)
        self.reason.confirmed.connect(self._on_different)
        self.reason.left.connect(self.table.setFocus)

    def refresh(self, changed: Changed | None = None) -> None:
        """Look for the pairs again, on the worker."""
        register = self.context.register

        def work(progress: Progress) -> Duplicates:
            return probable_duplicates(register, progress)

        self._is_stale = self.busy.is_busy
        self.busy.run(
            tr("Looking for files of one person…"),
            work,
            self._on_found,
            retry=self.refresh,
            given_up=tr("The search was given up."),
        )

    def look_again(self) -> None:
        """After a search given up."""
        self.refresh()

    def _on_found(self, found: Duplicates) -> None:
        if self._is_stale:
            self.refresh()
            return
        row = max(0, self.table.currentIndex().row()) if self._kept is None else self._kept
        self._kept = None
        self.model.show(found.pairs)
        if found.pairs:
            self.table.setCurrentIndex(self.model.index(min(row, len(found.pairs) - 1), 0))
        self.empty.set_content(tr("No two files look like one person."))
        self._stack.setCurrentIndex(0 if found.pairs else 1)
        self._count.setText(_count_text(found))
        self._on_current()

    def current(self) -> Duplicate | None:
        """The pair that has the focus."""
        return self.model.pair(self.table.currentIndex().row())

    def same_person(self) -> None:
        """Put the two files side by side; the one entered first is meant to stay."""
        pair = self.current()
        if pair is not None:
            first, second = sorted((pair.first, pair.second), key=lambda side: side.number)
            self.context.shell.open(MergeOf(first.id, second.id))

    def different_persons(self) -> None:
        """Ask why they are two."""
        pair = self.current()
        if pair is not None:
            title = tr(
                "{one} and {other} are two persons?",
                one=side_text(pair.first),
                other=side_text(pair.second),
            )
            self.reason.ask(title, "", tr("Reason: brothers, other passport, seen together…"))

    def open_file(self) -> None:
        """Open the first of the two."""
        pair = self.current()
        if pair is not None:
            self.context.shell.open(PersonPage(pair.first.id))

    def _on_different(self, reason: str) -> None:
        pair, context = self.current(), self.context
        if pair is None:
            return
        try:
            changed = say_different(
                context.register, context.actor, pair.first.id, pair.second.id, reason
            )
        except UserError as error:
            said = word_error(error, translator(screen_language()))
            context.shell.say_failed(said, lambda: self._on_different(reason))
            return
        self.reason.hide()
        self.table.setFocus()
        said = tr(
            "{one} and {other} are two persons.",
            one=side_text(pair.first),
            other=side_text(pair.second),
        )
        context.shell.say_done(changed, said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page keeps its room for the reasons; a name's tooltip holds its number."""
        super().resizeEvent(event)
        for column in (FIRST_NUMBER, SECOND_NUMBER):
            self.table.setColumnHidden(column, self.width() < _WIDE)

    def _on_current(self) -> None:
        pair = self.current()
        has_one = pair is not None
        self._why.setText(tr("Why: {reasons}", reasons=why_text(pair)) if pair else "")
        self._why.setVisible(has_one)
        for button in (self._same, self._different, self._open):
            button.setEnabled(has_one)

    def state(self) -> object:
        """The row."""
        return self.table.currentIndex().row()

    def set_state(self, state: object) -> None:
        """Come back to the row, once read."""
        if isinstance(state, int) and state >= 0:
            self._kept = state


def _count_text(found: Duplicates) -> str:
    shown = len(found.pairs)
    if shown < found.total:
        return tr(
            "The {shown} surest of {total} pairs",
            shown=number_text(shown),
            total=number_text(found.total),
        )
    return ntr("{count} pair", "{count} pairs", found.total) if shown else ""
