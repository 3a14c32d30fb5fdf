"""The card that writes the bulletin of a period, for Word or as PDF."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import tr
from avrr_desktop.ui.editors.tick import TickEditor
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.exchange.cards import file_card, labelled
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.printing.looks import load_fonts
from avrr_desktop.ui.routes import BulletinTexts
from avrr_desktop.ui.tasks import Progress
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.segmented import Segmented
from avrr_desktop.ui.widgets.surfaces import Card

_ENDINGS = (".docx", ".pdf")
_PDF = 1


@dataclass(frozen=True, slots=True)
class BulletinChoice:
    """What was chosen."""

    kind: int | None
    is_masked: bool


class BulletinExport(QObject):
    """Its card, and what its buttons do; ``chosen`` gives the page's period and language."""

    def __init__(
        self,
        context: Context,
        busy: BusyLine,
        chosen: Callable[[], tuple[Period, Language]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._busy = busy
        self._chosen = chosen
        self._parent = parent
        self.kind = Segmented(
            ["Word", "PDF"], optional=False, name="bulletin-kind", accessible=tr("Kind of file")
        )
        self.kind.set_index(0)
        self.masked = TickEditor("bulletin-masked", tr("Hide small figures"))
        self.save = Button(
            tr("Save the bulletin"), Variant.SECONDARY, icon="file-text", name="save-bulletin"
        )
        self.texts = Button(
            tr("Texts and images"), Variant.QUIET, icon="pencil", name="bulletin-texts"
        )
        self.save.clicked.connect(self.ask)
        self.texts.clicked.connect(self._open_texts)

    def card(self) -> Card:
        """What the file is, its choices, its buttons."""
        return file_card(
            "card-bulletin",
            tr("Bulletin"),
            (
                tr("Every part with its sentence, its tables and its charts, ready to publish."),
                tr("Provisional as long as the semester is not closed."),
            ),
            (self._choices(),),
            self.save,
            self.texts,
        )

    def _choices(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XL)
        for label, widget in ((tr("Kind of file"), self.kind), (tr("Figures"), self.masked)):
            row.addLayout(labelled(label, widget))
        row.addStretch(1)
        return row

    def state(self) -> BulletinChoice:
        """What was chosen."""
        return BulletinChoice(self.kind.index(), self.masked.value())

    def set_state(self, state: BulletinChoice) -> None:
        """Choose the same again."""
        self.kind.set_index(state.kind)
        self.masked.set_value(state.is_masked)

    def ask(self) -> None:
        """Ask for the file's name, then write it."""
        period, language = self._chosen()
        ending = _ENDINGS[self.kind.index() or 0]
        code = period.code.replace("..", "_")
        named = f"{tr('Bulletin')} AVRR {code} {language.value}{ending}"
        kinds = tr("PDF file (*.pdf)") if ending == _ENDINGS[_PDF] else tr("Word file (*.docx)")
        title = tr("Save the bulletin")
        path, _kind = QFileDialog.getSaveFileName(self._parent, title, named, kinds)
        if path:
            self.write(Path(path).with_suffix(ending))

    def write(self, path: Path) -> None:
        """Count the period and write its bulletin on the worker."""
        register, is_masked = self._context.register, self.masked.value()
        period, language = self._chosen()
        is_pdf = path.suffix == _ENDINGS[_PDF]
        load_fonts(register.paths.resources / "fonts")  # on this thread: the worker only draws

        def work(progress: Progress) -> None:
            from avrr_desktop.services.bulletin.export import (
                export_word,
                make_bulletin,
                note_bulletin,
            )
            from avrr_desktop.ui.printing.bulletin_pdf import write_pdf

            if not is_pdf:
                export_word(
                    register, period, path, language, is_masked=is_masked, progress=progress
                )
                return
            made = make_bulletin(register, period, language, is_masked=is_masked, progress=progress)
            write_pdf(made, path)
            note_bulletin(register, period, path, language, is_masked=is_masked)

        def done(_none: None) -> None:
            self._busy.say_written(tr("Bulletin saved:"), path)

        self._busy.run(tr("Writing the bulletin"), work, done, retry=self.ask)

    def _open_texts(self) -> None:
        period, _language = self._chosen()
        self._context.shell.open(BulletinTexts(period.code))
