"""Values of fields in words, for the one-line summary of a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.forms.field_box import FieldBox
from avrr_desktop.ui.forms.person_editor import PersonEditor
from avrr_desktop.ui.forms.person_words import shown_name
from avrr_desktop.ui.widgets.formats import amount_text, date_text, ltr, number_text

_MOST = 5


def summary_of(boxes: Iterable[FieldBox], lists: Vocabularies) -> str:
    """« Passport · R 0123456 · Guinea »: the first values that are filled in."""
    words = [word for box in boxes if (word := _word(box, lists))]
    return " · ".join(words[:_MOST])


def words_of(box: FieldBox, value: object, lists: Vocabularies) -> str:
    """Another value of a box's field, as people read it; nothing for none."""
    return _text(box, str(value), lists) if value not in {None, ""} else ""


def _word(box: FieldBox, lists: Vocabularies) -> str:
    value, spec = box.editor.value(), box.field.spec
    if value is None or value == ():
        return ""
    if isinstance(value, date):
        return f"{box.label} {ltr(date_text(value))}"
    if isinstance(value, bool):
        return tr("{field}: yes", field=box.label) if value else ""
    if isinstance(value, int):
        text = amount_text(value) if spec.kind is Kind.AMOUNT else number_text(value)
        return f"{box.label} {ltr(text)}"
    if isinstance(value, tuple):
        return ", ".join(lists.label(spec.vocabulary, c, screen_language()) for c in value)
    return _text(box, str(value), lists)


def _text(box: FieldBox, value: str, lists: Vocabularies) -> str:
    spec = box.field.spec
    if spec.vocabulary:
        return lists.label(spec.vocabulary, value, screen_language())
    editor = box.editor
    if isinstance(editor, PersonEditor):
        subject = editor.subject()
        return shown_name(subject, screen_language()) if subject else ""
    if isinstance(editor, TermEditor):
        return editor.combo.currentText()
    return ltr(value) if spec.kind.is_left_to_right else value
