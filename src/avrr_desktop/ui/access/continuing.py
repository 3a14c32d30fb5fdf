"""The way in from a file of another PC: which step one is at, and what is laid ready meanwhile."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.paths import Paths
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.moving.opening import MoveFile, look_at
from avrr_desktop.services.moving.taking_in import Incoming, give_up
from avrr_desktop.services.moving.words import taken_text
from avrr_desktop.services.register import Register
from avrr_desktop.ui.access.continue_steps import (
    ContinueHereStep,
    FilePasswordStep,
    FileRecoverStep,
)
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.widgets.banners import Banner


class Continuing(QObject):
    """``shown`` gives the step to show, ``taken`` the open register; ``left`` when given up."""

    shown = Signal(object)
    taken = Signal(object)
    left = Signal()

    def __init__(self, tasks: Tasks, paths: Paths, clock: Clock, parent: QWidget) -> None:
        super().__init__(parent)
        self._tasks, self._paths, self._clock = tasks, paths, clock
        self._window = parent
        self._file: MoveFile | None = None
        self._incoming: Incoming | None = None
        self._fault: UserError | None = None
        self._taken_in: Incoming | None = None

    @property
    def is_under_way(self) -> bool:
        """Whether a file was chosen."""
        return self._file is not None or self._fault is not None

    @property
    def news(self) -> str:
        """What the window that follows is to tell, in its own language."""
        if self._taken_in is None:
            return ""
        return taken_text(self._taken_in, translator(screen_language()))

    def ask(self) -> None:
        """Ask for the file."""
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            tr("Continue a register from a file"),
            "",
            tr("Register for another PC (*.avrr)"),
        )
        if name:
            self.offer(Path(name))

    def offer(self, path: Path) -> None:
        """Go on with a file, or say why it is none."""
        self.give_up()
        try:
            self._file = look_at(path)
        except UserError as error:
            self._fault = error
        self.show()

    def show(self) -> None:
        """The step one is at, built anew."""
        if self._fault is not None:
            said = word_error(self._fault, translator(screen_language()))
            banner = Banner(said, "error", action=tr("Back"), name="continue-fault")
            banner.action_requested.connect(self._on_left)
            self.shown.emit(banner)
        elif self._incoming is not None:
            self._show_incoming(self._incoming)
        elif self._file is not None:
            self._show_password(self._file)

    def give_up(self) -> None:
        """Forget the file; nothing that was laid ready is left."""
        if self._incoming is not None:
            give_up(self._incoming)
        self._file, self._incoming, self._fault = None, None, None

    def _show_password(self, file: MoveFile) -> None:
        step = FilePasswordStep(self._tasks, self._paths, self._clock, file)
        step.ready.connect(self._on_ready)
        step.left.connect(self._on_left)
        step.forgot.connect(lambda: self._show_recovery(file, step.login.text()))
        self.shown.emit(step)

    def _show_recovery(self, file: MoveFile, login: str) -> None:
        step = FileRecoverStep(self._tasks, self._paths, self._clock, file, login)
        step.ready.connect(self._on_ready)
        step.left.connect(lambda: self._show_password(file))
        self.shown.emit(step)

    def _show_incoming(self, incoming: Incoming) -> None:
        step = ContinueHereStep(self._tasks, self._clock, incoming)
        step.taken.connect(self._on_taken)
        step.left.connect(self._on_left)
        self.shown.emit(step)

    def _on_ready(self, incoming: Incoming) -> None:
        self._incoming = incoming
        self._show_incoming(incoming)

    def _on_left(self) -> None:
        self.give_up()
        self.left.emit()

    def _on_taken(self, register: Register) -> None:
        self._taken_in, self._incoming, self._file = self._incoming, None, None
        self.taken.emit(register)
