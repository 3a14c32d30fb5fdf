"""The register of an older program on its way to this one's: how far it is, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.translation import tr
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access
from avrr_desktop.services.identity import program_version
from avrr_desktop.services.register import Register, open_register
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.text import Text


class UpdateStep(QWidget):
    """``opened`` gives the register, ``failed`` why it stays as it was, ``stopped`` nothing."""

    opened = Signal(object)
    failed = Signal(object)
    stopped = Signal()

    def __init__(self, tasks: Tasks, paths: Paths, clock: Clock, access: Access | None) -> None:
        super().__init__()
        self.setObjectName("update-step")
        self._tasks, self._paths, self._clock, self._access = tasks, paths, clock, access
        self._made: Register | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        title = tr("The register is brought up to date")
        column.addWidget(Text(title, Type.TITLE, wrap=True, name="step-title"))
        said = tr(
            "Version {version} of the program keeps it in a newer form. A backup is made, the"
            " update is tried on a copy and every semester is counted again; only then is it done.",
            version=ltr(program_version()),
        )
        column.addWidget(Text(said, tone="text2", wrap=True, name="update-said"))
        self.bar = QProgressBar()
        self.bar.setObjectName("update-progress")
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(title)
        column.addWidget(self.bar)
        self.stop = Button(tr("Cancel"), Variant.SECONDARY, name="update-stop")
        self.stop.clicked.connect(self._on_stop)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop)
        column.addLayout(row)
        self.setFocusProxy(self.stop)
        self._request = Request(
            self._work, self._on_done, self.failed.emit, self._on_progress, self._on_cancelled
        )

    def begin(self) -> None:
        """Start; nothing of the register changes before the rehearsal went well."""
        self._tasks.start(self._request)

    def drop(self) -> None:
        """The window is closed: nobody takes the register any more."""
        made, self._made = self._made, None
        if made is not None:
            made.close()

    def _work(self, progress: Progress) -> None:
        self._made = open_register(self._paths, self._clock, self._access, progress)

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)  # the step under way still has to end
        self._tasks.cancel(self._request)

    def _on_progress(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _on_done(self, _none: None) -> None:
        made, self._made = self._made, None
        self.opened.emit(made)

    def _on_cancelled(self) -> None:
        """What came too late to stop it is done."""
        if self._made is not None:
            self._on_done(None)
        else:
            self.stopped.emit()
