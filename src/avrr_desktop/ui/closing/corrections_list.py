"""Corrections that wait for a decision: what each moves, approve or refuse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.closing.corrections import Correction
from avrr_desktop.services.closing.held import PENDING
from avrr_desktop.ui.closing.words import correction_text, effect_text
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class CorrectionRow(Surface):
    """One correction that waits."""

    approved = Signal(object)
    refused = Signal(object)

    def __init__(self, correction: Correction, lists: Vocabularies) -> None:
        super().__init__("surface", edge="top", name="correction")
        self.correction = correction
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.M, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(IconMark("pencil", "warning"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        effect, said = effect_text(correction.effect, lists), correction_text(correction)
        words.addWidget(Text(effect, bold=True, wrap=True, name="correction-effect"))
        words.addWidget(Text(said, Type.CAPTION, wrap=True, name="correction-said"))
        row.addLayout(words, 1)
        for word, variant, name, signal in (
            (tr("Approve"), Variant.SECONDARY, "correction-approve", self.approved),
            (tr("Refuse"), Variant.DANGER, "correction-refuse", self.refused),
        ):
            button = Button(
                word,
                variant,
                small=True,
                name=name,
                accessible=tr("{action}: {what}", action=word, what=effect),
            )
            button.clicked.connect(lambda _on=False, to=signal: to.emit(self.correction))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{effect}. {said}")


class CorrectionsList(QWidget):
    """Hidden while none waits; ``approved`` and ``refused`` give the correction."""

    approved = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("corrections")
        self._title = Text("", bold=True, name="corrections-title")
        self._title.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = Surface("raised", edge="top")
        inner = QVBoxLayout(head)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._title)
        column.addWidget(head)
        column.addLayout(self._rows)
        self.hide()

    def show_all(self, corrections: Sequence[Correction], lists: Vocabularies) -> None:
        """Show those that wait."""
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        waiting = [one for one in corrections if one.status == PENDING]
        for correction in waiting:
            row = CorrectionRow(correction, lists)
            row.approved.connect(self.approved)
            row.refused.connect(self.refused)
            self._rows.addWidget(row)
        self._title.setText(
            ntr(
                "{count} correction waits for a decision",
                "{count} corrections wait for a decision",
                len(waiting),
            )
        )
        self.setVisible(bool(waiting))
