"""The question asked before a semester is frozen: one of the few dialogs there are."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text

_MOST = 200  # characters of a reason


class FreezeDialog(QDialog):
    """Says what freezing does; *Freeze* must be chosen, with a reason when something blocks."""

    def __init__(
        self, parent: QWidget, period: str, author: str, to_decide: int, blocking: int = 0
    ) -> None:
        super().__init__(parent)
        self._blocking = blocking
        self.reason = QLineEdit()
        self.freeze = Button(
            tr("Freeze {period}", period=period), Variant.PRIMARY, icon="lock", name="freeze-do"
        )
        self.setObjectName("freeze-dialog")
        self.setWindowTitle(tr("Freeze a semester"))
        self.setModal(True)
        self.setMinimumWidth(Width.SEARCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        column.addLayout(self._words(period, author, to_decide))
        if blocking:
            column.addLayout(self._why())
        column.addLayout(self._buttons())

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
        if self._blocking:
            sentences.append(
                ntr(
                    "{count} blocking point is not settled: the reason to freeze all the same is"
                    " kept in the journal, and how much was not settled with the figures.",
                    "{count} blocking points are not settled: the reason to freeze all the same is"
                    " kept in the journal, and how much was not settled with the figures.",
                    self._blocking,
                )
            )
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

    def _why(self) -> QVBoxLayout:
        """The reason; without it, *Freeze* cannot be chosen."""
        label = tr("Reason (required)")
        self.reason.setObjectName("freeze-reason")
        self.reason.setAccessibleName(label)
        self.reason.setMaxLength(_MOST)
        self.reason.textChanged.connect(lambda text: self.freeze.setEnabled(bool(text.strip())))
        self.freeze.setEnabled(False)
        column = QVBoxLayout()
        column.setSpacing(Space.XS)
        column.addWidget(Text(label, Type.CAPTION))
        column.addWidget(self.reason)
        return column

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        leave = Button(tr("Leave open"), Variant.SECONDARY, name="freeze-leave")
        leave.clicked.connect(self.reject)
        self.freeze.clicked.connect(self.accept)
        row.addStretch(1)
        row.addWidget(leave)
        row.addWidget(self.freeze)
        self.freeze.setDefault(True)
        (self.reason if self._blocking else leave).setFocus()
        return row


def asked_to_freeze(
    parent: QWidget, period: str, author: str, to_decide: int, blocking: int
) -> str | None:
    """Ask: the reason given (empty when nothing blocks), None when it stays open."""
    dialog = FreezeDialog(parent.window(), period, author, to_decide, blocking)
    try:
        if dialog.exec() != QDialog.DialogCode.Accepted:
            return None
        return dialog.reason.text().strip()
    finally:
        dialog.deleteLater()
