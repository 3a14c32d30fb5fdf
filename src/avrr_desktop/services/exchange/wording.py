"""What an import says of each line, worded in the user's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.errors import Finding
from avrr_desktop.core.translation import Translator
from avrr_desktop.people.person import PERSON
from avrr_desktop.services.exchange.columns import INTAKE, MEMBERSHIP, SheetSpec, sheet_of
from avrr_desktop.services.exchange.plan import ImportPlan, LineFinding, PlannedLine, Verdict
from avrr_desktop.services.messages import word_error, word_finding
from avrr_desktop.services.said_values import Said

Sentence = Callable[[Translator, Said], str]

__all__ = ["sheet_title", "word_done", "word_error", "word_line", "word_plan", "word_verdict"]


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


def word_plan(plan: ImportPlan, say: Translator) -> str:
    """How many lines have each verdict, then why lines are refused or to be confirmed."""
    counts = [
        say.tr("{field}: {fault}", field=word_verdict(verdict, say), fault=plan.counts[verdict])
        for verdict in Verdict
        if plan.counts[verdict]
    ]
    faulty = [
        say.tr(
            "{sheet}, line {row}: {why}",
            sheet=sheet_title(line.sheet, say),
            row=line.row,
            why=word_line(line, say),
        )
        for line in plan.lines
        if line.findings
    ]
    return "\n".join((*counts, *faulty))


def word_done(plan: ImportPlan, say: Translator, *, was_written: bool) -> str:
    """What an import did, or would have done."""
    if not plan.changing:
        return say.tr("Everything in this file is in the register.")
    if not was_written:
        return say.tr("Nothing was written: the file was only checked.")
    return say.ntr(
        "{count} line of {file} imported.",
        "{count} lines of {file} imported.",
        plan.changing,
        file=plan.file,
    )


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
        return sentence(say, Said(say, finding.values))
    prefix, _, name = found.column.rpartition(".")
    record = RECORD_BY_KEY[prefix or spec.key]
    if record.owner or record in (PERSON, MEMBERSHIP):
        finding = Finding(name or finding.field, finding.code, finding.severity, finding.values)
    elif spec.key == INTAKE.key and finding.child and finding.child not in _children(spec):
        record = RECORD_BY_KEY[finding.child]
        finding = Finding(finding.field, finding.code, finding.severity, finding.values)
    return word_finding(finding, record, say)


def _children(spec: SheetSpec) -> set[str]:
    return {child.key for child in RECORD_BY_KEY[spec.key].children}


LINE_FAULTS: Mapping[str, Sentence] = {
    "unknown_person": lambda say, of: say.tr(
        "No person of the register bears the number {number}.", number=of.text("number")
    ),
    "other_person": lambda say, of: say.tr(
        "This record is not that of {number}. Clear the number, or copy the line to a new one.",
        number=of.text("number"),
    ),
    "no_such_record": lambda say, _: say.tr(
        "The record this line would update is no longer in the register."
    ),
    "repeated_record": lambda say, of: say.tr(
        "Line {row} updates the same record.", row=of.text("row")
    ),
    "repeated_key": lambda say, of: say.tr("Line {row} has the same key.", row=of.text("row")),
    "unknown_key": lambda say, _: say.tr("No line of the other sheet has this key."),
    "owner_refused": lambda say, of: say.tr(
        "The line it belongs to, {row}, is refused.", row=of.text("row")
    ),
    "unknown_case": lambda say, of: say.tr(
        "No case of the register bears the number {number}.", number=of.text("number")
    ),
    "several_cases": lambda say, _: say.tr("One family, but several case numbers."),
    "unknown_return": lambda say, _: say.tr("This person has no such return. Write its date."),
    "several_returns": lambda say, _: say.tr(
        "This person has several returns on that day. Export the list to name one of them."
    ),
    "name_differs": lambda say, of: say.tr(
        "The register has “{name}” under this number.", name=of.text("name")
    ),
    "person_differs": lambda say, of: say.tr(
        "Line {row} says something else of the same person.", row=of.text("row")
    ),
    "person_known": lambda say, of: say.tr(
        "{number} has the same name, nationality and birth date. Write this number if it is the"
        " same person.",
        number=of.text("number"),
    ),
    "same_person_line": lambda say, of: say.tr(
        "Line {row} has the same name, nationality and birth date.", row=of.text("row")
    ),
    "already_there": lambda say, of: say.tr(
        "Registered already: {number}.", number=of.text("number")
    ),
    "event_already_there": lambda say, _: say.tr("The register holds the same."),
    "same_line": lambda say, of: say.tr("The same as line {row}.", row=of.text("row")),
    "bad_value": lambda say, _: say.tr("This value cannot be read."),
}
