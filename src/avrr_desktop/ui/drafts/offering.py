"""Offering half-typed forms: the dialog at the start, the count in the status bar, the return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.unsaved import Found, Unsaved
from avrr_desktop.ui.drafts.keeping import Keeping
from avrr_desktop.ui.drafts.packing import unpack
from avrr_desktop.ui.page import Page
from avrr_desktop.ui.routes import FormOf, Route
from avrr_desktop.ui.shell.status_bar import StatusBar

if TYPE_CHECKING:
    from avrr_desktop.ui.drafts.dialog import DraftsDialog
    from avrr_desktop.ui.shell.main_window import MainWindow


class Offering(QObject):
    """What waits to be gone on with, by the register's user; the form on screen left out."""

    def __init__(self, window: MainWindow, keeping: Keeping) -> None:
        super().__init__(window)
        self._window = window
        self._keeping = keeping
        self._waiting: tuple[Unsaved, ...] = ()
        self._status: StatusBar | None = None
        self._unkept = ""
        self._dialog: DraftsDialog | None = None
        keeping.told.connect(self._on_told)
        keeping.put_away.connect(self.look)
        keeping.restored.connect(self.restore)

    def start(self) -> None:
        """Ask about what was left: at the start of the program, and after unlocking it."""
        self._keeping.read(self._on_start, self._on_failed, purge=True)

    def look(self) -> None:
        """Count again what waits."""
        self._keeping.read(self._take, self._on_failed)

    def show_in(self, status: StatusBar) -> None:
        """Speak through this bar from now on."""
        self._status = status
        status.drafts.clicked.connect(self.ask)
        self._show()

    def ask(self) -> None:
        """The dialog, when something waits."""
        waiting = self.waiting()
        if not waiting or self._dialog is not None:
            return
        from avrr_desktop.ui.drafts.dialog import DraftsDialog

        self._dialog = DraftsDialog(self._window, self._window.context, waiting)
        self._dialog.resumed.connect(self.resume)
        self._dialog.discarded.connect(lambda form: self._keeping.discard(form.id))
        self._dialog.finished.connect(self._on_finished)
        self._dialog.open()

    def waiting(self) -> tuple[Unsaved, ...]:
        """What waits, but for what is being typed now."""
        own = form_of(self._window.page)
        out = {own, *self._keeping.over}
        return tuple(form for form in self._waiting if form.id not in out)

    def resume(self, form: Unsaved) -> None:
        """Open the form again with what was typed, where one stood."""
        from avrr_desktop.ui.forms.entry_page import EntryPage, EntryState

        window = self._window
        try:
            route, state = unpack(form.page)
            self._require_record(route)
        except UserError as error:
            if error.code == "sealed_broken":
                self._keeping.forms.set_aside(form.id)
                self.look()
            self._on_failed(error)
            return
        window.open(route)
        window.history.forget(form.id)
        page = window.page
        is_there = isinstance(page, EntryPage) and page.route == route and not page.has_changes()
        if is_there and isinstance(page, EntryPage) and isinstance(state, EntryState):
            page.resume(state)
        self._show()

    def _require_record(self, route: Route) -> None:
        """The record a form is of may be gone.

        Raises:
            UserError: ``no_such_record``.
        """
        if not isinstance(route, FormOf) or not route.record_id:
            return
        if self._window.context.records.read(route.key, route.record_id).is_deleted:
            raise UserError("no_such_record")

    def restore(self, form: Unsaved) -> None:
        """Take a form out of the bin, and go on with it."""
        try:
            self._keeping.restore(form.id)
        except UserError as error:
            self._on_failed(error)
            return
        self.look()
        self.resume(form)

    def _on_start(self, found: Found) -> None:
        self._take(found)
        self.ask()

    def _take(self, found: Found) -> None:
        self._waiting = found.forms
        self._show()
        if found.set_aside:
            self._window.say_failed(
                ntr(
                    "{count} half-typed form could not be read. Its file was put aside in"
                    " {folder}.",
                    "{count} half-typed forms could not be read. Their files were put aside in"
                    " {folder}.",
                    found.set_aside,
                    folder=str(self._keeping.forms.aside),
                )
            )

    def _on_told(self, sentence: str) -> None:
        if sentence != self._unkept:
            self._unkept = sentence
            self._show()

    def _show(self) -> None:
        if self._status is not None:
            self._status.set_drafts(len(self.waiting()))
            self._status.set_unkept(self._unkept)

    def _on_failed(self, error: UserError) -> None:
        from avrr_desktop.services.messages import word_error

        said = word_error(error, translator(screen_language()))
        self._window.say_failed(tr("The half-typed form stays as it is. {cause}", cause=said))

    def _on_finished(self, _result: int) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
        self._show()


def form_of(page: Page | None) -> str:
    """The id under which a page keeps its form; nothing for a page that is no form."""
    return page.keeper.form_id if page is not None and page.keeper is not None else ""


def keep_now(page: Page | None) -> bool:
    """Keep what is typed on a page before it is hidden; False when that cannot be done."""
    return page is None or page.keeper is None or page.keeper.keep_now()
