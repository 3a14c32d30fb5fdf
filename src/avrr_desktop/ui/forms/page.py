"""The form of any record, derived from its declaration."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.specs import Activity
from avrr_desktop.people.base import fields_of
from avrr_desktop.services.drafts import Changed, Draft
from avrr_desktop.services.subjects import read_subjects, usual_office
from avrr_desktop.ui.forms.action_bar import ActionBar, Then
from avrr_desktop.ui.forms.entry_page import EntryPage, focus_name
from avrr_desktop.ui.forms.live_side import LiveSide
from avrr_desktop.ui.forms.record_body import RecordBody
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import CasePage, FormOf, PersonPage


class FormPage(EntryPage):
    """A new record, or a stored one; saving leaves the stored version on the page."""

    def __init__(self, context: Context, route: FormOf) -> None:
        self._record = RECORD_BY_KEY[route.key]
        is_activity = isinstance(self._record, Activity)
        live = LiveSide(context, route.key) if is_activity else None
        super().__init__(context, route, live)
        self._form = route
        self._load()

    def nav_key(self) -> str:
        """The list of the record."""
        return self._form.key

    def has_primary(self) -> bool:
        """A form has its own."""
        return True

    def form_key(self) -> str:
        """The record's."""
        return self._form.key

    def _load(self) -> None:
        route = self._form
        self.route = route
        stored = self.context.records.read(route.key, route.record_id) if route.record_id else None
        person_ids = route.person_ids
        if stored is not None and isinstance(self._record, Activity):
            person_ids = (str(stored.values["person_id"]),)
        values = stored.values if stored is not None else self._first_values()
        self.made = RecordBody(
            self.context, self._record, stored, values, person_ids, route.case_id
        )
        is_new = stored is None
        has_pinned = any(f.spec.pinned for f in fields_of(self._record.model))
        self.set_body(self.made, ActionBar(has_next=is_new, has_pinned=has_pinned))
        QTimer.singleShot(0, self, self._focus_first)

    def _first_values(self) -> dict[str, object]:
        """A new record starts with the office of the person's case, else the usual one."""
        route = self._form
        values: dict[str, object] = {}
        if any(f.name == "office" for f in fields_of(self._record.model)):
            known = read_subjects(self.context.register, route.person_ids[:1])
            office = known[0].office if known else ""
            values["office"] = office or usual_office(self.context.register)
        return {**values, **dict(route.prefill)}

    def _focus_first(self) -> None:
        """Unless a field has the focus already; what scrolls them gets it when a page comes."""
        if self.isVisible() and not any(box.has_focus_inside() for box in self.body.order()):
            self.body.focus_first()

    def on_saved(self, changed: Changed, drafts: tuple[Draft, ...], then: Then) -> None:
        """Stay on the record, or go on with an empty form of the same kind."""
        key = self._form.key
        if then is Then.NEXT:
            self._go(FormOf(key))
        elif then is Then.ANOTHER:
            self._go(FormOf(key, prefill=self.made.pinned()))
        elif len(drafts) == 1:
            self._go(FormOf(key, changed.ids[0]), focus_name(self))
        else:
            case_id = self.made.case_of_all()
            person = str(drafts[0].values["person_id"])
            # Coming back must not find the saved values: they would be saved twice.
            self._go(FormOf(key))
            self.context.shell.open(CasePage(case_id) if case_id else PersonPage(person))

    def _go(self, route: FormOf, focus: str = "") -> None:
        """Show another record in place."""
        self._form = route
        self._load()
        focused = self.findChild(QWidget, focus) if focus else None
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.body.focus_first()

    def is_touched(self, changed: Changed | None) -> bool:
        """Whether the record shown was changed."""
        return changed is None or (self._form.key, self._form.record_id) in changed.records

    def reload(self) -> None:
        """The record as it is stored now."""
        self._go(self._form)
