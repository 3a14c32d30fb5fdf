"""What an import says, worded in the user's language: faults of files and of lines, verdicts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding, UserError
from avrr_desktop.core.translation import Translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services import messages
from avrr_desktop.services.exchange.columns import INTAKE, MEMBERSHIP, SheetSpec, sheet_of
from avrr_desktop.services.exchange.plan import LineFinding, PlannedLine, Verdict
from avrr_desktop.services.exchange.reading import MOST_LINES

Sentence = Callable[[Translator, Mapping[str, object]], str]


def word_error(error: UserError, say: Translator) -> str:
    """What happened to a file, and what to do."""
    sentence = FILE_ERRORS.get(error.code)
    return sentence(say, error.values) if sentence else messages.word_error(error, say)


def word_verdict(verdict: Verdict, say: Translator) -> str:
    """What becomes of a line, in a word or two."""
    match verdict:
        case Verdict.NEW:
            return say.tr("New")
        case Verdict.UPDATE:
            return say.tr("Update")
        case Verdict.UNCHANGED:
            return say.tr("Already in the register")
        case Verdict.CONFIRM:
            return say.tr("To confirm")
        case Verdict.REFUSED:
            return say.tr("Refused")


def word_line(line: PlannedLine, say: Translator) -> str:
    """Why a line has its verdict: each fault after the name of its column."""
    spec = sheet_of(line.sheet)
    assert spec is not None
    return " ".join(_with_column(spec, found, say) for found in line.findings)


def sheet_title(key: str, say: Translator) -> str:
    """The name of a sheet."""
    spec = sheet_of(key)
    return spec.title(say.language) if spec else key


def _with_column(spec: SheetSpec, found: LineFinding, say: Translator) -> str:
    text = _word(spec, found, say)
    if not found.column:
        return text
    label = spec.column(found.column).label.text(say.language)
    return say.tr("{field}: {fault}", field=label, fault=text)


def _word(spec: SheetSpec, found: LineFinding, say: Translator) -> str:
    finding = found.finding
    sentence = LINE_FAULTS.get(finding.code)
    if sentence:
        return sentence(say, finding.values)
    prefix, _, name = found.column.rpartition(".")
    record = RECORD_BY_KEY[prefix or spec.key]
    if record.owner or record in (PERSON, MEMBERSHIP):
        finding = Finding(name or finding.field, finding.code, finding.severity, finding.values)
    elif spec.key == INTAKE.key and finding.child and finding.child not in _children(spec):
        record = RECORD_BY_KEY[finding.child]
        finding = Finding(finding.field, finding.code, finding.severity, finding.values)
    return messages.word_finding(finding, record, say)


def _children(spec: SheetSpec) -> set[str]:
    return {child.key for child in RECORD_BY_KEY[spec.key].children}


LINE_FAULTS: Mapping[str, Sentence] = {
    "unknown_person": lambda say, of: say.tr(
        "No person of the register bears the number {number}.", number=of["number"]
    ),
    "other_person": lambda say, of: say.tr(
        "This record is not that of {number}. Clear the number, or copy the line to a new one.",
        number=of["number"],
    ),
    "no_such_record": lambda say, _: say.tr(
        "The record this line would update is no longer in the register."
    ),
    "repeated_record": lambda say, of: say.tr("Line {row} updates the same record.", row=of["row"]),
    "repeated_key": lambda say, of: say.tr("Line {row} has the same key.", row=of["row"]),
    "unknown_key": lambda say, _: say.tr("No line of the other sheet has this key."),
    "owner_refused": lambda say, of: say.tr(
        "The line it belongs to, {row}, is refused.", row=of["row"]
    ),
    "unknown_case": lambda say, of: say.tr(
        "No case of the register bears the number {number}.", number=of["number"]
    ),
    "several_cases": lambda say, _: say.tr("One family, but several case numbers."),
    "unknown_return": lambda say, _: say.tr("This person has no such return. Write its date."),
    "several_returns": lambda say, _: say.tr(
        "This person has several returns on that day. Export the list to name one of them."
    ),
    "name_differs": lambda say, of: say.tr(
        "The register has “{name}” under this number.", name=of["name"]
    ),
    "person_differs": lambda say, of: say.tr(
        "Line {row} says something else of the same person.", row=of["row"]
    ),
    "person_known": lambda say, of: say.tr(
        "{number} has the same name, nationality and birth date. Write this number if it is the"
        " same person.",
        number=of["number"],
    ),
    "same_person_line": lambda say, of: say.tr(
        "Line {row} has the same name, nationality and birth date.", row=of["row"]
    ),
    "already_there": lambda say, of: say.tr("Registered already: {number}.", number=of["number"]),
    "event_already_there": lambda say, _: say.tr("The register holds the same."),
    "same_line": lambda say, of: say.tr("The same as line {row}.", row=of["row"]),
    "bad_value": lambda say, _: say.tr("This value cannot be read."),
}

FILE_ERRORS: Mapping[str, Sentence] = {
    "file_unreadable": lambda say, of: say.tr("{name} cannot be opened.", name=of["name"]),
    "not_a_workbook": lambda say, of: say.tr(
        "{name} is not an Excel workbook. Save it as .xlsx, then choose it again.", name=of["name"]
    ),
    "protected_workbook": lambda say, of: say.tr(
        "{name} is protected by a password or in the old format. Save it as .xlsx without a"
        " password.",
        name=of["name"],
    ),
    "workbook_too_large": lambda say, of: say.tr(
        "{name} is too large to be imported at once. Divide it.", name=of["name"]
    ),
    "too_many_lines": lambda say, _: say.tr(
        "More than {most} lines. Divide the file.", most=MOST_LINES
    ),
    "no_template": lambda say, of: say.tr(
        "{name} is not the program’s template. Save the template, and fill that one in.",
        name=of["name"],
    ),
    "wrong_header": lambda say, of: say.tr(
        "Sheet “{sheet}”, column {column}: the hidden first row does not name it. Copy the lines"
        " to a fresh template.",
        sheet=of["sheet"],
        column=of["column"],
    ),
    "missing_column": lambda say, of: say.tr(
        "Sheet “{sheet}”: the column “{column}” is missing. Copy the lines to a fresh template.",
        sheet=of["sheet"],
        column=_in(say, of["labels"]),
    ),
    "lines_refused": lambda say, _: say.tr("Mend the refused lines first. Nothing was imported."),
    "nothing_to_import": lambda say, _: say.tr("Everything in this file is in the register."),
    "plan_outdated": lambda say, _: say.tr(
        "The register was changed since the file was checked. Check it again."
    ),
}


def _in(say: Translator, labels: object) -> str:
    return str(labels[say.language]) if isinstance(labels, Mapping) else ""
