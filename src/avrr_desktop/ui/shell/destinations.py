"""Where the navigation leads: the fixed places and one for every activity."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.translation import screen_language, tr
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.people.person import PERSON
from avrr_desktop.ui.routes import (
    Bin,
    ChecksOf,
    ClosingOf,
    DuplicatesOf,
    Exchange,
    Help,
    RecordsOf,
    Route,
    Settings,
    SummaryOf,
    Today,
)


@dataclass(frozen=True, slots=True)
class Destination:
    """An entry of the navigation."""

    key: str
    text: str
    icon: str
    route: Route
    shortcut: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a title; no title for the first ones."""

    title: str
    entries: tuple[Destination, ...]


def groups() -> tuple[Group, ...]:
    """The entries, in the language of the screen."""
    spoken = screen_language()
    first = (
        Destination("today", tr("Today"), "calendar-check", Today()),
        Destination("summary", tr("Summary"), "chart-column", SummaryOf()),
        Destination(PERSON.key, PERSON.plural.text(spoken), "user", RecordsOf(PERSON.key)),
        Destination(
            CASE_FILE.key, CASE_FILE.plural.text(spoken), "users", RecordsOf(CASE_FILE.key)
        ),
    )
    activities = tuple(
        Destination(a.key, a.plural.text(spoken), a.icon, RecordsOf(a.key)) for a in ACTIVITIES
    )
    semester = (Destination("closing", tr("Closing and gaps"), "lock", ClosingOf()),)
    register = (
        Destination("checks", tr("Checks"), "shield-check", ChecksOf()),
        Destination("duplicates", tr("Probable duplicates"), "merge", DuplicatesOf()),
        Destination("exchange", tr("Workbook and import"), "file-spreadsheet", Exchange()),
        Destination("bin", tr("Bin"), "trash-2", Bin()),
    )
    return (
        Group("", first),
        Group(tr("Activities"), activities),
        Group(tr("Semester"), semester),
        Group(tr("Register"), register),
    )


def footer() -> tuple[Destination, ...]:
    """The entries at the bottom."""
    return (
        Destination("settings", tr("Settings"), "sliders-horizontal", Settings()),
        Destination("help", tr("Help"), "circle-question-mark", Help(), "F1"),
    )
