"""The card of the bulletin's table; its tabs show details and, in a narrow window, the panels."""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.breakdown_panel import BreakdownPanel, SnugScroll, side_lists
from avrr_desktop.ui.summary.columns import main_columns, main_heads
from avrr_desktop.ui.summary.details import Details
from avrr_desktop.ui.summary.figure_table import FigureTable
from avrr_desktop.ui.summary.lines import main_lines
from avrr_desktop.ui.summary.notes_panel import NotesPanel
from avrr_desktop.ui.summary.years import YearsView
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text


class View(IntEnum):
    """What the card shows."""

    GROUPS = 0
    DETAILS = 1
    LISTS = 2
    NOTES = 3
    YEARS = 4


_WIDE: Final = (View.GROUPS, View.DETAILS, View.YEARS)


class MainCard(Card):
    """« Parties du bulletin »."""

    opened = Signal(object)  # ShownCell, or a route

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("summary-card", flush=True, parent=parent)
        self._is_narrow = False
        self.table = FigureTable(
            "summary-table",
            tr("Parts of the bulletin"),
            main_columns(""),
            tr("Part of the bulletin"),
            fits=True,
        )
        self.table.opened.connect(self.opened)
        self.details = Details()
        self.details.opened.connect(self.opened)
        self.years = YearsView(context)
        self.years.opened.connect(self.opened)
        self.breakdown = BreakdownPanel(with_tabs=False)
        self.notes = NotesPanel(with_title=False)
        self._wide_tabs = self._tab_bar(_WIDE, "summary-tabs")
        self._narrow_tabs = self._narrow_bar()
        self._hint = _hint()
        self.add_header(tr("Parts of the bulletin"), self._hint, self._wide_tabs, self._narrow_tabs)
        self._stack = QStackedWidget()
        for widget in (
            self._groups_view(),
            self.details,
            SnugScroll(self.breakdown, "scroll-lists"),
            SnugScroll(self.notes, "scroll-notes-tab"),
            self.years,
        ):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.set_narrow(False)

    def _tab_bar(self, views: tuple[View, ...], name: str) -> TabBar:
        words = {
            View.GROUPS: tr("Groups"),
            View.DETAILS: tr("Details"),
            View.YEARS: tr("Comparisons"),
        }
        bar = TabBar(
            [Tab(words[view]) for view in views], pills=True, name=name, accessible=tr("Views")
        )
        bar.chosen.connect(lambda rank: self.show_view(views[rank]))
        return bar

    def _narrow_bar(self) -> TabBar:
        """The panels beside the table, as tabs."""
        tabs = [Tab(tr("Groups")), *(Tab(label) for _, label, _ in side_lists())]
        tabs += [Tab(tr("Notes")), Tab(tr("Details")), Tab(tr("Comparisons"))]
        bar = TabBar(tabs, pills=True, name="summary-narrow-tabs", accessible=tr("Views"))
        bar.chosen.connect(self._on_narrow_tab)
        return bar

    def _on_narrow_tab(self, rank: int) -> None:
        lists = side_lists()
        if 1 <= rank <= len(lists):
            self.breakdown.set_place(lists[rank - 1][0])
            self._show(View.LISTS)
        else:
            after = (View.NOTES, View.DETAILS, View.YEARS)
            self._show(after[rank - len(lists) - 1] if rank else View.GROUPS)

    def _groups_view(self) -> QWidget:
        view = QWidget()
        column = QVBoxLayout(view)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        self._foot_line = HairLine()
        self._foot = Text("", Type.CAPTION, tone="text2", wrap=True, name="summary-footnote")
        self._foot.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        column.addWidget(self._foot_line)
        column.addWidget(self._foot)
        return view

    def view(self) -> View:
        """What is shown."""
        return View(self._stack.currentIndex())

    def show_view(self, view: View) -> None:
        """Show it, and choose its tab."""
        if not self._is_narrow and view not in _WIDE:
            view = View.GROUPS
        self._show(view)
        if view in _WIDE:
            self._wide_tabs.set_index(_WIDE.index(view))
        ranks = {
            View.GROUPS: 0,
            View.NOTES: len(side_lists()) + 1,
            View.DETAILS: len(side_lists()) + 2,
            View.YEARS: len(side_lists()) + 3,
        }
        if view in ranks:
            self._narrow_tabs.set_index(ranks[view])

    def _show(self, view: View) -> None:
        self._stack.setCurrentIndex(view)
        self._hint.setVisible(not self._is_narrow and view is View.GROUPS)

    def show_list(self, section: str, measure: str) -> None:
        """All the terms of a list, in the details."""
        self.show_view(View.DETAILS)
        self.details.show_list(section, measure)
        self.details.table.setFocus()

    def set_document(self, document: SummaryDocument) -> None:
        """Show the figures of a count."""
        self.table.figures.set_heads(main_heads(document))
        self.table.set_lines(main_lines(document))
        self.details.set_document(document)
        self.breakdown.set_document(document)
        self.notes.set_document(document)
        count = self.notes.warnings()
        self._narrow_tabs.set_tab(len(side_lists()) + 1, Tab(tr("Notes"), count or None))
        self._foot.setText("\n".join(document.footnotes))
        for widget in (self._foot, self._foot_line):
            widget.setVisible(bool(document.footnotes))

    def set_narrow(self, narrow: bool) -> None:
        """Whether the panels are tabs of the card."""
        self._is_narrow = narrow
        self._wide_tabs.setVisible(not narrow)
        self._narrow_tabs.setVisible(narrow)
        self.show_view(self.view())


def _hint() -> QWidget:
    """« Flèches pour se déplacer, Entrée pour voir les personnes »."""
    hint = QWidget()
    hint.setObjectName("summary-hint")
    row = QHBoxLayout(hint)
    row.setContentsMargins(0, 0, Space.S, 0)
    row.setSpacing(Space.XS)
    row.addWidget(Text(tr("Arrows to move,"), Type.CAPTION, tone="text2"))
    row.addWidget(KeyCap(tr("Enter")))
    row.addWidget(Text(tr("to see the persons"), Type.CAPTION, tone="text2"))
    return hint
