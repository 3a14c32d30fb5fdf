"""A person typed anew who is in the register already: what differs, and what was chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from avrr_desktop.core.births import Birth
from avrr_desktop.core.kinds import Kind
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.drafts import Stored
from avrr_desktop.services.registering import line_of, read_birth
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.forms.difference import Choice, Difference
from avrr_desktop.ui.forms.editor_making import EditorSource, retype, typed
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.field_words import words_of
from avrr_desktop.ui.forms.record_fields import RecordFields

_DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class KnownState:
    """Whose file it is, what was chosen by field, and what was typed where the register stands."""

    person_id: str
    choices: Mapping[str, Choice]
    typed: Mapping[str, object]
    filled: frozenset[str]


class KnownPerson(QObject):
    """Fills empty fields from the person's file and asks where a field says something else."""

    chosen = Signal()

    def __init__(
        self,
        stored: Stored,
        source: EditorSource,
        parts: Mapping[str, RecordFields],
        state: KnownState | None = None,
    ) -> None:
        super().__init__()
        self.stored = stored
        self._source = source
        self._parts = parts
        self._choices: dict[str, Choice] = {}
        self._typed: dict[str, object] = {}  # where the register's value was put in its place
        self._filled: set[str] = set()  # empty before: the register's value is shown
        for key, box, value in self._compared():
            box.choice_made.connect(self._on_chosen)
            if isinstance(box.editor, TermEditor):  # a term no longer offered stays
                box.editor.set_terms(self._source.terms(box.field.spec.vocabulary, value))
            if state is None and box.value() is None and value is not None:
                box.editor.set_value(value)
                self._filled.add(key)
        if state is not None:
            self._choices, self._typed = dict(state.choices), dict(state.typed)
            self._filled = set(state.filled)
        self.show()

    def show(self) -> None:
        """Ask beside every field that differs from the register, and no other."""
        for key, box, value in self._compared():
            is_kept = self._choices.get(key) is Choice.REGISTER
            if is_kept and not self._is_same(box, box.value(), value):  # typed over since
                del self._choices[key], self._typed[key]
            box.show_difference(self._difference(key, box, value))

    def undecided(self) -> list[FieldBox]:
        """The fields about which somebody has still to choose."""
        return [
            box
            for key, box, value in self._compared()
            if (shown := self._difference(key, box, value)) and shown.choice is Choice.OPEN
        ]

    def leave(self) -> None:
        """It is another person after all: everything stands as it was typed."""
        for key, box, value in self._compared():
            if key in self._typed:
                retype(box.editor, self._typed[key])
            elif key in self._filled and box.value() == value:
                box.editor.set_value(None)
            box.show_difference(None)
            box.choice_made.disconnect(self._on_chosen)

    def state(self) -> KnownState:
        """What to come back to."""
        return KnownState(
            self.stored.id, dict(self._choices), dict(self._typed), frozenset(self._filled)
        )

    def _compared(self) -> Iterator[tuple[str, FieldBox, object]]:
        """Fields of the person, and the kind of a document whose number the register has."""
        for name, box in self._parts[PERSON.key].boxes.items():
            yield name, box, self.stored.values[name]
        document = self._parts.get(_DOCUMENT)
        if document is not None:
            line = line_of(self.stored, _DOCUMENT, document.boxes["number"].value())
            kind = document.boxes["kind"]
            yield f"{_DOCUMENT}.kind", kind, line["kind"] if line else kind.value()

    def _difference(self, key: str, box: FieldBox, stored: object) -> Difference | None:
        """What to show; where the register's value was put back, what had been typed too."""
        choice = self._choices.get(key, Choice.OPEN)
        if self._is_same(box, box.value(), stored):
            if choice is not Choice.REGISTER:
                return None
            return Difference(self._words(box, stored), self._words(box, self._typed[key]), choice)
        # A field the register leaves empty is filled: nothing is overwritten.
        return Difference(self._words(box, stored), "", choice) if stored is not None else None

    def _is_same(self, box: FieldBox, value: object, stored: object) -> bool:
        if box.field.spec.kind is Kind.BIRTH:
            return value == stored or self._is_same_birth(value, stored)
        return value == stored

    def _is_same_birth(self, value: object, stored: object) -> bool:
        one, other = (read_birth(text, self._source.today()) for text in (value, stored))
        return _ends(one) == _ends(other) and one.first is not None

    def _words(self, box: FieldBox, value: object) -> str:
        return words_of(box, value, self._source.register.vocabularies)

    def _on_chosen(self, box: FieldBox, choice: Choice) -> None:
        key, value = next((key, value) for key, one, value in self._compared() if one is box)
        if choice is Choice.REGISTER:
            self._typed[key] = typed(box.editor)
            box.editor.set_value(value)
        elif key in self._typed:
            retype(box.editor, self._typed.pop(key))
        self._choices[key] = choice
        self.show()
        left = self.undecided()
        (left[0] if left and choice is not Choice.OPEN else box).focus()
        self.chosen.emit()


def _ends(birth: Birth) -> tuple[object, ...]:
    return birth.precision, birth.first, birth.last
