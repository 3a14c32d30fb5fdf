"""A person's timeline, figures and changes in words."""

from __future__ import annotations

import re
from datetime import date

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import Group
from avrr_desktop.core.births import Precision
from avrr_desktop.core.kinds import Kind
from avrr_desktop.core.labels import Language
from avrr_desktop.core.specs import Activity, Field
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.lists import PersonName
from avrr_desktop.services.person_page import PersonView
from avrr_desktop.services.summary.whereabouts import (
    ALREADY_COUNTED,
    COUNTED,
    EXITED,
    PLANNED,
    STEP,
    Place,
)
from avrr_desktop.services.summary_labels import period_text
from avrr_desktop.services.timeline import Moment
from avrr_desktop.ui.forms.person_words import group_word
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.formats import (
    amount_text,
    code_text,
    date_text,
    ltr,
    name_text,
    number_text,
)

_CURRENCY = "currency"
_INCLUSIVE = re.compile(r"(?<=\w)-e\b(?!-)")
_ENDINGS = {"man": "", "woman": "e"}


def plain_name(name: PersonName) -> str:
    """A name on a line of text, family name in capitals."""
    return name_text(name.family, name.given) or name.arabic


def agreed(text: str, sex: object) -> str:
    """French words about one person agree with the sex known; « né-e » stays while it is not.

    The inclusive plurals (« migrant-e-s ») and the other languages are left as they are.
    """
    if screen_language() is not Language.FR or sex not in _ENDINGS:
        return text
    return _INCLUSIVE.sub(_ENDINGS[str(sex)], text)


def value_text(context: Context, field: Field, value: object) -> str:
    """A stored value, or one kept by the journal, as people read it."""
    if value is None or value in ("", (), []):
        return "—"
    kind = field.spec.kind
    if kind is Kind.TERM:
        return context.term(field.spec.vocabulary, value)
    if kind is Kind.TERMS and isinstance(value, list | tuple):
        return " · ".join(context.term(field.spec.vocabulary, code) for code in value)
    if kind is Kind.YES_NO:
        return tr("Yes") if value else tr("No")
    if kind is Kind.REFERENCE:
        return tr("another record")
    return _typed_text(kind, value)


def _typed_text(kind: Kind, value: object) -> str:
    if kind is Kind.DATE:
        day = date.fromisoformat(value) if isinstance(value, str) else value
        return ltr(date_text(day)) if isinstance(day, date) else str(value)
    if isinstance(value, int):
        return ltr(amount_text(value) if kind is Kind.AMOUNT else number_text(value))
    return ltr(str(value)) if kind.is_left_to_right else str(value)


def moment_title(context: Context, moment: Moment) -> str:
    """The activity, the step or the child's name."""
    if moment.is_main or moment.dated_by is None or not isinstance(moment.record, Activity):
        return context.text(moment.record.label)
    # The labels of dates end in « le », "on" or « في »: they call for the day.
    day = ltr(date_text(moment.day)) if moment.day else ""
    return f"{context.text(moment.dated_by.spec.label)} {day}".rstrip()


def moment_line(context: Context, moment: Moment) -> str:
    """What there is to tell: places, kinds, amounts; of a step, which activity it belongs to."""
    if not moment.is_main and isinstance(moment.record, Activity):
        return context.text(moment.activity.label)
    parts = []
    for field, value in moment.details:
        if field.name == _CURRENCY:
            continue
        text = value_text(context, field, value)
        if field.spec.kind is Kind.AMOUNT and (currency := moment.values.get(_CURRENCY)):
            text = ltr(f"{amount_text(int(str(value)))}\u00a0{currency}")
        parts.append(text)
    return " · ".join(parts)


def moment_chip(moment: Moment) -> ChipSpec:
    """Where the moment counts, or that it does not."""
    role = moment.role
    if role is None or not moment.is_main:
        text = tr("Planned, does not count") if moment.is_ahead else tr("Step, does not count")
        return ChipSpec(text)
    if role.role == COUNTED and role.period is not None:
        say = translator(screen_language())
        period = ltr(period_text(role.period, say))
        text = tr("{period} · {group}", period=period, group=group_word(Group(role.group)))
        return ChipSpec(text, ChipKind.ACCENT, "check")
    words = {
        ALREADY_COUNTED: tr("Already counted · +1 service"),
        STEP: tr("Will count once dated"),
        PLANNED: tr("Planned, does not count"),
        EXITED: tr("Left the programme, does not count"),
    }
    return ChipSpec(words.get(role.role, tr("Does not count")))


def place_line(place: Place) -> str:
    """« 24/05/2023 », and how many services when there are several."""
    day = ltr(date_text(place.day))
    if len(place.events) == 1 or place.cell.section not in SECTIONS:
        return day
    services = ntr("{count} service", "{count} services", len(place.events))
    return tr("{services}, the first on {day}", services=services, day=day)


def born_text(view: PersonView) -> str:
    """« born on 07/09/1993 », as far as it is known."""
    typed = str(view.values.get("birth_typed") or "")
    if not typed:
        return tr("birth date not known")
    precision = view.birth_precision
    shown = ltr(typed)
    if precision is Precision.ESTIMATED:
        return tr("estimated: {typed}", typed=shown)
    if precision is Precision.EXACT:
        said = tr("born on {day}", day=shown)
    else:
        said = tr("born in {when}", when=shown)
    return agreed(said, view.values.get("sex"))


def case_text(number: str) -> str:
    """A case number that neither breaks nor turns round."""
    return code_text(number)
