"""The demonstration of the default size gives the published figures, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.paths import paths_in
from avrr_desktop.people.base import table_of
from avrr_desktop.people.person import Person
from avrr_desktop.services.demo import write_demo
from avrr_desktop.services.register import Register, read_setting
from avrr_desktop.services.summary.summary import Summary, summarise

CLOCK = FixedClock(datetime(2025, 3, 3, 9, tzinfo=UTC))
BULLETIN = json.loads(
    (Path(__file__).parents[1] / "data" / "bulletin_2023_s1.json").read_text(encoding="utf-8")
)
PUBLISHED = parse_period(BULLETIN["period"]["code"])
SECTIONS = (
    *("registrations", "returns_from_morocco", "direct_assistance", "reintegration"),
    *("cash_on_return", "returns_to_morocco", "referrals", "resettlement"),
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    opened = write_demo(paths_in(tmp_path_factory.mktemp("demo") / "register"), CLOCK)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def summary(register: Register) -> Summary:
    return summarise(register, PUBLISHED)


def totals(register: Register, period: Period) -> dict[tuple[str, str], float | None]:
    counted = summarise(register, period)
    return {
        (section, group): counted.value(section, "persons", None, group)
        for section in SECTIONS
        for group in ("total", "undetermined")
    }


def test_every_published_cell_is_equal(summary: Summary) -> None:
    assert len(BULLETIN["cells"]) > 50
    cells = {
        (c["section"], c["measure"], c["term"], c["group"]): c["value"]
        for c in summary.iter_cells()
    }
    for cell in BULLETIN["cells"]:
        key = (cell["section"], cell["measure"], cell["term"], cell["group"])
        assert cells[key] == cell["value"], key


def test_countries_of_reintegration_are_the_published_ones(summary: Summary) -> None:
    counted = {
        c["term"]
        for c in summary.iter_cells()
        if (c["section"], c["measure"], c["group"])
        == ("reintegration", "persons_by_country", "total")
        and c["value"]
    }
    assert counted == set(BULLETIN["reintegration_countries"])


def test_running_totals_are_more_than_the_published_ones(summary: Summary) -> None:
    def total(section: str) -> float:
        value = summary.value("running_totals", "total", section)
        assert value is not None
        return value

    assert 20_000 < total("returns_from_morocco") < 21_000
    assert 360 < total("resettlement") < 370


def test_what_the_bulletin_lost_is_plausible(summary: Summary) -> None:
    assert summary.value("direct_assistance", "services", None) == 2374
    assert summary.value("referrals", "persons", None) == 109
    assert summary.value("referrals", "services", None) == 113
    assert summary.value("returns_to_morocco", "persons", None) == 164
    assert summary.value("resettlement", "persons", None) == 28
    everybody = summary.value("reintegration", "persons_all_funds", None)
    assert everybody is not None
    assert everybody > 22


def test_nobody_published_is_undetermined(register: Register) -> None:
    counted = totals(register, PUBLISHED)
    assert [counted[section, "undetermined"] for section in SECTIONS] == [0] * len(SECTIONS)


def test_minors_turn_adult_between_two_events(summary: Summary) -> None:
    assert summary.value("across", "persons_changing_group", None) == 6


@pytest.mark.parametrize("code", ["2021-S1", "2021-S2", "2022-S1", "2022-S2", "2023-S2"])
def test_other_semesters_hold_every_activity(register: Register, code: str) -> None:
    counted = totals(register, parse_period(code))
    assert all(counted[section, "total"] for section in SECTIONS if section != "reintegration")
    assert counted["registrations", "undetermined"]


def test_every_precision_of_birth_dates_occurs(register: Register) -> None:
    person = table_of(Person)
    query = select(person.c.birth_precision, func.count()).group_by(person.c.birth_precision)
    with register.database.reading() as connection:
        found = {row[0]: row[1] for row in connection.execute(query)}
    assert set(found) == {"exact", "month", "year", "estimated", "unknown"}
    assert all(found.values())


def test_some_records_are_in_the_bin(register: Register) -> None:
    with register.database.reading() as connection:
        deleted = 0
        for name in ("registration", "return_from_morocco", "direct_assistance"):
            table = table_of(Person).metadata.tables[name]
            query = select(func.count()).where(table.c.deleted_at.is_not(None))
            deleted += connection.execute(query).scalar_one()
    assert deleted == 6


def test_it_is_marked_as_a_demonstration(register: Register) -> None:
    assert register.info.is_demo
    with register.database.reading() as connection:
        assert read_setting(connection, "opening_period") == "2023-S1"


def test_an_existing_register_is_never_replaced(register: Register) -> None:
    before = register.paths.register.stat().st_ino
    with pytest.raises(UserError) as refused:
        write_demo(register.paths, CLOCK)
    assert refused.value.code == "register_exists"
    assert register.paths.register.stat().st_ino == before


def test_a_clock_before_the_last_event_is_refused(tmp_path: Path) -> None:
    early = FixedClock(datetime(2023, 7, 5, tzinfo=UTC))
    with pytest.raises(UserError) as refused:
        write_demo(paths_in(tmp_path), early)
    assert refused.value.code == "clock_too_early"
    assert early.today() == date(2023, 7, 5)


def test_a_stopped_writing_leaves_no_register(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_demo(paths_in(tmp_path), CLOCK, persons=20, progress=stop)
    assert not list(tmp_path.glob("register*"))
