"""The identities of random registers are green, those of each period alike."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine
from tests.counting.random_worlds import a_world
from tests.counting.world import World

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.identities import IDENTITIES, Printed, checks
from avrr_desktop.services.summary import Summary, persons_behind, rolls_of, summary_of
from avrr_desktop.services.summary_view import document

CLOCK = FixedClock(datetime(2023, 8, 15, 12, tzinfo=UTC))
CODES = ("2023-S1", "2022-S2", "2023-Q2", "2023-06", "2023", "2023-01-15..2023-07-02")

worlds = st.builds(a_world, st.integers(0, 2**32), st.integers(1, 14), st.integers(0, 70))
periods = st.sampled_from([parse_period(code) for code in CODES])


def printed(summary: Summary, vocabularies: Vocabularies) -> Printed:
    return Printed(document(summary, vocabularies, Language.EN), tuple(summary.iter_cells()))


@given(world=worlds, period=periods)
def test_every_identity_of_a_random_register_is_green(
    engine: Engine, vocabularies: Vocabularies, world: World, period: Period
) -> None:
    with world.opened(engine) as connection:
        summary = summary_of(connection, vocabularies, CLOCK, period)
        rolls = rolls_of(connection, vocabularies, period, CLOCK.today())
    found = checks(summary, rolls, printed(summary, vocabularies))
    assert [check.key for check in found] == list(IDENTITIES)
    assert [check for check in found if not check.holds] == []


def test_the_size_of_every_roll_is_that_of_the_list_behind_its_figure(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world, period = a_world(7, 14, 70), parse_period("2023")
    today = date(2023, 8, 15)
    with world.opened(engine) as connection:
        summary = summary_of(connection, vocabularies, CLOCK, period)
        shown = [key for key in summary.cells if not key.measure.startswith("_")]
        sizes = {
            key: len(persons_behind(connection, vocabularies, period, today, key).rows)
            for key in shown
        }
    assert len(shown) > 100
    assert sizes == {key: summary.cells[key] for key in shown}
