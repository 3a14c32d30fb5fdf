"""The user's guide, read in the window; F1 opens it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QTextBlock, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from avrr_desktop.core.folding import fold
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import Help, WhatChanged
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.surfaces import Card
from avrr_desktop.ui.widgets.text import Text

_GUIDE = "index.md"


class HelpPage(Page):
    """The guide in the language of the screen, else in French."""

    def __init__(self, context: Context, route: Help) -> None:
        super().__init__(context, route)
        self.setObjectName("page-help")
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.L, Space.PAGE, Space.PAGE)
        column.setSpacing(Space.M)
        head = QHBoxLayout()
        head.addWidget(Text(tr("Help"), Type.TITLE, name="page-title"))
        head.addStretch(1)
        changed = Button(tr("What changed"), Variant.QUIET, icon="history", name="what-changed")
        changed.clicked.connect(lambda: context.shell.open(WhatChanged()))
        head.addWidget(changed)
        column.addLayout(head)
        card = Card("help-card")
        column.addWidget(card, 1)
        guide = guide_path(context.register.paths.resources, screen_language())
        self.browser = QTextBrowser()
        self.browser.setObjectName("help-text")
        self.browser.setAccessibleName(tr("User guide"))
        self.browser.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._on_link)
        if guide is None:
            card.body.addWidget(EmptyState(tr("The guide is not installed with this program.")))
            return
        self._folder = guide.parent
        self.browser.setSearchPaths([str(guide.parent)])
        self.browser.setMarkdown(guide.read_text(encoding="utf-8"))
        card.body.addWidget(self.browser)
        if route.topic:
            # The text has no height before the page is laid out.
            QTimer.singleShot(0, self, lambda: self.show_topic(route.topic))

    def nav_key(self) -> str:
        """Its own entry."""
        return "help"

    def state(self) -> object:
        """How far one has read."""
        return self.browser.verticalScrollBar().value()

    def set_state(self, state: object) -> None:
        """Go back there once the text is laid out."""
        if isinstance(state, int):
            QTimer.singleShot(0, self, lambda: self.browser.verticalScrollBar().setValue(state))

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The text."""
        return (self.browser,)

    def show_topic(self, topic: str) -> bool:
        """Go to the heading of that name; false when the guide has none."""
        block = self.browser.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and anchor_of(block.text()) == topic:
                self._scroll_to(block)
                return True
            block = block.next()
        return False

    def _scroll_to(self, block: QTextBlock) -> None:
        self.browser.setTextCursor(QTextCursor(block))
        layout = self.browser.document().documentLayout()
        top = layout.blockBoundingRect(block).top()
        self.browser.verticalScrollBar().setValue(round(top))

    def _on_link(self, link: QUrl) -> None:
        if link.hasFragment() and not link.path():
            self.show_topic(link.fragment())
        elif link.isRelative():
            self._open_beside(link)
        elif link.scheme() in {"http", "https", "mailto"}:
            QDesktopServices.openUrl(link)

    def _open_beside(self, link: QUrl) -> None:
        """Another page of the guide; none outside its folder."""
        path = self._folder / Path(link.path()).name
        if path.suffix == ".md" and path.is_file():
            self.browser.setMarkdown(path.read_text(encoding="utf-8"))
            self.browser.verticalScrollBar().setValue(0)
            if link.hasFragment():
                self.show_topic(link.fragment())


def guide_path(resources: Path, language: Language) -> Path | None:
    """The guide's file, or None when none is installed."""
    for code in (language, Language.FR):
        path = resources / "help" / code.value / _GUIDE
        if path.is_file():
            return path
    return None


def anchor_of(heading: str) -> str:
    """The name of a heading in links: « Saisir un retour » is ``saisir-un-retour``."""
    kept = "".join(c if c.isalnum() else " " for c in fold(heading))
    return "-".join(kept.split())
