"""A quiet strip about somebody of the register, within the form of a person being typed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.text import Text


class PersonStrip(QWidget):
    """Hidden at first: an icon, a title, *Another person*, and below them what one adds."""

    def __init__(
        self, name: str, icon: str, answer: str, *, above: int = 0, below: int = 0
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, above, 0, below)
        ground = Surface("tile", name=f"{name}-ground")
        outer.addWidget(ground)
        row = QHBoxLayout(ground)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(IconMark(icon, "accent_text"), 0, Qt.AlignmentFlag.AlignTop)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.XS)
        row.addLayout(self._lines, 1)
        self._title = Text("", bold=True, wrap=True, name=f"{name}-title")
        self.refuse = Button(
            tr("Another person"), Variant.LINK, small=True, name=f"{name}-{answer}"
        )
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self.refuse)
        self._lines.addLayout(head)
        self.hide()
