from datetime import date, timedelta

import pytest
from tests.services.conftest import TODAY, person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.worklist import (
    Missing,
    Work,
    WorkLine,
    due_count,
    person_count,
    work_list,
)

PERSON = "a" * 32


def lines(register: Register) -> dict[Work, WorkLine]:
    return {line.work: line for line in work_list(register)}


@pytest.fixture(autouse=True)
def person(records: Records, actor: Actor) -> None:
    document = {"document": ({"kind": "passport", "number": "R0123456"},)}
    records.save(actor, person_draft(PERSON, **document), registration_draft(PERSON))


def a_return(**values: object) -> Draft:
    usual = {"person_id": PERSON, "office": "RBA", "country": "CI"}
    return Draft("return_from_morocco", {**usual, **values})


def test_a_quiet_day_has_no_line(register: Register) -> None:
    assert lines(register) == {}


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, {Work.PLANNED_SOON, Work.MISSING_PAPERS}),
        (7, {Work.PLANNED_SOON, Work.MISSING_PAPERS}),
        (8, {Work.MISSING_PAPERS}),
        (-1, {Work.PLANNED_PAST}),
    ],
)
def test_planned_return_is_in_the_lists_of_its_day(
    register: Register, records: Records, actor: Actor, days: int, expected: set[Work]
) -> None:
    records.save(actor, a_return(planned_on=TODAY + timedelta(days=days)))
    assert set(lines(register)) == expected


def test_return_that_left_or_was_given_up_is_in_no_list(
    register: Register, records: Records, actor: Actor
) -> None:
    planned = {"planned_on": TODAY - timedelta(days=1)}
    records.save(actor, a_return(**planned, departed_on=TODAY - timedelta(days=1)))
    given_up = {"exit_kind": "withdrawn", "exit_on": TODAY - timedelta(days=2)}
    records.save(actor, a_return(**planned, **given_up), confirm_all="essai")
    assert lines(register) == {}


def test_missing_papers_say_which(register: Register, records: Records, actor: Actor) -> None:
    obtained = {"document_obtained_on": date(2023, 6, 1)}
    records.save(actor, a_return(planned_on=TODAY + timedelta(days=20), **obtained))
    assert [i.detail for i in lines(register)[Work.MISSING_PAPERS].items] == [Missing.AUTHORISATION]


def test_request_waits_until_its_person_is_registered(
    register: Register, records: Records, actor: Actor
) -> None:
    other = "b" * 32
    request = registration_draft(other, contacted_on=date(2023, 6, 20), registered_on=None)
    document = {"document": ({"kind": "passport", "number": "R0999999"},)}
    records.save(actor, person_draft(other, given_name="Issa", **document), request)
    assert [i.person_id for i in lines(register)[Work.REQUESTS].items] == [other]
    records.save(
        actor,
        registration_draft(other, contacted_on=date(2023, 6, 21), registered_on=date(2023, 6, 30)),
    )
    assert Work.REQUESTS not in lines(register)


def test_somebody_about_to_come_of_age_is_shown_with_the_day(
    register: Register, records: Records, actor: Actor
) -> None:
    consent = {
        "given_on": date(2023, 2, 14),
        "form": "written",
        "purposes": ("return",),
        "representative": "Sa mère",
    }
    young = person_draft(
        "c" * 32,
        birth_typed="20/08/2005",
        consent=(consent,),
        document=({"kind": "passport", "number": "R7"},),
    )
    records.save(actor, young)
    assert [i.day for i in lines(register)[Work.COMING_OF_AGE].items] == [date(2023, 8, 20)]


def test_incomplete_person_says_what_is_missing(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft("d" * 32, birth_typed=None))
    line = lines(register)[Work.INCOMPLETE]
    assert [(i.person_id, i.detail) for i in line.items] == [
        ("d" * 32, Missing.BIRTH_DATE_AND_DOCUMENT)
    ]
    assert due_count([line]) == 0


def test_visit_is_due_six_months_after_the_start_until_made(
    register: Register, records: Records, actor: Actor
) -> None:
    left = "e" * 32
    back = a_return(departed_on=date(2022, 11, 1))
    records.save(actor, Draft(back.record, back.values, new_id=left), confirm_all="essai")
    help_given = {
        "person_id": PERSON,
        "office": "RBA",
        "return_from_morocco_id": left,
        "country": "CI",
        "dimension": "economic",
        "kind": "individual_business",
        "fund": "iom_morocco",
        "started_on": date(2022, 12, 1),
    }
    saved = records.save(actor, Draft("reintegration", help_given), confirm_all="essai")
    assert [i.detail for i in lines(register)[Work.VISITS_DUE].items] == ["six_months"]
    visit = {"visited_on": date(2023, 6, 10), "wave": "six_months"}
    stored = records.read("reintegration", saved.ids[0])
    records.save(
        actor,
        Draft("reintegration", {**stored.values, "visit": (visit,)}, id=stored.id),
        confirm_all="essai",
    )
    assert Work.VISITS_DUE not in lines(register)


def test_person_count_leaves_out_the_deleted(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft("f" * 32))
    assert person_count(register) == 2
    records.delete(actor, "person", "f" * 32, "essai")
    assert person_count(register) == 1
