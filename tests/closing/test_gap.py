"""Published + explained = recomputed, whatever happened to the register since."""

from __future__ import annotations

import os
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.closing.conftest import NewRegister
from tests.closing.random_desk import SUPERVISOR, RandomDesk, fill

from avrr_desktop.core.periods import Period
from avrr_desktop.services.closing.causes import Kind
from avrr_desktop.services.closing.closings import close, published
from avrr_desktop.services.closing.gap import explained, gap_of
from avrr_desktop.services.closing.held import closings
from avrr_desktop.services.summary import add, counted_cells, summarise

EXAMPLES = 10_000 if os.environ.get("AVRR_HYPOTHESIS") == "long" else 200


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), steps=st.integers(1, 10))
def test_published_and_explained_make_recomputed(
    new_register: NewRegister, period: Period, seed: int, steps: int
) -> None:
    register = new_register()
    desk = RandomDesk(register, Random(seed))
    fill(desk, persons=4, events=8)
    closing = close(register, SUPERVISOR, period)
    frozen = published(register, closing).content
    for _ in range(steps):
        desk.step()
    gap = gap_of(register, closing)
    assert published(register, closing).content == frozen
    with register.database.reading() as connection:
        lists, today = register.vocabularies, closing.counted_on
        recount = counted_cells(connection, lists, period, today)
    assert gap.recomputed.cells == recount
    assert gap.recomputed.openings == summarise(register, period).openings
    before = gap.published.counted.summary
    openings = {key: v for key, v in gap.difference.items() if key.measure == "opening"}
    moved = explained(gap.moves)
    assert moved == gap.difference
    assert add(before.cells, {k: v for k, v in moved.items() if k not in openings}) == recount
    assert [m for m in gap.moves if m.kind is Kind.UNKNOWN] == []
    assert [one.id for one in closings(register)] == [closing.id]
