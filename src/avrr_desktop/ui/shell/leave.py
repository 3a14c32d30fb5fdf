"""The question asked when typed work would be lost: one of the few dialogs there are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text


class LeaveDialog(QDialog):
    """*Keep typing* is the default; giving up must be chosen."""

    def __init__(self, parent: QWidget, sentence: str = "") -> None:
        super().__init__(parent)
        self.setObjectName("leave-dialog")
        self.setWindowTitle(tr("Unsaved work"))
        self.setModal(True)
        self.setMinimumWidth(Width.SEARCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        column.addLayout(self._words(sentence or tr("What you typed here is not saved.")))
        column.addLayout(self._buttons())

    def _words(self, sentence: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(IconMark("triangle-alert", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.XS)
        title = tr("Leave without saving?")
        words.addWidget(Text(title, Type.SECTION, name="leave-title"))
        words.addWidget(Text(sentence, tone="text2", wrap=True, name="leave-sentence"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        row.addLayout(words, 1)
        return row

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        discard = Button(tr("Discard what was typed"), Variant.DANGER, name="leave-discard")
        keep = Button(tr("Keep typing"), Variant.PRIMARY, name="leave-keep")
        discard.clicked.connect(self.accept)
        keep.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(discard)
        row.addWidget(keep)
        keep.setDefault(True)
        keep.setFocus()
        return row


def may_discard(parent: QWidget, sentence: str = "") -> bool:
    """Ask whether what was typed may be lost; closing the question keeps it."""
    dialog = LeaveDialog(parent.window(), sentence)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
