"""Codes of findings and of errors, worded in the user's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding, Refused, UserError
from avrr_desktop.core.specs import Record
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.file_errors import FILE_ERRORS
from avrr_desktop.services.said_values import Said

Wording = Callable[[Translator, Said], str]


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
            "{count} value is to be corrected.",
            "{count} values are to be corrected.",
            len(error.findings),
        )
    return ERRORS[error.code](say, Said(say, error.values))


def _has_dependants(say: Translator, said: Said) -> str:
    record = RECORD_BY_KEY.get(said.text("activity"))
    name = said.label(record.plural) if record else ""
    return say.tr("Other records follow this one: {records}. Delete them first.", records=name)


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
    "number_known": lambda say, of: say.tr(
        "This number belongs to {name} ({number}).", name=of.text("name"), number=of.text("number")
    ),
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
    "document_known": lambda say, of: say.tr(
        "This document is already that of {name} ({number}).",
        name=of.text("name"),
        number=of.text("number"),
    ),
}

ERRORS: Mapping[str, Wording] = {
    **FILE_ERRORS,
    "no_register": lambda say, of: say.tr(
        "There is no register in {folder}.", folder=of.text("folder")
    ),
    "register_exists": lambda say, of: say.tr(
        "There is a register in {folder} already.", folder=of.text("folder")
    ),
    "folder_read_only": lambda say, of: say.tr(
        "Nothing can be written in {folder}.", folder=of.text("folder")
    ),
    "not_a_register": lambda say, _: say.tr("This file is not a register."),
    "newer_register": lambda say, _: say.tr(
        "A newer version of the program wrote this register. Update the program."
    ),
    "register_corrupt": lambda say, _: say.tr(
        "The register's file is damaged. Stop entering and call the administrator."
    ),
    "register_locked": lambda say, _: say.tr(
        "Another program holds the register. Close it, then try again."
    ),
    "register_read_only": lambda say, _: say.tr(
        "The register can only be read. Make its file writable, then try again."
    ),
    "register_unreachable": lambda say, _: say.tr(
        "The register's file cannot be opened. Check the disk, then try again."
    ),
    "disk_full": lambda say, _: say.tr("The disk is full. Make room, then try again."),
    "disk_failure": lambda say, _: say.tr(
        "The disk does not answer. Check that it is connected, then try again."
    ),
    "changed_meanwhile": lambda say, _: say.tr(
        "This record was changed elsewhere meanwhile. Reload it to see its present values."
    ),
    "no_such_record": lambda say, _: say.tr("This record no longer exists."),
    "changed_since": lambda say, _: say.tr(
        "This cannot be undone: one of its records was changed since."
    ),
    "owner_deleted": lambda say, _: say.tr("Its person is in the bin. Restore the person first."),
    "has_dependants": _has_dependants,
    "reason_required": lambda say, _: say.tr("A reason is to be given."),
    "period_backwards": lambda say, _: say.tr("The period ends before it begins."),
    "unknown_period": lambda say, of: say.tr(
        "“{period}” is not a period. Type 2023-S1, 2023-Q2, 2023-06 or 2023.",
        period=of.text("period"),
    ),
    "unknown_activity": lambda say, of: say.tr(
        "“{activity}” is not an activity. Write one of: {known}.",
        activity=of.text("activity"),
        known=of.text("known"),
    ),
    "period_required": lambda say, _: say.tr("Say which period."),
    "unknown_language": lambda say, of: say.tr(
        "“{language}” is not fr, ar or en.", language=of.text("language")
    ),
    "unknown_format": lambda say, of: say.tr(
        "“{format}” is not text or json.", format=of.text("format")
    ),
    "bad_number_of_persons": lambda say, _: say.tr("The number of persons is at least 1."),
    "bad_birth_date": FINDINGS["bad_birth_date"],
    "future_birth_date": FINDINGS["future_birth_date"],
}
