"""Every shortcut of the program, and the sheet that shows them (Ctrl+/)."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.ui.shell.overlay import Overlay
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.surfaces import HairLine, PageScroll, Surface
from avrr_desktop.ui.widgets.text import Text


@dataclass(frozen=True, slots=True)
class ShortcutGroup:
    """Shortcuts that serve in one place: keys, then what they do."""

    title: str
    lines: tuple[tuple[tuple[str, ...], str], ...]


def shortcut_groups() -> tuple[ShortcutGroup, ...]:
    """All of them, in the language of the screen."""
    enter = tr("Enter")
    return (
        ShortcutGroup(
            tr("Everywhere"),
            (
                (("Ctrl+K",), tr("Search for a person or a case")),
                (("Ctrl+N",), tr("New record")),
                (("Ctrl+Z",), tr("Undo: in the field, else the last save or deletion")),
                (("Ctrl+Y",), tr("Redo what was undone")),
                (("Ctrl+[", tr("Esc")), tr("Back to the previous page")),
                (("F6",), tr("Next region of the window")),
                (("F10",), tr("Navigation, in a narrow window")),
                (("F1",), tr("Help")),
                (("Ctrl+L",), tr("Lock a protected register")),
                (("Ctrl+/",), tr("This sheet")),
            ),
        ),
        ShortcutGroup(
            tr("Summary and lists"),
            (
                (("←", "→", "↑", "↓"), tr("Next figure or line")),
                ((enter,), tr("Open the persons behind a figure, or the line")),
                (("↓", enter), tr("From the search of a list: into its lines, open the line")),
                (("Alt+←", "Alt+→"), tr("Previous period, next period")),
                (("Ctrl+C",), tr("Copy the lines selected")),
                ((tr("Space"),), tr("Why this person is counted")),
            ),
        ),
        ShortcutGroup(
            tr("Forms"),
            (
                ((enter,), tr("Next field")),
                (("Ctrl+S",), tr("Save")),
                (("Ctrl+" + enter,), tr("Save and start the next one")),
                (("F8", tr("Shift") + "+F8"), tr("Next error, previous error")),
                (("F9",), tr("Live panel")),
                (("F1",), tr("Help on the field")),
            ),
        ),
        ShortcutGroup(
            tr("Dates"),
            (
                (("j",), tr("Today")),
                (("+", "-"), tr("A day later, a day earlier")),
                (("120394",), tr("Is read as 12/03/1994")),
                (("~16",), tr("A birth: about 16 years old")),
            ),
        ),
    )


class ShortcutSheet(Overlay):
    """All shortcuts on one sheet."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host, "shortcut-sheet")
        panel = Surface("palette", name="shortcut-panel")
        panel.setAccessibleName(tr("Keyboard shortcuts"))
        self.hold(panel)
        column = QVBoxLayout(panel)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(HairLine())
        self._scroll = PageScroll("shortcut-scroll")
        columns = QHBoxLayout(self._scroll.page)
        columns.setContentsMargins(Space.XL, Space.M, Space.XL, Space.L)
        columns.setSpacing(Space.XXL)
        groups = shortcut_groups()
        for half in (groups[:2], groups[2:]):
            columns.addLayout(_group_column(half), 1)
        column.addWidget(self._scroll, 1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(margins(Space.XL, Space.S, Space.M, Space.S))
        head.addWidget(Text(tr("Keyboard shortcuts"), Type.SECTION))
        head.addStretch(1)
        self._close = Button(
            tr("Close"), Variant.QUIET, key=tr("Esc"), small=True, name="shortcuts-close"
        )
        self._close.clicked.connect(self._on_close)
        head.addWidget(self._close)
        return head

    def open_sheet(self) -> None:
        """Show it."""
        self.unfold()
        self._close.setFocus()

    def _on_close(self) -> None:
        self.close_overlay()

    def place_panel(self) -> None:
        """In the middle."""
        wanted = self._scroll.page.sizeHint()
        width = min(wanted.width() + Space.XXL, self.width() - 2 * Space.XL)
        height = min(wanted.height() + 4 * Space.L, self.height() - 2 * Space.XL)
        self.panel.setGeometry(
            (self.width() - width) // 2, (self.height() - height) // 2, width, height
        )


def _group_column(groups: tuple[ShortcutGroup, ...]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(Space.S)
    for group in groups:
        column.addWidget(Text(group.title, bold=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.L)
        grid.setVerticalSpacing(Space.XS + 2)
        grid.setColumnStretch(1, 1)
        for row, (keys, text) in enumerate(group.lines):
            caps = QHBoxLayout()
            caps.setSpacing(Space.XS)
            for key in keys:
                caps.addWidget(KeyCap(key))
            caps.addStretch(1)
            grid.addLayout(caps, row, 0)
            grid.addWidget(Text(text, tone="text2"), row, 1, Qt.AlignmentFlag.AlignVCenter)
        column.addLayout(grid)
        column.addSpacing(Space.M)
    column.addStretch(1)
    return column
