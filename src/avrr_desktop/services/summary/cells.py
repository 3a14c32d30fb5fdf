"""Cells of the summary: their keys, and how two counts are added or compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple, cast

RULES_VERSION: Final = "1"

NOT_STATED: Final = "not_stated"
ACROSS: Final = "across"
COHORT: Final = "cohort"
RUNNING_TOTALS: Final = "running_totals"

CHANGING_GROUP: Final = "persons_changing_group"
COUNTED: Final = "counted"
DEPARTED: Final = "persons_departed"
OPENING: Final = "opening"
RUNNING_TOTAL: Final = "total"
UNACCOMPANIED: Final = "unaccompanied_or_separated_children"

BY_AGE: Final = "_by_age"  # additive histograms from which means and medians derive
BY_DELAY: Final = "_by_days_from_registration"


class CellKey(NamedTuple):
    """What one number of the summary counts."""

    section: str
    measure: str
    term: str | None = None
    group: str = "total"


Cells = dict[CellKey, int]


def is_of_ages(key: CellKey) -> bool:
    """Whether a cell is part of the ages from which means derive."""
    return key.measure.startswith(BY_AGE)


def from_lines(lines: object) -> Cells:
    """Cells kept as lines of JSON: section, measure, term, group, value."""
    kept = cast("Iterable[tuple[str, str, str | None, str, int]]", lines)
    return {
        CellKey(section, measure, term, group): value
        for section, measure, term, group, value in kept
    }


def to_lines(cells: Mapping[CellKey, int]) -> list[list[object]]:
    """Cells as lines of JSON, in one order."""
    return [[*key, cells[key]] for key in sorted(cells, key=str)]


def difference(before: Mapping[CellKey, int], after: Mapping[CellKey, int]) -> Cells:
    """What must be added to ``before`` to get ``after`` (rule 14); without zeros."""
    keys = before.keys() | after.keys()
    deltas = ((key, after.get(key, 0) - before.get(key, 0)) for key in keys)
    return {key: delta for key, delta in deltas if delta}


def add(cells: Mapping[CellKey, int], delta: Mapping[CellKey, int]) -> Cells:
    """``cells`` with ``delta`` added (rule 14); without zeros."""
    result = dict(cells)
    for key, value in delta.items():
        if total := result.get(key, 0) + value:
            result[key] = total
        else:
            result.pop(key, None)
    return result
