"""Settings: one section at a time, each built when first shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import tr
from avrr_desktop.people.opening_balance import OPENING_BALANCE
from avrr_desktop.services.drafts import Changed
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.routes import About, JournalOf, Settings
from avrr_desktop.ui.settings.backups import BackupsSection
from avrr_desktop.ui.settings.balances import BalancesSection
from avrr_desktop.ui.settings.bulletin import BulletinSection
from avrr_desktop.ui.settings.general import GeneralSection
from avrr_desktop.ui.settings.lists import ListsSection
from avrr_desktop.ui.settings.retention import RetentionSection
from avrr_desktop.ui.settings.users import UsersSection
from avrr_desktop.ui.shell.sides import margins
from avrr_desktop.ui.theme.tokens import Line, Space, Type
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.tabs import Tab, TabBar
from avrr_desktop.ui.widgets.text import Text

SECTIONS = ("general", "lists", "balances", "bulletin", "users", "backups", "retention")
_GENERAL, _LISTS, _BALANCES, _BULLETIN = range(4)
_RETENTION = len(SECTIONS) - 1


class SettingsPage(Page):
    """One section at a time."""

    def __init__(self, context: Context, route: Settings) -> None:
        super().__init__(context, route)
        self.setObjectName("page-settings")
        self._built: dict[int, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.L, 0, 0)
        column.setSpacing(Space.M)
        column.addLayout(self._header())
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        self._holders: list[QVBoxLayout] = []
        for _ in SECTIONS:
            holder = QWidget()
            inner = QVBoxLayout(holder)
            inner.setContentsMargins(0, 0, 0, 0)
            self._holders.append(inner)
            self._stack.addWidget(holder)
        wanted = route.section if route.section in SECTIONS else SECTIONS[0]
        if wanted == SECTIONS[_RETENTION] and not allows(context.actor, Permission.ERASE):
            wanted = SECTIONS[0]
        self._show(SECTIONS.index(wanted))
        self.tabs.set_index(SECTIONS.index(wanted))

    def _header(self) -> QVBoxLayout:
        header = QVBoxLayout()
        header.setContentsMargins(margins(Space.PAGE, 0, Space.PAGE - Line.RING_ROOM, 0))
        header.setSpacing(Space.S)
        first = QHBoxLayout()
        first.addWidget(Text(tr("Settings"), Type.TITLE, name="page-title"))
        first.addStretch(1)
        about = Button(tr("About this register"), Variant.QUIET, icon="info", name="open-about")
        about.clicked.connect(lambda: self.context.shell.open(About()))
        first.addWidget(about)
        if allows(self.context.actor, Permission.JOURNAL):
            journal = Button(tr("Journal"), Variant.QUIET, icon="history", name="open-journal")
            journal.clicked.connect(lambda: self.context.shell.open(JournalOf()))
            first.addWidget(journal)
        header.addLayout(first)
        balances = self.context.text(OPENING_BALANCE.plural)
        titles = (
            tr("General"), tr("Lists"), balances, tr("Bulletin"), tr("Users"), tr("Backups"),
            tr("Time of keeping"),
        )  # fmt: skip
        self.tabs = TabBar(
            [Tab(title) for title in titles], name="settings-tabs", accessible=tr("Sections")
        )
        self.tabs.set_shown(_RETENTION, shown=allows(self.context.actor, Permission.ERASE))
        self.tabs.chosen.connect(self._show)
        header.addWidget(self.tabs)
        return header

    def section(self, place: int) -> QWidget:
        """A section, built now if it was not."""
        if place not in self._built:
            makers: tuple[Callable[[Context], QWidget], ...] = (
                GeneralSection,
                ListsSection,
                BalancesSection,
                BulletinSection,
                UsersSection,
                BackupsSection,
                RetentionSection,
            )
            section = makers[place](self.context)
            if isinstance(section, GeneralSection):
                section.appearance_chosen.connect(self.context.changes.lists_changed)
            self._built[place] = section
            self._holders[place].addWidget(section)
        return self._built[place]

    def _show(self, place: int) -> None:
        self.section(place)
        self._stack.setCurrentIndex(place)

    def nav_key(self) -> str:
        """Its own entry."""
        return "settings"

    def has_primary(self) -> bool:
        """Each section has one."""
        return True

    def has_changes(self) -> bool:
        """Whether the office's settings are half typed."""
        typed = (self._built.get(place) for place in (_GENERAL, _BULLETIN))
        kinds = (GeneralSection, BulletinSection)
        return any(isinstance(section, kinds) and section.is_changed() for section in typed)

    def may_leave(self) -> bool:
        """Ask when the office's settings are half typed."""
        if self.has_changes():
            from avrr_desktop.ui.shell.leave import may_discard

            return may_discard(self, tr("The settings you typed are not saved."))
        return True

    def state(self) -> object:
        """The section shown and what is typed in those that were built."""
        general, lists = self._built.get(_GENERAL), self._built.get(_LISTS)
        bulletin = self._built.get(_BULLETIN)
        return (
            self._stack.currentIndex(),
            general.values() if isinstance(general, GeneralSection) else None,
            lists.state() if isinstance(lists, ListsSection) else None,
            bulletin.values() if isinstance(bulletin, BulletinSection) else None,
        )

    def set_state(self, state: object) -> None:
        """Take back what ``state`` gave."""
        if not isinstance(state, tuple):
            return
        place, values, chosen, printed = state
        if values is not None:
            general = self.section(_GENERAL)
            assert isinstance(general, GeneralSection)
            general.set_values(values)
        if chosen is not None:
            lists = self.section(_LISTS)
            assert isinstance(lists, ListsSection)
            lists.set_state(chosen)
        if printed is not None:
            bulletin = self.section(_BULLETIN)
            assert isinstance(bulletin, BulletinSection)
            bulletin.set_values(printed)
        self.tabs.set_index(place)
        self._show(place)

    def refresh(self, changed: Changed | None = None) -> None:
        """Balances may have been saved in their form."""
        balances = self._built.get(_BALANCES)
        if isinstance(balances, BalancesSection):
            balances.refresh()

    def focus_regions(self) -> tuple[QWidget, ...]:
        """The tabs, then the section."""
        return (self.tabs, self.section(self._stack.currentIndex()))
