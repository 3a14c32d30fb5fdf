"""The proof pack of a closed semester: its button, in which language, its file, how far it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.ui.closing.words import fingerprint_text, language_names, said_period
from avrr_desktop.ui.exchange.busy import BusyLine
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.tasks import Progress
from avrr_desktop.ui.widgets.buttons import Button, Variant

if TYPE_CHECKING:
    from avrr_desktop.services.proof.proof import Proof

_ENDING = ".zip"


class ProofButton(Button):
    """Asks for the language and the file, then writes on the worker; ``busy`` says how far."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("Proof pack…"),
            Variant.QUIET,
            icon="shield-check",
            small=True,
            name="proof",
            parent=parent,
        )
        self._context = context
        self._period: Period | None = None
        self.busy = BusyLine(context, "proof-writing")
        self.setToolTip(
            tr("Lists without names, from which an auditor recounts every published figure")
        )
        self.clicked.connect(self.open_menu)

    def show_period(self, period: Period) -> None:
        """The semester whose pack is written."""
        if period != self._period and not self.busy.is_busy:
            self.busy.clear()
        self._period = period
        self.setAccessibleName(tr("Proof pack of {period}", period=said_period(period)))

    def open_menu(self) -> None:
        """Under the button."""
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = self.mapToGlobal(QPoint(0, self.height()))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            at.setX(at.x() + self.width() - menu.sizeHint().width())
        menu.popup(at)

    def make_menu(self) -> QMenu:
        """The languages of the pack, made anew each time."""
        menu = QMenu(self)
        menu.setObjectName("proof-languages")
        for language, name in language_names().items():
            action = menu.addAction(name)
            action.setObjectName(f"proof-{language.value}")
            action.triggered.connect(lambda _on=False, of=language: self.ask(of))
        return menu

    def ask(self, language: Language) -> None:
        """Ask for the pack's name, then write it."""
        if self._period is None:
            return
        title, kind = tr("Save the proof pack"), tr("Proof pack")
        named = f"{kind} AVRR {self._period.code} {language.value}{_ENDING}"
        path, _kind = QFileDialog.getSaveFileName(self, title, named, tr("Zip file (*.zip)"))
        if path:
            self.write(Path(path).with_suffix(_ENDING), language)

    def write(self, path: Path, language: Language) -> None:
        """Write the pack on the worker."""
        context, period = self._context, self._period
        if period is None:
            return

        def work(progress: Progress) -> Proof:
            from avrr_desktop.services.proof.proof import write_proof

            register, actor = context.register, context.actor
            return write_proof(register, actor, period, path, language, progress=progress)

        def done(proof: Proof) -> None:
            self.busy.say_written(_said(proof), path)

        self.busy.run(
            tr("Writing the proof pack"),
            work,
            done,
            retry=partial(self.ask, language),
            given_up=tr("Given up: no proof pack was written."),
        )


def _said(proof: Proof) -> str:
    digits = fingerprint_text(proof.fingerprint, len(proof.fingerprint))
    said = tr("Proof pack saved, fingerprint {fingerprint}:", fingerprint=digits)
    if not proof.withheld:
        return said
    left = ntr(
        "{count} person was left out for lack of consent.",
        "{count} persons were left out for lack of consent.",
        proof.withheld,
    )
    return f"{left} {said}"
