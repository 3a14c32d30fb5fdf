"""The card of a figure: counted and not counted, with groups that add up at its foot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.services.figure_page import FigureView, NearView, activity_of
from avrr_desktop.services.figure_words import Wording, reason_title
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.ui.figure.misses import MissesModel, MissesTable
from avrr_desktop.ui.figure.model import SORTABLE, FigureModel, columns_behind
from avrr_desktop.ui.figure.words import groups_text, imposed
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.records.table import RecordTable
from avrr_desktop.ui.routes import FigureOf
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.buttons import Button
from avrr_desktop.ui.widgets.chip_drawing import ChipKind
from avrr_desktop.ui.widgets.chips import Chip
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.flow import FlowLayout
from avrr_desktop.ui.widgets.formats import ltr, number_text
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, Surface
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

COUNTED, NOT_COUNTED = 0, 1
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class FigureCard(Card):
    """Two lists behind tabs; ``moved`` when another line is the current one."""

    moved = Signal()
    why_asked = Signal()  # the button that unfolds the panel

    def __init__(self, context: Context, route: FigureOf, wording: Wording) -> None:
        super().__init__("figure-card", flush=True)
        self._context = context
        self._wording = wording
        self._sort = ("figure_day", False)
        self.near: NearView | None = None
        self.figure: FigureView | None = None
        self.reason = ""
        self.tabs = TabBar(
            [Tab(tr("Counted")), Tab(tr("Not counted"))],
            name="figure-tabs",
            accessible=tr("Counted or not counted"),
        )
        columns = columns_behind(activity_of(route.cell))
        self.model = FigureModel(context, columns, self)
        self.table = RecordTable("figure-list", tr("Counted"))
        self.table.setModel(self.model)
        self.table.show_columns(columns, [context.text(column.label) for column in columns])
        self.misses = MissesModel(context, wording, self)
        self.near_table = MissesTable(self.misses)
        self.empty = EmptyState(tr("Reading the list…"))
        self.why_button = Button(tr("Why?"), small=True, icon="panel-right", name="figure-why")
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, Space.S - 2)
        self._stack = QStackedWidget()
        self._said = Text("", Type.CAPTION, name="figure-selected")
        self._groups = Text("", Type.CAPTION, name="figure-groups")
        self._total = Text("", bold=True, name="figure-total")
        self._lay_out()
        self._connect()
        self._imposed = imposed(context, route.cell, wording.period)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.S, 0, Space.S, 0)
        head.addWidget(self.tabs, 1)
        head.addWidget(self.why_button, 0, _MIDDLE)
        self.body.addLayout(head)
        self.body.addWidget(HairLine())
        holder = QHBoxLayout()
        holder.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        holder.addWidget(self._chips, 1)
        self.body.addLayout(holder)
        self.body.addWidget(HairLine())
        for part in (self.table, self.near_table, self.empty):
            self._stack.addWidget(part)
        self._stack.setCurrentWidget(self.empty)
        self.body.addWidget(self._stack, 1)
        foot = Surface("raised", edge="top", name="figure-foot")
        foot.setProperty("corners", "bottom")
        row = QHBoxLayout(foot)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.M)
        row.addWidget(self._said)
        row.addStretch(1)
        row.addWidget(self._groups)
        row.addWidget(self._total)
        self.body.addWidget(foot)

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda _tab: self._show_tab())
        self.table.set_copy(self._copied)
        self.table.horizontalHeader().sectionClicked.connect(self._on_sorted)
        self.table.sort_requested.connect(self._on_sorted)
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self.moved.emit())
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._on_ticked())
        self.near_table.selectionModel().currentRowChanged.connect(lambda *_: self.moved.emit())
        self.why_button.clicked.connect(self.why_asked)
        self.empty.action_requested.connect(lambda: self.tabs.set_index(NOT_COUNTED))

    @property
    def is_counted(self) -> bool:
        """Whether the counted are shown."""
        return self.tabs.index() == COUNTED

    def current_table(self) -> QWidget:
        """The list shown."""
        return self.table if self.is_counted else self.near_table

    def show_figure(self, figure: FigureView) -> None:
        """Show what the figure counts."""
        self.figure = figure
        self.model.show(figure.rows, figure.lines)
        self._order()
        self.tabs.set_tab(COUNTED, Tab(tr("Counted"), len(figure.rows)))
        self._show_tab()

    def show_near(self, near: NearView) -> None:
        """Show what the figure nearly counts."""
        self.near = near
        if self.reason not in near.reasons:
            self.reason = ""
        self.misses.show(near, self.reason)
        self.tabs.set_tab(NOT_COUNTED, Tab(tr("Not counted"), len(near.misses)))
        self._show_tab()

    def _show_tab(self) -> None:
        self._show_chips()
        self._show_foot()
        read = self.figure if self.is_counted else self.near
        shown = self.model if self.is_counted else self.misses
        if read is None or not shown.rowCount():
            self._word_empty(is_read=read is not None)
            self._stack.setCurrentWidget(self.empty)
        else:
            self._stack.setCurrentWidget(self.current_table())
            if self.is_counted and not self.table.currentIndex().isValid():
                self.table.go_to(0)
        self.moved.emit()

    def _word_empty(self, *, is_read: bool) -> None:
        if not is_read:
            self.empty.set_content(tr("Reading the list…"))
        elif self.is_counted:
            near = self.near is not None and bool(self.near.misses)
            said = tr("Nothing counts in this figure.")
            self.empty.set_content(said, tr("See what is not counted") if near else None)
        else:
            self.empty.set_content(tr("Nothing comes close to counting in this figure."))

    def _show_chips(self) -> None:
        self._flow.clear()
        if self.is_counted:
            for spec in self._imposed:
                self._flow.addWidget(Chip(spec.text, spec.kind))
            return
        near = self.near
        reasons = dict(near.reasons) if near else {}
        whole = len(near.misses) if near else 0
        say = translator(screen_language())
        for reason, count in {"": whole, **reasons}.items():
            title = reason_title(reason, say) if reason else tr("All")
            kind = ChipKind.ACCENT if reason == self.reason else ChipKind.REASON
            text = f"{title} · {ltr(number_text(count))}"
            chip = ReasonChip(text, kind, name=f"reason-{reason or 'all'}")
            chip.clicked.connect(lambda _=False, r=reason: self.choose_reason(r))
            self._flow.addWidget(chip)

    def choose_reason(self, reason: str) -> None:
        """Show the near-misses of one reason, or all."""
        self.reason = reason
        if self.near is not None:
            self.misses.show(self.near, reason)
        self._show_tab()

    def _show_foot(self) -> None:
        if self.is_counted and self.figure is not None:
            has_groups = self.figure.unit is not Unit.CASES
            self._groups.setText(groups_text(self.figure.groups) if has_groups else "")
            self._total.setText(ltr(f"= {number_text(len(self.figure.rows))}"))
        elif not self.is_counted and self.near is not None:
            self._groups.setText(groups_text(self.near.groups))
            self._total.setText(ltr(f"= {number_text(len(self.near.misses))}"))
        else:
            self._groups.setText("")
            self._total.setText("")
        self._on_ticked()

    def _on_ticked(self) -> None:
        count = len(self.table.selectionModel().selectedRows()) if self.is_counted else 0
        self._said.setText(tr("{count} selected", count=ltr(number_text(count))) if count else "")

    def _copied(self) -> str:
        places = self.table.selected_rows() or [self.table.currentIndex().row()]
        return self.model.copied(places)

    def _on_sorted(self, section: int) -> None:
        key = self.model.columns[section].key
        if key in SORTABLE:
            self._sort = (key, not self._sort[1] if self._sort[0] == key else False)
            self.model.sort_by(key, descending=self._sort[1])
        self._order()

    def _order(self) -> None:
        keys = [column.key for column in self.model.columns]
        order = Qt.SortOrder.DescendingOrder if self._sort[1] else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(keys.index(self._sort[0]), order)
        if self.model.rowCount():
            self.table.go_to(0)


class ReasonChip(Chip):
    """A reason one can choose: a chip that takes the focus."""

    def _dress(self) -> None:
        super()._dress()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
