"""Random registers, anybody of them anonymised: no cell but those of ages moves."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, select
from tests.counting.conftest import *  # noqa: F403 (the engine and its lists)
from tests.counting.test_engine_property import PERIODS, engine_cells, randoms, worlds
from tests.counting.world import World

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services import stored
from avrr_desktop.services.retention.anonymising import scrub
from avrr_desktop.services.summary import Cells
from avrr_desktop.services.summary.cells import is_of_ages
from avrr_desktop.services.summary.persons import survivors_of

CLOCK = FixedClock(datetime(2023, 8, 15, 10, tzinfo=UTC))


def counted(connection: Connection, vocabularies: Vocabularies) -> list[Cells]:
    counts = (engine_cells(connection, vocabularies, period) for period in PERIODS)
    return [{key: n for key, n in cells.items() if not is_of_ages(key)} for cells in counts]


def anonymised(connection: Connection, who: str) -> None:
    files = survivors_of(connection, [who])
    rows = stored.rows_by_id(connection, table_of(Person), sorted(files))
    scrub(connection, CLOCK, rows, files[who])


@given(world=worlds, random=randoms, share=st.floats(0.2, 1))
def test_anonymising_moves_no_cell(
    engine: Engine, vocabularies: Vocabularies, world: World, random: Random, share: float
) -> None:
    with world.opened(engine) as connection:
        before = counted(connection, vocabularies)
        ids = list(connection.execute(select(table_of(Person).c.id).order_by("id")).scalars())
        for who in ids:
            if random.random() < share:
                anonymised(connection, who)
        assert counted(connection, vocabularies) == before
