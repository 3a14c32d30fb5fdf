"""The terms of a measure, in order: a term at zero is shown (rule 16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.ages import AGE_BAND_CODES
from avrr_desktop.core.periods import Period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary.cells import NOT_STATED
from avrr_desktop.services.summary.measures import (
    AGE_BANDS_LIST,
    MONTHS,
    RUNNING,
    Measure,
)


def terms_of(
    measure: Measure,
    counted: Mapping[str, int],
    period: Period,
    vocabularies: Vocabularies,
    *,
    zeros: bool,
) -> tuple[str, ...]:
    """The terms of ``measure``, those of ``counted`` among them; empty when it has no list.

    Terms in use or at zero; a retired term only when something counts in it; ``not_stated`` last.
    """
    if not measure.vocabulary:
        return ()
    known = _known(measure, period, vocabularies)
    wanted = [term for term, shown in known.items() if counted.get(term) or (zeros and shown)]
    strangers = sorted(t for t in counted if counted[t] and t not in known and t != NOT_STATED)
    if measure.vocabulary == RUNNING:
        return (*(t for t in sorted({*wanted, *strangers, *counted}, key=_running_rank)),)
    last = measure.breakdown is not None and (zeros or counted.get(NOT_STATED))
    return (*wanted, *strangers, *((NOT_STATED,) if last else ()))


def _known(measure: Measure, period: Period, vocabularies: Vocabularies) -> dict[str, bool]:
    """The measure's terms in order, and whether each is shown at zero."""
    if measure.vocabulary == MONTHS:
        return dict.fromkeys(period.months, True)
    if measure.vocabulary == AGE_BANDS_LIST:
        return dict.fromkeys(AGE_BAND_CODES, True)
    if measure.vocabulary == RUNNING:
        return dict.fromkeys((k for k, (_, s) in SECTIONS.items() if s.running_total), True)
    return {term.code: term.active for term in vocabularies.terms(measure.vocabulary)}


def _running_rank(code: str) -> tuple[int, str]:
    return _RANKS.get(code.partition(":")[0], len(_RANKS)), code


def _ranks(keys: Iterable[str]) -> dict[str, int]:
    return {key: rank for rank, key in enumerate(keys)}


_RANKS = _ranks(SECTIONS)
