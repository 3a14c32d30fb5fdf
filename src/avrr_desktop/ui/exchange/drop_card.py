"""Where a filled template is dropped, before there is anything to show of it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text

_MARK = 40


class DropCard(Card):
    """What will happen, and the button for those who do not drag."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("drop-card", parent=parent)
        self.choose_button = Button(
            tr("Choose a file"), Variant.PRIMARY, icon="folder-open", name="choose-file"
        )
        says = Text(
            tr(
                "Every line is checked first. Nothing is written until you import, and one undo"
                " takes all of it back."
            ),
            tone="text2",
            wrap=True,
            name="drop-says",
        )
        says.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title = Text(tr("Drop a filled template here"), Type.SECTION, name="drop-title")
        self.body.setSpacing(Space.M)
        self.body.addStretch(1)
        for widget, share in (
            (IconMark("upload", "accent_text", _MARK), 0),
            (title, 0),
            (says, 2),
            (self.choose_button, 0),
        ):
            self.body.addLayout(_in_the_middle(widget, share))
        self.body.addStretch(2)


def _in_the_middle(widget: QWidget, share: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, share)
    row.addStretch(1)
    return row
