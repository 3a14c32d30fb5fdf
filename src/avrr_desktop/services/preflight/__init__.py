"""What is doubtful in a semester, before it is closed."""

from __future__ import annotations

from avrr_desktop.services.preflight.document import (
    Doubt,
    Item,
    Point,
    Preflight,
    Severity,
)
from avrr_desktop.services.preflight.looking import LONG_DELAY, preflight, unsettled
from avrr_desktop.services.preflight.words import PointWords, point_words

__all__ = [
    "LONG_DELAY",
    "Doubt",
    "Item",
    "Point",
    "PointWords",
    "Preflight",
    "Severity",
    "point_words",
    "preflight",
    "unsettled",
]
