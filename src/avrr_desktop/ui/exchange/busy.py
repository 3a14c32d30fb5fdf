"""A line that shows how far the worker is, with its cancel, then what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget
from shiboken6 import isValid

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Cancelled, Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.text import Text

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class _Kept(Generic[T]):
    """Work whose result counts even when the cancel came too late to stop it."""

    work: Callable[[Progress], T]
    finished: Callable[[T], None]
    cancelled: Callable[[], None]
    results: list[T] = field(default_factory=list)

    def run(self, progress: Progress) -> T:
        """On the worker; what fails after a cancel is given up like the rest."""
        try:
            self.results.append(self.work(progress))
        except UserError:
            if progress.is_cancelled:
                raise Cancelled from None
            raise
        return self.results[0]

    def on_cancelled(self) -> None:
        """What is done is done, and must be said to be."""
        if self.results:
            self.finished(self.results[0])
        else:
            self.cancelled()


class BusyLine(QWidget):
    """One piece of work at a time; a page left meanwhile is told nothing. ``ended`` in any way."""

    ended = Signal()

    def __init__(self, context: Context, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._context = context
        self._stop: Callable[[], None] | None = None  # gives up the work under way
        self._is_whole = False  # what is under way ends, well or badly
        self._folder: Path | None = None
        self._says = Text("", Type.CAPTION, tone="text2", name=f"{name}-says")
        self._bar = QProgressBar()
        self._bar.setObjectName(f"{name}-progress")
        self._bar.setTextVisible(False)
        self.cancel_button = Button(tr("Cancel"), Variant.QUIET, small=True, name=f"{name}-cancel")
        self.cancel_button.clicked.connect(self.cancel)
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        row.addWidget(self._says)
        row.addWidget(self._bar, 1)
        row.addWidget(self.cancel_button)
        self._row.hide()
        self.news = Banner(name=f"{name}-news")
        self.news.action_requested.connect(self._open_folder)
        self.news.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._row)
        column.addWidget(self.news)
        self.hide()

    @property
    def is_busy(self) -> bool:
        """Whether the worker is at it."""
        return self._stop is not None

    def run(
        self,
        says: str,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        retry: Callable[[], None] | None = None,
        when_gone: Callable[[T], None] | None = None,
        given_up: str = "",
        replaced: Callable[[], bool] | None = None,
        mended: Callable[[UserError], bool] | None = None,
        is_whole: bool = False,
    ) -> None:
        """Do ``work``, unless other work is under way.

        ``done`` is called while the page is there, else ``when_gone``. ``given_up`` is said once
        the work was cancelled before it was done, unless ``replaced`` has begun other work in its
        place. ``mended`` takes a failure upon itself, or leaves it to be said. Work that
        ``is_whole`` or nothing cannot be cancelled.
        """

        def finished(result: T) -> None:
            if isValid(self):
                self._end()
                done(result)
            elif when_gone is not None:
                when_gone(result)

        if self.is_busy:
            return
        self._is_whole = is_whole
        self._show(says)
        kept = _Kept(work, finished, partial(self._on_cancelled, given_up, replaced))
        failed = partial(self._on_failed, retry, mended)
        request = Request(kept.run, finished, failed, self._on_progress, kept.on_cancelled)
        self._stop = self._context.tasks.start(request).progress.cancel

    def cancel(self) -> None:
        """Give up, if that can be; nothing is left behind."""
        if self._stop is not None and not self._is_whole:
            self.cancel_button.setEnabled(False)  # the step under way still has to end
            self._stop()

    def say_written(self, text: str, path: Path) -> None:
        """Say what was written, and offer the folder."""
        self._folder = path.parent
        said = tr("{news} {file}", news=text, file=ltr(str(path)))
        self.news.show_message(said, "ok", tr("Open the folder"))
        self.show()

    def say(self, text: str, tone: str = "ok") -> None:
        """Say what came of it."""
        self.news.action.hide()
        self.news.show_message(text, "ok" if tone == "ok" else "warning")
        self.show()

    def clear(self) -> None:
        """Say nothing more."""
        self.news.hide()
        self.setVisible(self.is_busy)

    def _show(self, says: str) -> None:
        self._says.setText(says)
        self._bar.setAccessibleName(says)
        self._bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self.cancel_button.setVisible(not self._is_whole)
        self.news.hide()
        self._row.show()
        self.show()

    def _end(self) -> None:
        self._stop = None
        self._row.hide()
        self.hide()
        self.ended.emit()

    def _on_failed(
        self,
        retry: Callable[[], None] | None,
        mended: Callable[[UserError], bool] | None,
        error: UserError,
    ) -> None:
        if isValid(self):
            self._end()
            if mended is not None and mended(error):
                return
        said = word_error(error, translator(screen_language()))
        self._context.shell.say_failed(said, retry)

    def _on_cancelled(self, given_up: str, replaced: Callable[[], bool] | None) -> None:
        if isValid(self):
            self._end()
            if given_up and not (replaced is not None and replaced()):
                self.say(given_up, "warning")

    def _on_progress(self, done: int, total: int) -> None:
        if isValid(self):
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _open_folder(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))
