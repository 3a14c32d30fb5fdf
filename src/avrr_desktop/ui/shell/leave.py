"""The question asked when typed work would be lost: one of the few dialogs there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.text import Text

_LATER: Final = QDialog.DialogCode.Accepted + 1


class LeaveDialog(QDialog):
    """*Keep typing* is the default; giving up must be chosen. ``has_later``: it can be kept."""

    def __init__(self, parent: QWidget, sentence: str = "", *, has_later: bool = False) -> None:
        super().__init__(parent)
        self.setObjectName("leave-dialog")
        self.setWindowTitle(tr("Unsaved work"))
        self.setModal(True)
        self.setMinimumWidth(Width.SEARCH)
        column = QVBoxLayout(self)
        column.setContentsMargins(margins(Space.XL, Space.XL, Space.L, Space.L))
        column.setSpacing(Space.L)
        column.addLayout(self._words(sentence or tr("What you typed here is not saved.")))
        column.addLayout(self._buttons(has_later=has_later))

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

    def _buttons(self, *, has_later: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        discard = Button(tr("Discard what was typed"), Variant.DANGER, name="leave-discard")
        keep = Button(tr("Keep typing"), Variant.PRIMARY, name="leave-keep")
        discard.clicked.connect(self.accept)
        keep.clicked.connect(self.reject)
        row.addStretch(1)
        row.addWidget(discard)
        if has_later:
            later = Button(tr("Keep for later"), Variant.SECONDARY, name="leave-later")
            later.clicked.connect(lambda: self.done(_LATER))
            row.addWidget(later)
        row.addWidget(keep)
        keep.setDefault(True)
        keep.setFocus()
        return row


def may_discard(
    parent: QWidget,
    sentence: str = "",
    discarded: Callable[[], None] | None = None,
    later: Callable[[], bool] | None = None,
) -> bool:
    """Ask whether the page may be left; closing the question keeps it.

    ``later`` keeps what was typed, and says whether it could; ``discarded`` puts it away.
    """
    if later is not None and not sentence:
        sentence = tr(
            "What you typed here is not saved. Kept for later, it waits in the status bar;"
            " discarded, it stays in the bin for 30 days."
        )
    dialog = LeaveDialog(parent.window(), sentence, has_later=later is not None)
    try:
        chosen = dialog.exec()
    finally:
        dialog.deleteLater()
    if chosen == _LATER and later is not None:
        return later()
    if chosen != QDialog.DialogCode.Accepted:
        return False
    if discarded is not None:
        discarded()
    return True
