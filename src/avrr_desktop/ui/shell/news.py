"""The inline bar at the top of the page: what was done, with its undo, or why something failed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.banners import Banner, Tone


class News(QWidget):
    """At most one sentence; it stays until the next action."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("news")
        self._banner: Banner | None = None
        self._is_fresh = False
        self._said: tuple[str, Tone, str, str, Callable[[], None] | None] | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.PAGE, Space.M, Space.PAGE, 0)
        self.hide()

    def say(
        self,
        text: str,
        tone: Tone,
        action: str = "",
        key: str = "",
        run: Callable[[], None] | None = None,
    ) -> None:
        """Say ``text``, with a button that runs ``run``."""
        self._drop()
        self._said = (text, tone, action, key, run)
        banner = Banner(text, tone, action=action or None, key=key or None, name="inline-bar")
        if run is not None:
            banner.action_requested.connect(run)
        self._banner = banner
        self._column.addWidget(banner)
        self.show()
        # A page says what it did, then goes back: that is still the same action.
        self._is_fresh = True
        QTimer.singleShot(0, self, self._on_settled)

    def give_way(self) -> None:
        """Go, unless it was said in this very moment."""
        if not self._is_fresh:
            self.clear()

    def clear(self) -> None:
        """Go."""
        self._drop()
        self._said = None
        self.hide()

    def text(self) -> str:
        """What is said now."""
        return self._said[0] if self._said else ""

    def repeat(self, before: News) -> None:
        """Say what another bar said, after the window was built anew."""
        if before._said is not None:
            self.say(*before._said)

    def _on_settled(self) -> None:
        self._is_fresh = False

    def _drop(self) -> None:
        if self._banner is not None:
            self._column.removeWidget(self._banner)
            self._banner.hide()
            self._banner.deleteLater()
            self._banner = None
