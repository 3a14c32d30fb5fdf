"""Bars of one list of one section; any other list through a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.activities.across import SIDE_LISTS
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.summary import CellKey
from avrr_desktop.services.summary_document import Row, SummaryDocument, Table
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.charts import Bar, BarChart
from avrr_desktop.ui.widgets.formats import NO_BREAK_SPACE, number_text
from avrr_desktop.ui.widgets.surfaces import PageScroll
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

_BARS = 9  # the last of them gathers the smaller terms

ListPlace = tuple[str, str]  # section, measure


def side_lists() -> tuple[tuple[ListPlace, str, str], ...]:
    """The lists that have a tab: their place, the tab's words, the title."""
    language = screen_language()
    return tuple(
        (
            (each.section, f"persons_by_{each.breakdown}"),
            each.label.text(language),
            each.title.text(language),
        )
        for each in SIDE_LISTS
    )


class BreakdownPanel(QWidget):
    """A title, tabs for the usual lists and a menu for the others, and the bars."""

    opened = Signal(object)  # CellKey
    details_wanted = Signal(str, str)  # section, measure: all the terms

    def __init__(self, *, with_tabs: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("breakdown-panel")
        self._document: SummaryDocument | None = None
        self._lists = side_lists()
        self._place = self._lists[0][0]
        self._keys: list[CellKey | None] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.M)
        column.setSpacing(Space.XS)
        self._title = Text(self._lists[0][2], Type.SECTION, wrap=True, name="breakdown-title")
        self.tabs = TabBar(
            [Tab(label) for _, label, _ in self._lists],
            pills=True,
            name="breakdown-tabs",
            accessible=tr("Lists"),
        )
        self.tabs.chosen.connect(self._on_tab)
        self._other = Button(
            tr("Others"),
            Variant.QUIET,
            small=True,
            arrow=True,
            name="breakdown-others",
            accessible=tr("Another list of another part"),
        )
        self._other.clicked.connect(self._open_menu)
        column.addLayout(self._head(with_tabs=with_tabs))
        self._note = Text("", Type.CAPTION, tone="text2", wrap=True, name="breakdown-note")
        self._chart = BarChart(self._lists[0][2])
        self._chart.activated.connect(self._on_bar)
        column.addWidget(self._chart)
        column.addWidget(self._note)
        column.addStretch(1)

    def _head(self, *, with_tabs: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self._title)
        row = QHBoxLayout()
        row.setSpacing(Space.XS)
        row.addWidget(self.tabs)
        if not with_tabs:
            self.tabs.hide()
        row.addWidget(self._other)
        row.addStretch(1)
        column.addLayout(row)
        return column

    def place(self) -> ListPlace:
        """The list shown."""
        return self._place

    def set_place(self, place: ListPlace) -> None:
        """Show another list."""
        self._place = place
        for rank, (known, _, _) in enumerate(self._lists):
            if known == place:
                self.tabs.set_index(rank)
        self._refresh()

    def set_document(self, document: SummaryDocument) -> None:
        """Show the figures of a count, at once only if one looks at them."""
        self._document = document
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the latest figures."""
        super().showEvent(event)
        self._refresh()

    def _on_tab(self, rank: int) -> None:
        self._place = self._lists[rank][0]
        self._refresh()

    def _open_menu(self) -> None:
        menu = self.make_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._other.mapToGlobal(self._other.rect().bottomLeft()))

    def make_menu(self) -> QMenu:
        """Every list of every section."""
        menu = QMenu(self)
        menu.setObjectName("breakdown-menu")
        for part in self._document.sections if self._document else ():
            sub = menu.addMenu(part.label)
            for measure, title in part.tables.titles.items():
                action = QAction(title, sub)
                place = (part.key, measure)
                action.setCheckable(True)
                action.setChecked(place == self._place)
                action.triggered.connect(lambda _checked=False, place=place: self.set_place(place))
                sub.addAction(action)
        return menu

    def _table(self) -> Table | None:
        if self._document is None or not self._document.sections:
            return None
        try:
            return self._document.table(*self._place)
        except KeyError:
            return None

    def _refresh(self) -> None:
        table = self._table()
        known = next((title for place, _, title in self._lists if place == self._place), "")
        if table is None or self._document is None:
            self._title.setText(known)
            self._chart.set_bars([])
            self._note.setText(tr("Being counted…"))
            return
        section = self._document.section(table.section).label
        title = known or tr("{section}: {list}", section=section, list=table.title)
        self._title.setText(title)
        self._chart.setAccessibleName(title)
        self._show_bars(table)
        self._note.setText(table.note)
        self._note.setVisible(bool(table.note))

    def _show_bars(self, table: Table) -> None:
        rows = _shown_rows(table)
        rest = [row for row in table.rows if row not in rows] if table.is_long else []
        bars = [_bar(row) for row in rows]
        self._keys = [row.total.key for row in rows]
        others = [row for row in rest if row.total.value]
        if others:
            text = ntr("{count} other", "{count} others", len(others))
            # Not additive: their sum would not be a number of persons.
            is_sum = table.is_additive
            value = sum(int(row.total.value or 0) for row in others)
            bars.append(Bar(text, value, _share(value, table) if is_sum else ""))
            self._keys.append(None)
        self._chart.set_bars(bars)

    def _on_bar(self, rank: int) -> None:
        key = self._keys[rank]
        if key is None:
            self.details_wanted.emit(*self._place)
        else:
            self.opened.emit(key)


def _shown_rows(table: Table) -> list[Row]:
    """Every term of a short list; the largest of a long one."""
    if not table.is_long:
        return list(table.rows)
    counted = [row for row in table.rows if row.total.value]
    return counted if len(counted) <= _BARS else counted[: _BARS - 1]


def _bar(row: Row) -> Bar:
    percent = "" if row.percent is None else f"{number_text(row.percent)}{NO_BREAK_SPACE}%"
    return Bar(row.label, int(row.total.value or 0), percent)


def _share(value: int, table: Table) -> str:
    whole = int(table.total.total.value or 0)
    share = (value * 200 + whole) // (2 * whole) if whole else 0
    return f"{number_text(share)}{NO_BREAK_SPACE}%"


class SnugScroll(PageScroll):
    """A scroll area that asks for its content's height and no more."""

    def __init__(self, inner: QWidget, name: str, *, grows: bool = True) -> None:
        super().__init__(name)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(inner)
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Preferred, policy.Expanding if grows else policy.Maximum)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

        self.page.installEventFilter(self)

    def sizeHint(self) -> QSize:
        """The content's."""
        return self.page.sizeHint()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another height when the content does."""
        if watched is self.page and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)
