"""The file of one person on its way out: a PDF to print, sealed when the register is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.exchange.sealed_list import write_sealed
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.person_page import PersonView
from avrr_desktop.ui.exchange.list_password import ask_list_password
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress, Request
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.formats import ltr


class SubjectFile:
    """Asks where to, then writes it; ``news`` says where it went."""

    def __init__(self, context: Context, parent: QWidget, news: Banner) -> None:
        self._context = context
        self._parent = parent
        self._news = news

    def ask(self, view: PersonView) -> None:
        """Ask for the file's name, then write it."""
        today = self._context.register.clock.today()
        named = f"{view.number} {today.isoformat()}.pdf"  # no name of a person in one of a file
        title = tr("File of one person")
        path, _kind = QFileDialog.getSaveFileName(self._parent, title, named, tr("PDF (*.pdf)"))
        if path:
            self.write(view, Path(path).with_suffix(".pdf"))

    def write(self, view: PersonView, path: Path) -> None:
        """Write the file of the person to ``path`` on the worker."""
        register, language = self._context.register, screen_language()
        password = ask_list_password(self._parent, register)
        if password is None:
            return

        def work(_progress: Progress) -> Path:
            from avrr_desktop.services.audit import note_export
            from avrr_desktop.services.subject_access import subject_file
            from avrr_desktop.ui.printing.bulletin_pdf import pdf_bytes

            content = pdf_bytes(subject_file(register, view.id, language))
            note_export(register, path, "subject_access", number=view.number)
            return write_sealed(content, path, password)

        def done(written: Path) -> None:
            self._news.show_message(tr("File written: {file}", file=ltr(str(written))), "ok")

        def failed(error: UserError) -> None:
            said = word_error(error, translator(screen_language()))
            self._context.shell.say_failed(said, lambda: self.write(view, path))

        self._context.tasks.start(Request(work, done, failed))
