"""The page of one person: identity, household, timeline, figures, history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.person_page import PersonView, read_person
from avrr_desktop.ui.duplicates.separation import SeparationBar, merged_banner
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.person.body import PersonBody
from avrr_desktop.ui.person.household import HouseholdStrip
from avrr_desktop.ui.person.identity import IdentityHead
from avrr_desktop.ui.person.subject_file import SubjectFile
from avrr_desktop.ui.person.words import moment_title, plain_name
from avrr_desktop.ui.records.deletion import DeletionBar, period_shown, reason_text
from avrr_desktop.ui.routes import CasePage, FormOf, JournalOf, PersonPage, RecordsOf
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.shell.shared import with_shared
from avrr_desktop.ui.theme.tokens import Space
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import date_text, ltr
from avrr_desktop.ui.widgets.surfaces import Card, PageScroll


@dataclass(frozen=True, slots=True)
class PersonState:
    """What the page is come back to with."""

    tab: int
    row: int
    scroll: int


class PersonPageView(Page):
    """One person. Read in a few milliseconds, hence on the GUI thread."""

    def __init__(self, context: Context, route: PersonPage) -> None:
        super().__init__(context, route)
        self.setObjectName("person-page")
        self._person_id = route.person_id
        self.view: PersonView | None = None
        self.body: PersonBody | None = None
        self.deletion: DeletionBar = DeletionBar(context)
        self.deletion.deleted.connect(self._on_deleted)
        self.separation = SeparationBar(context)
        self._holder: QWidget | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._scroll = PageScroll("person-scroll")
        column.addWidget(self._scroll)
        self._column = QVBoxLayout(self._scroll.page)
        self._column.setContentsMargins(Space.PAGE, Space.M, Space.PAGE, Space.L)
        self._column.setSpacing(Space.S)
        self._column.addWidget(self.deletion)
        self._column.addWidget(self.separation)
        self.refresh()

    def nav_key(self) -> str:
        """Persons."""
        return PERSON.key

    def has_primary(self) -> bool:
        """The first activity to add."""
        return self.view is not None and not self.view.is_deleted

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Actions and identity, then the timeline."""
        if self.body is None:
            return (self,)
        return (self.body.first_action, self.body.timeline)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the person again."""
        state = self.state()
        try:
            period = period_shown(self.context)
            self.view = read_person(self.context.register, self._person_id, period)
        except UserError as error:
            self.view = None
            self._show_missing(error)
            return
        self._build(self.view)
        self.set_state(state)

    def _replace(self, holder: QWidget) -> None:
        if self._holder is not None:
            self._column.removeWidget(self._holder)
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = holder
        self._column.addWidget(holder, 1)

    def _show_missing(self, error: UserError) -> None:
        self.body = None
        empty = EmptyState(word_error(error, translator(screen_language())), tr("See the persons"))
        empty.action_requested.connect(lambda: self.context.shell.open(RecordsOf(PERSON.key)))
        self._replace(empty)

    def _build(self, view: PersonView) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.M)
        column.addLayout(self._head(view))
        self._news = Banner(name="person-news")
        self._news.hide()
        column.addWidget(self._news)
        if view.anonymised_on is not None:
            column.addWidget(_anonymised_banner(view.anonymised_on))
        elif view.is_deleted:
            column.addWidget(self._in_the_bin(view))
        for file in view.merged:
            banner = merged_banner(file)
            banner.action_requested.connect(lambda one=file: self.separation.ask_for(one))
            column.addWidget(banner)
        card = Card("identity-card", flush=True)
        identity = IdentityHead(self.context, view)
        identity.case_opened.connect(lambda i: self.context.shell.open(CasePage(i)))
        card.body.addWidget(identity)
        first = view.households[0] if view.households else None
        card.body.addWidget(HouseholdStrip(self.context, view.id, first))
        column.addWidget(card)
        self.body = PersonBody(self.context, view)
        self.body.timeline.activated.connect(lambda _index: self.edit_event())
        self.body.timeline.delete_asked.connect(self.delete_event)
        column.addWidget(self.body, 1)
        self._replace(holder)

    def _head(self, view: PersonView) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        crumbs = Breadcrumb([self.context.text(PERSON.plural), plain_name(view.name)])
        crumbs.chosen.connect(lambda _rank: self.context.shell.open(RecordsOf(PERSON.key)))
        row.addWidget(crumbs, 1)
        quiet = Variant.QUIET
        edit = Button(tr("Edit the identity"), quiet, icon="pencil", name="edit-identity")
        edit.clicked.connect(self.edit)
        delete = Button(tr("Delete"), quiet, icon="trash-2", name="delete-person")
        delete.clicked.connect(self.delete)
        if allows(self.context.actor, Permission.JOURNAL):
            journal = Button(tr("Journal"), quiet, icon="history", name="person-journal")
            journal.clicked.connect(lambda: self.context.shell.open(JournalOf(view.id)))
            row.addWidget(journal)
        if allows(self.context.actor, Permission.EXPORT_NAMES):
            printed = Button(tr("Whole file (PDF)"), quiet, icon="printer", name="person-file")
            printed.clicked.connect(lambda: SubjectFile(self.context, self, self._news).ask(view))
            row.addWidget(printed)
        for button in (edit, delete):
            if view.is_deleted or view.anonymised_on is not None:
                button.hide()
            row.addWidget(button)
        return row

    def _in_the_bin(self, view: PersonView) -> Banner:
        said = tr("This file is in the bin: {reason}", reason=reason_text(view.deleted_reason))
        banner = Banner(said, "warning", action=tr("Restore"), name="person-in-bin")
        banner.action_requested.connect(self._on_restore)
        return banner

    def edit(self) -> None:
        """Open the form of the identity."""
        if self.view is not None and self.view.anonymised_on is None:
            self.context.shell.open(FormOf(PERSON.key, self.view.id))

    def edit_event(self) -> None:
        """Open the form of the moment that has the focus."""
        moment = self.body.timeline.current() if self.body else None
        if moment is not None:
            self.context.shell.open(FormOf(moment.activity.key, moment.event_id))

    def delete(self) -> None:
        """Ask for the reason of deleting the person and every event."""
        if self.view is not None:
            self.deletion.ask(PERSON.key, self.view.id, plain_name(self.view.name))

    def delete_event(self) -> None:
        """Ask for the reason of deleting the event that has the focus."""
        moment = self.body.timeline.current() if self.body else None
        if moment is not None and moment.is_main and self.view is not None:
            name = plain_name(self.view.name)
            said = tr("{record} ({name})", record=moment_title(self.context, moment), name=name)
            self.deletion.ask(moment.activity.key, moment.event_id, name, said)

    def _on_deleted(self, record_id: str) -> None:
        if self.view is not None and record_id == self.view.id:
            self.context.shell.back()

    def _on_restore(self) -> None:
        assert self.view is not None
        person = self.view.id
        try:
            changed = corrected(
                self,
                lambda reason: self.context.records.restore(
                    self.context.actor, PERSON.key, person, correction=reason
                ),
            )
        except UserError as error:
            said = word_error(error, translator(screen_language()))
            self.context.shell.say_failed(said, self._on_restore)
            return
        if changed is None:
            return
        said = tr("{record} is restored.", record=plain_name(self.view.name))
        self.context.shell.say_done(changed, with_shared(self.context, said, changed.persons))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 edits the identity."""
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel becomes a tab in a narrow window."""
        super().resizeEvent(event)
        if self.body is not None:
            self.body.fit(self.width())

    def state(self) -> object:
        """Open tab, chosen moment, scroll."""
        if self.body is None:
            return None
        row = self.body.timeline.currentIndex().row()
        return PersonState(self.body.tab(), row, self._scroll.verticalScrollBar().value())

    def set_state(self, state: object) -> None:
        """Open the same tab, choose the same moment."""
        if self.body is None:
            return
        self.body.fit(self.width())
        if isinstance(state, PersonState):
            self.body.set_tab(state.tab)
            self.body.choose(state.row)
            self._scroll.verticalScrollBar().setValue(state.scroll)
        else:
            self.body.choose(-1)


def _anonymised_banner(day: date) -> Banner:
    said = tr(
        "Anonymised on {day}, when the time of keeping was over. It counts as before.",
        day=ltr(date_text(day)),
    )
    return Banner(said, icon="eye-off", name="person-anonymised")
