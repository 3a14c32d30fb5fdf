"""Persons in words: names in two scripts, age, group on a day."""

from __future__ import annotations

from datetime import date

from avrr_desktop.core.ages import Group
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.subjects import Subject
from avrr_desktop.ui.widgets.formats import code_text, date_text, ltr, name_text

_UNKNOWN_AGE = 120


def shown_name(subject: Subject, language: Language) -> str:
    """The name in the script of the screen, the Latin one when there is no other."""
    if language.is_rtl:
        return subject.name_ar or ltr(_latin(subject))
    return _latin(subject)


def _latin(subject: Subject) -> str:
    return name_text(subject.family_name, subject.given_name)


def other_name(subject: Subject, language: Language) -> str:
    """The name in the other script, or nothing."""
    if language.is_rtl:
        return ltr(_latin(subject)) if subject.name_ar else ""
    return subject.name_ar


def age_text(ages: tuple[int, int]) -> str:
    """« 29 years », « 15 to 16 years », or that the age is not known."""
    lowest, highest = ages
    if highest - lowest >= _UNKNOWN_AGE:
        return tr("age not known")
    if lowest == highest:
        return ntr("{count} year old", "{count} years old", lowest)
    return tr("{lowest} to {highest} years old", lowest=lowest, highest=highest)


def facts_line(subject: Subject, lists: Vocabularies, today: date) -> str:
    """« 29 years · Guinea · Case RBA-2023-0688 · Registered on 03/05/2023 »."""
    language = screen_language()
    parts = [age_text(subject.ages_on(today))]
    parts.append(lists.label("country", subject.nationality, language))
    if subject.case_number:
        parts.append(tr("Case {number}", number=code_text(subject.case_number)))
    if subject.registered_on:
        parts.append(tr("Registered on {day}", day=ltr(date_text(subject.registered_on))))
    return " · ".join(part for part in parts if part)


def group_word(group: Group) -> str:
    """The group of one person."""
    words = {
        Group.MEN: tr("Man"),
        Group.WOMEN: tr("Woman"),
        Group.BOYS: tr("Boy"),
        Group.GIRLS: tr("Girl"),
        Group.UNDETERMINED: tr("Group not determined"),
    }
    return words[group]


def group_on_text(group: Group, day: date) -> str:
    """« Man on 28/06/2023 »."""
    shown = ltr(date_text(day))
    sentences = {
        Group.MEN: tr("Man on {day}", day=shown),
        Group.WOMEN: tr("Woman on {day}", day=shown),
        Group.BOYS: tr("Boy on {day}", day=shown),
        Group.GIRLS: tr("Girl on {day}", day=shown),
        Group.UNDETERMINED: tr("Group not determined on {day}", day=shown),
    }
    return sentences[group]
