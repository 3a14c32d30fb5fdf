"""The end of a session: its backup, with words and a way out once it lasts.

Everything saved is in the register before; leaving without the backup loses none of it.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.log import logger
from avrr_desktop.services.register import Register
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.tasks import Cancelled, Progress, Request, Tasks
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text

SEEN_AFTER: Final = 1000  # milliseconds that are nobody's business


class Parting(QWidget):
    """``see_out`` comes back once the backup is made, given up, or refused by the disk."""

    def __init__(self, register: Register) -> None:
        super().__init__()
        self.setObjectName("parting")
        self._register = register
        self._tasks = Tasks(self)
        self._loop = QEventLoop(self)
        self._request: Request[None] | None = None
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(SEEN_AFTER)
        self._late.timeout.connect(self.show_itself)
        self.setWindowTitle(tr("AVRR register"))
        self.setMinimumWidth(Width.SEARCH)
        self._mark = IconMark("database", "accent_text")
        self._title = Text(tr("The register is being closed"), Type.SECTION, name="parting-title")
        self._says = Text("", tone="text2", wrap=True, name="parting-says")
        self._bar = QProgressBar()
        self._bar.setObjectName("parting-progress")
        self._bar.setTextVisible(False)
        self.again = Button(tr("Try again"), Variant.SECONDARY, name="parting-again")
        self.again.clicked.connect(self._begin)
        self.leave = Button("", Variant.SECONDARY, name="parting-leave")
        self.leave.clicked.connect(self.give_up)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        head.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(self._title)
        words.addWidget(self._says)
        words.addStretch(1)
        head.addLayout(words, 1)
        column.addLayout(head)
        column.addWidget(self._bar)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.XS)
        buttons.addStretch(1)
        buttons.addWidget(self.again)
        buttons.addWidget(self.leave)
        column.addLayout(buttons)

    def see_out(self) -> None:
        """Make the backup; the window of the session is gone already."""
        # Closing this window must not end the loop that waits for the worker.
        ends = QApplication.quitOnLastWindowClosed()
        QApplication.setQuitOnLastWindowClosed(False)
        try:
            self._late.start()
            self._begin()
            self._loop.exec()
            self._tasks.finish()
        finally:
            self._late.stop()
            self.hide()
            QApplication.setQuitOnLastWindowClosed(ends)

    def give_up(self) -> None:
        """Quit without this backup; what is half written of it is removed."""
        self._late.stop()
        self.hide()
        self._tasks.cancel(self._request)
        if self._tasks.is_idle:
            self._loop.quit()
            return
        # SQLCipher looks at its pages in one go: who starts the program again meanwhile sees why.
        self._bar.setRange(0, 0)
        self.leave.hide()
        self._say(tr("Everything you saved is in the register. It is closed in a moment."))

    def _begin(self) -> None:
        self._title.setText(tr("The register is being closed"))
        self._mark.set_icon("database", "accent_text")
        self._say(
            tr(
                "Everything you saved is in the register. The backup of the end of the session is"
                " being made."
            )
        )
        self._bar.setRange(0, 0)
        self._bar.show()
        self.again.hide()
        self.leave.set_label(tr("Quit without this backup"))
        register = self._register

        def work(progress: Progress) -> None:
            from avrr_desktop.services.backups import Reason
            from avrr_desktop.services.backups.making import backup_if_changed
            from avrr_desktop.services.backups.second_place import copy_to_second_place

            try:
                if backup_if_changed(register, Reason.SESSION, progress) is not None:
                    copy_to_second_place(register, progress)
            except UserError:
                if progress.is_cancelled:  # nobody waits for it any more
                    raise Cancelled from None
                raise

        request = Request(
            work, self._on_done, self._on_failed, self._on_progress, self._on_given_up
        )
        self._request = self._tasks.start(request)

    def _say(self, text: str) -> None:
        self._says.setText(text)
        self._bar.setAccessibleName(text)
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(text)

    def show_itself(self) -> None:
        """It lasts, or somebody starts the program again."""
        self.adjustSize()
        self.show()
        self.raise_()
        self.activateWindow()
        self.leave.setFocus()

    def _on_done(self, _none: None) -> None:
        self._loop.quit()

    def _on_given_up(self) -> None:
        logger.info("no backup at the end of the session: not wanted")
        self._loop.quit()

    def _on_failed(self, error: UserError) -> None:
        """The disk refuses: it is said, and keeps nobody in."""
        from avrr_desktop.services.messages import word_error

        logger.warning("no backup at the end of the session: %s", error.code)
        self._late.stop()
        self._title.setText(tr("No backup was made"))
        self._mark.set_icon("triangle-alert", "warning")
        cause = word_error(error, translator(screen_language()))
        self._say(tr("Everything you saved is in the register. {cause}", cause=cause))
        self._bar.hide()
        self.again.show()
        self.leave.set_label(tr("Quit"))
        self.show_itself()

    def _on_progress(self, done: int, total: int) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape quits."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The cross quits too."""
        event.ignore()
        self.give_up()
