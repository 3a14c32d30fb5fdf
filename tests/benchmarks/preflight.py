"""The guardian on top of a summary, and the whole look before a closing."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.counting import PERIOD
from tests.benchmarks.measuring import Row, median_of
from tests.benchmarks.registers import opened

from avrr_desktop.paths import Paths
from avrr_desktop.services.identities import guarded_count
from avrr_desktop.services.preflight import preflight
from avrr_desktop.services.summary import summarise

_LIMIT = 3.0
_ON_TOP = 1.0


def measure_preflight(paths: Paths, persons: int, times: int) -> Iterator[Row]:
    """Seconds; the identities are what they add to the summary they check."""
    is_promised = persons == 100_000
    with opened(paths) as register:
        alone = median_of(lambda: summarise(register, PERIOD), times)
        guarded = median_of(lambda: guarded_count(register, PERIOD), times)
        limit = _ON_TOP if is_promised else None
        yield Row("identities, on top of a summary", persons, max(0, guarded - alone), None, limit)
        whole = median_of(lambda: preflight(register, PERIOD), times)
        limit = _LIMIT if is_promised else None
        yield Row("before a closing, without duplicates", persons, whole, None, limit)
