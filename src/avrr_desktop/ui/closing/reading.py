"""Reads a closed semester with its gap, on the worker."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.services.closing.corrections import Correction, corrections
from avrr_desktop.services.closing.explained import Explanation, explanations
from avrr_desktop.services.closing.gap import Gap, gap_of
from avrr_desktop.services.closing.held import Closing, closing_for
from avrr_desktop.services.closing.verify import Alteration, alterations
from avrr_desktop.services.register import Register
from avrr_desktop.ui.tasks import Progress


@dataclass(frozen=True, slots=True)
class ClosedView:
    """A closed semester: what was altered, and the gap unless the frozen figures are unreadable."""

    closing: Closing
    altered: tuple[Alteration, ...]
    gap: Gap | None
    explanations: tuple[Explanation, ...]
    corrections: tuple[Correction, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the closing's own fingerprint still fits."""
        return not any(one.period == self.closing.period.code for one in self.altered)


def read_closed(register: Register, period: Period, progress: Progress) -> ClosedView | None:
    """The closing in force of a semester with its gap; None when there is none.

    Raises:
        Cancelled: no longer wanted.
    """
    closing = closing_for(register, period)
    if closing is None:
        return None
    progress(0, 0)
    altered = alterations(register)
    progress(0, 0)
    kept = corrections(register, period)
    try:
        gap = gap_of(register, closing)
    except UserError as error:
        if error.code != "closing_altered":
            raise
        return ClosedView(closing, altered, None, (), kept)
    progress(0, 0)
    return ClosedView(closing, altered, gap, explanations(register, gap), kept)
