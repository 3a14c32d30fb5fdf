"""The search of a list: its keys lead into the list without leaving the hands' place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from avrr_desktop.core.translation import tr

_LEAST = 200  # pixels


class SearchLine(QLineEdit):
    """``went_down`` by Down, ``entered`` by Enter; Escape empties it before it leaves the page."""

    went_down = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("list-search")
        self.setAccessibleName(tr("Search in the list"))
        self.setPlaceholderText(tr("Name, number, phone…"))
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(_LEAST)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter are the list's; Escape is the page's once nothing is typed."""
        key = event.key()
        if key == Qt.Key.Key_Down:
            self.went_down.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
