"""The engine against a plain-Python count of random registers, cell by cell (rule 14)."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine
from tests.counting.plain_count import PlainCount
from tests.counting.random_worlds import a_world, edit
from tests.counting.world import World

from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary import (
    CellKey,
    Cells,
    add,
    cells_of_rolls,
    counted_cells,
    difference,
    persons_behind,
    rolls_of,
    touched_closure,
)

TODAY = date(2023, 8, 15)
CODES = ("2023-S1", "2023-S1", "2022-S2", "2023-Q2", "2023-06", "2023", "2023-01-15..2023-07-02")
PERIODS = [parse_period(code) for code in CODES]

worlds = st.builds(a_world, st.integers(0, 2**32), st.integers(1, 14), st.integers(0, 70))
randoms = st.integers(0, 2**32).map(Random)
periods = st.sampled_from(PERIODS)


def plain(world: World, period: Period, persons: frozenset[str] | None = None) -> PlainCount:
    return PlainCount(world, period.start, period.end, TODAY, persons)


def engine_cells(
    connection: Connection,
    vocabularies: Vocabularies,
    period: Period,
    persons: frozenset[str] | None = None,
) -> Cells:
    return counted_cells(connection, vocabularies, period, TODAY, persons=persons)


@given(world=worlds, period=periods)
def test_every_cell_equals_the_plain_count(
    engine: Engine,
    vocabularies: Vocabularies,
    world: World,
    period: Period,
) -> None:
    with world.opened(engine) as connection:
        cells = engine_cells(connection, vocabularies, period)
    assert {tuple(key): value for key, value in cells.items()} == plain(world, period).cells


@given(world=worlds, random=randoms, period=periods)
def test_some_persons_and_all_others_add_up(
    engine: Engine,
    vocabularies: Vocabularies,
    world: World,
    random: Random,
    period: Period,
) -> None:
    everyone = frozenset(world.tables["person"])
    chosen = random.sample(sorted(everyone), k=1)
    with world.opened(engine) as connection:
        some = touched_closure(connection, chosen)
        assert set(chosen) <= some <= everyone
        cells = engine_cells(connection, vocabularies, period)
        part = engine_cells(connection, vocabularies, period, some)
        rest = engine_cells(connection, vocabularies, period, everyone - some)
    assert add(part, rest) == cells
    assert {tuple(k): v for k, v in part.items()} == plain(world, period, some).cells


@given(world=worlds, random=randoms, edits=st.integers(1, 6))
def test_the_difference_of_a_save_equals_a_recount(
    engine: Engine, vocabularies: Vocabularies, world: World, random: Random, edits: int
) -> None:
    period = PERIODS[0]
    with world.opened(engine) as connection:
        before = engine_cells(connection, vocabularies, period)
        touched: set[str] = set()
        cases: set[str] = set()
        for _ in range(edits):
            more_touched, more_cases = edit(random, world)
            touched |= more_touched
            cases |= more_cases
        some = touched_closure(connection, touched, cases)
        part_before = engine_cells(connection, vocabularies, period, some)
        world.write(connection)
        part_after = engine_cells(connection, vocabularies, period, some)
        after = engine_cells(connection, vocabularies, period)
    delta = difference(part_before, part_after)
    assert add(before, delta) == after
    assert 0 not in delta.values()


@settings(max_examples=15)
@given(world=worlds, random=randoms, period=periods)
def test_the_list_behind_each_figure_is_that_figure(
    engine: Engine,
    vocabularies: Vocabularies,
    world: World,
    random: Random,
    period: Period,
) -> None:
    expected = plain(world, period).ids
    with world.opened(engine) as connection:
        cells = sorted(engine_cells(connection, vocabularies, period), key=str)
        chosen = random.sample(cells, k=min(40, len(cells)))
        for cell in chosen:
            figure = persons_behind(connection, vocabularies, period, TODAY, cell)
            assert len(figure.rows) == len({row.id for row in figure.rows})
            assert {row.id for row in figure.rows} == expected[
                cell.section, cell.measure, cell.term, cell.group
            ], cell
            assert all(row.events for row in figure.rows)


@given(world=worlds, period=periods)
def test_rolls_hold_everyone_behind_every_figure(
    engine: Engine, vocabularies: Vocabularies, world: World, period: Period
) -> None:
    with world.opened(engine) as connection:
        rolls = rolls_of(connection, vocabularies, period, TODAY)
    assert {tuple(k): v for k, v in cells_of_rolls(rolls).items()} == plain(world, period).cells


@pytest.mark.parametrize("measure", ["persons", "persons_by_country", "services", "nothing"])
def test_an_empty_register_has_empty_lists(
    engine: Engine, vocabularies: Vocabularies, measure: str
) -> None:
    with World().opened(engine) as connection:
        assert engine_cells(connection, vocabularies, PERIODS[0]) == {}
        cell = CellKey("returns_from_morocco", measure, None, "boys")
        assert persons_behind(connection, vocabularies, PERIODS[0], TODAY, cell).rows == ()
