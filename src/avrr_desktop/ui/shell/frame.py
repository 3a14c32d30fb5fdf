"""The frame of the window: ribbon, navigation, top bar, page, status bar; rebuilt per language."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import read_office
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import (
    ClosingOf,
    FormOf,
    NewRegistration,
    RecordsOf,
    Route,
    SummaryOf,
    Today,
)
from avrr_desktop.ui.shell.drawer import Drawer
from avrr_desktop.ui.shell.navigation import Navigation
from avrr_desktop.ui.shell.news import News
from avrr_desktop.ui.shell.ribbon import Ribbon
from avrr_desktop.ui.shell.status_bar import StatusBar
from avrr_desktop.ui.shell.top_bar import TopBar
from avrr_desktop.ui.theme.tokens import Width
from avrr_desktop.ui.widgets.formats import moment_text
from avrr_desktop.ui.widgets.surfaces import Surface
from avrr_desktop.ui.widgets.tips import plain_tip


class Frame(QWidget):
    """Holds one page at a time."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("frame")
        self.page: Page | None = None
        self._drawer: Drawer | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if context.actor.is_moved:
            column.addWidget(_moved_ribbon(context.register))
        elif context.actor.is_looking:
            said = tr("Nothing can be written here: the register is open elsewhere.")
            column.addWidget(Ribbon(tr("Copy"), said))
        elif context.register.info.is_demo:
            column.addWidget(Ribbon(tr("Demonstration"), tr("All persons are invented.")))
        self._across = QHBoxLayout()
        self._across.setSpacing(0)
        self.navigation = _navigation(context)
        self._across.addWidget(self.navigation)
        self._across.addLayout(self._content(), 1)
        column.addLayout(self._across, 1)
        self.status = StatusBar(context.register.paths.register.name, context.register.clock)
        self.status.setToolTip(plain_tip(str(context.register.paths.register)))
        column.addWidget(self.status)

    def _content(self) -> QVBoxLayout:
        content = QVBoxLayout()
        content.setSpacing(0)
        self.top = TopBar()
        self.top.menu_requested.connect(self.toggle_drawer)
        self.news = News()
        self._area = Surface("bg", name="page-area")
        self._area.setAccessibleName(tr("Page"))
        self._area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        holder = QVBoxLayout(self._area)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.setSpacing(0)
        holder.addWidget(self.news)
        self._holder = holder
        content.addWidget(self.top)
        content.addWidget(self._area, 1)
        return content

    def show_page(self, page: Page) -> None:
        """Put a page in the place of the one before, which is deleted."""
        self.close_drawer()
        before, self.page = self.page, page
        if before is not None:
            self._holder.removeWidget(before)
            before.hide()
            before.deleteLater()
        self._holder.addWidget(page, 1)
        page.show()
        self.navigation.show_place(page.nav_key())
        offers_new, primary = new_button(page)
        offers_new = offers_new and allows(page.context.actor, Permission.RECORD)
        self.top.show_new(offers_new, primary)

    def repeat(self, before: Frame) -> None:
        """Say again what another frame said."""
        self.news.repeat(before.news)
        self.status.repeat(before.status)

    def show_counts(self, persons: int, due: int) -> None:
        """How many persons there are, how much is due today."""
        self.status.set_persons(persons)
        self.navigation.set_badge(due)

    @property
    def is_folded(self) -> bool:
        """Whether the navigation is in a drawer."""
        return self.width() < Width.FOLD_NAV

    def toggle_drawer(self) -> None:
        """Open or close the navigation of a narrow window."""
        if self._drawer is not None:
            self.close_drawer()
        elif self.is_folded:
            self._across.removeWidget(self.navigation)
            self._drawer = Drawer(self, self.navigation)
            self._drawer.closed.connect(self._on_drawer_closed)
            self._drawer.open_drawer()

    def close_drawer(self) -> None:
        """Fold the navigation again."""
        if self._drawer is not None:
            self._drawer.close_overlay()

    def _on_drawer_closed(self) -> None:
        self._drawer = None
        self._across.insertWidget(0, self.navigation)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and lower as the design says."""
        super().resizeEvent(event)
        if self._drawer is not None and not self.is_folded:
            self.close_drawer()
        elif self._drawer is None:
            self._fit()

    def _fit(self) -> None:
        folded = self.is_folded
        self.navigation.setVisible(not folded)
        self.navigation.set_narrow(self.width() < Width.FOLD_PANEL)
        self.navigation.set_low(self.height() < Width.LOW_WINDOW_HEIGHT)
        self.top.menu.setVisible(folded)

    def search_edge(self) -> int:
        """Where the search field starts, from the start side of the frame."""
        left = self.top.search.mapTo(self, self.top.search.rect().topLeft()).x()
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            return self.width() - left - self.top.search.width()
        return left

    def regions(self) -> tuple[QWidget, ...]:
        """What F6 goes round, in reading order."""
        page = () if self.page is None else self.page.focus_regions()
        navigation = () if self.is_folded else (self.navigation,)
        return (*navigation, self.top.search, *page, self.status)


def new_button(page: Page) -> tuple[bool, bool]:
    """Whether *New record* is offered beside a page, and whether it is the primary button."""
    route: Route = page.route
    if isinstance(route, FormOf | NewRegistration | ClosingOf):
        return False, False
    return True, isinstance(route, Today | SummaryOf | RecordsOf) and not page.has_primary()


def _moved_ribbon(register: Register) -> Ribbon:
    from avrr_desktop.services.moving.moved_away import moved_away  # no other start needs it

    marked = moved_away(register)
    assert marked is not None
    said = tr(
        "This register goes on on another PC since {when}: here it is only looked at.",
        when=moment_text(marked.at),
    )
    return Ribbon(tr("Moved"), said)


def _navigation(context: Context) -> Navigation:
    register: Register = context.register
    office = read_office(register)
    place = " · ".join(part for part in (office.name, office.place) if part)
    role = register.vocabularies.label("user_role", context.actor.role.value, screen_language())
    return Navigation(place, context.actor, role)
