"""The only change signal: the window emits it once after each transaction."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from avrr_desktop.services.drafts import Changed


class Changes(QObject):
    """Tells every view what a transaction changed; each decides what to refresh."""

    happened = Signal(object)  # Changed
    lists_changed = Signal()  # an administrator changed a list or a setting

    def announce(self, changed: Changed) -> None:
        """Tell the views, once."""
        self.happened.emit(changed)
