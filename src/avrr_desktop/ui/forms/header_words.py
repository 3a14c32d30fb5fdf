"""What the head of a form says of the persons or of the record it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from avrr_desktop.core.ages import ages_between, group_of
from avrr_desktop.core.births import UNKNOWN_BIRTH, Birth, parse_birth
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.specs import Record
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.people.case import CASE_FILE
from avrr_desktop.services.subjects import Subject
from avrr_desktop.ui.forms.person_header import PersonHeader
from avrr_desktop.ui.forms.person_words import (
    age_text,
    facts_line,
    group_on_text,
    group_word,
    other_name,
    shown_name,
)
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.widgets.avatar import initials
from avrr_desktop.ui.widgets.formats import code_text, ltr, name_text


def show_activity(
    head: PersonHeader, context: Context, chosen: Sequence[Subject], day: object
) -> None:
    """The person, and the group on the event's own date; for several, how many."""
    language = screen_language()
    if len(chosen) == 1:
        one = chosen[0]
        today = context.register.clock.today()
        head.show_person(
            initials(one.family_name, one.given_name),
            shown_name(one, language),
            other_name(one, language),
            facts_line(one, context.register.vocabularies, today),
        )
        head.show_chip(group_on_text(one.group_on(day), day) if isinstance(day, date) else "")
    elif chosen:
        names = tr(", ").join(shown_name(one, language) for one in chosen)
        number = chosen[0].case_number
        count = ntr("{count} person", "{count} persons", len(chosen))
        head.show_person("", count, "", names)
        case = tr("Case {number}", number=code_text(number)) if number else ""
        head.show_chip(case, "users")
    else:
        head.show_person("", "", "", "")
        head.show_chip("")


def show_person(
    head: PersonHeader, context: Context, values: Mapping[str, object], *, is_new: bool
) -> None:
    """The names as typed, and « 29 years · Woman » as it follows from birth date and sex."""
    texts = {name: str(value or "") for name, value in values.items()}
    latin = name_text(texts["family_name"], texts["given_name"])
    arabic = f"{texts['given_name_ar']} {texts['family_name_ar']}".strip()
    rtl = screen_language().is_rtl
    name, other = (arabic or ltr(latin), ltr(latin) if arabic else "") if rtl else (latin, arabic)
    head.set_title(tr("New person") if is_new else tr("Identity"))
    letters = initials(texts["family_name"], texts["given_name"])
    head.show_person(letters, name, other, "")
    head.show_chip(birth_words(context, values.get("birth_typed"), values.get("sex")))


def birth_of(context: Context, typed: object) -> Birth:
    """The birth date typed; unknown while it cannot be read."""
    try:
        return parse_birth(str(typed or ""), context.register.clock.today())
    except UserError:
        return UNKNOWN_BIRTH


def birth_words(context: Context, typed: object, sex: object) -> str:
    """« 29 years old · Woman » today; nothing while the birth date is not known."""
    birth = birth_of(context, typed)
    if birth.first is None:
        return ""
    ages = ages_between(birth.first, birth.last, context.register.clock.today())
    group = group_of(str(sex) if sex else None, *ages)
    return f"{age_text(ages)} · {group_word(group)}"


def show_record(
    head: PersonHeader, context: Context, record: Record, values: Mapping[str, object]
) -> None:
    """The record and its number, if it has one."""
    number = values.get("number")
    title = context.text(record.label)
    if record is CASE_FILE:
        # Its fields stand under the same word already.
        title = tr("Case {number}", number=code_text(str(number))) if number else tr("New case")
    head.set_title(title)
    head.show_person("", "", "", "")
    head.show_chip("")
