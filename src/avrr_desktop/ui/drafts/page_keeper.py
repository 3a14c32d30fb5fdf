"""Keeping what is typed on one page: a second after the last change, and when one looks away."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from uuid import uuid4

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from avrr_desktop.services.unsaved import Unsaved
from avrr_desktop.ui.drafts.keeping import Keeping
from avrr_desktop.ui.drafts.packing import pack

if TYPE_CHECKING:
    from avrr_desktop.ui.forms.entry_page import EntryPage

PAUSE: Final = 1000  # milliseconds after the last change
_LONGEST: Final = 4000  # after the first, for who types without a pause: on the disk within five


class PageKeeper(QObject):
    """Keeps one page's form under ``form_id`` until it is saved, discarded or empty again."""

    def __init__(self, page: EntryPage, keeping: Keeping | None) -> None:
        super().__init__(page)
        self._page = page
        self._keeping = keeping
        self.form_id = uuid4().hex
        self._last: dict[str, object] | None = None  # the page as it was last kept
        self._waited = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.keep)
        application = QApplication.instance()
        if keeping is not None and isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)
            application.applicationStateChanged.connect(self._on_application)

    @property
    def is_on(self) -> bool:
        """Whether there is a place to keep what is typed."""
        return self._keeping is not None

    def touch(self) -> None:
        """Something was typed: keep it soon."""
        if self._keeping is None:
            return
        if not self._timer.isActive():
            self._waited.start()
        self._timer.start(max(0, min(PAUSE, _LONGEST - self._waited.elapsed())))

    def keep(self) -> None:
        """Keep the page as it is now, on the worker."""
        self._timer.stop()
        # A page that is left, or built anew, no longer speaks for its form.
        if self._keeping is None or not self._page.isVisible() or not self._is_to_be_kept():
            return
        form = self._form()
        if form.page != self._last:
            self._last = dict(form.page)
            self._keeping.write(form)

    def keep_now(self) -> bool:
        """Keep the page before anything else happens; False when it cannot be."""
        self._timer.stop()
        if self._keeping is None:
            return not self._page.has_changes()
        if not self._is_to_be_kept():
            return True
        form = self._form()
        self._last = dict(form.page)
        return self._keeping.write_now(form)

    def keep_for_later(self) -> bool:
        """The page is left; its form is offered again."""
        if self._keeping is None or not self.keep_now():
            return False
        self._let_go()
        self._keeping.put_away.emit()
        return True

    def set_aside(self) -> bool:
        """The page is left to be come back to; until then its form is offered too."""
        if self._keeping is None or not self.keep_now():
            return False
        self._keeping.put_away.emit()
        return True

    def is_over(self, form_id: str) -> bool:
        """Whether a form was saved or discarded, here or on another page."""
        return self._keeping is not None and form_id in self._keeping.over

    def forget(self) -> None:
        """Everything typed is saved: nothing is offered any more."""
        form_id, was_kept = self.form_id, self._last is not None
        self._let_go()
        if self._keeping is not None and was_kept:
            self._keeping.forget(form_id)

    def discard(self) -> None:
        """What is typed goes to the bin."""
        if self._keeping is None:
            return
        if self.keep_now():
            self._keeping.discard(self.form_id)
        self._let_go()

    def take_over(self, form_id: str) -> None:
        """Go on with a form that another page, or another start of the program, has kept."""
        if form_id:
            self.form_id, self._last = form_id, {}
            if self._keeping is not None:  # it may have been counted among those that wait
                self._keeping.put_away.emit()

    def is_erased(self, state: object) -> bool:
        """Whether what was typed is about somebody anonymised since: it does not come back."""
        page, keeping = self._page, self._keeping
        return keeping is not None and keeping.forms.is_erased(
            page.form_key(), pack(page.route, state)
        )

    def stop(self) -> None:
        """The page is left behind: what it holds is no longer its own."""
        self._timer.stop()

    def _let_go(self) -> None:
        self._timer.stop()
        self.form_id, self._last = uuid4().hex, None

    def _is_to_be_kept(self) -> bool:
        """Whether something is typed; what was kept goes once it is taken back."""
        if self._page.has_changes():
            return True
        if self._last is not None:
            self.forget()
        return False

    def _form(self) -> Unsaved:
        context, page = self._page.context, self._page
        return Unsaved(
            id=self.form_id,
            author=context.actor.id,
            form=page.form_key(),
            persons=tuple(page.body.about()),
            kept_at=context.register.clock.now(),
            page=pack(page.route, page.typed_state()),
        )

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Where one stands is kept too, once there is something to keep."""
        if self._last is not None and now is not None and self._page.isAncestorOf(now):
            self.touch()

    def _on_application(self, state: Qt.ApplicationState) -> None:
        if state != Qt.ApplicationState.ApplicationActive:
            self.keep()
