"""The page of one case: its facts, members and events."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.services.case_page import CaseView, read_case
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.messages import word_error
from avrr_desktop.ui.cases.leaving import LeavingBar
from avrr_desktop.ui.cases.tables import EventsModel, MembersModel
from avrr_desktop.ui.page import Context, Page
from avrr_desktop.ui.records.deletion import DeletionBar, reason_text
from avrr_desktop.ui.routes import CasePage, FormOf, NewRegistration, PersonPage, RecordsOf
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.theme.tokens import Space, Type
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.breadcrumb import Breadcrumb
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.delegates import NameDelegate
from avrr_desktop.ui.widgets.empty import EmptyState
from avrr_desktop.ui.widgets.formats import code_text, date_text, ltr
from avrr_desktop.ui.widgets.surfaces import Card, HairLine
from avrr_desktop.ui.widgets.table import TableView
from avrr_desktop.ui.widgets.text import Text

_DAY = ["88/88/8888"]
_MEMBER_WIDTHS = (["n" * 22], ["n" * 13], ["n" * 14], ["n" * 8], ["n" * 10], _DAY, _DAY)
_EVENT_WIDTHS = (_DAY, ["n" * 22], ["n" * 24], ["n" * 10])


class CasePageView(Page):
    """One case, read in a few milliseconds."""

    def __init__(self, context: Context, route: CasePage) -> None:
        super().__init__(context, route)
        self.setObjectName("case-page")
        self._case_id = route.case_id
        self.view: CaseView | None = None
        self.deletion: DeletionBar = DeletionBar(context)
        self.leaving = LeavingBar(context)
        self.banner = Banner("", "warning", action=tr("Restore"), name="case-in-bin")
        self.missing = EmptyState("", tr("See the cases"))
        self.crumbs = Breadcrumb()
        self.title = Text("", Type.TITLE, name="case-title")
        self.facts = Text("", Type.CAPTION, wrap=True, name="case-facts")
        self.members = TableView("case-members", accessible=tr("Members"))
        self.members_model = MembersModel(context, self)
        self.events = TableView("case-events", accessible=tr("Events"))
        self.events_model = EventsModel(context, self)
        self._buttons: dict[str, Button] = {}
        self._lay_out()
        self._connect()
        self.refresh()

    def nav_key(self) -> str:
        """Cases."""
        return CASE_FILE.key

    def focus_regions(self) -> tuple[QWidget, ...]:
        """Members, then events."""
        return (self.members, self.events)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PAGE, Space.S, Space.PAGE, Space.L)
        column.setSpacing(Space.M)
        column.addWidget(self.missing, 1)
        self._whole = QWidget()
        column.addWidget(self._whole, 1)
        whole = QVBoxLayout(self._whole)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.M)
        whole.addLayout(self._head())
        for widget in (self.deletion, self.leaving, self.banner):
            whole.addWidget(widget)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.facts)
        whole.addLayout(words)
        add = self._button("add-member", tr("Member"), "plus", Variant.SECONDARY)
        leave = self._button("member-leaves", tr("Leaves on…"), "log-out", Variant.SECONDARY)
        members = _card(tr("Members"), self.members, self.members_model, add, leave)
        self.members.setItemDelegateForColumn(0, NameDelegate(self.members))
        whole.addWidget(members, 2)
        whole.addWidget(_card(tr("Events of the case"), self.events, self.events_model), 3)
        self.members.set_widths(_MEMBER_WIDTHS)
        self.events.set_widths(_EVENT_WIDTHS)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.crumbs, 1)
        row.addWidget(self._button("edit-case", tr("Edit the case"), "pencil", Variant.QUIET))
        row.addWidget(self._button("delete-case", tr("Delete"), "trash-2", Variant.QUIET))
        return row

    def _button(self, name: str, text: str, icon: str, variant: Variant) -> Button:
        small = variant is Variant.SECONDARY
        button = self._buttons[name] = Button(text, variant, icon=icon, small=small, name=name)
        return button

    def _connect(self) -> None:
        on = {name: button.clicked for name, button in self._buttons.items()}
        on["add-member"].connect(self._on_add)
        on["member-leaves"].connect(self.leave)
        on["edit-case"].connect(self.edit)
        on["delete-case"].connect(self.delete)
        self.crumbs.chosen.connect(lambda _rank: self._open_list())
        self.missing.action_requested.connect(self._open_list)
        self.banner.action_requested.connect(self._on_restore)
        self.members.activated.connect(lambda _index: self._open_row(is_member=True))
        self.events.activated.connect(lambda _index: self._open_row(is_member=False))
        self.members.selectionModel().currentRowChanged.connect(lambda *_: self._on_current())
        self.deletion.deleted.connect(lambda _id: self.context.shell.back())
        self.leaving.left.connect(self.members.setFocus)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the case again."""
        try:
            self.view = read_case(self.context.register, self._case_id)
        except UserError as error:
            self.view = None
            self.missing.set_content(
                word_error(error, translator(screen_language())), tr("See the cases")
            )
        self._whole.setVisible(self.view is not None)
        self.missing.setVisible(self.view is None)
        if self.view is not None:
            self._show(self.view)

    def _show(self, view: CaseView) -> None:
        number = code_text(view.number)
        self.crumbs.set_steps([self.context.text(CASE_FILE.plural), number])
        self.title.setText(tr("Case {number}", number=number))
        self.facts.setText(_facts(self.context, view))
        row = max(0, self.members.currentIndex().row())
        self.members_model.show(view.members)
        self.events_model.show(view.events)
        if view.members:
            self.members.setCurrentIndex(self.members_model.index(row, 0))
        if view.events:
            self.events.setCurrentIndex(self.events_model.index(0, 0))
        said = tr("This case is in the bin: {reason}", reason=reason_text(view.deleted_reason))
        self.banner.show_message(said, "warning", tr("Restore"))
        self.banner.setVisible(view.is_deleted)
        for button in self._buttons.values():
            button.setVisible(not view.is_deleted)
        self._on_current()

    def _on_current(self) -> None:
        member = self.members_model.member(self.members.currentIndex().row())
        self._buttons["member-leaves"].setEnabled(member is not None and member.to_on is None)

    def _open_list(self) -> None:
        self.context.shell.open(RecordsOf(CASE_FILE.key))

    def _on_add(self) -> None:
        self.context.shell.open(NewRegistration(case_id=self._case_id))

    def edit(self) -> None:
        """Open the form of the case."""
        self.context.shell.open(FormOf(CASE_FILE.key, self._case_id))

    def leave(self) -> None:
        """Ask for the last day of the current member."""
        member = self.members_model.member(self.members.currentIndex().row())
        if self.view is not None and member is not None and member.to_on is None:
            self.leaving.ask(self.view, member)

    def delete(self) -> None:
        """Ask for the reason of deleting the case."""
        if self.view is not None:
            number = code_text(self.view.number)
            said = tr("Case {number}", number=number)
            self.deletion.ask(CASE_FILE.key, self._case_id, number, said)

    def _on_restore(self) -> None:
        context = self.context
        try:
            changed = corrected(
                self,
                lambda reason: context.records.restore(
                    context.actor, CASE_FILE.key, self._case_id, correction=reason
                ),
            )
        except UserError as error:
            context.shell.say_failed(word_error(error, translator(screen_language())))
            return
        if changed is None:
            return
        context.shell.say_done(changed, tr("{record} is restored.", record=self.title.text()))

    def _open_row(self, *, is_member: bool) -> None:
        """Open the person of a member's line, the form of an event's."""
        member = self.members_model.member(self.members.currentIndex().row())
        event = self.events_model.event_at(self.events.currentIndex().row())
        if is_member and member is not None:
            self.context.shell.open(PersonPage(member.person_id))
        elif not is_member and event is not None:
            self.context.shell.open(FormOf(event.activity.key, event.event_id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 edits the case."""
        if event.key() == Qt.Key.Key_F2:
            self.edit()
        else:
            super().keyPressEvent(event)

    def state(self) -> object:
        """Current rows."""
        return (self.members.currentIndex().row(), self.events.currentIndex().row())

    def set_state(self, state: object) -> None:
        """The same rows."""
        if isinstance(state, tuple):
            self.members.setCurrentIndex(self.members_model.index(state[0], 0))
            self.events.setCurrentIndex(self.events_model.index(state[1], 0))


def _card(
    title: str, table: TableView, model: MembersModel | EventsModel, *actions: Button
) -> Card:
    card = Card(f"card-{table.objectName()}", flush=True)
    card.add_header(title, *actions)
    table.horizontalHeader().setStretchLastSection(True)
    card.body.addWidget(HairLine())
    table.setModel(model)
    table.setSelectionMode(TableView.SelectionMode.SingleSelection)
    card.body.addWidget(table, 1)
    return card


def _facts(context: Context, view: CaseView) -> str:
    parts = [context.term("office", view.values.get("office"))]
    opened, closed = view.values.get("opened_on"), view.values.get("closed_on")
    if isinstance(opened, date):
        parts.append(tr("opened on {day}", day=ltr(date_text(opened))))
    if isinstance(closed, date):
        parts.append(tr("closed on {day}", day=ltr(date_text(closed))))
    parts.append(str(view.values.get("remarks") or ""))
    return " · ".join(part for part in parts if part)
