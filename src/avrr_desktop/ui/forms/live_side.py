"""The live figures beside a form, with what the half-typed record would add to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout

from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.preview import preview
from avrr_desktop.services.summary.cells import Cells
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.live import period_of_context
from avrr_desktop.ui.summary.live_panel import LiveLine, LivePanel, NoteLine
from avrr_desktop.ui.tasks import Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space, Width
from avrr_desktop.ui.widgets.surfaces import Surface

_FOLD_BELOW = Width.FOLD_PANEL - Width.NAV
_PAUSE = 250  # milliseconds without a key before the effect is counted


class LiveSide(QObject):
    """Keeps panel and line in step, and counts the effect of the drafts on the worker."""

    def __init__(self, context: Context, activity_key: str) -> None:
        super().__init__()
        self._context = context
        self.wanted: bool | None = None
        # Not behind a recount of everything; and gone with the page, so nothing answers a dead one.
        self._tasks = Tasks(self)
        self.panel = LivePanel(context, activity_key)
        self._line = LiveLine(context, activity_key)
        self.line = Surface("surface", edge="top", name="live-line-ground")
        row = QHBoxLayout(self.line)
        row.setContentsMargins(Space.PAGE, Space.XS, Space.PAGE, Space.XS)
        row.addWidget(self._line)
        self._request: Request[Cells | None] | None = None
        self._drafts: Callable[[], tuple[Draft, ...]] = tuple
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._count)

    def fit(self, width: int) -> None:
        """Panel or line: by the room on a page of this width, unless somebody chose."""
        least = _FOLD_BELOW + self.panel.minimumWidth() - Width.LIVE_PANEL
        is_open = width >= least if self.wanted is None else self.wanted
        self.panel.setVisible(is_open)
        self.line.setVisible(not is_open)

    def want(self, wanted: bool | None, width: int) -> None:
        """Open or folded whatever the room; None: by the room."""
        self.wanted = wanted
        self.fit(width)

    def turn(self, width: int) -> None:
        """Fold the panel, or open it."""
        self.want(self.panel.isHidden(), width)

    def note(self, lines: Sequence[NoteLine]) -> None:
        """What follows from the values typed."""
        self.panel.note(lines)

    def ask(self, drafts: Callable[[], tuple[Draft, ...]]) -> None:
        """Count, after a pause, what these would add."""
        self._drafts = drafts
        self._pause.start()

    def clear(self) -> None:
        """Nothing is pending."""
        self._pause.stop()
        self._tasks.cancel(self._request)
        self._request = None
        self._show(None)

    def _count(self) -> None:
        self._tasks.cancel(self._request)
        drafts = self._drafts()
        period = period_of_context(self._context)
        register, actor = self._context.register, self._context.actor

        def work(progress: Progress) -> Cells | None:
            return preview(register, actor, drafts, period, lambda: not progress.is_cancelled)

        self._request = self._tasks.start(
            Request(work, on_done=self._show, on_failed=lambda _error: self._show(None))
        )

    def _show(self, cells: Cells | None) -> None:
        self.panel.show_pending(cells)
        self._line.show_pending(cells)
