"""The question asked before a semester is frozen: one of the few dialogs there are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text


class FreezeDialog(QDialog):
    """Says what freezing does; *Freeze* must be chosen."""

    def __init__(self, parent: QWidget, period: str, author: str, to_decide: int) -> None:
        super().__init__(parent)
        self.setObjectName("freeze-dialog")
        self.setWindowTitle(tr("Freeze a semester"))
        self.setModal(True)
        self.setMinimumWidth(Width.SEARCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        column.addLayout(self._words(period, author, to_decide))
        column.addLayout(self._buttons(period))

    def _words(self, period: str, author: str, to_decide: int) -> QHBoxLayout:
        title = tr("Freeze {period}?", period=period)
        sentences = [
            tr(
                "Every figure is kept as it stands now, with the list of everyone behind it,"
                " the name {author}, the time and a fingerprint.",
                author=author,
            ),
            tr(
                "From then on, a change that moves these figures asks for a reason and waits"
                " for a decision. To take the padlock off, a reason is asked and the signature"
                " is void."
            ),
        ]
        if to_decide:
            sentences.append(
                ntr(
                    "{count} point to decide stays as it is.",
                    "{count} points to decide stay as they are.",
                    to_decide,
                )
            )
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(IconMark("lock", "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(Space.S)
        words.addWidget(Text(title, Type.SECTION, name="freeze-title"))
        for sentence in sentences:
            words.addWidget(Text(sentence, tone="text2", wrap=True))
        self.setAccessibleName(title)
        self.setAccessibleDescription(" ".join(sentences))
        row.addLayout(words, 1)
        return row

    def _buttons(self, period: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        leave = Button(tr("Leave open"), Variant.SECONDARY, name="freeze-leave")
        freeze = Button(
            tr("Freeze {period}", period=period), Variant.PRIMARY, icon="lock", name="freeze-do"
        )
        leave.clicked.connect(self.reject)
        freeze.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(freeze)
        freeze.setDefault(True)
        leave.setFocus()
        return row


def may_freeze(parent: QWidget, period: str, author: str, to_decide: int) -> bool:
    """Ask; closing the question leaves the semester open."""
    dialog = FreezeDialog(parent.window(), period, author, to_decide)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
