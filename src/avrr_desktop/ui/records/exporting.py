"""Exporting the list one looks at, on the worker, to a workbook one names."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.lists import ListQuery
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.exchange.list_password import ask_list_password
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.formats import ltr


class Exporter:
    """Asks where to, then writes the nominal list of a query."""

    def __init__(self, context: Context, key: str, news: Banner) -> None:
        self._context = context
        self._key = key
        self._news = news

    def ask(self, query: ListQuery) -> None:
        """Ask for the file's name, then write it."""
        activity = ACTIVITY_BY_KEY[self._key]
        today = self._context.register.clock.today()
        named = f"{self._context.text(activity.plural)} {today.isoformat()}.xlsx"
        path, _kind = QFileDialog.getSaveFileName(
            self._news, tr("Export the list"), named, tr("Workbook (*.xlsx)")
        )
        if path:
            self.write(query, Path(path).with_suffix(".xlsx"))

    def write(self, query: ListQuery, path: Path) -> None:
        """Write the list to ``path`` on the worker."""
        from avrr_desktop.services.exchange.nominal import Exported, export_nominal

        register, language = self._context.register, screen_language()
        password = ask_list_password(self._news, register)
        if password is None:
            return

        def work(progress: Progress) -> Exported:
            return export_nominal(
                register, query, path, language, password=password, progress=progress
            )

        def done(found: Exported) -> None:
            self._say(found.path, found.lines, found.persons_left_out)

        def failed(error: UserError) -> None:
            said = word_error(error, translator(screen_language()))
            self._context.shell.say_failed(said, lambda: self.write(query, path))

        self._context.tasks.start(Request(work, done, failed))

    def _say(self, path: Path, lines: int, left_out: int) -> None:
        parts = [
            ntr(
                "{count} line written to {file}.",
                "{count} lines written to {file}.",
                lines,
                file=ltr(str(path)),
            )
        ]
        if left_out:
            parts.append(
                ntr(
                    "{count} person was left out for lack of consent.",
                    "{count} persons were left out for lack of consent.",
                    left_out,
                )
            )
        self._news.show_message(" ".join(parts), "ok")
