"""What may lie over the window, one at a time: the search palette, the sheet of shortcuts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import Route
from avrr_desktop.ui.shell.overlay import Overlay
from avrr_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from avrr_desktop.ui.shell.palette import SearchPalette


class Overlays:
    """Opens and closes them; modules are imported when first asked for."""

    def __init__(self, context: Context, tasks: Tasks, go: Callable[[Route], None]) -> None:
        self._context, self._tasks, self._go = context, tasks, go
        self._shown: Overlay | None = None
        self.palette: SearchPalette | None = None

    def search(self, host: QWidget, start_at: int, typed: str = "") -> None:
        """Open the palette, with the letter that opened it."""
        from avrr_desktop.ui.shell.palette import SearchPalette

        if self.palette is not None:
            self.palette.input.selectAll()
            return
        self.close()
        palette = SearchPalette(host, self._context, self._tasks, start_at)
        palette.chosen.connect(self._go)
        self._take(palette)
        self.palette = palette
        palette.open_with(typed)

    def show_shortcuts(self, host: QWidget) -> None:
        """Open the sheet of shortcuts."""
        from avrr_desktop.ui.shell.shortcuts import ShortcutSheet

        self.close()
        sheet = ShortcutSheet(host)
        self._take(sheet)
        sheet.open_sheet()

    def close(self) -> None:
        """Close what is open."""
        if self._shown is not None:
            self._shown.close_overlay()

    @property
    def is_open(self) -> bool:
        """Whether something lies over the window."""
        return self._shown is not None

    def _take(self, overlay: Overlay) -> None:
        self._shown = overlay
        overlay.closed.connect(self._on_closed)

    def _on_closed(self) -> None:
        self._shown = None
        self.palette = None
