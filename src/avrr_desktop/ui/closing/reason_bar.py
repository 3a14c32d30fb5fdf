"""A reason asked on the spot: to reopen a semester, to refuse a correction."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text

_MOST = 200


class ReasonBar(Surface):
    """Hidden until ``ask``; Enter confirms once something is typed, Escape gives up."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__("warning", name=name, parent=parent)
        self._run: Callable[[str], None] | None = None
        self._before: QWidget | None = None
        self._mark = IconMark("lock-open", "warning")
        self._title = Text(bold=True, wrap=True, name=f"{name}-title")
        self._says = Text("", Type.CAPTION, wrap=True, name=f"{name}-says")
        self.reason = QLineEdit()
        self.reason.setObjectName(f"{name}-reason")
        self.reason.setAccessibleName(tr("Reason (required)"))
        self.reason.setPlaceholderText(tr("Reason"))
        self.reason.setMaxLength(_MOST)
        self.reason.textChanged.connect(self._on_typed)
        self.reason.returnPressed.connect(self._on_confirmed)
        self.confirm = Button("", Variant.DANGER, name=f"{name}-do")
        self.confirm.clicked.connect(self._on_confirmed)
        self.cancel = Button(tr("Cancel"), Variant.QUIET, name=f"{name}-cancel")
        self.cancel.clicked.connect(self.give_up)
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        words.addWidget(self._title)
        words.addWidget(self._says)
        line = QHBoxLayout()
        line.setSpacing(Space.XS)
        line.addWidget(self.reason, 1)
        line.addWidget(self.confirm)
        line.addWidget(self.cancel)
        words.addLayout(line)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)

    def ask(self, title: str, says: str, verb: str, icon: str, run: Callable[[str], None]) -> None:
        """Ask for a reason, then ``run`` with it."""
        self._before = QApplication.focusWidget()
        self._run = run
        self._mark.set_icon(icon)
        self._title.setText(title)
        self._says.setText(says)
        self.setAccessibleName(f"{title} {says}")
        self.confirm.set_label(verb, icon)
        self.reason.clear()
        self._on_typed("")
        self.show()
        self.reason.setFocus()

    def give_up(self) -> None:
        """Close without doing anything; the focus goes back."""
        self.hide()
        if self._before is not None and isValid(self._before):
            self._before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives up."""
        if event.key() == Qt.Key.Key_Escape:
            self.give_up()
            return
        super().keyPressEvent(event)

    def _on_typed(self, text: str) -> None:
        self.confirm.setEnabled(bool(text.strip()))

    def _on_confirmed(self) -> None:
        reason = self.reason.text().strip()
        if reason and self._run is not None:
            self._run(reason)
