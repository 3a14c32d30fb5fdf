"""The live figures beside a form, with what the half-typed record would add to them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol, cast

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.ages import TOTAL
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.translation import tr
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.preview import preview
from avrr_desktop.services.summary.cells import CellKey, Cells
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.chips import Chip, pending_chip
from avrr_desktop.ui.widgets.formats import code_text, ltr, signed_text
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text

_PAUSE = 250  # milliseconds without a key before the effect is counted
_PANEL_MODULE = "avrr_desktop.ui.summary.live"


class Panel(Protocol):
    """What a form tells the panel beside it."""

    def show_pending(self, cells: Cells | None) -> None:
        """What the save would add, or that nothing is pending."""

    def note(self, lines: Sequence[str]) -> None:
        """What follows from the values typed."""


def period_shown(context: Context) -> Period:
    """The period the figures beside a form are of."""
    if context.period:
        return parse_period(context.period)
    return semester_of(context.register.clock.today())


def make_panel(context: Context, activity_key: str) -> QWidget:
    """The live panel; a plain list of notes while the program is built without it."""
    try:
        made: QWidget = import_module(_PANEL_MODULE).LivePanel(context, activity_key)
    except (ImportError, AttributeError):
        return _NotesPanel(context)
    return made


class _NotesPanel(Surface):
    def __init__(self, context: Context) -> None:
        super().__init__("surface", edge="start", name="live-panel")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.L, Space.L, Space.L, Space.L)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Live summary"), Type.SECTION))
        head.addStretch(1)
        head.addWidget(Text(code_text(period_shown(context).code), Type.CAPTION))
        self._chip = pending_chip()
        self._chip.hide()
        self._notes = Text("", Type.CAPTION, wrap=True, name="live-notes")
        column.addLayout(head)
        column.addWidget(self._chip)
        column.addStretch(1)
        column.addWidget(self._notes)

    def show_pending(self, cells: Cells | None) -> None:
        self._chip.setVisible(bool(cells))

    def note(self, lines: Sequence[str]) -> None:
        self._notes.setText("\n\n".join(lines))


class LiveLine(Surface):
    """The panel folded to one line above the action bar."""

    def __init__(self, label: str) -> None:
        super().__init__("surface", edge="top", name="live-line")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.PAGE, Space.XS, Space.PAGE, Space.XS)
        row.setSpacing(Space.S)
        row.addWidget(Text(label, Type.CAPTION))
        self._chip = Chip("", ChipKind.PENDING, name="live-line-pending")
        self._chip.hide()
        self._note = Text("", Type.CAPTION, tone="text2", name="live-line-note")
        row.addWidget(self._chip)
        row.addWidget(self._note, 1)

    def show_pending(self, count: int | None) -> None:
        """« +1 », or nothing."""
        self._chip.setVisible(bool(count))
        if count:
            self._chip.set_spec(ChipSpec(ltr(signed_text(count)), ChipKind.PENDING))

    def note(self, text: str) -> None:
        """The first of the notes."""
        self._note.setText(text)


class LiveSide(QObject):
    """Keeps panel and line in step, and counts the effect of the drafts on the worker."""

    def __init__(self, context: Context, activity_key: str) -> None:
        super().__init__()
        self._context = context
        self._activity = ACTIVITY_BY_KEY[activity_key]
        self.panel = make_panel(context, activity_key)
        self.panel.setFixedWidth(Width.LIVE_PANEL)
        self.line = LiveLine(context.text(self._activity.plural))
        self._request: Request[Cells | None] | None = None
        self._drafts: Callable[[], tuple[Draft, ...]] = tuple
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self._count)

    def set_folded(self, folded: bool) -> None:
        """Panel or line."""
        self.panel.setVisible(not folded)
        self.line.setVisible(folded)

    def note(self, lines: Sequence[str]) -> None:
        """What follows from the values typed."""
        cast(Panel, self.panel).note(lines)
        self.line.note(lines[0] if lines else "")

    def ask(self, drafts: Callable[[], tuple[Draft, ...]]) -> None:
        """Count, after a pause, what these would add."""
        self._drafts = drafts
        self._pause.start()

    def clear(self) -> None:
        """Nothing is pending."""
        self._pause.stop()
        self._context.tasks.cancel(self._request)
        self._request = None
        self._show(None)

    def _count(self) -> None:
        self._context.tasks.cancel(self._request)
        drafts = self._drafts()
        period = period_shown(self._context)
        register, actor = self._context.register, self._context.actor

        def work(_progress: Progress) -> Cells | None:
            return preview(register, actor, drafts, period)

        self._request = self._context.tasks.start(
            Request(work, on_done=self._show, on_failed=lambda _error: self._show(None))
        )

    def _show(self, cells: Cells | None) -> None:
        cast(Panel, self.panel).show_pending(cells)
        self.line.show_pending(self._headline(cells))

    def _headline(self, cells: Cells | None) -> int | None:
        if not cells or not self._activity.counted:
            return None
        key = CellKey(self._activity.counted[0].key, "persons", None, TOTAL)
        return cells.get(key)
