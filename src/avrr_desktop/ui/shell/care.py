"""What the window does for the register unasked: looks at its file, backs it up, tries a backup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.log import logger
from avrr_desktop.services.register import Register
from avrr_desktop.ui.tasks import Progress, Request, Tasks

_HOUR: Final = 3_600_000  # milliseconds
_AFTER_PAGES: Final = 3000
_AFTER_START: Final = 20_000  # the first pages are read by then


class Care(QObject):
    """Works on a worker of its own; tells only what is wrong, in the window's bar."""

    def __init__(self, register: Register, tell: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._register, self._tell = register, tell
        self._tasks = Tasks(self)
        self._hourly = QTimer(self)
        self._hourly.setInterval(_HOUR)
        self._hourly.timeout.connect(self.back_up)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_AFTER_START)
        self._first.timeout.connect(self.look)

    def start(self) -> None:
        """From now on."""
        self.finish_erasure()
        self._hourly.start()
        self._first.start()

    def finish_erasure(self) -> None:
        """What an anonymisation cut short has left in the file; tried at each start."""
        register = self._register

        def work(_progress: Progress) -> str:
            from avrr_desktop.services.retention.finishing import finish_erasure

            try:
                finish_erasure(register)
            except UserError as error:
                logger.warning("an anonymisation is still to be finished: %s", error.code)
            return ""

        self._tasks.start(Request(work, self._on_done, self._on_failed), _AFTER_PAGES)

    def back_up(self) -> None:
        """A backup when something changed, and its copy to the second place."""
        register = self._register

        def work(progress: Progress) -> str:
            from avrr_desktop.services.backups import Reason
            from avrr_desktop.services.backups.making import backup_if_changed
            from avrr_desktop.services.backups.second_place import copy_to_second_place

            # Who locks or leaves meanwhile does not wait for it: the session's own comes then.
            if backup_if_changed(register, Reason.HOURLY, progress) is not None:
                copy_to_second_place(register, progress)
            return ""

        self._run(work)

    def look(self) -> None:
        """What an update copied unseen; the file; then the month's drill when it is due."""
        register = self._register

        def work(progress: Progress) -> str:
            from avrr_desktop.services.health import complaint
            from avrr_desktop.services.updating.ready import complete_copies

            complete_copies(register)
            return complaint(register, translator(screen_language()), progress)

        self._run(work)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is under way."""
        return self._tasks.is_idle

    def finish(self) -> None:
        """End what is under way."""
        self._hourly.stop()
        self._first.stop()
        self._tasks.finish()

    def _run(self, work: Callable[[Progress], str]) -> None:
        self._tasks.start(Request(work, self._on_done, self._on_failed))

    def _on_done(self, sentence: str) -> None:
        if sentence:
            self._tell(sentence)

    def _on_failed(self, error: UserError) -> None:
        from avrr_desktop.services.messages import word_error

        cause = word_error(error, translator(screen_language()))
        self._tell(tr("The backup could not be made. {cause}", cause=cause))
