"""Writing the period's workbook on the worker, with progress and cancel."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QProgressBar, QWidget
from shiboken6 import isValid

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.text import Text


class WorkbookExport(QWidget):
    """A line that appears while a workbook is written, then says where it is."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("workbook-export")
        self._context = context
        self._request: Request[None] | None = None
        self._news = Banner(name="workbook-news")
        self._news.hide()
        self._busy = QWidget()
        self._busy.hide()
        row = QHBoxLayout(self._busy)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.M)
        self._bar = QProgressBar()
        self._bar.setObjectName("workbook-progress")
        self._bar.setAccessibleName(tr("Writing the workbook"))
        self._bar.setTextVisible(False)
        cancel = Button(tr("Cancel"), Variant.QUIET, small=True, name="workbook-cancel")
        cancel.clicked.connect(self.cancel)
        row.addWidget(Text(tr("Writing the workbook"), Type.CAPTION, tone="text2"))
        row.addWidget(self._bar, 1)
        row.addWidget(cancel)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._busy, 1)
        outer.addWidget(self._news, 1)
        self.hide()

    def ask(self, period: Period) -> None:
        """Ask for the file's name, then write it."""
        named = f"AVRR {period.code.replace('..', '_')}.xlsx"
        path, _kind = QFileDialog.getSaveFileName(
            self, tr("Export the workbook"), named, tr("Workbook (*.xlsx)")
        )
        if path:
            self.write(period, Path(path).with_suffix(".xlsx"))

    def write(self, period: Period, path: Path) -> None:
        """Write the workbook of ``period`` to ``path``."""
        register, language = self._context.register, screen_language()

        def work(progress: Progress) -> None:
            from avrr_desktop.services.workbook import export_workbook

            export_workbook(register, period, path, language, progress)

        def failed(error: UserError) -> None:
            self._on_ended()
            said = word_error(error, translator(screen_language()))
            self._context.shell.say_failed(said, lambda: self.ask(period))

        self._context.tasks.cancel(self._request)
        self._show_busy(busy=True)
        self._bar.setRange(0, 0)
        request = Request(
            work, lambda _: self._on_written(path), failed, self._on_progress, self._on_ended
        )
        self._request = self._context.tasks.start(request)

    def cancel(self) -> None:
        """Give up; a file that stood there before stays as it was."""
        self._context.tasks.cancel(self._request)

    def _on_progress(self, done: int, total: int) -> None:
        if not isValid(self):  # the page was left; the worker goes on
            return
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def _on_written(self, path: Path) -> None:
        if not isValid(self):
            return
        self._request = None
        self._show_busy(busy=False)
        self._news.show_message(tr("Workbook written: {file}", file=ltr(str(path))), "ok")
        self._news.show()
        self.show()

    def _on_ended(self) -> None:
        if not isValid(self):
            return
        self._request = None
        self._show_busy(busy=False)
        self.hide()

    def _show_busy(self, *, busy: bool) -> None:
        self._busy.setVisible(busy)
        self._news.setVisible(False)
        self.setVisible(busy)
        if busy:
            self._bar.setFocusPolicy(Qt.FocusPolicy.NoFocus)
