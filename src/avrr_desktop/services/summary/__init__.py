"""The summary: the one engine that counts (counting rules 1 to 17)."""

from __future__ import annotations

from avrr_desktop.services.summary.cells import (
    RULES_VERSION,
    CellKey,
    Cells,
    add,
    difference,
)
from avrr_desktop.services.summary.count import counted_cells
from avrr_desktop.services.summary.figures import EventBehind, Figure, RowBehind, persons_behind
from avrr_desktop.services.summary.near_misses import NearMiss, near_misses
from avrr_desktop.services.summary.persons import touched_closure
from avrr_desktop.services.summary.rolls import Roll, cells_of_rolls, rolls_of
from avrr_desktop.services.summary.summary import (
    Summary,
    changed,
    headline,
    summarise,
    summary_of,
)
from avrr_desktop.services.summary.whereabouts import (
    Check,
    EventRole,
    Place,
    counts_of,
    event_roles,
    why,
)

__all__ = [
    "RULES_VERSION",
    "CellKey",
    "Cells",
    "Check",
    "EventBehind",
    "EventRole",
    "Figure",
    "NearMiss",
    "Place",
    "Roll",
    "RowBehind",
    "Summary",
    "add",
    "cells_of_rolls",
    "changed",
    "counted_cells",
    "counts_of",
    "difference",
    "event_roles",
    "headline",
    "near_misses",
    "persons_behind",
    "rolls_of",
    "summarise",
    "summary_of",
    "touched_closure",
    "why",
]
