"""Which files are due, and when."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from tests.retention.conftest import CASE, CHILD, HEAD, OTHER

from avrr_desktop.core.births import years_after
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.retention.anonymising import anonymise
from avrr_desktop.services.retention.due import read_retention
from avrr_desktop.services.settings import read_office, save_office


def due(register: Register) -> dict[str, date]:
    return {one.person_id: one.due_on for one in read_retention(register).due}


def test_ten_years_after_the_case_closed(register: Register) -> None:
    found = read_retention(register)
    assert {one.person_id: one.due_on for one in found.due} == {
        HEAD: date(2022, 12, 1),
        CHILD: date(2022, 12, 1),
        OTHER: date(2023, 1, 10),  # in no case, without an event: from the entry
    }
    assert (found.years, found.left_open) == (10, 0)
    assert found.due[0].cases == ("RBA-2012-0001",)


def test_the_day_before_it_is_not_due(register: Register, clock: FixedClock) -> None:
    clock.instant = datetime(2022, 11, 30, 10, tzinfo=UTC)
    assert not due(register)
    clock.instant = datetime(2022, 12, 1, 10, tzinfo=UTC)
    assert set(due(register)) == {HEAD, CHILD}


def test_a_later_event_keeps_its_person_alone(register: Register) -> None:
    given = {"person_id": CHILD, "office": "RBA", "kind": "voucher", "given_on": date(2019, 1, 1)}
    given |= {"amount": 60_000, "currency": "MAD"}
    draft = Draft("direct_assistance", given)
    Records(register).save(register.local_actor, draft, confirm_all="test")
    assert set(due(register)) == {HEAD, OTHER}


def test_a_case_never_closed_is_told(register: Register) -> None:
    open_again = Draft("case_file", {"closed_on": None}, id=CASE)
    Records(register).save(register.local_actor, open_again, confirm_all="test")
    found = read_retention(register)
    assert [one.person_id for one in found.due] == [OTHER]
    assert found.left_open == 2


def test_the_office_says_how_long(register: Register) -> None:
    office = replace(read_office(register), retention_years="11")
    save_office(register, register.local_actor, office)
    assert not due(register)


@pytest.mark.parametrize("typed", ["", "0", "51", "dix"])
def test_a_time_that_is_none_is_refused(register: Register, typed: str) -> None:
    office = replace(read_office(register), retention_years=typed)
    with pytest.raises(UserError, match="bad_retention"):
        save_office(register, register.local_actor, office)


def test_what_is_anonymised_is_due_no_more(register: Register) -> None:
    anonymise(register, register.local_actor, [HEAD], "Délai")
    assert set(due(register)) == {CHILD, OTHER}


def test_who_is_in_the_bin_is_due_from_that_day(register: Register, clock: FixedClock) -> None:
    Records(register).delete(register.local_actor, "person", HEAD, "Doublon")
    assert HEAD not in due(register)
    clock.instant = datetime(2033, 3, 2, 10, tzinfo=UTC)
    assert due(register)[HEAD] == date(2033, 3, 1)


def test_the_29th_of_february() -> None:
    assert years_after(date(2012, 2, 29), 10) == date(2022, 3, 1)
