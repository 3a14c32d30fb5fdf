"""The page of everything that leaves for Excel or comes from it."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from avrr_desktop.core.translation import tr
from avrr_desktop.services.drafts import Changed
from avrr_desktop.ui.exchange.incoming import Incoming, IncomingState
from avrr_desktop.ui.exchange.outgoing import Outgoing, OutgoingState
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import Exchange
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text


class ExchangePage(Page):
    """Out on one tab, in on the other."""

    def __init__(self, context: Context, route: Exchange) -> None:
        super().__init__(context, route)
        self.setObjectName("exchange-page")
        self.tabs = TabBar(
            [Tab(tr("Workbook, bulletin and lists")), Tab(tr("Import"))],
            name="exchange-tabs",
            accessible=tr("Workbook and import"),
        )
        self.outgoing = Outgoing(context)
        self.incoming = Incoming(context)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.outgoing)
        self._stack.addWidget(self.incoming)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.L, 0, 0)
        column.setSpacing(Space.M)
        head = QVBoxLayout()
        head.setContentsMargins(Space.PAGE, 0, Space.PAGE, 0)
        head.setSpacing(Space.S)
        head.addWidget(Text(tr("Workbook and import"), Type.TITLE, name="page-title"))
        head.addWidget(self.tabs)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.tabs.chosen.connect(self._stack.setCurrentIndex)

    def refresh(self, changed: Changed | None = None) -> None:
        """An import undone elsewhere is no longer said to be done."""
        self.incoming.refresh()

    def nav_key(self) -> str:
        """Its entry of the navigation."""
        return "exchange"

    def has_primary(self) -> bool:
        """Saving the workbook, or importing."""
        return True

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Tabs, then what they show."""
        return (self.tabs, self.incoming if self.tabs.index() else self.outgoing)

    def state(self) -> object:
        """The tab, and what was chosen on both."""
        return (self.tabs.index(), self.outgoing.state(), self.incoming.state())

    def set_state(self, state: object) -> None:
        """The same again."""
        if not isinstance(state, tuple):
            return
        tab, outgoing, incoming = state
        assert isinstance(outgoing, OutgoingState)
        assert isinstance(incoming, IncomingState)
        self.outgoing.set_state(outgoing)
        self.incoming.set_state(incoming)
        self.tabs.set_index(tab)
