"""Counting rules 6, 10 and 13 to 17: cohorts, running totals, live and explained figures."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine
from tests.counting.conftest import TODAY, Summarised
from tests.counting.world import World

from avrr_desktop.activities import ACTIVITIES
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.services.summary import (
    RULES_VERSION,
    CellKey,
    changed,
    counted_cells,
    counts_of,
    difference,
    event_roles,
    near_misses,
    persons_behind,
    touched_closure,
    why,
)
from avrr_desktop.services.summary.measures import all_measures

S1 = parse_period("2023-S1")
IN_MARCH = date(2023, 3, 10)
CHILD, ADULT = date(2010, 1, 1), date(1990, 1, 1)


def test_rule_06_cohort_departs_from_its_registration_to_the_count_date(
    summarised: Summarised,
) -> None:
    world = World()
    for departed_on in (date(2023, 3, 9), IN_MARCH, date(2023, 8, 1), date(2023, 8, 2)):
        person = world.person("man", date(2005, 4, 1))
        world.event("registration", person, registered_on=IN_MARCH)
        world.event("return_from_morocco", person, departed_on=departed_on)
    world.event("return_from_morocco", world.person(), departed_on=IN_MARCH)
    summary = summarised(world, today=date(2023, 8, 1))
    assert summary.value("returns_from_morocco", "persons") == 3
    assert summary.value("cohort", "persons_departed") == 2
    assert summary.value("cohort", "persons_departed", group="boys") == 2
    assert summary.as_of_day == date(2023, 8, 1)


def test_rule_10_running_total_is_the_balance_and_the_days_after(summarised: Summarised) -> None:
    world = World()
    as_of = date(2022, 12, 31)
    world.add("opening_balance", section="returns_from_morocco", as_of=as_of, value=20_000)
    person = world.person()
    for day in (as_of, date(2023, 1, 1), date(2023, 3, 1)):
        world.event("return_from_morocco", person, departed_on=day)
    world.event("return_from_morocco", world.person(), departed_on=date(2023, 7, 1))
    summary = summarised(world)
    values = [
        summary.value("running_totals", measure, "returns_from_morocco")
        for measure in ("opening", "counted", "total")
    ]
    assert values == [20_000, 1, 20_001]


def test_rule_10_resettlement_is_run_by_country_each_with_its_balance(
    summarised: Summarised,
) -> None:
    world = World()
    world.add("opening_balance", section="resettlement", as_of=date(2022, 12, 31), value=360)
    world.add(
        "opening_balance", section="resettlement", term="CA", as_of=date(2023, 2, 1), value=100
    )
    for country, day in (("CA", date(2023, 1, 5)), ("CA", IN_MARCH), ("US", date(2022, 5, 5))):
        world.event("resettlement", world.person(), departed_on=day, country=country)
    summary = summarised(world)
    totals = {
        code: summary.value("running_totals", "total", code)
        for code in summary.terms("running_totals", "total")
    }
    assert totals == {
        "returns_from_morocco": 0,
        "resettlement": 362,
        "resettlement:CA": 101,
        "resettlement:US": 1,
    }


def test_rule_13_event_counts_at_its_date_however_late_it_was_typed(
    summarised: Summarised,
) -> None:
    world = World()
    world.event("direct_assistance", world.person(), given_on=IN_MARCH, created_seq=9_999)
    late = summarised(world, today=date(2024, 5, 1))
    assert late.value("direct_assistance", "persons") == 1
    assert summarised(world, "2023-S2").value("direct_assistance", "persons") == 0


def test_rule_14_a_save_moves_the_figures_as_a_recount_would(
    engine: Engine, vocabularies: Vocabularies, summarised: Summarised
) -> None:
    world = World()
    mother, child = world.person("woman", ADULT), world.person("man", CHILD)
    case = world.family(mother, child)
    event = world.event("return_from_morocco", mother, departed_on=IN_MARCH, case_id=case)
    before = summarised(world)
    with world.opened(engine) as connection:
        some = touched_closure(connection, [mother], [case])
        part_before = counted_cells(connection, vocabularies, S1, TODAY, persons=some)
        world.tables["return_from_morocco"][event]["departed_on"] = date(2023, 7, 1)
        world.event("return_from_morocco", child, departed_on=IN_MARCH, case_id=case)
        world.write(connection)
        part_after = counted_cells(connection, vocabularies, S1, TODAY, persons=some)
    live = changed(before, difference(part_before, part_after))
    after = summarised(world)
    assert some == {mother, child}
    assert live.cells == after.cells
    assert live.value("returns_from_morocco", "mean_age") == 13.0
    assert before.value("returns_from_morocco", "mean_age") == 33.0


def test_rule_14_median_and_numbers_of_countries_derive_from_cells(
    summarised: Summarised,
) -> None:
    world = World()
    for country, registered_on in (("GN", date(2023, 3, 1)), ("CI", IN_MARCH), ("CI", None)):
        person = world.person(nationality="SN")
        if registered_on:
            world.event("registration", person, registered_on=date(2022, 1, 1))
            world.event("registration", person, registered_on=registered_on)
        world.event("return_from_morocco", person, departed_on=date(2023, 3, 20), country=country)
    summary = summarised(world)
    part = "returns_from_morocco"
    assert summary.value(part, "median_days_from_registration") == 15
    assert summary.value(part, "median_days_from_registration_left_out") == 1
    assert summary.value(part, "number_of_countries") == 2
    assert summary.value(part, "number_of_nationalities") == 1


def near(engine: Engine, vocabularies: Vocabularies, world: World, section: str) -> dict[str, str]:
    with world.opened(engine) as connection:
        found = near_misses(connection, vocabularies, S1, section)
    return {miss.record_id: miss.reason for miss in found}


def test_rule_15_near_misses_say_the_rule_that_left_them_out(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world = World()
    table = "return_from_morocco"
    twice = world.person()
    world.event(table, twice, departed_on=date(2023, 1, 19))
    gone = world.person()
    expected = {
        world.event(table, twice, departed_on=date(2023, 6, 14)): "second_event",
        world.event(table, world.person(), planned_on=date(2023, 6, 28)): "planned",
        world.event(table, world.person(), counselled_on=IN_MARCH): "no_counting_date",
        world.event(table, world.person(), departed_on=date(2023, 7, 31)): "other_period",
        world.event(table, world.person(), departed_on=date(2022, 12, 29)): "other_period",
        world.event(
            table, world.person(), departed_on=IN_MARCH, exit_on=IN_MARCH, exit_kind="withdrawn"
        ): "exited",
        world.event(table, world.person(), exit_on=IN_MARCH, exit_kind="postponed"): "exited",
        world.event(table, world.person(), departed_on=date(2021, 1, 1), id="bin"): "deleted",
        world.event(table, gone, departed_on=IN_MARCH): "person_deleted",
    }
    world.delete(table, "bin")
    world.delete("person", gone)
    world.event(table, world.person(), departed_on=date(2023, 8, 1))  # 32 days after: too far
    world.event(table, world.person(), planned_on=date(2022, 3, 1))
    assert near(engine, vocabularies, world, table.replace("return", "returns")) == expected


def test_rule_15_near_misses_of_kinds_funds_and_subsets(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world = World()
    other = world.event(
        "resettlement", world.person(), departed_on=IN_MARCH, kind="family_reunification"
    )
    flagged = world.person("man", ADULT)
    world.add("vulnerability", person_id=flagged, code="unaccompanied_child")
    adult = world.event("reintegration", flagged, started_on=IN_MARCH)
    funded = world.event("reintegration", world.person(), started_on=IN_MARCH, fund="spain")
    request = world.event("registration", world.person(), contacted_on=IN_MARCH)
    assert near(engine, vocabularies, world, "resettlement") == {other: "wrong_kind"}
    assert near(engine, vocabularies, world, "reintegration") == {funded: "outside_population"}
    assert near(engine, vocabularies, world, "reintegration_in_morocco") == {}
    assert near(engine, vocabularies, world, "registrations") == {request: "no_counting_date"}
    cell = CellKey("reintegration", "unaccompanied_or_separated_children")
    with world.opened(engine) as connection:
        found = near_misses(connection, vocabularies, S1, "reintegration", cell)
        assert near_misses(connection, vocabularies, S1, "cohort") == ()
    assert [(miss.record_id, miss.reason) for miss in found] == [(adult, "not_child_that_day")]


def test_rule_15_near_misses_of_a_term_are_those_of_that_term(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world, table = World(), "return_from_morocco"
    twice = world.person(nationality="ML")
    world.event(table, twice, departed_on=date(2023, 1, 19), country="ML")
    again = world.event(table, twice, departed_on=date(2023, 6, 14), country="GN")
    planned = {
        country: world.event(table, world.person(), planned_on=date(2023, 6, 28), country=country)
        for country in ("GN", "ML")
    }

    def of(measure: str, term: str) -> dict[str, str]:
        cell = CellKey("returns_from_morocco", measure, term)
        with world.opened(engine) as connection:
            found = near_misses(connection, vocabularies, S1, cell.section, cell)
        return {miss.record_id: miss.reason for miss in found}

    # The person's second departure counts in the cell of its own country.
    assert of("persons_by_country", "GN") == {planned["GN"]: "planned"}
    assert of("persons_by_country", "ML") == {planned["ML"]: "planned"}
    everyone = {planned["GN"]: "planned", planned["ML"]: "planned", again: "second_event"}
    assert of("persons_by_nationality", "ML") == everyone
    assert of("persons_by_age_band", "18-24") == everyone


def test_rule_15_near_misses_of_every_term_can_be_asked_for(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world = World()
    for activity in ACTIVITIES:
        world.event(activity.key, world.person(), **{activity.dated_by: IN_MARCH})
    with world.opened(engine) as connection:
        for measure in all_measures():
            for term in ("not_stated", "GN"):
                cell = CellKey(measure.section, measure.name, term if measure.vocabulary else None)
                found = near_misses(connection, vocabularies, S1, measure.section, cell)
                assert all(miss.activity for miss in found)


@pytest.mark.parametrize(
    ("measure", "count"),
    [
        ("mean_age", 1),
        ("mean_age_left_out", 1),
        ("median_days_from_registration", 1),
        ("median_days_from_registration_left_out", 1),
        ("number_of_countries", 2),
        ("services", 2),
    ],
)
def test_rule_15_derived_figures_open_those_they_are_made_of(
    engine: Engine, vocabularies: Vocabularies, measure: str, count: int
) -> None:
    world = World()
    sure = world.person("man", ADULT)
    world.event("registration", sure, registered_on=date(2023, 2, 1))
    for person in (sure, world.person("man", None)):
        world.event("return_from_morocco", person, departed_on=IN_MARCH)
    cell = CellKey("returns_from_morocco", measure)
    with world.opened(engine) as connection:
        assert len(persons_behind(connection, vocabularies, S1, TODAY, cell).rows) == count


def test_rule_15_running_total_opens_the_registers_own_persons(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world = World()
    world.add("opening_balance", section="resettlement", as_of=date(2020, 1, 1), value=9)
    people = [world.person(), world.person()]
    for person, country in zip(people, ("CA", "US"), strict=True):
        world.event("resettlement", person, departed_on=date(2021, 5, 5), country=country)
    found = {}
    with world.opened(engine) as connection:
        for measure, term in (
            ("opening", "resettlement"),
            ("total", "resettlement"),
            ("counted", "resettlement:CA"),
            ("counted", "referrals"),
        ):
            cell = CellKey("running_totals", measure, term)
            rows = persons_behind(connection, vocabularies, S1, TODAY, cell).rows
            found[measure, term] = [row.person_id for row in rows]
    assert list(found.values()) == [[], people, people[:1], []]


def test_rule_15_a_person_says_where_they_count_and_why(
    engine: Engine, vocabularies: Vocabularies
) -> None:
    world = World()
    person = world.person("man", date(2005, 3, 10))
    merged = world.person(merged_into_id=person)
    first = world.event("registration", merged, registered_on=date(2023, 2, 1))
    leaves = world.event("return_from_morocco", person, departed_on=date(2023, 4, 1))
    again = world.event("return_from_morocco", person, departed_on=date(2023, 5, 1))
    planned = world.event("return_from_morocco", person, planned_on=date(2023, 9, 1))
    with world.opened(engine) as connection:
        places = counts_of(connection, vocabularies, S1, TODAY, merged)
        roles = event_roles(connection, vocabularies, person)
        cell = CellKey("returns_from_morocco", "persons", None, "boys")
        checks = why(connection, vocabularies, S1, TODAY, cell=cell, person=person)
        across = CellKey("across", "persons_changing_group")
        (only,) = why(connection, vocabularies, S1, TODAY, cell=across, person=person)
        (row,) = persons_behind(connection, vocabularies, S1, TODAY, across).rows
    assert [(place.cell.section, place.cell.group) for place in places] == [
        ("registrations", "boys"),
        ("returns_from_morocco", "men"),
        ("cohort", "boys"),
    ]
    assert {event: (role.role, role.group) for event, role in roles.items()} == {
        first: ("counted", "boys"),
        leaves: ("counted", "men"),
        again: ("already_counted", "men"),
        planned: ("planned", ""),
    }
    assert [(check.code, check.is_met) for check in checks] == [
        ("has_record", True),
        ("in_section", True),
        ("group", False),
        ("in_figure", False),
    ]
    assert only.is_met
    assert [event.group for event in row.events] == ["boys", "men"]


def test_rule_15_why_not_names_the_rule(engine: Engine, vocabularies: Vocabularies) -> None:
    world = World()
    person = world.person()
    world.event("resettlement", person, exit_on=IN_MARCH, exit_kind="withdrawn")
    world.event("resettlement", person, departed_on=date(2023, 7, 2))
    cell = CellKey("resettlement", "persons")
    with world.opened(engine) as connection:
        checks = why(connection, vocabularies, S1, TODAY, cell=cell, person=person)
        roles = event_roles(connection, vocabularies, person)
        nobody = why(connection, vocabularies, S1, TODAY, cell=cell, person=world.person())
    assert checks[1].values["verdict"] == "other_period"
    assert checks[1].values["period"] == "2023-S2"
    assert {role.role for role in roles.values()} == {"exited", "counted"}
    assert [check.is_met for check in nobody] == [False, False]


def test_rule_16_every_term_is_shown_with_its_zero(summarised: Summarised) -> None:
    summary = summarised(World())
    cells = {
        (cell["section"], cell["measure"], cell["term"], cell["group"]): cell["value"]
        for cell in summary.iter_cells()
    }
    assert set(cells.values()) == {0}
    assert ("direct_assistance", "persons_by_kind", "voucher", "girls") in cells
    assert ("referrals", "services_by_partner", "anapec", "total") in cells
    assert ("registrations", "persons_by_month", "2023-01", "total") in cells
    assert ("registrations", "mean_age", None, "total") not in cells  # blank, not zero
    assert len(cells) == sum(1 for _ in summary.iter_cells())
    assert not any(measure.startswith("_") for _, measure, _, _ in cells)
    assert summary.terms("direct_assistance", "persons_by_kind", zeros=False) == ()


def test_rule_16_strange_term_that_counts_is_shown(summarised: Summarised) -> None:
    world = World()
    world.event("direct_assistance", world.person(), given_on=IN_MARCH, kind="forgotten")
    terms = summarised(world).terms("direct_assistance", "persons_by_kind")
    assert terms[-2:] == ("forgotten", "not_stated")


def test_rule_17_figures_carry_the_version_of_the_rules_and_the_time(
    summarised: Summarised,
) -> None:
    summary = summarised(World(), today=date(2023, 7, 5))
    assert summary.rules_version == RULES_VERSION
    assert summary.counted_at.isoformat() == "2023-07-05T12:00:00+00:00"
    assert summary.period.code == "2023-S1"
