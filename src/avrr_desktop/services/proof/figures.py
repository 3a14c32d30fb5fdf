"""The published figures of a closing, with what a program must know to recount them."""

from __future__ import annotations

from collections.abc import Mapping

from avrr_desktop.activities import SECTIONS
from avrr_desktop.activities.across import COHORT_FROM
from avrr_desktop.core.specs import CountedSection, Population
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.proof.anonymised import AgesGone
from avrr_desktop.services.proof.lists import where_head
from avrr_desktop.services.proof.withheld import Withheld
from avrr_desktop.services.summary import Summary
from avrr_desktop.services.summary.cells import to_lines
from avrr_desktop.services.summary.listings import UNACCOMPANIED_TAG, lists_of
from avrr_desktop.services.summary.measures import measures_of

FORMAT = 1
Json = dict[str, object]


def figures_of(summary: Summary, lists: Vocabularies, withheld: Withheld, gone: AgesGone) -> Json:
    """Every published cell, those withheld, and how the sections are counted."""
    return {
        "format": FORMAT,
        "period": summary.period.code,
        "months": list(summary.period.months),
        "cohort_from": COHORT_FROM,
        "unaccompanied": sorted(lists.codes_tagged("vulnerability", UNACCOMPANIED_TAG)),
        "sections": [_section(section, lists) for _, section in SECTIONS.values()],
        "openings": dict(summary.openings),
        "withheld": to_lines(withheld.cells),
        "withheld_ages": {
            place: {"number": number, "sum": years}
            for place, (number, years) in sorted(withheld.ages.items())
        },
        "anonymised_persons": gone.persons,
        "not_recountable": [list(mean) for mean in gone.means],
        "cells": [list(cell.values()) for cell in summary.iter_cells()],
    }


def _section(section: CountedSection, lists: Vocabularies) -> Json:
    return {
        "key": section.key,
        "populations": [_population(section, each, lists) for each in section.populations],
        "lists": [
            {"key": each.key, "several": each.several, "services": each.services}
            for each in section.breakdowns
        ],
        "has_delay": section.days_since_registration,
        "numbers": [
            {
                "measure": measure.name,
                "suffix": measure.population.suffix,
                "of": measure.counts_terms_of,
            }
            for measure in measures_of(section.key)
            if measure.counts_terms_of
        ],
    }


def _population(
    section: CountedSection, population: Population, lists: Vocabularies
) -> Mapping[str, object]:
    where = population.where
    return {
        "suffix": population.suffix,
        "column": where_head(section, population),
        "terms": sorted(lists.codes_tagged(where.vocabulary, where.tag)) if where else [],
        "negated": bool(where and where.negated),
        "lists": [each.key for each in lists_of(section, population)],
    }
