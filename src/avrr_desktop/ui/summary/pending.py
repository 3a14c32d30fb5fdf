"""What a form's unsaved record would move in the figures, section by section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from avrr_desktop.activities import ACTIVITY_BY_KEY
from avrr_desktop.activities.across import HEADLINE
from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.labels import Language
from avrr_desktop.core.specs import CountedSection
from avrr_desktop.services.summary import CellKey, Summary
from avrr_desktop.services.summary.cells import NOT_STATED
from avrr_desktop.services.summary.measures import measure_of
from avrr_desktop.services.summary_labels import group_label, section_label, term_label

PERSONS = "persons"
_TERMS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class PendingFigure:
    """A saved figure and what a save would add to it."""

    label: str
    value: int
    pending: int = 0


@dataclass(frozen=True, slots=True)
class PendingFigures:
    """What the panel beside a form shows."""

    total: PendingFigure
    groups: tuple[PendingFigure, ...]
    list_label: str
    terms: tuple[PendingFigure, ...]
    others: tuple[PendingFigure, ...]


def pending_figures(
    summary: Summary,
    activity_key: str,
    delta: Mapping[CellKey, int],
    language: Language,
    *,
    with_terms: bool,
) -> PendingFigures:
    """The figures an activity feeds, with ``delta`` beside them."""
    section = _section(activity_key, delta)
    persons = CellKey(section.key, PERSONS)
    return PendingFigures(
        total=_figure(section_label(section.key).text(language), persons, summary, delta),
        groups=tuple(
            _figure(
                group_label(group.value, language),
                persons._replace(group=group.value),
                summary,
                delta,
            )
            for group in GROUPS
        ),
        list_label=section.breakdowns[0].label.text(language),
        terms=_terms(summary, section, delta, language) if with_terms else (),
        others=tuple(
            _figure(section_label(key).text(language), CellKey(key, PERSONS), summary, delta)
            for key in HEADLINE
            if key != section.key
        ),
    )


def _section(activity_key: str, delta: Mapping[CellKey, int]) -> CountedSection:
    """The section of the activity that would move, else its first."""
    sections = ACTIVITY_BY_KEY[activity_key].counted
    moving = {key.section for key in delta}
    return next((s for s in sections if s.key in moving), sections[0])


def _figure(
    label: str, key: CellKey, summary: Summary, delta: Mapping[CellKey, int]
) -> PendingFigure:
    return PendingFigure(label, int(summary.value(*key) or 0), delta.get(key, 0))


def _terms(
    summary: Summary, section: CountedSection, delta: Mapping[CellKey, int], language: Language
) -> tuple[PendingFigure, ...]:
    """The terms that would move, then the largest ones."""
    measure = measure_of(section.key, f"{PERSONS}_by_{section.breakdowns[0].key}")
    assert measure is not None
    keys = [
        CellKey(section.key, measure.name, term)
        for term in _counted(summary, delta, measure.name, section.key)
    ]
    keys.sort(key=lambda key: (key not in delta, -summary.cells.get(key, 0)))
    return tuple(
        _figure(
            term_label(measure, str(key.term), summary.vocabularies, language), key, summary, delta
        )
        for key in keys[:_TERMS_SHOWN]
    )


def _counted(
    summary: Summary, delta: Mapping[CellKey, int], name: str, section: str
) -> tuple[str, ...]:
    counted = dict.fromkeys(summary.terms(section, name, zeros=False))
    moved = [k.term for k in delta if k.section == section and k.measure == name and k.term]
    return tuple(term for term in dict.fromkeys((*counted, *moved)) if term != NOT_STATED)
