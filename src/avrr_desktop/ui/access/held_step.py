"""What to do when another PC has the register open: look at a copy, unlock, or leave."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.shell.alone import Holder
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.text import Text


class HeldStep(QWidget):
    """Three ways on; the one that can do harm says so."""

    copy_asked = Signal()
    unlock_asked = Signal()
    left = Signal()

    def __init__(self, holder: Holder, fault: str = "") -> None:
        super().__init__()
        self.setObjectName("held-step")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addWidget(Text(tr("The register is open already"), Type.SECTION))
        if holder.is_here:
            said = tr("Another window of this PC has it open, and does not answer.")
        else:
            said = tr(
                "The PC {host} has it open. Two PCs cannot write in it at once.",
                host=ltr(holder.host or "?"),
            )
        column.addWidget(Text(said, wrap=True, name="held-said"))
        if fault:
            column.addWidget(Text(fault, tone="error", wrap=True, name="held-fault"))
        look = Button(tr("Look at a copy, without writing"), Variant.PRIMARY, name="held-copy")
        unlock = Button(
            tr("It is closed there: open it here"), Variant.SECONDARY, name="held-unlock"
        )
        leave = Button(tr("Quit"), Variant.QUIET, name="held-leave")
        warning = tr(
            "Only when that PC is off, or the program ended there: else what is being typed on it"
            " may be lost."
        )
        for button, signal in (
            (look, self.copy_asked),
            (unlock, self.unlock_asked),
            (leave, self.left),
        ):
            button.clicked.connect(signal)
            column.addWidget(button)
            if button is unlock:
                column.addWidget(Text(warning, Type.CAPTION, tone="text2", wrap=True))
        self.setFocusProxy(look)
