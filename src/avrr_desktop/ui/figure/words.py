"""The words of a figure's page: its title, its foot, its filters."""

from __future__ import annotations

from collections.abc import Mapping

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import TOTAL, Group
from avrr_desktop.core.periods import Period
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.services.summary.cells import CellKey
from avrr_desktop.services.summary.listings import Unit
from avrr_desktop.services.summary.measures import measure_of
from avrr_desktop.services.summary_labels import (
    cell_label,
    group_label,
    period_text,
    section_label,
    span_text,
    term_label,
)
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.widgets.chip_drawing import ChipKind, ChipSpec
from avrr_desktop.ui.widgets.formats import ltr, number_text


def counted_text(unit: Unit, count: int) -> str:
    """« 938 persons »."""
    number = number_text(count)
    if unit is Unit.SERVICES:
        return ntr("{number} service", "{number} services", count, number=number)
    if unit is Unit.CASES:
        return ntr("{number} case", "{number} cases", count, number=number)
    return ntr("{number} person", "{number} persons", count, number=number)


def figure_title(context: Context, cell: CellKey, unit: Unit, count: int) -> str:
    """« 938 persons · Returns from Morocco · Guinea »."""
    label = cell_label(cell, context.register.vocabularies, screen_language())
    return tr("{count} · {figure}", count=counted_text(unit, count), figure=label)


def figure_note(period: Period, unit: Unit) -> str:
    """The days, and that the list is the summary's own."""
    span = span_text(period, translator(screen_language()))
    notes = {
        Unit.PERSONS: tr("{span} · distinct persons · same source as the summary", span=span),
        Unit.SERVICES: tr("{span} · one line per service · same source as the summary", span=span),
        Unit.CASES: tr("{span} · distinct cases · same source as the summary", span=span),
    }
    return notes[unit]


def steps(context: Context, cell: CellKey, period: Period) -> list[str]:
    """The way to a figure: summary, section, term and group."""
    say = translator(screen_language())
    first = tr("Summary {period}", period=ltr(period_text(period, say)))
    found = [first, context.text(section_label(cell.section))]
    measure = measure_of(cell.section, cell.measure)
    if measure is not None and cell.term is not None:
        lists = context.register.vocabularies
        found.append(term_label(measure, cell.term, lists, screen_language()))
    if cell.group != TOTAL:
        found.append(group_label(cell.group, screen_language()))
    if len(found) == len((first, "section")):
        found.append(tr("Total"))
    return found


def imposed(context: Context, cell: CellKey, period: Period) -> list[ChipSpec]:
    """The filters that make the figure, which cannot be taken away."""
    say = translator(screen_language())
    shown = ltr(period_text(period, say))
    if cell.section in SECTIONS:
        activity, section = SECTIONS[cell.section]
        from avrr_desktop.people.base import field_of

        field = context.text(field_of(activity.model, section.dated_by).spec.label)
        texts = [tr("{field}: {values}", field=field, values=shown)]
    else:
        texts = [shown]
    texts += steps(context, cell, period)[2:] if cell.term or cell.group != TOTAL else []
    return [ChipSpec(text, ChipKind.IMPOSED) for text in texts]


def groups_text(groups: Mapping[str, int]) -> str:
    """« Men 583 · Women 232 · … »."""
    language = screen_language()
    return " · ".join(
        f"{group_label(Group(group).value, language)} {ltr(number_text(count))}"
        for group, count in groups.items()
    )
