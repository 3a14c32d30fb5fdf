"""Counting rules 1 to 3 and 9: which events count, when, and what is counted."""

from __future__ import annotations

from datetime import date

import pytest
from tests.counting.conftest import Summarised
from tests.counting.world import World

from avrr_desktop.core.periods import parse_period

IN_MARCH, IN_JULY = date(2023, 3, 10), date(2023, 7, 1)
BORN = date(1990, 1, 1)


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2022, 12, 31), 0),
        (date(2023, 1, 1), 1),
        (date(2023, 6, 30), 1),
        (date(2023, 7, 1), 0),
    ],
)
def test_rule_01_semester_holds_both_its_ends(
    summarised: Summarised, day: date, counted: int
) -> None:
    world = World()
    world.event("direct_assistance", world.person(), given_on=day)
    assert summarised(world).value("direct_assistance", "persons") == counted


def test_rule_01_year_is_recounted_not_added(summarised: Summarised) -> None:
    world = World()
    person = world.person()
    world.event("direct_assistance", person, given_on=date(2023, 3, 1))
    world.event("direct_assistance", person, given_on=date(2023, 10, 1))
    values = [
        summarised(world, code).value("direct_assistance", "persons")
        for code in ("2023-S1", "2023-S2", "2023", "2023-02-01..2023-11-01", "2023-Q1", "2023-10")
    ]
    assert values == [1] * 6


def test_rule_02_registration_counts_and_a_mere_contact_is_a_request(
    summarised: Summarised,
) -> None:
    world = World()
    world.event(
        "registration",
        world.person(),
        contacted_on=date(2022, 12, 1),
        registered_on=IN_MARCH,
        channel="social_media",
    )
    world.event("registration", world.person(), contacted_on=IN_MARCH, channel="unhcr")
    summary = summarised(world)
    assert summary.value("registrations", "persons") == 1
    assert summary.value("registrations", "persons_by_channel", "social_media") == 1
    assert summary.value("requests", "persons") == 1
    assert summary.value("requests", "persons_by_channel", "unhcr") == 1


@pytest.mark.parametrize(
    ("exit_on", "counted"),
    [(None, 1), (date(2023, 3, 9), 0), (IN_MARCH, 0), (date(2023, 3, 11), 1)],
)
def test_rule_02_exit_until_the_departure_clears_a_return(
    summarised: Summarised, exit_on: date | None, counted: int
) -> None:
    world = World()
    kind = exit_on and "withdrawn"
    world.event(
        "return_from_morocco",
        world.person(),
        departed_on=IN_MARCH,
        exit_on=exit_on,
        exit_kind=kind,
    )
    assert summarised(world).value("returns_from_morocco", "persons") == counted


def test_rule_02_deleted_event_or_person_does_not_count(summarised: Summarised) -> None:
    world = World()
    gone = world.person()
    world.event("return_from_morocco", gone, departed_on=IN_MARCH)
    world.delete("person", gone)
    deleted = world.event("return_from_morocco", world.person(), departed_on=IN_MARCH)
    world.delete("return_from_morocco", deleted)
    assert summarised(world).value("returns_from_morocco", "persons") == 0


def test_rule_02_planned_return_does_not_count(summarised: Summarised) -> None:
    world = World()
    world.event("return_from_morocco", world.person(), planned_on=IN_MARCH)
    assert summarised(world).value("returns_from_morocco", "persons") == 0


def test_rule_02_reintegration_counts_at_its_start_by_fund_and_by_direction(
    summarised: Summarised,
) -> None:
    world = World()
    world.event("reintegration", world.person(), started_on=IN_MARCH, fund="iom_morocco")
    world.event("reintegration", world.person(), started_on=IN_MARCH, fund="spain")
    world.event("reintegration", world.person(), approved_on=IN_MARCH)
    world.event(
        "reintegration",
        world.person(),
        started_on=IN_MARCH,
        return_to_morocco_id="t",
        fund="italy",
    )
    summary = summarised(world)
    assert summary.value("reintegration", "persons") == 1
    assert summary.value("reintegration", "persons_all_funds") == 2
    assert summary.value("reintegration_in_morocco", "persons") == 0
    assert summary.value("reintegration_in_morocco", "persons_all_funds") == 1
    assert summary.donors() == ("iom_morocco", "spain", "italy")


def test_rule_02_referral_counts_whatever_its_outcome(summarised: Summarised) -> None:
    world = World()
    for outcome in (None, "refused", "beneficiary"):
        world.event("referral", world.person(), referred_on=IN_MARCH, outcome=outcome)
    summary = summarised(world)
    assert summary.value("referrals", "persons") == 3
    assert summary.value("referrals", "persons_by_outcome", "refused") == 1
    assert summary.value("referrals", "persons_by_outcome", "not_stated") == 1


def test_rule_02_other_admissions_stand_apart_from_resettlement(summarised: Summarised) -> None:
    world = World()
    for kind in ("resettlement", "family_reunification", "private_sponsorship"):
        world.event("resettlement", world.person(), departed_on=IN_MARCH, kind=kind)
    summary = summarised(world)
    assert summary.value("resettlement", "persons") == 1
    assert summary.value("other_admissions", "persons") == 2


def test_rule_03_persons_services_cases_and_families(summarised: Summarised) -> None:
    world = World()
    mother, child, single = world.person("woman", BORN), world.person(), world.person()
    family, alone = world.family(mother, child), world.family(single)
    for person, case in ((mother, family), (mother, family), (child, family), (single, alone)):
        world.event("direct_assistance", person, given_on=IN_MARCH, case_id=case)
    summary = summarised(world)
    measures = ("persons", "services", "cases", "families")
    assert [summary.value("direct_assistance", name) for name in measures] == [3, 4, 2, 1]


@pytest.mark.parametrize(("to_on", "families"), [(None, 1), (IN_MARCH, 1), (date(2023, 3, 9), 0)])
def test_rule_03_family_has_two_members_on_the_day(
    summarised: Summarised, to_on: date | None, families: int
) -> None:
    world = World()
    stays, leaves = world.person(), world.person()
    case = world.family(stays)
    world.add("membership", case_id=case, person_id=leaves, to_on=to_on)
    world.event("direct_assistance", stays, given_on=IN_MARCH, case_id=case)
    assert summarised(world).value("direct_assistance", "families") == families


def test_rule_03_terms_of_one_person_do_not_add_up(summarised: Summarised) -> None:
    world = World()
    person = world.person("woman", BORN)
    for kind in ("voucher", "medical", "transport"):
        world.event("direct_assistance", person, given_on=IN_MARCH, kind=kind, modality="cash")
    summary = summarised(world)
    kinds = [
        summary.value("direct_assistance", "persons_by_kind", kind)
        for kind in ("voucher", "medical", "transport")
    ]
    assert (summary.value("direct_assistance", "persons"), kinds) == (1, [1, 1, 1])
    assert not summary.is_additive("direct_assistance", "persons_by_kind")
    assert summary.is_additive("direct_assistance", "services_by_kind")
    assert summary.is_additive("direct_assistance", "persons_by_modality")
    assert summary.is_additive("direct_assistance", "persons_by_age_band")


def test_rule_03_missing_term_is_a_cell_and_percents_are_whole(summarised: Summarised) -> None:
    world = World()
    for modality in ("cash", "cash", None):
        world.event("direct_assistance", world.person(), given_on=IN_MARCH, modality=modality)
    summary = summarised(world)
    by = ("direct_assistance", "persons_by_modality")
    assert summary.value(*by, "not_stated") == 1
    assert (summary.percent(*by, "cash"), summary.percent(*by, "not_stated")) == (67, 33)
    assert summary.terms(*by)[-1] == "not_stated"


def test_rule_07_directions_are_two_populations(summarised: Summarised) -> None:
    world = World()
    person = world.person()
    world.event("return_from_morocco", person, departed_on=IN_MARCH)
    world.event("return_to_morocco", person, arrived_on=IN_MARCH)
    summary = summarised(world)
    assert summary.value("returns_from_morocco", "persons") == 1
    assert summary.value("returns_to_morocco", "persons") == 1
    codes = summary.terms("running_totals", "total")
    assert codes == ("returns_from_morocco", "resettlement")


def test_rule_09_cash_on_return_and_reintegration_contain_each_other_not(
    summarised: Summarised,
) -> None:
    world = World()
    both, only_cash = world.person(), world.person()
    world.event("reintegration", both, started_on=IN_MARCH)
    for person in (both, only_cash):
        world.event("cash_on_return", person, paid_on=IN_MARCH)
    summary = summarised(world)
    assert summary.value("reintegration", "persons") == 1
    assert summary.value("cash_on_return", "persons") == 2
    assert summary.value("cash_on_return", "persons_by_country", "CG") == 2


def test_previous_period_is_the_same_kind_before_and_its_zero_blanks_the_percent(
    summarised: Summarised,
) -> None:
    world = World()
    for day in (date(2022, 12, 31), date(2023, 2, 1), date(2023, 3, 1)):
        world.event("direct_assistance", world.person(), given_on=day)
    world.event("referral", world.person(), referred_on=IN_MARCH)
    summary = summarised(world)
    assert summary.change("direct_assistance", "persons") == (1, 100)
    assert summary.previous_value("direct_assistance", "persons") == 1
    assert summary.change("referrals", "persons") == (1, None)
    assert summary.change("referrals", "mean_age") == (None, None)
    assert parse_period("2023-01-11..2023-01-20").previous.code == "2023-01-01..2023-01-10"


@pytest.mark.parametrize(
    ("table", "section", "dated_by", "others"),
    [
        ("return_from_morocco", "returns_from_morocco", "departed_on", {"planned_on": IN_MARCH}),
        ("direct_assistance", "direct_assistance", "given_on", {}),
        ("reintegration", "reintegration", "started_on", {}),
        ("cash_on_return", "cash_on_return", "paid_on", {}),
        ("return_to_morocco", "returns_to_morocco", "arrived_on", {}),
        ("referral", "referrals", "referred_on", {}),
        ("resettlement", "resettlement", "departed_on", {}),
    ],
)
def test_rule_02_each_section_counts_by_its_own_date(
    summarised: Summarised, table: str, section: str, dated_by: str, others: dict[str, date]
) -> None:
    world = World()
    world.event(table, world.person(), **{**others, dated_by: IN_MARCH})
    world.event(table, world.person(), **{**others, dated_by: IN_JULY})
    if others:
        world.event(table, world.person(), **others)  # without its date
    assert summarised(world).value(section, "persons") == 1
    assert summarised(world, "2023").value(section, "persons") == 2


def test_donors_are_the_funds_of_counting_events(summarised: Summarised) -> None:
    world = World()
    person = world.person()
    world.event("direct_assistance", person, given_on=IN_MARCH, fund="spain")
    world.event("direct_assistance", person, given_on=IN_JULY, fund="germany")
    mistaken = world.event("direct_assistance", person, given_on=IN_MARCH, fund="italy")
    world.delete("direct_assistance", mistaken)
    assert summarised(world).donors() == ("spain",)
