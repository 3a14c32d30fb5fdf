"""An act that needs a reason, asked without a dialog: what it does, what it moves, and why."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class ReasonBar(Surface):
    """Hidden until ``ask``; ``confirmed`` with the reason, ``left`` when given up."""

    confirmed = Signal(str)
    left = Signal()

    def __init__(self, act: str, icon: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__("warning", name=name, parent=parent)
        self._title = Text(bold=True, wrap=True, name=f"{name}-title")
        self._effect = Text("", Type.CAPTION, wrap=True, name=f"{name}-effect")
        self.reason = QLineEdit()
        self.reason.setObjectName(f"{name}-reason")
        self.reason.setAccessibleName(tr("Reason (required)"))
        self.reason.setMaxLength(200)
        self.reason.textChanged.connect(self._on_typed)
        self.reason.returnPressed.connect(self._on_confirmed)
        self.do_button = Button(act, Variant.PRIMARY, icon=icon, name=f"{name}-do")
        self.do_button.clicked.connect(self._on_confirmed)
        cancel = Button(tr("Cancel"), Variant.QUIET, name=f"{name}-cancel")
        cancel.clicked.connect(self.give_up)
        line = QHBoxLayout()
        line.setSpacing(Space.XS)
        line.addWidget(self.reason, 1)
        line.addWidget(self.do_button)
        line.addWidget(cancel)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(self._title)
        words.addWidget(self._effect)
        words.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(IconMark(icon, "warning"), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.hide()

    def ask(self, title: str, effect: str, example: str) -> None:
        """Ask for the reason; ``effect`` may be empty, ``example`` shows what one looks like."""
        self._title.setText(title)
        self._effect.setText(effect)
        self._effect.setVisible(bool(effect))
        self.setAccessibleName(f"{title} {effect}".strip())
        self.reason.setPlaceholderText(example)
        self.reason.clear()
        self._on_typed("")
        self.show()
        self.reason.setFocus()

    def give_up(self) -> None:
        """Close without acting."""
        self.hide()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)

    def _on_typed(self, text: str) -> None:
        self.do_button.setEnabled(bool(text.strip()))

    def _on_confirmed(self) -> None:
        reason = self.reason.text().strip()
        if reason:
            self.confirmed.emit(reason)
