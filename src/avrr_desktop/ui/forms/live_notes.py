"""Sentences beside a form: what follows from the event's date for the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from avrr_desktop.core.periods import Period, semester_of
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.subjects import Subject
from avrr_desktop.ui.forms.person_words import age_text, group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.summary.live import period_of_context
from avrr_desktop.ui.summary.live_panel import NoteLine
from avrr_desktop.ui.widgets.formats import code_text, date_text, ltr


def notes_of(
    context: Context, subjects: Sequence[Subject], day: date | None
) -> tuple[NoteLine, ...]:
    """The period the date falls in, age and group that day, days since the registration."""
    if not subjects:
        return ()
    lines: list[NoteLine] = [("calendar-check", period_note(day, period_of_context(context)))]
    if day is not None and len(subjects) == 1:
        one = subjects[0]
        lines.append(("user", _age_note(one, day)))
        if one.registered_on is not None and day > one.registered_on:
            days = (day - one.registered_on).days
            text = ntr(
                "{count} day since the registration.", "{count} days since the registration.", days
            )
            lines.append(("chart-column", text))
    elif len(subjects) > 1:
        text = ntr(
            "Entered for {count} person at once, each in their own group.",
            "Entered for {count} persons at once, each in their own group.",
            len(subjects),
        )
        lines.append(("users", text))
    return tuple(lines)


def period_note(day: date | None, period: Period) -> str:
    """Whether an event of that day counts in the period shown."""
    if day is None:
        return tr("Without its date it does not count.")
    code = code_text(semester_of(day).code)
    if day in period:
        return tr("Its date is in {period}.", period=code)
    return tr("Its date is in {period}, not in the period shown here.", period=code)


def _age_note(one: Subject, day: date) -> str:
    group = group_word(one.group_on(day)).lower()
    if one.birth.first is None:
        return tr("The birth date is not known: {group} that day.", group=group)
    return tr(
        "Born {birth}: {age} on {day}, hence {group}.",
        birth=ltr(one.birth.typed),
        age=age_text(one.ages_on(day)),
        day=ltr(date_text(day)),
        group=group,
    )
