"""An empty state: what is absent and why, then one button."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.text import Text


class EmptyState(QWidget):
    """A sentence in the middle of the room a list would take."""

    action_requested = Signal()

    def __init__(
        self,
        sentence: str,
        action: str | None = None,
        *,
        icon: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("empty-state")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.XXL, Space.XXL, Space.XXL, Space.XXL)
        column.setSpacing(Space.M)
        self._label = Text(sentence, tone="text2", wrap=True, name="empty-state-text")
        self._label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.button = Button(action or "", Variant.SECONDARY, icon=icon, name="empty-state-action")
        self.button.clicked.connect(self.action_requested)
        column.addStretch(1)
        column.addWidget(self._label)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.set_content(sentence, action)

    def set_content(self, sentence: str, action: str | None = None) -> None:
        """Another sentence, another action or none."""
        self._label.setText(sentence)
        self.setAccessibleName(sentence)
        self.button.set_label(action or "")
        self.button.setVisible(action is not None)
