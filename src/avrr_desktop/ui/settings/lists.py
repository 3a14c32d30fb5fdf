"""The lists of the register: terms are renamed, ordered, added and retired, never deleted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QHeaderView, QListView, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.core.vocabularies import Term
from avrr_desktop.services import vocabulary_admin as admin
from avrr_desktop.services.vocabulary_names import is_closed, list_label
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.settings.term_form import TermForm, TypedTerm
from avrr_desktop.ui.settings.term_table import AR, CODE, EN, FR, STATE, ListsModel, TermsModel
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Line, Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.delegates import CellDelegate, ChipDelegate
from avrr_desktop.ui.widgets.formats import number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text


class ListsSection(QWidget):
    """Lists at the start side, the terms of one beside, its form below them."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("settings-lists")
        self._context = context
        self._vocabulary = ""
        self.lists = ListsModel(context.register)
        self.terms = TermsModel(context.register)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        row.setSpacing(Space.CARD_GAP)
        row.addWidget(self._lists_card())
        row.addWidget(self._terms_card(), 1)
        self.names.setCurrentIndex(self.lists.index(0))

    def _lists_card(self) -> Card:
        card = Card("lists-card", flush=True)
        card.setFixedWidth(Width.LISTS)
        search = QVBoxLayout()
        search.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        label = tr("Find a list")
        self.search = TextEditor("lists-search", label, placeholder=label)
        self.search.changed.connect(self._on_search)
        search.addWidget(self.search)
        card.body.addLayout(search)
        card.body.addWidget(HairLine())
        self.names = QListView()
        self.names.setObjectName("lists-names")
        self.names.setAccessibleName(tr("Lists"))
        self.names.setFrameShape(QFrame.Shape.NoFrame)
        self.names.setModel(self.lists)
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setItemDelegate(CellDelegate(self.names))
        self.names.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.names.selectionModel().currentChanged.connect(lambda now, _was: self._on_list(now))
        card.body.addWidget(self.names, 1)
        return card

    def _terms_card(self) -> Card:
        card = Card("terms-card", flush=True)
        card.body.addLayout(self._head())
        card.body.addWidget(HairLine())
        self.table = TableView("terms", accessible=tr("Terms of the list"))
        self.table.setModel(self.terms)
        self.table.setSelectionMode(TableView.SelectionMode.SingleSelection)
        self.table.setItemDelegateForColumn(STATE, ChipDelegate(self.table))
        head = self.table.horizontalHeader()
        head.setSectionsClickable(False)
        for column in (FR, AR, EN):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column in (CODE, STATE):
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.table.selectionModel().currentChanged.connect(lambda *_: self._fit_buttons())
        self.table.activated.connect(lambda _index: self.rename())
        card.body.addWidget(self.table, 1)
        self.form = TermForm(self._context.register)
        self.form.saved.connect(self.save)
        self.form.cancelled.connect(self._close_form)
        self.form.hide()
        card.body.addWidget(self.form)
        return card

    def _head(self) -> QVBoxLayout:
        head = QVBoxLayout()
        head.setContentsMargins(margins(Space.L, Space.S, Space.M - Line.RING_ROOM, Space.XS))
        head.setSpacing(0)
        words = QHBoxLayout()
        words.setSpacing(Space.S)
        self._title = Text(role=Type.SECTION, wrap=True, name="list-title")
        self._note = Text(role=Type.CAPTION, wrap=True, name="list-note")
        self._add = Button(
            tr("Add a term"), Variant.SECONDARY, icon="plus", small=True, name="term-add"
        )
        self._add.clicked.connect(self.add)
        said = QVBoxLayout()
        said.setSpacing(0)
        said.addWidget(self._title)
        said.addWidget(self._note)
        words.addLayout(said, 1)
        words.addWidget(self._add, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        buttons.setContentsMargins(0, 0, 0, 0)
        self._rename = _button(tr("Rename"), "pencil", "term-rename", self.rename)
        self._up = _button(tr("Up"), "arrow-up", "term-up", lambda: self._move(-1))
        self._down = _button(tr("Down"), "arrow-down", "term-down", lambda: self._move(1))
        self._retire = _button(tr("Retire"), "eye-off", "term-retire", self._on_retire)
        for button in (self._rename, self._up, self._down, self._retire):
            buttons.addWidget(button)
        buttons.addStretch(1)
        # The words of a quiet button stand on the edge of the title.
        inset = QHBoxLayout()
        inset.setContentsMargins(0, 0, 0, 0)
        inset.addSpacing(-(Line.RING_ROOM + Space.S + 2))
        inset.addLayout(buttons, 1)
        head.addLayout(inset)
        return head

    def open_list(self, vocabulary: str, code: str = "") -> None:
        """Show a list, on one of its terms."""
        self.names.setCurrentIndex(self.lists.index(self.lists.row_of(vocabulary)))
        self.table.setCurrentIndex(self.terms.index(self.terms.row_of(code), 0))

    def add(self) -> None:
        """Begin a new term."""
        self.form.show_new(self._vocabulary)
        self.form.show()
        self.form.enter()

    def rename(self) -> None:
        """Change the labels of the current term."""
        term = self._term()
        if term is not None:
            self.form.show_term(self._vocabulary, term)
            self.form.show()
            self.form.enter()

    def save(self) -> None:
        """Add or rename, as the form says."""
        typed, context = self.form.typed(), self._context
        register, actor = context.register, context.actor

        def change() -> None:
            label = admin.checked_label(typed.fr, typed.ar, typed.en)
            run = admin.add_term if typed.is_new else admin.rename_term
            run(register, actor, self._vocabulary, typed.code, label)

        if self._tried(change):
            self._close_form()
            self._changed(typed.code)

    def state(self) -> tuple[str, str, TypedTerm | None]:
        """List, term, and the form when it is open."""
        term = self._term()
        typed = None if self.form.isHidden() else self.form.typed()
        return self._vocabulary, term.code if term else "", typed

    def set_state(self, state: tuple[str, str, TypedTerm | None]) -> None:
        """Take back what ``state`` gave."""
        vocabulary, code, typed = state
        self.open_list(vocabulary, code)
        if typed is not None:
            self.add() if typed.is_new else self.rename()
            self.form.take_typed(typed)

    def _on_search(self) -> None:
        self.lists.filter(str(self.search.value() or ""))
        self.names.setCurrentIndex(self.lists.index(self.lists.row_of(self._vocabulary)))

    def _on_list(self, index: QModelIndex) -> None:
        vocabulary = self.lists.name(index.row())
        if not vocabulary:
            return
        self._vocabulary = vocabulary
        self._close_form()
        self.terms.show_list(vocabulary)
        self._title.setText(list_label(vocabulary).text(screen_language()))
        count = self.terms.rowCount()
        note = ntr("{terms} term", "{terms} terms", count, terms=number_text(count))
        if is_closed(vocabulary):
            closed = tr("the rules depend on it: terms may only be renamed")
            note = f"{note} · {closed}"
        self._note.setText(note)
        self.table.setCurrentIndex(self.terms.index(0, 0))
        self._fit_buttons()

    def _term(self) -> Term | None:
        return self.terms.term(self.table.currentIndex().row())

    def _fit_buttons(self) -> None:
        term, closed = self._term(), is_closed(self._vocabulary)
        row, last = self.table.currentIndex().row(), self.terms.rowCount() - 1
        self._add.setEnabled(not closed)
        self._rename.setEnabled(term is not None)
        self._up.setEnabled(row > 0)
        self._down.setEnabled(0 <= row < last)
        active = term is None or term.active
        self._retire.set_label(
            *((tr("Retire"), "eye-off") if active else (tr("Offer again"), "eye"))
        )
        may_retire = term is not None and not closed and not term.tag
        self._retire.setEnabled(may_retire or not active)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The code gives its room to the labels in a narrow page; the form shows it."""
        super().resizeEvent(event)
        self.table.setColumnHidden(CODE, self.width() < Width.FOLD_NAV)

    def _move(self, steps: int) -> None:
        term, context = self._term(), self._context
        if term is not None and self._tried(
            lambda: admin.move_term(
                context.register, context.actor, self._vocabulary, term.code, steps
            )
        ):
            self._changed(term.code)

    def _on_retire(self) -> None:
        term, context = self._term(), self._context
        if term is None:
            return
        run = admin.retire_term if term.active else admin.reactivate_term
        if self._tried(lambda: run(context.register, context.actor, self._vocabulary, term.code)):
            self._changed(term.code)

    def _tried(self, change: Callable[[], None]) -> bool:
        """Whether a change went well; else the reason is said."""
        try:
            change()
        except UserError as error:
            from avrr_desktop.services.messages import word_error

            said = word_error(error, translator(screen_language()))
            if self.form.isHidden():
                self._context.shell.say_failed(said)
            else:
                self.form.show_failure(said)
            return False
        return True

    def _changed(self, code: str) -> None:
        vocabulary = self._vocabulary
        self.terms.show_list(vocabulary)
        self.table.setCurrentIndex(self.terms.index(self.terms.row_of(code), 0))
        self._fit_buttons()
        self._context.changes.lists_changed.emit()

    def _close_form(self) -> None:
        if not self.form.isHidden():
            self.form.hide()
            self.table.setFocus()


def _button(text: str, icon: str, name: str, run: Callable[[], None]) -> Button:
    button = Button(text, Variant.QUIET, icon=icon, small=True, name=name)
    button.clicked.connect(lambda _checked=False: run())
    return button
