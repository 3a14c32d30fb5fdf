"""A small dialog: a sentence, some lines, one thing to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.access.lines import LabelledLine
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.text import Text


class Ask(QDialog):
    """``act`` is done on accepting; what it refuses is said, and nothing typed is lost."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        text: str,
        go: str,
        act: Callable[[], None],
        parts: Sequence[QWidget] = (),
    ) -> None:
        super().__init__(parent.window())
        self.setObjectName("ask")
        self.setWindowTitle(title)
        self.setModal(True)
        self.setMinimumWidth(Width.SEARCH)
        self._act = act
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.M)
        column.addWidget(Text(title, Type.SECTION))
        if text:
            column.addWidget(Text(text, tone="text2", wrap=True, name="ask-text"))
        for part in parts:
            column.addWidget(part)
            if isinstance(part, LabelledLine):
                part.finished.connect(self._on_go)
        self.fault = IconText("circle-alert", "", tone="error", wrap=True, name="ask-error")
        self.fault.hide()
        column.addWidget(self.fault)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        leave = Button(tr("Cancel"), Variant.SECONDARY, name="ask-leave")
        self.go = Button(go, Variant.PRIMARY, name="ask-go")
        leave.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.go)
        column.addLayout(row)

    def _on_go(self) -> None:
        try:
            self._act()
        except UserError as error:
            self.say(word_error(error, translator(screen_language())))
            return
        self.accept()

    def say(self, sentence: str) -> None:
        """What was refused."""
        self.fault.set_content("circle-alert", sentence)
        self.fault.show()


def ask(dialog: Ask) -> bool:
    """Show it until it is left; whether it was done."""
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
