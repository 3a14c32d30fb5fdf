"""Choosing a person: typed by name or number, found while typing, picked with Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QWidget
from shiboken6 import isValid

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.register import Register
from avrr_desktop.services.subjects import Subject, find_subjects, read_subjects
from avrr_desktop.ui.editors.base import ENTER_KEYS, Editor
from avrr_desktop.ui.editors.line import FieldLine
from avrr_desktop.ui.forms.person_words import facts_line, shown_name
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Line, Space
from avrr_desktop.ui.widgets.avatar import SMALL, Avatar, initials
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.delegates import TwoLineDelegate
from avrr_desktop.ui.widgets.text import Text

_PAUSE = 80  # milliseconds of silence before searching
_MOST = 6


class PersonEditor(Editor):
    """A search line with its hits below; once picked, the person's name and *Change*.

    Its value is the person's id; ``picked`` tells of the whole person.
    """

    picked = Signal(object)  # Subject | None

    def __init__(
        self, name: str, label: str, register: Register, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, label, parent)
        self._register = register
        self._subject: Subject | None = None
        self._hits: tuple[Subject, ...] = ()
        self.line = FieldLine("plain", self)
        self.line.setPlaceholderText(tr("Name, phone, passport, case…"))
        self._hold(self.line, name)
        self._model = QStringListModel(self)
        self.hits = QListView()
        self.hits.setObjectName(f"{name}-hits")
        self.hits.setAccessibleName(tr("Persons found"))
        self.hits.setModel(self._model)
        self.hits.setItemDelegate(TwoLineDelegate(self.hits))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        set_look(self.hits, popup="true")
        self.hits.clicked.connect(lambda index: self._pick(self._hits[index.row()]))
        self.hits.hide()
        self._nothing = Text(tr("Nobody found. Check the spelling, or register the person."))
        self._nothing.set_tone("text2")
        self._nothing.hide()
        self._shown = self._make_shown(name)
        for widget in (self.hits, self._nothing, self._shown):
            self._column.addWidget(widget)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._search)
        self._tasks = Tasks(self)
        self._request: Request[tuple[Subject, ...]] | None = None
        self.line.textEdited.connect(lambda _text: self._on_typed())

    def _make_shown(self, name: str) -> QFrame:
        frame = QFrame()
        set_look(frame, ground="tile")
        row = QHBoxLayout(frame)
        row.setContentsMargins(Space.S, 0, 0, 0)
        row.setSpacing(Space.S)
        self._avatar = Avatar("", SMALL)
        self._name = Text("", bold=True, name=f"{name}-chosen")
        self.change = Button(tr("Change"), Variant.QUIET, small=True, name=f"{name}-change")
        self.change.clicked.connect(self._on_change)
        row.addWidget(self._avatar)
        row.addWidget(self._name, 1)
        row.addWidget(self.change)
        frame.hide()
        return frame

    def subject(self) -> Subject | None:
        """The person picked."""
        return self._subject

    def value(self) -> str | None:
        """The person's id."""
        return self._subject.id if self._subject else None

    def set_value(self, value: object | None) -> None:
        """Show the person of an id."""
        found = read_subjects(self._register, [str(value)]) if value else ()
        self._show(found[0] if found else None)

    def focus_widget(self) -> QWidget:
        """The line, or *Change* once somebody is picked."""
        return self.change if self._subject else self.line

    def set_state(self, state: str) -> None:
        """The line carries the edge."""
        super().set_state(state)
        set_look(self.line, state=str(state))

    def _show(self, subject: Subject | None) -> None:
        self._give_up_search()
        self._subject = subject
        self._hits = ()
        self.hits.hide()
        self._nothing.hide()
        self.line.setVisible(subject is None)
        self._shown.setVisible(subject is not None)
        if subject is not None:
            self._avatar.set_letters(initials(subject.family_name, subject.given_name))
            self._name.setText(shown_name(subject, screen_language()))
            self.line.clear()
        self.setFocusProxy(self.focus_widget())

    def _on_typed(self) -> None:
        """What was found, or is being looked for, is of another word."""
        self._give_up_search()
        self._pause.start()

    def _give_up_search(self) -> None:
        self._pause.stop()
        self._tasks.cancel(self._request)
        self._request = None

    def _search(self) -> None:
        """On the worker: a key never waits for a hundred thousand names."""
        self._give_up_search()
        typed = self.line.text().strip()
        if not typed:
            self._show_hits("", ())
            return
        register = self._register

        def work(_progress: Progress) -> tuple[Subject, ...]:
            return find_subjects(register, typed, _MOST)

        def done(found: tuple[Subject, ...]) -> None:
            if isValid(self):
                self._show_hits(typed, found)

        def failed(_error: UserError) -> None:
            if isValid(self):  # the save says what is wrong with the register
                self._show_hits("", ())

        self._request = self._tasks.start(Request(work, done, failed))

    def _show_hits(self, typed: str, found: tuple[Subject, ...]) -> None:
        self._request = None
        self._hits = found
        lists = self._register.vocabularies
        today = self._register.clock.today()
        self._model.setStringList(
            [
                f"{shown_name(hit, screen_language())}\n{facts_line(hit, lists, today)}"
                for hit in self._hits
            ]
        )
        self.hits.setVisible(bool(self._hits))
        high = self.hits.sizeHintForRow(0) * len(self._hits)
        self.hits.setFixedHeight(high + 2 * (Space.XS + Line.HAIR))
        self._nothing.setVisible(bool(typed) and not self._hits)
        if self._hits:
            self.hits.setCurrentIndex(self._model.index(0))

    def _pick(self, subject: Subject) -> None:
        self._show(subject)
        self.changed.emit()
        self.picked.emit(subject)
        self.finished.emit()

    def _on_change(self) -> None:
        self._show(None)
        self.line.setFocus()
        self.changed.emit()
        self.picked.emit(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk through the hits, Enter picks the one they are on."""
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and watched is self.line:
            return self._line_key(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _line_key(self, event: QKeyEvent) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and self._hits:
            row = max(0, min(len(self._hits) - 1, self.hits.currentIndex().row() + step))
            self.hits.setCurrentIndex(self._model.index(row))
            return True
        plain = event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }
        if event.key() not in ENTER_KEYS or not plain or not self.line.text().strip():
            return False
        if self._pause.isActive() or self._request is not None:
            self._search_at_once()
        if self._hits:
            self._pick(self._hits[max(0, self.hits.currentIndex().row())])
        return True

    def _search_at_once(self) -> None:
        """Enter came before the hits: the keys that follow are of the next field, not of this."""
        self._give_up_search()
        typed = self.line.text().strip()
        try:
            self._show_hits(typed, find_subjects(self._register, typed, _MOST))
        except UserError:  # the save says what is wrong with the register
            self._show_hits("", ())
