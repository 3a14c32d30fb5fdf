"""What changed: a card for each version, the newest first."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.identity import program_version
from avrr_desktop.services.what_changed import Version, read_versions
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import WhatChanged
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import ltr
from avrr_desktop.ui.widgets.surfaces import Card, PageScroll
from avrr_desktop.ui.widgets.text import Text

_WIDEST = 820  # pixels: a sentence is read in one look


_TYPED = re.compile(r"`([^`]+)`")


def shown(text: str) -> str:
    """What is typed at a terminal stands between marks that only the change log shows."""
    return _TYPED.sub(lambda found: ltr(found[1]), text)


class WhatChangedPage(Page):
    """Reached from the bar after an update, and from the help."""

    def __init__(self, context: Context, route: WhatChanged) -> None:
        super().__init__(context, route)
        self.setObjectName("page-what-changed")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.L, 0, 0)
        column.setSpacing(Space.M)
        head = QVBoxLayout()
        head.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        head.setSpacing(0)
        head.addWidget(Text(tr("What changed"), Type.TITLE, name="page-title"))
        note = tr("This is version {version}.", version=ltr(program_version()))
        head.addWidget(Text(note, Type.CAPTION, wrap=True))
        column.addLayout(head)
        versions = read_versions(context.register.paths.resources)
        if not versions:
            column.addWidget(EmptyState(tr("What changed is not installed with this program.")), 1)
            self._region: QWidget = self
            return
        self._region = scroll = PageScroll("what-changed-scroll")
        inside = QVBoxLayout(scroll.page)
        inside.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        inside.setSpacing(Space.CARD_GAP)
        for version in versions:
            inside.addWidget(self._card(version))
        inside.addStretch(1)
        column.addWidget(scroll, 1)

    def _card(self, version: Version) -> Card:
        card = Card(f"version-{version.number}")
        card.setMaximumWidth(_WIDEST)
        card.add_header(tr("Version {version}", version=ltr(version.number)))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnStretch(1, 1)
        for row, change in enumerate(version.changes):
            grid.addWidget(Text("•", tone="text2"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Text(shown(self.context.text(change)), wrap=True), row, 1)
        card.body.addLayout(grid)
        return card

    def nav_key(self) -> str:
        """The help's."""
        return "help"

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The cards."""
        return (self._region,)
