"""The window while another program writes in the register: it paints, says so, and can be freed.

Every writing asked for on the window's thread comes here by ``Database.wait_with``. A form waits by
itself (``ui/forms/waiting``): its values stay in sight, and can be given up for later.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text

_FIRST: Final = 50  # milliseconds that no key and no paint is kept waiting for longer
_PAUSE: Final = 150  # between two tries, in which the window does everything else
_MOST: Final = 60  # tries, about ten seconds


class WriterWait(QObject):
    """Nothing else can be begun meanwhile: the words stand over the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._tries = 0
        self._is_given_up = False
        self._is_turning = False
        self._words: WaitingWords | None = None

    @property
    def patience(self) -> int:
        """Milliseconds of the first try."""
        return _FIRST

    def wait(self) -> bool:
        """Serve the window for a moment; False once it was given up, or lasts too long."""
        if self._is_turning:  # asked for from within the wait: it cannot come first
            return False
        self._tries += 1
        if self._is_given_up or self._tries > _MOST:
            return False
        if self._tries == 1:
            # Most writers end within this: what is typed waits, unseen and not lost.
            self._turn(_FIRST, QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            return True
        if self._words is None:
            self._words = WaitingWords(QApplication.activeModalWidget() or self._window)
            self._words.rejected.connect(self._give_up)
            self._words.open()
        self._turn(_PAUSE)
        return not self._is_given_up

    def over(self) -> None:
        """Whether it was written or not."""
        if self._is_turning:
            return
        self._tries, self._is_given_up = 0, False
        words, self._words = self._words, None
        if words is not None:
            words.rejected.disconnect(self._give_up)
            words.close()
            words.deleteLater()

    def _turn(
        self,
        milliseconds: int,
        flags: QEventLoop.ProcessEventsFlag = QEventLoop.ProcessEventsFlag.AllEvents,
    ) -> None:
        loop = QEventLoop()
        if self._words is not None:
            self._words.rejected.connect(loop.quit)
        QTimer.singleShot(milliseconds, loop, loop.quit)
        self._is_turning = True
        try:
            loop.exec(flags)
        finally:
            self._is_turning = False

    def _give_up(self) -> None:
        self._is_given_up = True


class WaitingWords(QDialog):
    """Why nothing happens yet; its only button, and Escape, stop waiting."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.setObjectName("writer-wait")
        title = tr("Another program is writing in the register")
        text = tr("What you asked for is done as soon as it has finished.")
        self.setWindowTitle(tr("AVRR register"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setWindowModality(Qt.WindowModality.ApplicationModal)
        self.setMinimumWidth(Width.SEARCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(IconMark("clock", "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(Text(title, Type.SECTION, wrap=True, name="writer-wait-title"))
        words.addWidget(Text(text, tone="text2", wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        column.addLayout(row)
        buttons = QHBoxLayout()
        self.stop = Button(tr("Stop waiting"), Variant.SECONDARY, name="writer-wait-stop")
        self.stop.clicked.connect(self.reject)
        buttons.addStretch(1)
        buttons.addWidget(self.stop)
        column.addLayout(buttons)
        self.stop.setFocus()
