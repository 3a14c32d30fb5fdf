"""What must be known to read the figures: identities, notes and the rules in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.identities import Check, checks
from avrr_desktop.services.register import RegisterInfo
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary.cells import (
    ACROSS,
    CHANGING_GROUP,
    CellKey,
)
from avrr_desktop.services.summary.measures import SECTION_KEYS
from avrr_desktop.services.summary_document import Definition, Note, NoteKind
from avrr_desktop.services.summary_labels import section_label, span_text

_PERSONS: Final = "persons"


def notes_of(
    summary: Summary,
    say: Translator,
    planned: Mapping[str, int],
    checked: Sequence[Check] | None = None,
) -> tuple[Note, ...]:
    """Notes to read beside the figures; ``planned`` are events of a section with no date yet.

    The identities are looked at unless they were ``checked`` already.
    """
    found = checks(summary) if checked is None else checked
    return (*_identity_notes(found, say), *_changing_group(summary, say), *_planned(planned, say))


def _identity_notes(checked: Sequence[Check], say: Translator) -> Iterator[Note]:
    broken = {offence.key.section for check in checked for offence in check.offences}
    if broken:
        known = (key for key in sorted(broken) if key in SECTION_KEYS)
        sections = ", ".join(section_label(key).text(say.language) for key in known)
        text = say.tr(
            "Figures that do not agree: {sections}. Do not publish them.", sections=sections
        )
        yield Note(NoteKind.WARNING, text)
        return
    yield Note(
        NoteKind.VERIFIED,
        say.ntr(
            "{count} identity verified: groups, subsets, running totals.",
            "{count} identities verified: groups, subsets, running totals.",
            len(checked),
        ),
    )


def _changing_group(summary: Summary, say: Translator) -> Iterator[Note]:
    count = int(summary.value(ACROSS, CHANGING_GROUP) or 0)
    if not count:
        return
    persons = say.ntr("{count} person", "{count} persons", count)
    text = say.ntr(
        "{persons} turned 18 between two events, and changes group from one table to another.",
        "{persons} turned 18 between two events, and change group from one table to another.",
        count,
        persons=persons,
    )
    yield Note(NoteKind.PERSONS, text, persons, CellKey(ACROSS, CHANGING_GROUP))


def _planned(planned: Mapping[str, int], say: Translator) -> Iterator[Note]:
    for section, count in planned.items():
        if not count:
            continue
        planned_text = say.ntr("{count} planned", "{count} planned", count)
        text = say.ntr(
            "{section}: {planned} in this period without its date yet, not counted.",
            "{section}: {planned} in this period without their date yet, not counted.",
            count,
            section=section_label(section).text(say.language),
            planned=planned_text,
        )
        key = CellKey(section, _PERSONS)
        yield Note(NoteKind.WARNING, text, planned_text, key, not_counted=True)


def definitions_of(
    summary: Summary, say: Translator, register: RegisterInfo | None
) -> tuple[Definition, ...]:
    """The rules in plain words, the period, the instant of the count, the register (rule 17)."""
    counted_at = summary.counted_at
    identity = [
        Definition(
            say.tr("Period"),
            say.tr("{span}, both days included.", span=span_text(summary.period, say)),
        ),
        Definition(
            say.tr("Counted on"),
            say.tr(
                "{day} at {time} (UTC).", day=f"{counted_at:%d/%m/%Y}", time=f"{counted_at:%H:%M}"
            ),
        ),
        Definition(say.tr("Version of the rules"), summary.rules_version),
    ]
    if register is not None:
        identity.append(Definition(say.tr("Register"), _register_text(register, say)))
    return (*identity, *_rules(say))


def _register_text(register: RegisterInfo, say: Translator) -> str:
    if register.is_demo:
        return say.tr(
            "{identity}, demonstration: every person is invented.", identity=register.uuid
        )
    return register.uuid


def _rules(say: Translator) -> Iterator[Definition]:
    yield Definition(
        say.tr("What is counted"),
        say.tr(
            "Distinct persons with at least one counting event in the period, each event at its"
            " own date. Services are events; a person helped three times is one person and three"
            " services."
        ),
    )
    yield Definition(
        say.tr("Groups"),
        say.tr(
            "Men, women, boys and girls by the sex and by the age on the day of the person’s first"
            " counting event of the section. Under 18 is a child. Undetermined: the sex is"
            " unknown, or the birth date does not tell on which side of 18."
        ),
    )
    yield Definition(
        say.tr("Lists that do not add up"),
        say.tr(
            "Groups and age bands add up to the total. In other lists one person may count under"
            " several terms; such a list is marked not additive. Percentages are of the total of"
            " persons."
        ),
    )
    yield from _more_rules(say)


def _more_rules(say: Translator) -> Iterator[Definition]:
    yield Definition(
        say.tr("Directions"),
        say.tr("Returns from Morocco and returns to Morocco are two populations, never added."),
    )
    yield Definition(
        say.tr("Reintegration"),
        say.tr(
            "The published figure counts persons helped on the funds of IOM Morocco, at the start"
            " of the help; all funds stand apart, and so does cash on return."
        ),
    )
    yield Definition(
        say.tr("Cohort"),
        say.tr(
            "Persons registered in the period who left between their registration and the day of"
            " the count. It is not the figure of the period’s returns."
        ),
    )
    yield Definition(
        say.tr("Running totals"),
        say.tr(
            "The opening balance plus the register’s own count of distinct persons since the day"
            " after it."
        ),
    )
    yield Definition(
        say.tr("Years and ranges"),
        say.tr(
            "Recomputed, never added from parts: a person helped in March and in October is one"
            " in each semester and one in the year."
        ),
    )
