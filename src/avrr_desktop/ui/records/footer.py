"""The foot of a list: what is ticked, what can be done with the current row, how many lines."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class ListFooter(Surface):
    """Actions with their keys; disabled while there is no current row."""

    opened = Signal()
    edited = Signal()
    deleted = Signal()
    deselected = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("raised", edge="top", name="list-footer", parent=parent)
        self.setProperty("corners", "bottom")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.XS, Space.L, Space.XS)
        row.setSpacing(Space.XS)
        quiet = Variant.QUIET
        self.open = Button(tr("Open"), quiet, key=tr("Enter"), small=True, name="row-open")
        self.edit = Button(tr("Edit"), quiet, key="F2", small=True, name="row-edit")
        self.delete = Button(tr("Delete"), quiet, key=tr("Del"), small=True, name="row-delete")
        self.open.clicked.connect(self.opened)
        self.edit.clicked.connect(self.edited)
        self.delete.clicked.connect(self.deleted)
        self._selected = Text("", Type.CAPTION, bold=True, name="list-selected")
        self._deselect = Button(tr("Deselect"), Variant.LINK, small=True, name="list-deselect")
        self._deselect.clicked.connect(self.deselected)
        self._total = Text("", Type.CAPTION, name="list-total")
        for button in (self.open, self.edit, self.delete):
            row.addWidget(button)
        row.addSpacing(Space.M)
        row.addWidget(self._selected)
        row.addWidget(self._deselect)
        row.addStretch(1)
        row.addWidget(self._total)
        self.set_selected(0, has_current=False)

    def set_selected(self, count: int, *, has_current: bool) -> None:
        """How many rows are ticked, and whether one has the focus."""
        self._selected.setText(ntr("{count} selected", "{count} selected", count))
        self._selected.setVisible(count > 0)
        self._deselect.setVisible(count > 0)
        for button in (self.open, self.edit, self.delete):
            button.setEnabled(has_current)

    def set_total(self, text: str) -> None:
        """How many lines the list has."""
        self._total.setText(text)
