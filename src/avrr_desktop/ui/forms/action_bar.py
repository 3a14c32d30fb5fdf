"""The bar under a form: keys to know, cancel, save, and what comes after."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.surfaces import Bar
from avrr_desktop.ui.widgets.text import Text


class Then(StrEnum):
    """What follows a save."""

    STAY = "stay"
    NEXT = "next"  # an empty form of the same kind
    ANOTHER = "another"  # one that keeps the pinned values


class ActionBar(Bar):
    """``has_next``: a new record, after which another may be entered; ``has_pinned``: keeping."""

    def __init__(self, *, has_next: bool, has_pinned: bool) -> None:
        super().__init__("action")
        self.hints = QWidget()
        hints = QHBoxLayout(self.hints)
        hints.setContentsMargins(0, 0, 0, 0)
        hints.setSpacing(Space.S)
        for key, words in ((tr("Enter"), tr("next field")), ("F8", tr("next error"))):
            hints.addWidget(KeyCap(key))
            hints.addWidget(Text(words, Type.CAPTION))
            hints.addSpacing(Space.S)
        self.cancel = Button(tr("Cancel"), Variant.QUIET, key=tr("Esc"), name="form-cancel")
        self.another = Button(
            tr("Save and repeat"),
            Variant.QUIET,
            name="form-save-another",
        )
        self.another.setToolTip(
            tr("Ctrl+Shift+Enter: repeated values are kept for the next record")
        )
        if not (has_next and has_pinned):
            self.another.hide()
        kind = Variant.SECONDARY if has_next else Variant.PRIMARY
        self.save = Button(tr("Save"), kind, key="Ctrl+S", name="form-save")
        self.next = Button(
            tr("Save and next"), Variant.PRIMARY, key=tr("Ctrl+Enter"), name="form-save-next"
        )
        if not has_next:
            self.next.hide()
        self.row.setSpacing(0)
        self.row.addWidget(self.hints)
        self.row.addStretch(1)
        for button in (self.cancel, self.another, self.save, self.next):
            self.row.addWidget(button)
        # Only now: shown without a parent they would be windows.
        self.another.setVisible(has_next and has_pinned)
        self.next.setVisible(has_next)

    def minimumSizeHint(self) -> QSize:
        """Room for the buttons; the hints come only where there is more."""
        least = super().minimumSizeHint()
        return QSize(self._buttons_width(), least.height())

    def _buttons_width(self, side: int = Space.S) -> int:
        """What the buttons take, with a margin on both sides."""
        buttons = (self.cancel, self.another, self.save, self.next)
        widths = [each.sizeHint().width() for each in buttons if each.isVisibleTo(self)]
        return sum(widths) + 2 * side

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hints are whole or not there; the margins give way to the buttons."""
        super().resizeEvent(event)
        room = self.width() - self._buttons_width(Space.PAGE)
        side = Space.PAGE if room >= 0 else Space.S
        self.row.setContentsMargins(side, 0, side, 0)
        self.hints.setVisible(self.hints.sizeHint().width() <= room)
