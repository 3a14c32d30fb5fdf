"""Beginning the head of the journal anew, once somebody knows why it does not fit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button

_MOST_REASON = 200


class HeadBar(QWidget):
    """A reason and its button; ``accepted`` gives the reason."""

    accepted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("journal-head-bar")
        self.reason = QLineEdit()
        self.reason.setObjectName("journal-head-reason")
        self.reason.setAccessibleName(tr("Reason for beginning the head anew (required)"))
        self.reason.setPlaceholderText(tr("Reason: the register was moved…"))
        self.reason.setMaxLength(_MOST_REASON)
        self.button = Button(tr("Begin the head anew"), name="journal-head-accept")
        self.button.setEnabled(False)
        self.reason.textChanged.connect(lambda text: self.button.setEnabled(bool(text.strip())))
        self.reason.returnPressed.connect(self._on_accepted)
        self.button.clicked.connect(self._on_accepted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.reason, 1)
        row.addWidget(self.button)

    def _on_accepted(self) -> None:
        if self.reason.text().strip():
            self.accepted.emit(self.reason.text().strip())
