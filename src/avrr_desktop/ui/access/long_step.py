"""A step whose work takes a while: it says how far it is, and can be given up."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import tr
from avrr_desktop.ui.access.step import Step
from avrr_desktop.ui.tasks import Cancelled, Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.text import Text

_T = TypeVar("_T")


class LongStep(Step):
    """While it works, only *Cancel* can be pressed."""

    def __init__(self, tasks: Tasks, name: str, title: str, text: str, go: str) -> None:
        super().__init__(tasks, name, title, text, go)
        self._says = Text("", Type.CAPTION, tone="text2", wrap=True, name=f"{name}-says")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}-progress")
        self._bar.setTextVisible(False)
        self.stop = Button(tr("Cancel"), Variant.QUIET, small=True, name=f"{name}-stop")
        self._busy = QWidget()
        column = QVBoxLayout(self._busy)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        column.addWidget(self._says)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._bar, 1)
        row.addWidget(self.stop)
        column.addLayout(row)
        self._busy.hide()
        self._free: list[QWidget] = []
        self._stopping: Callable[[], None] = lambda: None
        self.stop.clicked.connect(self._on_stop)

    def close_with_buttons(self) -> None:
        """Once every line is there."""
        self.column.addWidget(self._busy)
        super().close_with_buttons()

    def free_while_idle(self, *widgets: QWidget) -> None:
        """What else is out of reach while the step works."""
        self._free += widgets

    def work(
        self,
        act: Callable[[Progress], _T],
        done: Callable[[_T], None],
        busy: str,
        stopped: Callable[[], None] | None = None,
    ) -> None:
        """Run on the worker. ``stopped`` follows a cancel that came before the end."""
        self._fault.hide()
        self._set_idle(idle=False)
        self._says.setText(busy)
        self._bar.setAccessibleName(busy)
        self._bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self._busy.show()
        kept: list[_T] = []

        def run(progress: Progress) -> _T:
            try:
                kept.append(act(progress))
            except UserError:
                if progress.is_cancelled:  # given up like the rest
                    raise Cancelled from None
                raise
            return kept[0]

        def on_done(result: _T) -> None:
            self._rest()
            done(result)

        def on_cancelled() -> None:
            if kept:  # too late: what is done is done
                on_done(kept[0])
            else:
                self._rest()
                if stopped is not None:
                    stopped()

        request = Request(run, on_done, self.refuse, self._on_progress, on_cancelled)
        self._stopping = partial(self.tasks.cancel, self.tasks.start(request))

    def _rest(self) -> None:
        self._busy.hide()
        self._set_idle(idle=True)

    def _set_idle(self, *, idle: bool) -> None:
        for widget in (*self._lines, *self._free, self.go):
            widget.setEnabled(idle)

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_stop(self) -> None:
        self.stop.setEnabled(False)  # the part under way still has to end
        self._stopping()
