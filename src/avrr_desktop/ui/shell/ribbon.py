"""The ribbon over every screen of a demonstration register, or of a copy."""

from __future__ import annotations

from avrr_desktop.ui.theme.tokens import IconSize, Space, Type
from avrr_desktop.ui.widgets.icon_label import IconMark
from avrr_desktop.ui.widgets.surfaces import Bar
from avrr_desktop.ui.widgets.text import Text


class Ribbon(Bar):
    """« Démonstration », and that nobody here exists; or that this is a copy."""

    def __init__(self, title: str, sentence: str) -> None:
        super().__init__("ribbon", "ribbon")
        self.setAccessibleName(f"{title}. {sentence}")
        self.row.setContentsMargins(Space.L, 0, Space.L, 0)
        self.row.addWidget(IconMark("circle-alert", "ribbon_text", IconSize.STATUS))
        self.row.addWidget(Text(title, Type.CAPTION, tone="ribbon", bold=True))
        self.row.addWidget(Text(sentence, Type.CAPTION, tone="ribbon"), 1)
