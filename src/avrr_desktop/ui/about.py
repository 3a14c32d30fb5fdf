"""About: the version, the register's identity, the components and their licences."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.identity import components, program_version
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import Licences, Route
from avrr_desktop.ui.theme.tokens import Line, Space, Type, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, PageScroll
from avrr_desktop.ui.widgets.text import Text

_BREAK = "\u200b"
_FOLDER = re.compile(r"(?<=[/\\_-])")
_GROUP = 4  # digits of an identity, four by four as in the files


class AboutPage(Page):
    """Facts one reads aloud on the phone, to be selected and copied."""

    def __init__(self, context: Context, route: Route) -> None:
        super().__init__(context, route)
        self.setObjectName("page-about")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.L, 0, 0)
        column.setSpacing(Space.M)
        head = QVBoxLayout()
        head.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        head.setSpacing(0)
        head.addWidget(Text(tr("About this register"), Type.TITLE, name="page-title"))
        note = tr("Register of assisted voluntary return and reintegration, IOM Morocco")
        head.addWidget(Text(note, Type.CAPTION, wrap=True))
        column.addLayout(head)
        self._scroll = PageScroll("about-scroll")
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight, self._scroll.page)
        self._beside.setContentsMargins(Space.PAGE, 0, Space.PAGE, Space.PAGE)
        self._beside.setSpacing(Space.CARD_GAP)
        top = Qt.AlignmentFlag.AlignTop
        self._beside.addWidget(self._register_card(), 3, top)
        self._beside.addWidget(self._components_card(), 2, top)
        column.addWidget(self._scroll, 1)

    def _register_card(self) -> Card:
        info, paths = self.context.register.info, self.context.register.paths
        kind = tr("Demonstration: all persons are invented") if info.is_demo else tr("Register")
        facts = (
            (tr("Program version"), ltr(program_version())),
            (tr("Kind"), kind),
            (tr("Identity of the register"), ltr(_in_groups(info.uuid))),
            (tr("Created on"), ltr(date_text(info.created_at.astimezone().date()))),
            (tr("Version of the counting rules"), ltr(info.rules_version)),
            (tr("Data folder"), ltr(str(paths.data_dir))),
            (tr("Register file"), ltr(paths.register.name)),
        )
        card = Card("about-register")
        card.add_header(tr("This register"))
        card.body.addLayout(_grid(facts))
        row = QHBoxLayout()
        row.setContentsMargins(-Line.RING_ROOM, Space.S, 0, 0)
        folder = Button(
            tr("Open the data folder"), Variant.SECONDARY, icon="folder-open", name="open-folder"
        )
        folder.clicked.connect(lambda: _open_folder(paths.data_dir))
        row.addWidget(folder)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _components_card(self) -> Card:
        card = Card("about-components")
        read = Button(tr("Read the licences"), Variant.QUIET, small=True, name="open-licences")
        read.clicked.connect(lambda: self.context.shell.open(Licences()))
        card.add_header(tr("Components and licences"), read)
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS + 2)
        grid.setColumnStretch(0, 1)
        parts = components(self.context.register.paths.resources)
        for row, component in enumerate(part for part in parts if not part.inside):
            grid.addWidget(_fact(ltr(component.name)), row, 0)
            grid.addWidget(_fact(ltr(component.version), "text2"), row, 1)
            grid.addWidget(_fact(ltr(component.licence), "text2"), row, 2)
        card.body.addLayout(grid)
        card.body.addWidget(HairLine())
        note = tr("Each stays under its own licence.")
        card.body.addWidget(Text(note, Type.CAPTION, wrap=True))
        return card

    def nav_key(self) -> str:
        """Reached from the settings."""
        return "settings"

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The cards."""
        return (self._scroll,)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One card under the other in a narrow page."""
        super().resizeEvent(event)
        narrow = self.width() < Width.TWO_COLUMNS
        direction = QBoxLayout.Direction
        self._beside.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def _grid(facts: tuple[tuple[str, str], ...]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.XL)
    grid.setVerticalSpacing(Space.S)
    grid.setColumnStretch(1, 1)
    for row, (name, value) in enumerate(facts):
        grid.addWidget(Text(name, tone="text2"), row, 0, Qt.AlignmentFlag.AlignTop)
        shown = _Fact(value)
        shown.setAccessibleName(f"{name}: {value}")
        grid.addWidget(shown, row, 1)
    return grid


class _Fact(Text):
    """A fact whose path may break after any folder; copied without the marks of the breaks."""

    def __init__(self, fact: str) -> None:
        super().__init__(_FOLDER.sub(_BREAK, fact), wrap=True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.selectedText().replace(_BREAK, ""))
        else:
            super().keyPressEvent(event)


def _fact(text: str, tone: str = "text") -> Text:
    label = Text(text, tone=tone)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _in_groups(digits: str) -> str:
    return " ".join(digits[at : at + _GROUP] for at in range(0, len(digits), _GROUP))


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
