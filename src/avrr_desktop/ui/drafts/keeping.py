"""Writing half-typed forms on a worker of their own, so that no key waits for a disk."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import tr
from avrr_desktop.services.register import Register
from avrr_desktop.services.unsaved import Found, Unsaved, UnsavedForms
from avrr_desktop.ui.tasks import Progress, Request, Tasks


class Keeping(QObject):
    """``told`` says why the last form could not be kept; nothing when it was."""

    told = Signal(str)
    put_away = Signal()  # a form was kept for later, gone on with, or binned or unbinned
    restored = Signal(object)  # Unsaved: somebody wants it out of the bin, to go on with it

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.forms = UnsavedForms(register)
        self._tasks = Tasks(self)
        self._writing: Request[None] | None = None
        self.over: set[str] = set()  # ids of the forms saved or discarded since the start

    def write(self, form: Unsaved) -> None:
        """Keep a form, soon."""
        # What was to be written before is older: it is given up unless it is being written.
        self._tasks.cancel(self._writing)
        forms = self.forms

        def work(progress: Progress) -> None:
            forms.keep(form, lambda: not progress.is_cancelled)

        self._writing = self._tasks.start(Request(work, self._on_kept, self._on_failed))

    def write_now(self, form: Unsaved) -> bool:
        """Keep a form before anything else happens; False and ``told`` when it cannot be."""
        self._tasks.cancel(self._writing)
        try:
            self.forms.keep(form)
        except UserError as error:
            self._on_failed(error)
            return False
        self.told.emit("")
        return True

    def forget(self, form_id: str) -> None:
        """Erase what was kept of a form, whatever is still to be written of it."""
        self._tasks.cancel(self._writing)
        self.over.add(form_id)
        try:
            self.forms.forget(form_id)
        except UserError as error:
            self._on_failed(error)

    def discard(self, form_id: str) -> bool:
        """Put a form in the bin; False and ``told`` when it cannot be: it is offered again."""
        self._tasks.cancel(self._writing)
        try:
            self.forms.discard(form_id)
        except UserError as error:
            self._on_failed(error)
            return False
        finally:
            self.put_away.emit()
        self.over.add(form_id)
        return True

    def restore(self, form_id: str) -> None:
        """Take a form out of the bin again.

        Raises:
            UserError: a failure of the disk; the form is then still in the bin.
        """
        self.forms.restore(form_id)
        self.over.discard(form_id)

    def read(
        self,
        found: Callable[[Found], None],
        failed: Callable[[UserError], None],
        *,
        purge: bool = False,
    ) -> None:
        """Read what waits; ``purge`` lets go first what its time in the bin is over."""
        forms = self.forms

        def work(_progress: Progress) -> Found:
            if purge:
                with suppress(UserError):  # a folder that cannot be written to still offers
                    forms.purge()
            return forms.read()

        self._tasks.start(Request(work, found, failed))

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being written."""
        return self._tasks.is_idle

    def finish(self) -> None:
        """Wait for the worker: at the end of the program."""
        self._tasks.finish()

    def _on_kept(self, _none: None) -> None:
        self.told.emit("")

    def _on_failed(self, error: UserError) -> None:
        self.told.emit(_sentence(error))


def _sentence(error: UserError) -> str:
    if error.code == "disk_full":
        return tr("The disk is full: what you type is not kept as a draft.")
    if error.code == "folder_read_only":
        return tr("The folder of drafts is read-only: what you type is not kept as a draft.")
    if error.code == "person_anonymised":
        return tr("This file was anonymised: what you type about it is not kept as a draft.")
    return tr("The disk does not answer: what you type is not kept as a draft.")
