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
from avrr_desktop.services.summary.persons import touched_closure
from avrr_desktop.services.summary.summary import (
    Summary,
    changed,
    headline,
    summarise,
    summary_of,
)

__all__ = [
    "RULES_VERSION",
    "CellKey",
    "Cells",
    "Summary",
    "add",
    "changed",
    "counted_cells",
    "difference",
    "headline",
    "summarise",
    "summary_of",
    "touched_closure",
]
