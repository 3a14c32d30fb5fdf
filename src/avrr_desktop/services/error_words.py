"""What happened and what to do, for each code of an error."""

from __future__ import annotations

from collections.abc import Mapping

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.access_errors import ACCESS_ERRORS
from avrr_desktop.services.audit_errors import AUDIT_ERRORS
from avrr_desktop.services.backup_errors import BACKUP_ERRORS
from avrr_desktop.services.closing_errors import CLOSING_ERRORS
from avrr_desktop.services.file_errors import FILE_ERRORS
from avrr_desktop.services.identities.model import IDENTITIES
from avrr_desktop.services.move_errors import MOVE_ERRORS
from avrr_desktop.services.past_errors import PAST_ERRORS
from avrr_desktop.services.said_values import Said, Wording


def _has_dependants(say: Translator, said: Said) -> str:
    record = RECORD_BY_KEY.get(said.code("activity"))
    name = said.label(record.plural) if record else ""
    return say.tr("Other records follow this one: {records}. Delete them first.", records=name)


def _identity_broken(say: Translator, said: Said) -> str:
    label = IDENTITIES.get(said.code("identity"))
    return say.tr(
        "Figures that do not agree: “{identity}”. Nothing was given out: the page of checks shows"
        " which.",
        identity=said.label(label) if label else "",
    )


ERRORS: Mapping[str, Wording] = {
    **FILE_ERRORS,
    **ACCESS_ERRORS,
    **BACKUP_ERRORS,
    **MOVE_ERRORS,
    **PAST_ERRORS,
    **AUDIT_ERRORS,
    **CLOSING_ERRORS,
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
    "person_anonymised": lambda say, _: say.tr(
        "This file was anonymised when its time of keeping was over: what is left of it stays as"
        " it is, so that the figures do."
    ),
    "bad_retention": lambda say, of: say.tr(
        "The time of keeping is a number of years from {least} to {most}.",
        least=of.number("least"),
        most=of.number("most"),
    ),
    "number_taken": lambda say, of: say.tr(
        "{number} is {person}'s number meanwhile: it stands once in the register. Correct it there"
        " first, or merge the two files.",
        number=of.text("number"),
        person=of.text("person"),
    ),
    "owner_deleted": lambda say, _: say.tr("Its person is in the bin. Restore the person first."),
    "has_dependants": _has_dependants,
    "reason_required": lambda say, _: say.tr("Give a reason."),
    "merge_same_file": lambda say, _: say.tr("This is one and the same file. Choose another one."),
    "merge_merged": lambda say, of: say.tr(
        "{number} is merged into another file already. Separate it first, or merge that other one.",
        number=of.text("number"),
    ),
    "merge_deleted": lambda say, of: say.tr(
        "{number} is in the bin. Restore it first.", number=of.text("number")
    ),
    "not_merged": lambda say, of: say.tr(
        "{number} is not merged into another file: there is nothing to separate.",
        number=of.text("number"),
    ),
    "period_backwards": lambda say, _: say.tr("The period ends before it begins."),
    "unknown_period": lambda say, of: say.tr(
        "“{period}” is not a period. Type 2023-S1, 2023-Q2, 2023-06, 2023 or"
        " 2023-01-15..2023-03-02.",
        period=of.text("period"),
    ),
    "unknown_activity": lambda say, of: say.tr(
        "“{activity}” is not an activity. Write one of: {known}.",
        activity=of.text("activity"),
        known=of.text("known"),
    ),
    "clock_too_early": lambda say, of: say.tr(
        "Today is {today}, earlier than the demonstration, which goes to {last}. Set the clock.",
        today=of.day("today"),
        last=of.day("last"),
    ),
    "worker_never_ends": lambda say, _: say.tr("The page is still waiting after a minute."),
    "tour_refused": lambda say, of: say.tr(
        "The register refused what the tour typed: {form}.", form=of.text("form")
    ),
    "identity_broken": _identity_broken,
    "section_not_empty": lambda say, of: say.tr(
        "This part is not empty: {events} events count in it.", events=of.number("events")
    ),
    "period_required": lambda say, _: say.tr("Say which period."),
    "unknown_language": lambda say, of: say.tr(
        "“{language}” is not fr, ar or en.", language=of.text("language")
    ),
    "unknown_format": lambda say, of: say.tr(
        "“{format}” is not text or json.", format=of.text("format")
    ),
    "bad_number_of_persons": lambda say, _: say.tr("The number of persons is at least 1."),
    "bad_birth_date": lambda say, _: say.tr(
        "Not a birth date. Type 12/03/1994, 03/1994, 1994 or ~16."
    ),
    "future_birth_date": lambda say, _: say.tr("A birth date cannot lie in the future."),
    "refused": lambda say, _: say.tr("Some values need correcting."),
    # Settings and lists
    "empty_office_name": lambda say, _: say.tr("The office needs a name."),
    "empty_user_name": lambda say, _: say.tr("The user needs a name."),
    "unknown_office": lambda say, of: say.tr(
        "“{office}” is not in the list of offices.", office=of.text("office")
    ),
    "bad_mask": lambda say, of: say.tr(
        "The limit of small figures is a number from {least} to {most}.",
        least=of.number("least"),
        most=of.number("most"),
    ),
    "not_an_image": lambda say, _: say.tr("This file is no PNG or JPEG image."),
    "image_too_large": lambda say, of: say.tr(
        "An image has at most {most} megabytes. Make it smaller.", most=of.number("most")
    ),
    "text_too_long": lambda say, of: say.tr(
        "A text has at most {most} characters.", most=of.number("most")
    ),
    "closed_list": lambda say, _: say.tr(
        "The rules of counting depend on this list: its labels may change, not its terms."
    ),
    "bad_code": lambda say, of: say.tr(
        "“{term}” cannot be a code. Use letters, digits and underscores.", term=of.text("term")
    ),
    "label_taken": lambda say, of: say.tr(
        "This list has a term called “{term}” already ({code}).",
        term=of.text("term"),
        code=of.text("other"),
    ),
    "code_taken": lambda say, of: say.tr("The code “{term}” is taken.", term=of.text("term")),
    "no_such_term": lambda say, of: say.tr(
        "“{term}” is no longer in the list.", term=of.text("term")
    ),
    "tagged_term": lambda say, _: say.tr(
        "The rules of counting depend on this term: it may be renamed, not retired."
    ),
    "empty_label": lambda say, _: say.tr("A term needs its label in the three languages."),
    "label_too_long": lambda say, of: say.tr(
        "A label has at most {most} characters.", most=of.number("most")
    ),
}
