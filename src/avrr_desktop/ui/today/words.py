"""The words of the day's work lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.worklist import Missing, Work, WorkItem, WorkLine
from avrr_desktop.ui.widgets.formats import date_text, ltr, name_text, number_text


@dataclass(frozen=True, slots=True)
class WorkWords:
    """Title, icon, the head of the column of days, and what the list is about."""

    title: Callable[[], str]
    icon: str
    day: Callable[[], str]
    about: Callable[[], str]


WORDS: dict[Work, WorkWords] = {
    Work.PLANNED_SOON: WorkWords(
        lambda: tr("Returns planned within 7 days"),
        "plane-takeoff",
        lambda: tr("Planned on"),
        lambda: tr("Check papers, flight and allowance before the day."),
    ),
    Work.PLANNED_PAST: WorkWords(
        lambda: tr("Planned returns now overdue"),
        "clock",
        lambda: tr("Planned on"),
        lambda: tr(
            "Departed, postponed or withdrawn? Enter the departure, a new date or the exit."
        ),
    ),
    Work.MISSING_PAPERS: WorkWords(
        lambda: tr("Planned returns with missing papers"),
        "id-card",
        lambda: tr("Planned on"),
        lambda: tr("The travel document or the exit permit has not been obtained."),
    ),
    Work.VISITS_DUE: WorkWords(
        lambda: tr("Follow-up visits due"),
        "sprout",
        lambda: tr("Started on"),
        lambda: tr("Reintegration started 6 or 12 months ago, without the visit of that time."),
    ),
    Work.REQUESTS: WorkWords(
        lambda: tr("Requests not yet registered"),
        "clipboard-list",
        lambda: tr("First contact on"),
        lambda: tr("Contacts of the last 90 days without an interview."),
    ),
    Work.COMING_OF_AGE: WorkWords(
        lambda: tr("Children who turn 18 within 60 days"),
        "users",
        lambda: tr("Turns 18 on"),
        lambda: tr("From that day on they count as adults, and consent for themselves."),
    ),
    Work.DUPLICATES: WorkWords(
        lambda: tr("Probable duplicates"),
        "merge",
        lambda: tr("Other file"),
        lambda: tr("Two files that may be of one person: merge them, or say that they are two."),
    ),
    Work.INCOMPLETE: WorkWords(
        lambda: tr("Incomplete persons"),
        "user",
        lambda: tr("Born on or after"),
        lambda: tr("No birth date, or no identity document."),
    ),
}

_MISSING: dict[str, Callable[[], str]] = {
    Missing.DOCUMENT: lambda: tr("Document"),
    Missing.AUTHORISATION: lambda: tr("Exit permit"),
    Missing.DOCUMENT_AND_AUTHORISATION: lambda: tr("Document and exit permit"),
    Missing.BIRTH_DATE: lambda: tr("Birth date"),
    Missing.BIRTH_DATE_AND_DOCUMENT: lambda: tr("Birth date and document"),
    "six_months": lambda: tr("6-month visit"),
    "twelve_months": lambda: tr("12-month visit"),
}
_NAMED = 2


def missing_text(item: WorkItem) -> str:
    """What is missing, or which visit is due; empty when the list says it already."""
    word = _MISSING.get(item.detail)
    return word() if word is not None else ""


def shown_name(item: WorkItem) -> str:
    """« KONÉ Aïcha »; the Arabic name where there is no other."""
    return name_text(item.name.family, item.name.given) or item.name.arabic


def first_names(line: WorkLine) -> str:
    """« KONÉ Aïcha, BAH Fatou and 7 others »."""
    names = [ltr(shown_name(item)) for item in line.items[:_NAMED]]
    others = line.count - len(names)
    listed = tr(", ").join(names)
    if not others:
        return listed
    return ntr(
        "{names} and {others} other",
        "{names} and {others} others",
        others,
        names=listed,
        others=number_text(others),
    )


def day_text(item: WorkItem) -> str:
    """The day it hangs on, or the other file of a pair."""
    if item.other is not None:
        return ltr(name_text(item.other.family, item.other.given)) or item.other.arabic
    return ltr(date_text(item.day)) if item.day else "—"
