"""The card of the bulletin's table; its tabs show details and, in a narrow window, the panels."""

from __future__ import annotations

from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.summary_document import SummaryDocument
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.breakdown_panel import BreakdownPanel, SnugScroll, side_lists
from avrr_desktop.ui.summary.columns import main_columns, main_heads
from avrr_desktop.ui.summary.figure_table import FigureTable
from avrr_desktop.ui.summary.lines import main_lines
from avrr_desktop.ui.summary.notes_panel import NotesPanel
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.keycap import KeyCap
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

if TYPE_CHECKING:
    from avrr_desktop.ui.summary.details import Details
    from avrr_desktop.ui.summary.years import YearsView


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
        self._context = context
        self._details: Details | None = None
        self._years: YearsView | None = None
        self._section = ""  # of the details, before they are made
        self._document: SummaryDocument | None = None
        self._known_at: datetime | None = None
        self.breakdown = BreakdownPanel(with_tabs=False)
        self.notes = NotesPanel(with_title=False)
        self._wide_tabs = self._tab_bar(_WIDE, "summary-tabs")
        self._narrow_tabs = self._narrow_bar()
        self._hint = _hint()
        self.add_header(tr("Parts of the bulletin"), self._hint, self._wide_tabs, self._narrow_tabs)
        self._stack = QStackedWidget()
        for widget in (
            self._groups_view(),
            QWidget(),
            SnugScroll(self.breakdown, "scroll-lists"),
            SnugScroll(self.notes, "scroll-notes-tab"),
            QWidget(),
        ):
            self._stack.addWidget(widget)
        self.body.addWidget(self._stack, 1)
        self.set_narrow(False)

    @property
    def details(self) -> Details:
        """Every figure of a part; made when first looked at."""
        from avrr_desktop.ui.summary.details import Details

        if self._details is None:
            self._details = Details()
            self._details.opened.connect(self.opened)
            self._put(View.DETAILS, self._details)
            self._fill()
            if self._section:
                self._details.show_list(self._section)
        return self._details

    @property
    def years(self) -> YearsView:
        """The comparisons; made when first looked at."""
        from avrr_desktop.ui.summary.years import YearsView

        if self._years is None:
            self._years = YearsView(self._context)
            self._years.opened.connect(self.opened)
            self._put(View.YEARS, self._years)
            self._fill()
        return self._years

    def _make(self, view: View) -> None:
        """The view that is about to be shown."""
        if view is View.DETAILS:
            _ = self.details
        elif view is View.YEARS:
            _ = self.years

    def _put(self, view: View, widget: QWidget) -> None:
        """In the place that was kept for it."""
        kept = self._stack.widget(view)
        assert kept is not None
        self._stack.removeWidget(kept)
        kept.deleteLater()
        self._stack.insertWidget(view, widget)

    def _fill(self) -> None:
        """The views made so far, with the figures shown."""
        if self._document is None:
            return
        if self._details is not None:
            self._details.set_document(self._document)
        if self._years is not None:
            self._years.look_at(self._document.period, self._known_at)

    def section(self) -> str:
        """The section the details show."""
        return self._section if self._details is None else self._details.section()

    def set_section(self, section: str) -> None:
        """Have the details show a section."""
        self._section = section
        if self._details is not None:
            self._details.show_list(section)

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
        self._make(view)
        self._stack.setCurrentIndex(view)
        self._hint.setVisible(not self._is_narrow and view is View.GROUPS)

    def show_list(self, section: str, measure: str) -> None:
        """All the terms of a list, in the details."""
        self.show_view(View.DETAILS)
        self.details.show_list(section, measure)
        self.details.table.setFocus()

    def set_document(self, document: SummaryDocument, known_at: datetime | None = None) -> None:
        """Show the figures of a count, as known at a moment of the past if one is given."""
        self._document, self._known_at = document, known_at
        self.table.figures.set_heads(main_heads(document))
        self.table.set_lines(main_lines(document))
        self._fill()
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
