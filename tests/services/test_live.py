from datetime import date

from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.periods import PeriodKind, period_of
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.live import count_fully, disagreements, planned_without_date
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary import CellKey, changed

SEMESTER = period_of(PeriodKind.SEMESTER, date(2023, 3, 1))


def return_draft(**values: object) -> Draft:
    return Draft(
        "return_from_morocco",
        {"person_id": "a" * 32, "office": "RBA", "country": "CI", **values},
    )


def test_planned_without_date_leaves_out_departures_and_exits(
    register: Register, records: Records, actor: Actor
) -> None:
    planned = {"planned_on": date(2023, 5, 2)}
    records.save(
        actor,
        person_draft(),
        registration_draft(),
        return_draft(**planned),
        return_draft(planned_on=date(2023, 5, 3), departed_on=date(2023, 5, 4)),
        return_draft(planned_on=date(2023, 5, 5), exit_kind="withdrawn", exit_on=date(2023, 5, 5)),
        return_draft(planned_on=date(2023, 8, 1)),
        confirm_all="several trips",
    )
    assert planned_without_date(register, SEMESTER)["returns_from_morocco"] == 1


def test_disagreements_name_the_cells(register: Register) -> None:
    counted = count_fully(register, SEMESTER).summary
    key = CellKey("registrations", "persons")
    assert disagreements(counted, counted) == ()
    assert disagreements(changed(counted, {key: 1}), counted) == (key,)
