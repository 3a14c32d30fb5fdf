"""The two counts of the frame: persons in the register, things due today."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from avrr_desktop.core.errors import UserError
from avrr_desktop.services.register import Register
from avrr_desktop.ui.tasks import Progress, Request, Tasks

_PAUSE = 400  # milliseconds: several saves in a row are counted once


class Counts(QObject):
    """Counts on the worker, once nothing has changed for a moment."""

    counted = Signal(int, int)  # persons, things due

    def __init__(self, register: Register, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._register, self._tasks = register, tasks
        self._request: Request[tuple[int, int]] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._ask)

    def ask_soon(self) -> None:
        """Count again when things are quiet."""
        self._pause.start()

    def stop(self) -> None:
        """Count no more."""
        self._pause.stop()
        self._tasks.cancel(self._request)

    def _ask(self) -> None:
        self._tasks.cancel(self._request)
        register = self._register

        def work(progress: Progress) -> tuple[int, int]:
            # Asked for once the window is shown; importing it earlier would delay that.
            from avrr_desktop.services.worklist import due_count, person_count, work_list

            persons = person_count(register)
            lines = work_list(register, lambda: progress(0, 0))
            return persons, due_count(lines)

        self._request = self._tasks.start(Request(work, self._on_done, self._on_failed))

    def _on_done(self, counts: tuple[int, int]) -> None:
        self.counted.emit(*counts)

    def _on_failed(self, _error: UserError) -> None:
        """The figures of the frame stay as they were; the page says what is wrong."""
