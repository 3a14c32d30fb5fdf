"""The main window: goes from page to page, tells what was saved, speaks the chosen language."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.harmless import harmless_line
from avrr_desktop.core.labels import Language
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.identity import program_version
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.changes import Changes
from avrr_desktop.ui.drafts.keeping import Keeping
from avrr_desktop.ui.drafts.offering import Offering, keep_now
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import Help, NewRegistration, RecordsOf, Route, SummaryOf, WhatChanged
from avrr_desktop.ui.shell import keys, regions, undoing
from avrr_desktop.ui.shell.appearance import Appearance
from avrr_desktop.ui.shell.counting import Counts
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.shell.focus import focus_again, name_of_focus
from avrr_desktop.ui.shell.frame import Frame
from avrr_desktop.ui.shell.geometry import fit_screen
from avrr_desktop.ui.shell.history import History
from avrr_desktop.ui.shell.overlays import Overlays
from avrr_desktop.ui.shell.pages import make_page
from avrr_desktop.ui.shell.text_undo import TextUndo
from avrr_desktop.ui.shell.unaltered import look_for_alterations
from avrr_desktop.ui.shell.updated import first_start_of_newer
from avrr_desktop.ui.shell.writer_wait import WriterWait
from avrr_desktop.ui.tasks import Tasks


class MainWindow(QMainWindow):
    """The shell of the pages: see ``ui.page.Shell``. ``lock_requested`` by Ctrl+L."""

    lock_requested = Signal()
    replaced = Signal(object)  # Register

    def __init__(self, app: QApplication, register: Register, tasks: Tasks) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.desk = Desk(register.paths.settings)
        self._appearance = Appearance(app, self.desk, register.paths.resources)
        self._appearance.apply()
        self.context = Context(
            register, Records(register), register.local_actor, Changes(), tasks, self
        )
        register.database.wait_with(WriterWait(self))
        self._keeping = self.context.keeping = Keeping(register, self)
        self.offering = Offering(self, self._keeping)
        # Looking for a person must not wait behind a recount.
        self._searching = Tasks(self)
        self._guarding: Tasks | None = None
        self.history = History()
        self._is_leaving = False
        self.overlays = Overlays(self.context, self._searching, self.open)
        self._counts = Counts(register, self._searching, self)
        self._make_frame()
        self._counts.counted.connect(
            lambda persons, due: self._frame.show_counts(persons, due)  # noqa: PLW0108 (built anew)
        )
        self.context.changes.happened.connect(self._on_changed)
        self.context.changes.lists_changed.connect(self.build_anew)
        self._text_undo = TextUndo(self)
        self._function_keys = self._bind_keys()
        fit_screen(self, self.desk)

    # The order of the design: what pages ask of the shell first.

    def open(self, route: Route) -> None:
        """Go to a page; the present one is asked first whether it may be left."""
        page = self.page
        if page is not None:
            if not (page.set_aside() if isinstance(route, Help) else page.may_leave()):
                return
            self.history.leave(page.route, page.state())
        self._frame.news.give_way()
        self._show(route)

    def back(self) -> None:
        """Return to the page before, as it was left."""
        if self.history.is_empty or (self.page is not None and not self.page.may_leave()):
            return
        visit = self.history.back()
        assert visit is not None
        self._frame.news.give_way()
        self._show(visit.route).set_state(visit.state)

    def say_saved(self, changed: Changed, text: str = "") -> None:
        """Announce a save in the status bar and tell every view."""
        self._frame.news.clear()
        self._frame.status.set_saved(text)
        self.context.changes.announce(changed)

    def say_done(self, changed: Changed, text: str) -> None:
        """Show an inline bar with *Undo*, and tell every view."""
        self._frame.news.say(text, "accent", tr("Undo"), "Ctrl+Z", self.undo)
        self._frame.status.set_saved()
        self.context.changes.announce(changed)

    def say_failed(self, text: str, retry: Callable[[], None] | None = None) -> None:
        """Show an inline bar with the cause and, when given, *Try again*."""
        action = tr("Try again") if retry is not None else ""
        self._frame.news.say(text, "error", action, run=retry)

    def said(self) -> str:
        """What the inline bar says now; empty when there is none."""
        return self._frame.news.text()

    def say_news(self, text: str) -> None:
        """Show an inline bar with what happened before the window was there."""
        self._frame.news.say(text, "ok")

    def reopen(self, register: Register) -> None:
        """Another window takes over, on the register given."""
        self.replaced.emit(register)

    @property
    def page(self) -> Page | None:
        """The page shown."""
        return self._frame.page

    def has_figures(self) -> bool:
        """Whether the page shown has everything it asked the worker for."""
        return self.page is not None and self.context.tasks.is_idle

    def start(self, route: Route | None = None) -> None:
        """Build the first page, and count once it is on screen."""
        self._show(route or SummaryOf())
        self._counts.ask_soon()
        if not self.context.actor.is_looking:
            self.offering.start()
        if first_start_of_newer(self.desk):
            said = tr("The program was updated to version {version}.", version=program_version())
            show = partial(self.open, WhatChanged())
            self._frame.news.say(said, "accent", tr("What changed"), run=show)
        self._guarding = look_for_alterations(self.context.register, self, self.say_failed)

    def undo(self) -> None:
        """Take back the last save, deletion or import."""
        self._turn(undoing.UNDO)

    def redo(self) -> None:
        """Bring back what was just taken back."""
        self._turn(undoing.REDO)

    def _turn(self, way: undoing.Way) -> None:
        """Undo or redo unless something is half typed, said with the other way."""
        if self.page is not None and self.page.has_changes():
            self._frame.news.say(way.half_typed(), "warning")
            return
        try:
            changed, sentence = undoing.turn(way, self.context, self)
        except UserError as error:
            from avrr_desktop.services.messages import word_error

            self.say_failed(word_error(error, translator(screen_language())))
            return
        if changed is None:
            self._frame.news.say(sentence, "accent")
            return
        back = undoing.other(way)
        self._frame.news.say(sentence, "accent", back.label(), back.key, partial(self._turn, back))
        self.context.changes.announce(changed)
        if self.page is not None:
            regions.enter(self.page)  # what had the keys may be gone

    def build_anew(self) -> None:
        """Build frame and page again, in the state they are in: language, text size, lists."""
        self.overlays.close()
        page = self.page
        state = None if page is None else page.state()
        focused = name_of_focus(page)
        begun = None if page is None or page.deletion is None else page.deletion.begun()
        self._appearance.apply()
        self.context.actor = self.context.register.local_actor
        before = self._frame
        self._make_frame()
        self._frame.repeat(before)
        self._counts.ask_soon()
        if page is not None:
            shown = self._show(page.route)
            shown.set_state(state)
            if begun is not None and shown.deletion is not None:
                shown.deletion.go_on(begun)
            focus_again(shown, focused)

    def search(self, typed: str = "") -> None:
        """Open the palette, with the letter that opened it."""
        if not allows(self.context.actor, Permission.NAMES):
            self.open(RecordsOf(PERSON.key))  # says why
            return
        self._frame.close_drawer()
        self.overlays.search(self._frame, self._frame.search_edge(), typed)

    def _show(self, route: Route) -> Page:
        page = make_page(self.context, route)
        self._frame.show_page(page)
        regions.enter(page)
        return page

    def _make_frame(self) -> None:
        frame = Frame(self.context)
        frame.navigation.chosen.connect(self.open)
        frame.top.new_requested.connect(self._on_new)
        frame.top.search.typed.connect(self.search)
        frame.status.language_chosen.connect(self._on_language_chosen)
        self._frame = frame
        # The frame before is deleted by Qt, with its page.
        self.setCentralWidget(frame)
        self.offering.show_in(frame.status)
        self.setWindowTitle(f"{tr('AVRR register')} — {harmless_line(frame.navigation.office)}")

    def _bind_keys(self) -> keys.FunctionKeys:
        keys.bind(
            self,
            {
                "Ctrl+K": self.search,
                "Ctrl+N": self._on_new,
                "Ctrl+Z": self._on_undo_key,
                "Ctrl+Y": self._on_redo_key,
                "Ctrl+Shift+Z": self._on_redo_key,
                "Ctrl+[": self.back,
                "Ctrl+L": self.lock_requested.emit,
                "Ctrl+/": lambda: self.overlays.show_shortcuts(self._frame),
            },
        )
        return keys.FunctionKeys(
            {
                (Qt.Key.Key_F1, False): lambda: self.open(Help()),
                (Qt.Key.Key_F6, False): lambda: regions.go_round(self._frame.regions()),
                (Qt.Key.Key_F6, True): lambda: regions.go_round(self._frame.regions(), -1),
                (Qt.Key.Key_F10, False): lambda: self._frame.toggle_drawer(),  # noqa: PLW0108 (built anew)
                (Qt.Key.Key_Escape, False): self.back,
            }
        )

    def _on_undo_key(self) -> None:
        """What lies over the window has nothing to do with the register below."""
        if not self._text_undo.undo() and not self.overlays.is_open:
            self.undo()

    def _on_redo_key(self) -> None:
        if not self._text_undo.redo() and not self.overlays.is_open:
            self.redo()

    def _on_new(self) -> None:
        if self.overlays.palette is not None:
            self.overlays.palette.create_person()
        else:
            self.open(NewRegistration())

    def _on_language_chosen(self, language: Language) -> None:
        self.desk.language = language
        self.build_anew()

    def _on_changed(self, changed: Changed) -> None:
        self._counts.ask_soon()
        if self.page is not None:
            self.page.refresh(changed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys the page leaves: help, regions, drawer, back."""
        if not self._function_keys.take(event):
            super().keyPressEvent(event)

    def keep_typed(self) -> bool:
        """Keep what is half typed: before locking or logging out. False when it cannot be."""
        return keep_now(self.page)

    def leave(self) -> None:
        """Close without a question: what is typed is kept as a draft."""
        self._is_leaving = True
        self.overlays.close()
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about typed work, then remember the window."""
        self.keep_typed()  # should the system not wait for the answer
        if not self._is_leaving and self.page is not None and not self.page.may_leave():
            event.ignore()
            return
        self.desk.geometry = self.saveGeometry()
        self._counts.stop()
        self._searching.finish()
        self._keeping.finish()
        if self._guarding is not None:
            self._guarding.finish()
        super().closeEvent(event)
