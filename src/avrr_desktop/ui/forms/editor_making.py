"""The editor of a declared field, and the text typed into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from avrr_desktop.core.births import parse_birth
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import Field
from avrr_desktop.core.translation import screen_language, tr, translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.register import Register
from avrr_desktop.services.subjects import ReferenceChoice, reference_choices
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.birth import BirthEditor
from avrr_desktop.ui.editors.day import DateEditor
from avrr_desktop.ui.editors.line import FieldLine, Script
from avrr_desktop.ui.editors.long_text import LongTextEditor
from avrr_desktop.ui.editors.numbers import AmountEditor, IntegerEditor
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.editors.terms import TermsEditor
from avrr_desktop.ui.editors.text import TextEditor
from avrr_desktop.ui.editors.yes_no import ChoiceEditor, YesNoEditor
from avrr_desktop.ui.forms.person_editor import PersonEditor
from avrr_desktop.ui.widgets.formats import date_text, ltr

_MOST_SEGMENTS = 4
_WIDE_SEGMENTS = 50  # letters, padding included, that fit a column
_HALF_COLUMN = 200  # pixels
_SEGMENT_PADDING = 7
_SCRIPTS: dict[Kind, Script] = {
    Kind.LATIN: "ltr",
    Kind.IDENTIFIER: "ltr",
    Kind.ARABIC: "rtl",
}


@dataclass(frozen=True, slots=True)
class EditorSource:
    """What editors draw on: lists, the day of work, and whose records may be named."""

    register: Register
    person_id: str = ""

    def today(self) -> date:
        """The day of work."""
        return self.register.clock.today()

    def terms(self, vocabulary: str, current: object) -> list[tuple[str, str]]:
        """The terms to choose from today, and those the record already holds."""
        language = screen_language()
        lists = self.register.vocabularies
        held = set(current) if isinstance(current, tuple) else {current}
        return [
            (term.code, term.label.text(language))
            for term in lists.terms(vocabulary)
            if term.is_active(self.today()) or term.code in held
        ]

    def label(self, vocabulary: str, code: str) -> str:
        """The label of a term that is offered no more, its code when there is none."""
        return self.register.vocabularies.label(vocabulary, code, screen_language())

    def references(self, key: str) -> list[tuple[str, str]]:
        """The person's records of one kind, each as its date and its country."""
        choices = reference_choices(self.register, key, self.person_id)
        return [(choice.id, self._reference_text(choice)) for choice in choices]

    def _reference_text(self, choice: ReferenceChoice) -> str:
        lists = self.register.vocabularies
        term = lists.label(choice.vocabulary, choice.code, screen_language())
        day = ltr(date_text(choice.day)) if choice.day else tr("No date")
        return f"{day} · {term}" if term else day

    def birth_problem(self, typed: str) -> str | None:
        """What is wrong with a typed birth date."""
        try:
            parse_birth(typed, self.today())
        except UserError as error:
            return word_error(error, translator(screen_language()))
        return None

    def make(self, field: Field, name: str, current: object, *, is_required: bool) -> Editor:
        """The editor of a field; ``current`` is what the record holds, so that it is offered."""
        label = field.spec.label.text(screen_language())
        if is_required:
            label = tr("{field}, required", field=label)
        return _MAKERS[field.spec.kind](_Wanted(self, field, name, label, current))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one editor is made from."""

    source: EditorSource
    field: Field
    name: str
    label: str
    current: object


_Maker = Callable[[_Wanted], Editor]


# What is too long is kept and said beside the field: to cut it would lose what was typed.
def _text(wanted: _Wanted) -> Editor:
    spec = wanted.field.spec
    script = _SCRIPTS.get(spec.kind, "plain")
    return TextEditor(wanted.name, wanted.label, script=script)


def _long(wanted: _Wanted) -> Editor:
    return LongTextEditor(wanted.name, wanted.label, rows=2)


def _integer(wanted: _Wanted) -> Editor:
    return IntegerEditor(wanted.name, wanted.label, unit=_unit(wanted.field))


def _amount(wanted: _Wanted) -> Editor:
    return AmountEditor(wanted.name, wanted.label, unit=_unit(wanted.field))


def _unit(field: Field) -> str:
    return field.spec.unit.text(screen_language()) if field.spec.unit else ""


def _date(wanted: _Wanted) -> Editor:
    ahead = wanted.field.spec.may_lie_ahead
    return DateEditor(wanted.name, wanted.label, today=wanted.source.today, future=ahead)


def _birth(wanted: _Wanted) -> Editor:
    return BirthEditor(wanted.name, wanted.label, check=wanted.source.birth_problem)


def _yes_no(wanted: _Wanted) -> Editor:
    return YesNoEditor(wanted.name, wanted.label)


def _term(wanted: _Wanted) -> Editor:
    terms = wanted.source.terms(wanted.field.spec.vocabulary, wanted.current)
    if 0 < len(terms) <= _MOST_SEGMENTS and _segments_length(terms) <= _WIDE_SEGMENTS:
        return ChoiceEditor(wanted.name, wanted.label, terms)
    return TermEditor(wanted.name, wanted.label, terms, word_retired=_retired(wanted))


def _terms(wanted: _Wanted) -> Editor:
    terms = wanted.source.terms(wanted.field.spec.vocabulary, wanted.current)
    return TermsEditor(wanted.name, wanted.label, terms, word_retired=_retired(wanted))


def _retired(wanted: _Wanted) -> Callable[[str], str]:
    return partial(wanted.source.label, wanted.field.spec.vocabulary)


def _reference(wanted: _Wanted) -> Editor:
    named = wanted.field.spec.refers_to
    if named == PERSON.key:
        return PersonEditor(wanted.name, wanted.label, wanted.source.register)
    return TermEditor(wanted.name, wanted.label, wanted.source.references(named))


_MAKERS: dict[Kind, _Maker] = {
    Kind.TEXT: _text,
    Kind.LATIN: _text,
    Kind.ARABIC: _text,
    Kind.IDENTIFIER: _text,
    Kind.LONG_TEXT: _long,
    Kind.INTEGER: _integer,
    Kind.AMOUNT: _amount,
    Kind.DATE: _date,
    Kind.BIRTH: _birth,
    Kind.YES_NO: _yes_no,
    Kind.TERM: _term,
    Kind.TERMS: _terms,
    Kind.REFERENCE: _reference,
}


def _segments_length(terms: list[tuple[str, str]]) -> int:
    return sum(len(text) + _SEGMENT_PADDING for _, text in terms)


def takes_the_row(field: Field, editor: Editor) -> bool:
    """Whether the editor is too wide for half a column."""
    if field.spec.kind in {Kind.LONG_TEXT, Kind.TERMS} or isinstance(editor, PersonEditor):
        return True
    if isinstance(editor, ChoiceEditor):
        return editor.row.sizeHint().width() > _HALF_COLUMN
    return field.spec.fills_row


def entered(field: Field, editor: Editor) -> object:
    """What the draft gets: the value, or the text as typed when it cannot be read."""
    value = editor.value()
    if value is None and field.spec.kind is Kind.TERMS:
        return ()
    if value is None and editor.problem() is not None:
        return typed(editor)
    return value


def typed(editor: Editor) -> object:
    """What stands in the editor, readable or not: given back by ``retype``."""
    line = None if isinstance(editor, PersonEditor) else getattr(editor, "line", None)
    return line.text() if isinstance(line, FieldLine) else editor.value()


def retype(editor: Editor, kept: object) -> None:
    """Put back what ``typed`` gave."""
    line = None if isinstance(editor, PersonEditor) else getattr(editor, "line", None)
    if isinstance(line, FieldLine):
        line.setText(str(kept or ""))
    else:
        editor.set_value(kept)
