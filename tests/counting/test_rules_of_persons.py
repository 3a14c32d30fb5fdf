"""Counting rules 4, 5, 8, 11 and 12: groups, ages, statuses, families left, merged files."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from tests.counting.conftest import TODAY, Summarised
from tests.counting.world import World

from avrr_desktop.core.ages import GROUPS
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary import CellKey, persons_behind

IN_MARCH = date(2023, 3, 10)
CHILD, ADULT = date(2010, 1, 1), date(1990, 1, 1)
UASC = "unaccompanied_or_separated_children"


@pytest.mark.parametrize(
    ("birth", "day", "group"),
    [
        (date(2005, 3, 10), date(2023, 3, 9), "girls"),
        (date(2005, 3, 10), date(2023, 3, 10), "women"),
        (date(2004, 2, 29), date(2022, 2, 28), "girls"),
        (date(2004, 2, 29), date(2022, 3, 1), "women"),
    ],
)
def test_rule_04_child_until_the_eighteenth_birthday(
    summarised: Summarised, birth: date, day: date, group: str
) -> None:
    world = World()
    world.event("direct_assistance", world.person("woman", birth), given_on=day)
    summary = summarised(world, str(day.year))
    assert summary.value("direct_assistance", "persons", group=group) == 1


def test_rule_04_first_event_fixes_the_group_in_every_cell(summarised: Summarised) -> None:
    world = World()
    person = world.person("man", date(2005, 3, 10))
    world.event("reintegration", person, started_on=date(2023, 2, 1), fund="spain", kind="housing")
    world.event("reintegration", person, started_on=date(2023, 5, 1), fund="iom_morocco")
    summary = summarised(world)
    for measure, term in (
        ("persons", None),
        ("persons_by_kind", "equipment"),
        ("persons_all_funds_by_fund", "iom_morocco"),
        ("persons_by_month", "2023-05"),
        ("persons_by_age_band", "13_17"),
    ):
        assert summary.value("reintegration", measure, term, "boys") == 1
        assert summary.value("reintegration", measure, term, "men") == 0


def test_rule_04_group_of_a_single_event_is_that_of_its_date(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world = World()
    person = world.person("man", date(2005, 3, 10))
    for day in (date(2023, 2, 1), date(2023, 5, 1)):
        world.event("direct_assistance", person, given_on=day)
    period, cell = parse_period("2023-S1"), CellKey("direct_assistance", "persons")
    with world.opened(engine) as connection:
        (row,) = persons_behind(connection, vocabularies, period, TODAY, cell).rows
    assert row.group == "boys"
    assert [event.group for event in row.events] == ["boys", "men"]


def test_rule_04_boy_in_one_table_and_man_in_the_other_is_said(summarised: Summarised) -> None:
    world = World()
    person = world.person("man", date(2005, 3, 10))
    world.event("registration", person, registered_on=date(2023, 2, 1))
    world.event("return_from_morocco", person, departed_on=date(2023, 4, 1))
    world.event("registration", world.person("man", ADULT), registered_on=date(2023, 2, 1))
    summary = summarised(world)
    assert summary.value("registrations", "persons", group="boys") == 1
    assert summary.value("returns_from_morocco", "persons", group="men") == 1
    assert summary.value("across", "persons_changing_group") == 1


@pytest.mark.parametrize(
    ("sex", "ends", "group", "band"),
    [
        (None, (CHILD, CHILD), "undetermined", "13_17"),
        ("man", (None, None), "undetermined", "undetermined"),
        ("man", (date(2005, 1, 1), date(2005, 12, 31)), "undetermined", "undetermined"),
        ("man", (date(2005, 3, 1), date(2005, 3, 10)), "men", "18_39"),
        ("man", (date(2005, 3, 11), date(2005, 3, 31)), "boys", "13_17"),
        ("woman", (date(1983, 1, 1), date(1983, 12, 31)), "women", "undetermined"),
    ],
)
def test_rule_05_unknown_is_a_column_and_the_groups_add_up(
    summarised: Summarised, sex: str | None, ends: tuple[date, date], group: str, band: str
) -> None:
    world = World()
    person = world.person(sex, birth_first=ends[0], birth_last=ends[1])
    world.event("direct_assistance", person, given_on=IN_MARCH)
    summary = summarised(world)
    counts = [summary.value("direct_assistance", "persons", group=g) for g in GROUPS]
    assert sum(n or 0 for n in counts) == summary.value("direct_assistance", "persons") == 1
    assert summary.value("direct_assistance", "persons", group=group) == 1
    assert summary.value("direct_assistance", "persons_by_age_band", band) == 1


def test_mean_age_counts_sure_ages_only_and_says_how_many_are_left_out(
    summarised: Summarised,
) -> None:
    world = World()
    births = (date(2003, 3, 10), date(2002, 3, 11), date(2002, 3, 10))
    people = [world.person("man", birth) for birth in births]
    people.append(world.person(birth_first=date(1990, 1, 1), birth_last=date(1990, 12, 31)))
    for person in people:
        world.event("direct_assistance", person, given_on=IN_MARCH)
    summary = summarised(world)
    assert summary.value("direct_assistance", "mean_age") == 20.3
    assert summary.value("direct_assistance", "mean_age_left_out") == 1
    assert summary.value("referrals", "mean_age") is None


@pytest.mark.parametrize(
    ("from_on", "to_on", "entered_on", "counted"),
    [
        (IN_MARCH, None, None, 1),
        (date(2023, 3, 11), None, None, 0),
        (None, IN_MARCH, None, 1),
        (None, date(2023, 3, 9), None, 0),
        (None, None, IN_MARCH, 1),
        (None, None, date(2023, 3, 11), 0),
        (date(2022, 1, 1), None, date(2023, 6, 1), 1),
    ],
)
def test_rule_08_vulnerability_counts_if_in_force_that_day(
    summarised: Summarised,
    from_on: date | None,
    to_on: date | None,
    entered_on: date | None,
    counted: int,
) -> None:
    world = World()
    person = world.person("man", CHILD)
    world.add(
        "vulnerability",
        person_id=person,
        code="separated_child",
        from_on=from_on,
        to_on=to_on,
        entered_on=entered_on,
    )
    world.event("direct_assistance", person, given_on=IN_MARCH)
    world.event("direct_assistance", person, given_on=date(2023, 5, 1))
    summary = summarised(world)
    by = ("direct_assistance", "persons_by_vulnerability", "separated_child", "boys")
    assert summary.value(*by) == counted
    assert summary.value("direct_assistance", UASC, None, "boys") == counted


def test_rule_08_unaccompanied_adult_is_not_in_the_subset(summarised: Summarised) -> None:
    world = World()
    for birth in (CHILD, ADULT, None):
        person = world.person("woman", birth)
        world.add("vulnerability", person_id=person, code="unaccompanied_child")
        world.event("reintegration", person, started_on=IN_MARCH)
    on_other_funds = world.person("woman", CHILD)
    world.add("vulnerability", person_id=on_other_funds, code="unaccompanied_child")
    world.event("reintegration", on_other_funds, started_on=IN_MARCH, fund="spain")
    summary = summarised(world)
    assert summary.value("reintegration", UASC) == 1
    assert summary.value("reintegration", UASC, None, "girls") == 1
    assert summary.value("reintegration", "persons_by_vulnerability", "unaccompanied_child") == 3


def test_rule_11_leaving_a_family_changes_no_past_count(summarised: Summarised) -> None:
    world = World()
    stays, leaves = world.person(), world.person()
    case = world.family(stays, leaves)
    for person in (stays, leaves):
        world.event("direct_assistance", person, given_on=IN_MARCH, case_id=case)
    before = summarised(world)
    for row in world.tables["membership"].values():
        if row["person_id"] == leaves:
            row["to_on"] = date(2023, 4, 1)
    assert summarised(world).cells == before.cells
    assert before.value("direct_assistance", "families") == 1


def test_rule_12_merged_file_counts_as_its_survivor_until_unmerged(
    summarised: Summarised,
) -> None:
    world = World()
    survivor = world.person("woman", CHILD, nationality="CI")
    merged = world.person("man", ADULT, nationality="GN", merged_into_id=survivor)
    world.add("vulnerability", person_id=merged, code="unaccompanied_child")
    for person in (survivor, merged):
        world.event("direct_assistance", person, given_on=IN_MARCH)
    summary = summarised(world)
    assert summary.value("direct_assistance", "persons") == 1
    assert summary.value("direct_assistance", "services") == 2
    assert summary.value("direct_assistance", "persons_by_nationality", "CI", "girls") == 1
    assert summary.value("direct_assistance", UASC) == 1
    world.tables["person"][merged]["merged_into_id"] = None
    apart = summarised(world)
    assert apart.value("direct_assistance", "persons") == 2
    assert apart.value("direct_assistance", "persons_by_nationality", "GN", "men") == 1
