"""Codes of findings and of errors, worded in the user's language."""

from __future__ import annotations

from collections.abc import Mapping

from avrr_desktop.core.errors import Finding, Refused, UserError
from avrr_desktop.core.specs import Record
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.error_words import ERRORS
from avrr_desktop.services.said_values import Said, Wording

__all__ = ["ERRORS", "FINDINGS", "word_error", "word_finding"]


def word_finding(finding: Finding, record: Record, say: Translator) -> str:
    """What is wrong with a value, or why it is unlikely, in one or two short sentences.

    ``record`` is the record checked; a finding of a line speaks of its child.
    """
    child = next((c for c in record.children if c.key == finding.child), record)
    return FINDINGS[finding.code](say, Said(say, finding.values, child, finding.field))


def word_error(error: UserError, say: Translator) -> str:
    """What happened and what to do, in one or two short sentences."""
    if isinstance(error, Refused):
        return say.ntr(
            "{count} value needs correcting.",
            "{count} values need correcting.",
            len(error.findings),
        )
    return ERRORS[error.code](say, Said(say, error.values))


def _number_known(say: Translator, of: Said) -> str:
    """Whose number it is: somebody of the register, or of the same save and without a number."""
    name, number = of.text("name"), of.text("number")
    if of.code("number"):
        return say.tr("This number belongs to {name} ({number}).", name=name, number=number)
    if of.code("name"):
        return say.tr(
            "This number is also that of {name}, to be saved at the same time.", name=name
        )
    return say.tr("This number is also that of another person to be saved at the same time.")


def _document_known(say: Translator, of: Said) -> str:
    """Whose document it is, as for a number."""
    name, number = of.text("name"), of.text("number")
    if of.code("number"):
        return say.tr(
            "This document is already that of {name} ({number}).", name=name, number=number
        )
    if of.code("name"):
        return say.tr(
            "This document is also that of {name}, to be saved at the same time.", name=name
        )
    return say.tr("This document is also that of another person to be saved at the same time.")


FINDINGS: Mapping[str, Wording] = {
    "required": lambda say, _: say.tr("To be filled in."),
    "bad_value": lambda say, _: say.tr("This value cannot be read."),
    "bad_number": lambda say, _: say.tr("Not a number."),
    "bad_date": lambda say, _: say.tr("Not a date. Type it as 12/03/1994."),
    "bad_birth_date": lambda say, _: say.tr(
        "Not a birth date. Type 12/03/1994, 03/1994, 1994 or ~16."
    ),
    "future_birth_date": lambda say, _: say.tr("A birth date cannot lie in the future."),
    "too_long": lambda say, of: say.tr("At most {most} characters.", most=of.number("most")),
    "too_small": lambda say, of: say.tr("At least {least}.", least=of.number("least")),
    "too_large": lambda say, of: say.tr("At most {most}.", most=of.number("most")),
    "too_old_date": lambda say, _: say.tr("Earlier than 1900."),
    "future_date": lambda say, of: say.tr(
        "This date is in the future: today is {today}.", today=of.day("today")
    ),
    "before_birth": lambda say, of: say.tr(
        "Earlier than the birth: {birth}.", birth=of.text("birth")
    ),
    "before_other": lambda say, of: say.tr(
        "Earlier than “{field}”: {day}.", field=of.field("other"), day=of.day("day")
    ),
    "unknown_code": lambda say, of: say.tr("“{code}” is not in the list.", code=of.text("code")),
    "consent_required": lambda say, of: say.tr(
        "No consent to the return is in force on {day}. Enter it first.", day=of.day("day")
    ),
    "sharing_consent_required": lambda say, _: say.tr(
        "No consent covers sharing with this partner. Choose another one, or write the reason"
        " for the exception."
    ),
    "certifier_required": lambda say, _: say.tr("Say who certified it: the consent is verbal."),
    "representative_required": lambda say, _: say.tr(
        "Name the legal representative: the person is a child."
    ),
    "return_required": lambda say, _: say.tr("Choose the return that it follows."),
    "only_one_return": lambda say, _: say.tr("One return only: empty one of the two."),
    "before_return": lambda say, of: say.tr("Earlier than the return: {day}.", day=of.day("day")),
    "before_start": lambda say, _: say.tr(
        "Earlier than the start. Nothing is delivered before it."
    ),
    "completed_and_abandoned": lambda say, _: say.tr(
        "Either completed or abandoned: empty one of the two dates."
    ),
    "number_known": _number_known,
    "no_such_person": lambda say, _: say.tr("Choose the person first."),
    # To confirm
    "unusual_number": lambda say, of: say.tr(
        "{value} is unusual. It mostly lies between {least} and {most}.",
        value=of.number("value"),
        least=of.number("least"),
        most=of.number("most"),
    ),
    "unlikely_date": lambda say, of: say.tr("{day} is unusually early.", day=of.day("day")),
    "before_registration": lambda say, of: say.tr(
        "Earlier than the registration: {day}.", day=of.day("registered_on")
    ),
    "same_event_again": lambda say, of: say.tr(
        "The same was already entered for this person on {day}.", day=of.day("day")
    ),
    "return_not_done": lambda say, _: say.tr("The return followed has no date yet."),
    "round_birth_date": lambda say, _: say.tr(
        "1 January and 31 December are often estimates. Is the date real?"
    ),
    "very_old": lambda say, of: say.tr("{age} years old is unlikely.", age=of.number("age")),
    "document_known": _document_known,
}
