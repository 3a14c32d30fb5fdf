"""The series year after year against a plain-Python count of random registers."""

from __future__ import annotations

from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from tests.counting.plain_count import PARTS, PlainCount
from tests.counting.random_worlds import a_world
from tests.counting.world import World

from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.comparisons import YEARS, Standpoint, compare, main_keys
from avrr_desktop.services.summary import CellKey

TODAY = date(2023, 8, 15)
CODES = ("2023-S1", "2022-S2", "2023-Q2", "2023-06", "2023", "2023-02-28..2023-07-02")
worlds = st.builds(a_world, st.integers(0, 2**32), st.integers(1, 14), st.integers(0, 70))
randoms = st.integers(0, 2**32).map(Random)


def spread(world: World, random: Random) -> None:
    """Move every event some years back, with all its dates."""
    for name in {part.table for part in PARTS.values()}:
        for row in world.tables[name].values():
            back = random.choice((0, 0, 1, 2, 3, 6))
            for column, value in row.items():
                if isinstance(value, date) and column.endswith("_on"):
                    row[column] = date(value.year - back, value.month, min(value.day, 28))


def first_day(world: World) -> date | None:
    plain = PlainCount(world, date.min, date.max, TODAY)
    days = (
        event[part.day]
        for name, part in PARTS.items()
        for event in plain.events(name, date.min, date.max)
    )
    return min(days, default=None)


@given(world=worlds, random=randoms, code=st.sampled_from(CODES))
def test_every_year_equals_the_plain_count(
    engine: Engine, vocabularies: Vocabularies, world: World, random: Random, code: str
) -> None:
    spread(world, random)
    period = parse_period(code)
    with world.opened(engine) as connection:
        found = compare(Standpoint(connection, vocabularies, TODAY), period)
    first = first_day(world)
    assert [year.period.start.year for year in found.years] == [
        period.start.year - back for back in range(YEARS, -1, -1)
    ]
    for place, year in enumerate(found.years):
        has_data = first is not None and first <= year.period.end
        counted = PlainCount(world, year.period.start, year.period.end, TODAY).cells
        cells = {CellKey(*key): value for key, value in counted.items()}
        expected = [cells.get(key, 0) if has_data else None for key in main_keys()]
        assert [series.values[place] for series in found.series] == expected
    for series in found.series:
        before, now = series.values[-2:]
        expected_change = None if before is None or now is None else now - before
        assert series.change == expected_change
