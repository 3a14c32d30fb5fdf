"""Grounds: cards, bars, hairlines and section titles."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from avrr_desktop.ui.theme.polish import set_look
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.text import Text

Ground = Literal[
    "bg", "surface", "raised", "nav", "ribbon", "accent", "ok", "warning", "error",
    "card", "palette", "tile",
]  # fmt: skip
Edge = Literal["top", "bottom", "start", "end"]
BarPlace = Literal["top", "action", "ribbon", "status"]


class Surface(QFrame):
    """A frame with a ground of the design and perhaps a hairline on one edge."""

    def __init__(
        self,
        ground: Ground = "surface",
        *,
        edge: Edge | None = None,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("ground", ground)
        if edge:
            self.setProperty("edge", edge)

    def set_ground(self, ground: Ground) -> None:
        """Another ground."""
        set_look(self, ground=ground)


class Bar(QFrame):
    """A bar of the frame: ``top``, ``action``, ``ribbon`` or ``status``."""

    def __init__(self, place: BarPlace, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name or f"bar-{place}")
        self.setProperty("bar", place)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        self.row.setSpacing(Space.S)


class HairLine(QFrame):
    """One line across, decoration only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("rule", "true")


class Card(QFrame):
    """A card; ``body`` is its column. ``flush`` leaves no padding, for a table inside."""

    def __init__(
        self, name: str = "", *, flush: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("ground", "card")
        self.body = QVBoxLayout(self)
        # One pixel keeps a view inside from painting over the rounded edge.
        padding = 1 if flush else Space.CARD_PADDING
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(0 if flush else Space.S)

    def add_header(self, title: str, *trailing: QWidget) -> QWidget:
        """A header row: bold title at the start, ``trailing`` widgets at the end."""
        header = QWidget(self)
        row = QHBoxLayout(header)
        row.setContentsMargins(Space.L, Space.XS, Space.M, Space.XS)
        row.setSpacing(Space.XS)
        if self.body.contentsMargins().left() > 1:
            row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(Text(title, Type.SECTION))
        row.addStretch(1)
        for widget in trailing:
            row.addWidget(widget)
        header.setMinimumHeight(40)
        self.body.addWidget(header)
        return header


class SectionTitle(QWidget):
    """The title of a section of a form, with a hairline under it."""

    def __init__(self, title: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name or "section-title")
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.S, 0, Space.XS)
        column.setSpacing(Space.S)
        self._label = Text(title, Type.SECTION)
        column.addWidget(self._label)
        column.addWidget(HairLine())

    def set_title(self, title: str) -> None:
        """Another title."""
        self._label.setText(title)
        self.setAccessibleName(title)


class PageScroll(QScrollArea):
    """The one scroll area of a page: transparent, grows with its ``page`` widget."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name or "page-scroll")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.page = QWidget()
        self.page.setProperty("page", "true")
        self.setWidget(self.page)
        self.viewport().setAutoFillBackground(False)
        self.page.setAutoFillBackground(False)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page ``widget`` stands on until it is seen whole; nothing when none scrolls."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, PageScroll):
            above.ensureWidgetVisible(widget, Space.XL, Space.S)
            return
        above = above.parentWidget()
