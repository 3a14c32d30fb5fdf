"""The registration screen: a person or a family, from first contact to registration, in one go."""

from __future__ import annotations

from PySide6.QtCore import QTimer

from avrr_desktop.core.translation import tr
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.registering import HEAD, REGISTRATION
from avrr_desktop.services.subjects import household, usual_office
from avrr_desktop.ui.forms.action_bar import ActionBar, Then
from avrr_desktop.ui.forms.entry_page import EntryPage
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.live_side import LiveSide
from avrr_desktop.ui.forms.registration_body import RegistrationBody
from avrr_desktop.ui.forms.tab_order import chain
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import CasePage, NewRegistration, PersonPage, Route

NEW_REGISTRATION = "new_registration"


class RegistrationPage(EntryPage):
    """Saves persons, case and registrations together, or nothing."""

    def __init__(self, context: Context, route: NewRegistration) -> None:
        super().__init__(context, route, LiveSide(context, REGISTRATION.key))
        self.saving.faults.same_text = tr("Same person: add to their file")
        self._start = route
        self._load()

    def nav_key(self) -> str:
        """The list of registrations."""
        return REGISTRATION.key

    def has_primary(self) -> bool:
        """It has its own."""
        return True

    def form_key(self) -> str:
        """A form that is no single record's."""
        return NEW_REGISTRATION

    def _load(self) -> None:
        route = self._start
        self.route = route
        register = self.context.register
        case = self.context.records.read(CASE_FILE.key, route.case_id) if route.case_id else None
        members = household(register, route.case_id)
        heads = [member.name for member in members if member.place == HEAD]
        office = str(case.values["office"]) if case else usual_office(register)
        values = {"office": office, **dict(route.prefill)}
        self.made = RegistrationBody(self.context, values, case, heads[0] if heads else "")
        self.made.likely.reshaped.connect(lambda: chain(self))
        self.set_body(self.made, ActionBar(has_next=True, has_pinned=True))
        QTimer.singleShot(0, self, self._focus_first)

    def on_same_person(self, box: FieldBox, person_id: str) -> None:
        """What is typed goes to their file, here."""
        self.made.take_known(box, person_id)
        self.saving.check()
        chain(self)
        self.saving.faults.step(1)

    def _focus_first(self) -> None:
        """Unless a field has the focus already; what scrolls them gets it when a page comes.

        Once saved, the form is hidden: the page that follows has the keys.
        """
        if self.isVisible() and not any(box.has_focus_inside() for box in self.body.order()):
            self.body.focus_first()

    def on_saved(self, changed: Changed, drafts: tuple[Draft, ...], then: Then) -> None:
        """An empty screen again; staying means looking at what was saved."""
        pinned = self.made.pinned()
        case_id = self._start.case_id
        person_ids = [d.target for d in drafts if "family_name" in d.values]
        self._start = NewRegistration(prefill=pinned if then is Then.ANOTHER else ())
        # Coming back must not find the saved values: they would be saved twice.
        self._load()
        if then is not Then.STAY:
            self.body.focus_first()
            return
        goal: Route = PersonPage(person_ids[0])
        if len(person_ids) > 1 or case_id:
            goal = CasePage(changed.ids[len(person_ids)])
        self.context.shell.open(goal)

    def reload(self) -> None:
        """The case as it is now."""
        self._load()
