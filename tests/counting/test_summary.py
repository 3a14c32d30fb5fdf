from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine
from tests.counting.conftest import TODAY, Summarised
from tests.counting.world import World

from avrr_desktop.core.ages import GROUPS, TOTAL
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.paths import paths_in
from avrr_desktop.services.register import create_register
from avrr_desktop.services.summary import CellKey, counted_cells, headline, summarise
from avrr_desktop.services.summary.derive import mean, median, percent
from avrr_desktop.services.summary.measures import all_measures, measure_of

S1 = parse_period("2023-S1")


def test_register_is_summarised_whole_or_by_its_headline(tmp_path: Path) -> None:
    clock = FixedClock(datetime(2023, 7, 5, 10, tzinfo=UTC))
    register = create_register(paths_in(tmp_path / "register"), clock, is_demo=False)
    world = World()
    for day in (date(2022, 12, 1), date(2023, 3, 10)):
        world.event("direct_assistance", world.person(), given_on=day)
    with register.database.writing() as connection:
        world.write(connection)
    whole, first = summarise(register, S1), headline(register, S1)
    register.close()
    assert whole.value("direct_assistance", "persons_by_kind", "voucher") == 1
    assert first.value("direct_assistance", "persons_by_kind", "voucher") == 0
    assert whole.change("direct_assistance", "persons") == (0, 0)
    assert not first.previous
    for key in ("direct_assistance", "registrations", "returns_from_morocco"):
        for name in ("persons", "services"):
            for group in (TOTAL, *GROUPS):
                figure = (key, name, None, group)
                assert first.value(*figure) == whole.value(*figure)
    assert first.value("direct_assistance", "persons") == 1


def test_some_sections_are_counted_alone(engine: Engine, vocabularies: Vocabularies) -> None:
    world = World()
    person = world.person()
    world.event("direct_assistance", person, given_on=date(2023, 3, 1))
    world.event("referral", person, referred_on=date(2023, 3, 1))
    with world.opened(engine) as connection:
        cells = counted_cells(connection, vocabularies, S1, TODAY, sections=["referrals"])
    assert {cell.section for cell in cells} == {"referrals"}
    assert cells[CellKey("referrals", "persons_by_partner", "anapec")] == 1


def test_unknown_measure_has_no_terms_and_no_percent(summarised: Summarised) -> None:
    summary = summarised(World())
    assert summary.terms("referrals", "shoes") == ()
    assert summary.terms("shoes", "persons") == ()
    assert summary.percent("referrals", "shoes") is None
    assert summary.value("referrals", "shoes") == 0


def test_measures_are_unique_and_found_by_their_name() -> None:
    measures = list(all_measures())
    assert len({(m.section, m.name) for m in measures}) == len(measures)
    assert all(measure_of(m.section, m.name) == m for m in measures)


def test_means_medians_and_percents_round_halves_up() -> None:
    assert mean({20: 3, 21: 1}) == 20.3
    assert mean({}) is None
    assert (median({1: 1, 4: 1}), median({1: 2, 4: 1}), median({})) == (3, 1, None)
    assert (percent(1, 200), percent(-1, 200), percent(121, 448), percent(3, 0)) == (
        1,
        -1,
        27,
        None,
    )
