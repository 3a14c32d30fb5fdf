"""Under the identity: timeline and history as tabs, and the figures beside or as a third tab."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QWidget

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.activities.event import FUND
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Activity
from avrr_desktop.core.translation import tr
from avrr_desktop.people.base import column_fields_of
from avrr_desktop.services.history import history_of
from avrr_desktop.services.person_page import PersonView
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.person.counts import CountsPanel
from avrr_desktop.ui.person.history import HistoryTable
from avrr_desktop.ui.person.timeline import Timeline
from avrr_desktop.ui.routes import FormOf
from avrr_desktop.ui.theme.tokens import Space, Width
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.surfaces import Card, HairLine, PageScroll
from avrr_desktop.ui.widgets.tabs import Tab, TabBar

_OFFERED: Final = 3
_TIMELINE, _HISTORY, _COUNTS = 0, 1, 2
_NARROW: Final = Width.FOLD_PANEL - Width.NAV


class PersonBody(QWidget):
    """The lower half of the page."""

    def __init__(self, context: Context, view: PersonView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("person-body")
        self._context = context
        self._view = view
        self._history_is_read = False
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.CARD_GAP)
        self.timeline = Timeline(context)
        self.timeline.moments.show(view.timeline, view.values.get("sex"))
        self.history = HistoryTable(context)
        self.tabs = TabBar(
            [Tab(tr("Timeline"), len(view.timeline)), Tab(tr("History")), Tab(tr("Counts in"))],
            name="person-tabs",
            accessible=tr("Timeline, history or figures"),
        )
        self.tabs.chosen.connect(self._on_tab)
        self.counts = CountsPanel(context, view)
        self.counts.setMinimumWidth(Width.LIST_PANEL)
        self._beside = PageScroll("counts-scroll")
        self._beside.setWidget(self.counts)
        self._beside.setFixedWidth(Width.SIDE_PANEL)
        self._stack = QStackedWidget()
        self._within = PageScroll("counts-within")
        self._actions = QWidget()
        self._buttons: list[Button] = []
        self.first_action = self._lay_out_actions()
        for part in (self.timeline, self.history, self._within):
            self._stack.addWidget(part)
        self._lay_out()
        self._is_narrow = False
        self.tabs.set_shown(_COUNTS, shown=False)

    def _lay_out(self) -> None:
        card = Card("person-card", flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(Space.S, 0, Space.S, 0)
        head.addWidget(self.tabs, 1)
        head.addWidget(self._actions)
        card.body.addLayout(head)
        card.body.addWidget(HairLine())
        card.body.addWidget(self._stack, 1)
        self._row.addWidget(card, 1)
        self._row.addWidget(self._beside)

    def _lay_out_actions(self) -> QWidget:
        row = QHBoxLayout(self._actions)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        if self._view.is_deleted or self._view.anonymised_on is not None:
            self._actions.hide()
        self._activities = self._ordered()
        for place, activity in enumerate(self._activities[:_OFFERED]):
            variant = Variant.PRIMARY if place == 0 else Variant.SECONDARY
            label = self._context.text(activity.label)
            button = Button(label, variant, icon="plus", small=True, name=f"add-{activity.key}")
            button.clicked.connect(lambda _=False, a=activity: self._add(a))
            row.addWidget(button)
            self._buttons.append(button)
        more = Button(tr("Other"), arrow=True, small=True, name="add-other")
        more.clicked.connect(lambda: self._on_more(more))
        row.addWidget(more)
        self._more = more
        return self._buttons[0]

    def _ordered(self) -> tuple[Activity, ...]:
        """What comes next in the programme first, what needs another record last."""
        had = {moment.activity.key for moment in self._view.timeline}
        latest = max((p for p, a in enumerate(ACTIVITIES) if a.key in had), default=-1)
        following = ACTIVITIES[latest + 1].key if latest + 1 < len(ACTIVITIES) else ""
        return tuple(sorted(ACTIVITIES, key=lambda a: _rank(a, had, following)))

    def _add(self, activity: Activity) -> None:
        case_id = self._view.households[0].case_id if self._view.households else ""
        route = FormOf(activity.key, person_ids=(self._view.id,), case_id=case_id)
        self._context.shell.open(route)

    def _on_more(self, button: Button) -> None:
        shown = sum(not offered.isHidden() for offered in self._buttons)
        menu = QMenu(self)
        menu.setObjectName("activities-menu")
        for activity in self._activities[shown:]:
            action = menu.addAction(self._context.text(activity.label))
            action.triggered.connect(lambda _=False, a=activity: self._add(a))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _on_tab(self, tab: int) -> None:
        if tab == _HISTORY and not self._history_is_read:
            self._history_is_read = True
            self.history.changes.show(history_of(self._context.register, self._view.id))
        self._stack.setCurrentIndex(tab)

    def tab(self) -> int:
        """The open tab."""
        return self.tabs.index()

    def set_tab(self, tab: int) -> None:
        """Open a tab."""
        if tab == _COUNTS and not self._is_narrow:
            tab = _TIMELINE
        self.tabs.set_index(tab)

    def choose(self, row: int) -> None:
        """Make a moment the current one; the first of the past when ``row`` is negative."""
        model = self.timeline.moments
        if row < 0:
            ahead = [r for r in range(model.rowCount()) if model.moment(r) is None]
            row = ahead[0] + 1 if ahead else 0
        if model.moment(row) is not None:
            self.timeline.setCurrentIndex(model.index(row, 0))

    def fit(self, width: int) -> None:
        """Figures beside the timeline when there is room, else in a tab."""
        narrow = width < _NARROW
        self._offer(width, is_narrow=narrow)
        if narrow == self._is_narrow:
            return
        self._is_narrow = narrow
        holder = self._within if narrow else self._beside
        other = self._beside if narrow else self._within
        other.takeWidget()
        holder.setWidget(self.counts)
        self.counts.show()
        self.counts.set_flat(flat=narrow)
        self._beside.setVisible(not narrow)
        self.tabs.set_shown(_COUNTS, shown=narrow)
        if not narrow and self.tab() == _COUNTS:
            self.tabs.set_index(_TIMELINE)

    def _offer(self, width: int, *, is_narrow: bool) -> None:
        """As many activities as stand beside the tabs; the others are in the menu."""
        room = width - 2 * Space.PAGE - Space.CARD_GAP - Width.SIDE_PANEL - 2 * Space.S
        room -= self.tabs.sizeHint().width() + self._more.sizeHint().width() + Space.XL
        for place, button in enumerate(self._buttons):
            room -= button.sizeHint().width()
            button.setVisible(place == 0 or (not is_narrow and room >= 0))


def _rank(activity: Activity, had: Collection[str], following: str) -> int:
    """The lower, the likelier to be entered now; sorting keeps the declared order."""
    specs = [field.spec for field in column_fields_of(activity.model)]
    followed = {spec.refers_to for spec in specs if spec.kind is Kind.REFERENCE}
    if followed and not followed & set(had):
        return 4
    if followed and activity.key not in had:
        return 0
    lists = {b for section in activity.counted for b in section.breakdowns if b is not FUND}
    repeats = any(listed.services for listed in lists)
    if activity.key == following or repeats:
        return 1
    return 3 if activity.key in had else 2
