"""What a field takes, said in a sentence made from its declaration: F1 where no help is written."""

from __future__ import annotations

from collections.abc import Callable

from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.specs import MOST_UNITS, Field
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.people.person import PERSON
from avrr_desktop.ui.editors.base import Editor
from avrr_desktop.ui.editors.term import TermEditor
from avrr_desktop.ui.widgets.formats import ltr, number_text

_Say = Callable[[Field, Editor], str]


def written_help(field: Field) -> str:
    """The help a field is declared with, or nothing."""
    return field.spec.help.text(screen_language()) if field.spec.help else ""


def help_of(field: Field, editor: Editor) -> str:
    """The help a field is declared with, else what its kind takes."""
    return written_help(field) or _SAYERS[field.spec.kind](field, editor)


def _text(field: Field, _editor: Editor) -> str:
    most = field.spec.max_length
    if most < MOST_UNITS:
        return tr("A text of up to {most} characters.", most=ltr(number_text(most)))
    return tr("A text, as long as needed.")


def _number(field: Field, _editor: Editor) -> str:
    least, most = _bounds(field)
    if least and most:
        return tr("A whole number, from {least} to {most}.", least=least, most=most)
    return tr("A whole number.")


def _amount(field: Field, _editor: Editor) -> str:
    least, most = _bounds(field)
    if least and most:
        return tr(
            "A number from {least} to {most}, with up to two decimals.", least=least, most=most
        )
    return tr("A number with up to two decimals.")


def _bounds(field: Field) -> tuple[str, str]:
    least, most = field.spec.minimum, field.spec.maximum
    return (
        "" if least is None else ltr(number_text(round(least))),
        "" if most is None else ltr(number_text(round(most))),
    )


def _date(field: Field, _editor: Editor) -> str:
    if field.spec.may_lie_ahead:
        return tr("A day, past or to come: 12/03/2024 or 120324; t is today, + and - move a day.")
    return tr("A day up to today: 12/03/2024 or 120324; t is today, + and - move a day.")


def _term(_field: Field, editor: Editor) -> str:
    if isinstance(editor, TermEditor):
        return tr("One term of the list: type its first letters, or open the list with Space.")
    return tr("One of the choices shown: the arrow keys go from one to the next.")


def _reference(field: Field, editor: Editor) -> str:
    if field.spec.refers_to == PERSON.key:
        return tr("A person of the register: type a name or a number, then choose.")
    return _term(field, editor)


_SAYERS: dict[Kind, _Say] = {
    Kind.TEXT: _text,
    Kind.LATIN: lambda _field, _editor: tr("A text in Latin letters."),
    Kind.ARABIC: lambda _field, _editor: tr("A text in Arabic letters."),
    Kind.LONG_TEXT: lambda _field, _editor: tr(
        "A text of several lines: Shift+Enter starts a new one."
    ),
    Kind.IDENTIFIER: lambda _field, _editor: tr(
        "A number or a reference, letters included, as it stands on the paper."
    ),
    Kind.INTEGER: _number,
    Kind.AMOUNT: _amount,
    Kind.DATE: _date,
    Kind.BIRTH: lambda _field, _editor: tr("A day, a month, a year, or ~16 for about 16 years."),
    Kind.YES_NO: lambda _field, _editor: tr("Yes or no; nothing while it is not known."),
    Kind.TERM: _term,
    Kind.TERMS: lambda _field, _editor: tr(
        "One or several terms of the list: Space ticks the one you are on."
    ),
    Kind.REFERENCE: _reference,
}
