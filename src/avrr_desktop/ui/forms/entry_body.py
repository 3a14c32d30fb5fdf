"""What a page of entry is about: its boxes, and the drafts they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from avrr_desktop.core.errors import Finding
from avrr_desktop.services.different_persons import Different
from avrr_desktop.services.drafts import Draft
from avrr_desktop.ui.forms.faults import Fault, Spot
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.summary.live_panel import NoteLine


class EntryBody(QWidget):
    """The fields of a page; ``header`` stands above them and does not scroll."""

    edited = Signal()
    box_made = Signal(object)  # FieldBox, one that came after the page was made
    header: QWidget

    def drafts(self) -> tuple[Draft, ...]:
        """What would be saved."""
        raise NotImplementedError

    def boxes(self) -> Sequence[FieldBox]:
        """Every box, seen or not."""
        raise NotImplementedError

    def order(self) -> Sequence[FieldBox]:
        """The boxes seen, in reading order."""
        raise NotImplementedError

    def locate(self, draft: int, finding: Finding) -> Spot | None:
        """Where a finding of the draft at that place is shown."""
        raise NotImplementedError

    def about_to_save(self) -> None:
        """Read again what was read while typing; may raise as a reading does."""

    def own_faults(self, _found: Sequence[Fault] = ()) -> Sequence[Fault]:
        """What stops a save beside the findings of the drafts, which are ``_found`` already."""
        return ()

    def different(
        self, _faults: Sequence[Fault], _reasons: Mapping[str, str]
    ) -> tuple[Different, ...]:
        """Files said to be of other persons than those typed; reasons by the key of a fault."""
        return ()

    def names(self) -> Mapping[int, str]:
        """Names of the persons of the drafts, when one box serves several."""
        return {}

    def typed(self) -> object:
        """Everything typed, comparable."""
        raise NotImplementedError

    def retype(self, kept: object) -> None:
        """Put back what ``typed`` gave."""
        raise NotImplementedError

    def about(self) -> Sequence[str]:
        """Names of the persons, for who is asked what to do with a form half typed."""
        return ()

    def rebased(self, _base: object, kept: object) -> tuple[object, str]:
        """What was typed on ``base``, on what the register holds now; what clashes is said."""
        return kept, ""

    def notes(self) -> Sequence[NoteLine]:
        """What follows from the values, for the panel beside the form."""
        return ()

    def focus_first(self) -> None:
        """Focus where one starts typing."""
        shown = self.order()
        if shown:
            shown[0].focus()
