"""The recovery sheet: shown once, printed, and typed back in part, so that it is really kept."""

from __future__ import annotations

from datetime import date
from html import escape
from pathlib import Path
from random import SystemRandom

from PySide6.QtCore import QMarginsF, Signal
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QFileDialog, QGridLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import tr
from avrr_desktop.services.atomic import plain_failure
from avrr_desktop.ui.access.lines import LabelledLine
from avrr_desktop.ui.access.step import Step
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text

_ACROSS = 3
_MARGIN = 20  # millimetres


class RecoverySheet(Step):
    """``kept`` once two of its groups were typed back."""

    kept = Signal()

    def __init__(self, tasks: Tasks, key: str, folder: Path, day: date) -> None:
        text = tr(
            "It opens the register when a password is forgotten. It is shown once and kept nowhere:"
            " print it, and lock the sheet away from this PC."
        )
        super().__init__(tasks, "recovery-sheet", tr("Recovery key"), text, tr("Go on"))
        self._groups, self._folder, self._day = key.split("-"), folder, day
        self.column.addWidget(self._shown())
        asked = sorted(SystemRandom().sample(range(len(self._groups)), 2))
        self.asked = {
            place: self.add_line(
                LabelledLine(
                    tr("Type group {number} from the sheet", number=place + 1), f"group-{place}"
                )
            )
            for place in asked
        }
        for name, label, act in (
            ("sheet-print", tr("Print…"), self._on_print),
            ("sheet-save", tr("Save as PDF…"), self._on_save),
        ):
            button = Button(label, Variant.SECONDARY, name=name)
            button.clicked.connect(act)
            self.buttons.insertWidget(self.buttons.count() - 2, button)
        self.close_with_buttons()

    def submit(self) -> None:
        """Go on once what was typed is on the sheet."""
        for place, line in self.asked.items():
            if line.text().upper().replace("0", "O") != self._groups[place].replace("0", "O"):
                line.show_error(tr("This is not group {number}.", number=place + 1))
                line.line.setFocus()
                return
        self.kept.emit()

    def _shown(self) -> QWidget:
        card = Card("recovery-groups")
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.XL)
        grid.setVerticalSpacing(Space.S)
        for place, group in enumerate(self._groups):
            text = Text(ltr(f"{place + 1}.  {group}"), Type.SECTION, name=f"shown-{place}")
            grid.addWidget(text, place // _ACROSS, place % _ACROSS)
        card.body.addLayout(grid)
        return card

    def sheet(self) -> QTextDocument:
        """The page to print."""
        lines = "".join(
            f"<tr><td>{place + 1}.</td><td><b>{group}</b></td></tr>"
            for place, group in enumerate(self._groups)
        )
        day = date_text(self._day)
        words = [
            tr("It opens the register when a password is forgotten."),
            tr("Register in {folder}, sheet of {day}", folder=str(self._folder), day=day),
            tr("Confidential: lock this sheet away from the PC."),
        ]
        document = QTextDocument()
        document.setHtml(
            f"<h1>{escape(tr('Recovery key'))}</h1>"
            f"<p>{escape(words[0])}</p><p dir='ltr'><table cellpadding='6'>{lines}</table></p>"
            f"<p>{escape(words[1])}</p><p><b>{escape(words[2])}</b></p>"
        )
        return document

    def _on_print(self) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            self.sheet().print_(printer)
        dialog.deleteLater()

    def _on_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, tr("Save as PDF…"), str(Path.home() / "AVRR.pdf"), tr("PDF (*.pdf)")
        )
        if name:
            try:
                self.save(Path(name))
            except UserError as error:
                self.refuse(error)

    def save(self, path: Path) -> None:
        """Write the sheet as a file. Never beside the register: both would be lost together.

        Raises:
            UserError: ``backup_place_same``, or a failure of the disk.
        """
        if self._folder.resolve() in path.resolve().parents:
            raise UserError("backup_place_same")
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        margins = QMarginsF(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
        self.sheet().print_(writer)
        if not path.exists():
            raise plain_failure(OSError(), path)
