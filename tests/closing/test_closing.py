from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import cast

import pytest
from sqlalchemy import text
from tests.closing.random_desk import AUTHOR, CONSENT, REASON, SUPERVISOR, RandomDesk, fill

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import Period, parse_period
from avrr_desktop.services.chain import Fault, FaultKind
from avrr_desktop.services.closing.closings import close, published, reopen
from avrr_desktop.services.closing.corrections import (
    APPROVED,
    OWN_APPROVAL,
    REFUSED,
    TAKEN_BACK,
    approve,
    corrections,
)
from avrr_desktop.services.closing.gap import gap_of
from avrr_desktop.services.closing.held import PENDING, VOID, closing_for, closings
from avrr_desktop.services.closing.verify import Alteration, alterations
from avrr_desktop.services.closing.watch import Moved
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, write_setting
from avrr_desktop.services.summary import CellKey, summarise
from avrr_desktop.services.workbook import export_workbook

MEN = CellKey("registrations", "persons", None, "men")
BOYS = CellKey("registrations", "persons", None, "boys")


@pytest.fixture
def desk(register: Register) -> RandomDesk:
    """Fifteen events of six persons, and a man registered in the semester."""
    made = RandomDesk(register, Random(7))
    fill(made, persons=6, events=15)
    return made


@pytest.fixture
def man(desk: RandomDesk) -> str:
    """A man registered in the semester."""
    who = {"family_name": "SOUARE", "given_name": "Lansana", "sex": "man", "nationality": "GN"}
    values = {**who, "birth_typed": "03/02/1990", "consent": (CONSENT,)}
    day = date(2023, 2, 1)
    event = {"office": "RBA", "contacted_on": day, "registered_on": day, "channel": "unhcr"}
    saved = desk.records.save(
        AUTHOR,
        Draft("person", values, new_id="e" * 32),
        Draft("registration", {"person_id": "e" * 32, **event}),
        confirm_all="test",
    )
    return saved.ids[0]


def edit_birth(desk: RandomDesk, person: str, birth: str, correction: str = "") -> None:
    draft = Draft("person", {"birth_typed": birth}, id=person)
    desk.records.save(AUTHOR, draft, confirm_all="test", correction=correction)


def refusal(call: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        call()
    return caught.value.code


def test_closing_freezes_what_is_counted(desk: RandomDesk, period: Period) -> None:
    register = desk.register
    live = summarise(register, period)
    closing = close(register, SUPERVISOR, period)
    given = published(register, closing)
    frozen = given.counted.summary
    assert (frozen.cells, frozen.previous, frozen.openings) == (
        live.cells,
        live.previous,
        live.openings,
    )
    assert list(frozen.iter_cells()) == list(live.iter_cells())
    assert given.register == register.info
    assert len(closing.fingerprint) == 64
    assert closing_for(register, period) == closing


def test_refusals_of_closing_and_reopening(
    desk: RandomDesk, period: Period, clock: FixedClock
) -> None:
    register = desk.register
    assert refusal(lambda: close(register, SUPERVISOR, parse_period("2023-S2"))) == (
        "semester_not_over"
    )
    assert refusal(lambda: close(register, SUPERVISOR, parse_period("2023-06"))) == "not_a_semester"
    assert refusal(lambda: reopen(register, SUPERVISOR, period, "error")) == "not_closed"
    close(register, SUPERVISOR, period)
    assert refusal(lambda: close(register, SUPERVISOR, period)) == "already_closed"
    assert refusal(lambda: reopen(register, SUPERVISOR, period, "  ")) == "reason_required"
    assert closing_for(register, period) is not None


def test_reopening_voids_the_signature(desk: RandomDesk, man: str, period: Period) -> None:
    register = desk.register
    first = close(register, SUPERVISOR, period)
    edit_birth(desk, man, "03/02/2010", correction=REASON)
    reopened = reopen(register, SUPERVISOR, period, "wrong office")
    assert not reopened.is_in_force
    assert closing_for(register, period) is None
    assert [one.status for one in corrections(register)] == [VOID]
    second = close(register, SUPERVISOR, period)
    assert second.fingerprint != first.fingerprint
    assert {one.id for one in closings(register)} == {first.id, second.id}
    assert alterations(register) == ()


def test_an_author_cannot_let_a_correction_pass_by_reopening(
    desk: RandomDesk, man: str, period: Period
) -> None:
    register = desk.register
    close(register, SUPERVISOR, period)
    edit_birth(desk, man, "03/02/2010", correction=REASON)
    assert refusal(lambda: reopen(register, AUTHOR, period, "wrong")) == "own_correction_waits"
    assert closing_for(register, period) is not None
    assert [one.status for one in corrections(register)] == [PENDING]
    with register.database.writing() as connection:
        write_setting(connection, OWN_APPROVAL, value=True)
    assert not reopen(register, AUTHOR, period, "wrong").is_in_force


def test_an_edit_that_moves_a_closed_figure_says_so_before_saving(
    desk: RandomDesk, man: str, period: Period
) -> None:
    close(desk.register, SUPERVISOR, period)
    with pytest.raises(UserError) as caught:
        edit_birth(desk, man, "03/02/2010")
    assert caught.value.code == "moves_closed"
    (moved,) = cast("tuple[Moved]", caught.value.values["moved"])
    assert (moved.cells[MEN], moved.cells[BOYS]) == (-1, 1)
    assert desk.records.read("person", man).values["birth_typed"] == "03/02/1990"
    assert corrections(desk.register) == ()


def test_an_edit_that_moves_nothing_closed_is_silent(
    desk: RandomDesk, man: str, period: Period
) -> None:
    close(desk.register, SUPERVISOR, period)
    desk.records.save(AUTHOR, Draft("person", {"given_name": "Lassana"}, id=man))
    assert corrections(desk.register) == ()


def test_a_correction_waits_and_is_approved_by_somebody_else(
    desk: RandomDesk, man: str, period: Period
) -> None:
    register = desk.register
    closing = close(register, SUPERVISOR, period)
    edit_birth(desk, man, "03/02/2010", correction=REASON)
    (waiting,) = corrections(register, period)
    assert (waiting.status, waiting.reason, waiting.actor) == (PENDING, REASON, AUTHOR.name)
    assert waiting.effect[MEN] == -1
    assert refusal(lambda: approve(register, AUTHOR, waiting.id)) == "own_correction"
    approve(register, SUPERVISOR, waiting.id)
    assert corrections(register)[0].status == APPROVED
    assert refusal(lambda: approve(register, SUPERVISOR, waiting.id)) == "correction_decided"
    gap = gap_of(register, closing)
    assert (gap.difference[MEN], gap.difference[BOYS]) == (-1, 1)
    frozen = published(register, closing).counted.summary.cells
    assert frozen[MEN] == 1 + gap.recomputed.cells.get(MEN, 0)


def test_the_setting_lets_an_author_approve(desk: RandomDesk, man: str, period: Period) -> None:
    close(desk.register, SUPERVISOR, period)
    edit_birth(desk, man, "03/02/2010", correction=REASON)
    with desk.register.database.writing() as connection:
        write_setting(connection, OWN_APPROVAL, value=True)
    approve(desk.register, AUTHOR, corrections(desk.register)[0].id)
    assert corrections(desk.register)[0].status == APPROVED


def test_a_refused_correction_is_taken_back(desk: RandomDesk, man: str, period: Period) -> None:
    closing = close(desk.register, SUPERVISOR, period)
    edit_birth(desk, man, "03/02/2010", correction=REASON)
    waiting = corrections(desk.register)[0].id
    records = Records(desk.register)
    no_reason = refusal(lambda: records.refuse_correction(SUPERVISOR, waiting, " "))
    assert no_reason == "reason_required"
    records.refuse_correction(SUPERVISOR, waiting, "no paper")
    assert corrections(desk.register)[0].status == REFUSED
    assert desk.records.read("person", man).values["birth_typed"] == "03/02/1990"
    assert gap_of(desk.register, closing).difference == {}


def test_undo_takes_a_waiting_correction_back(desk: RandomDesk, man: str, period: Period) -> None:
    closing = close(desk.register, SUPERVISOR, period)
    edit_birth(desk, man, "03/02/2010", correction=REASON)
    desk.records.undo(AUTHOR)
    assert corrections(desk.register)[0].status == TAKEN_BACK
    assert gap_of(desk.register, closing).difference == {}


def test_undo_of_a_change_from_before_the_closing_needs_a_reason(
    desk: RandomDesk, man: str, period: Period
) -> None:
    edit_birth(desk, man, "03/02/2010")
    close(desk.register, SUPERVISOR, period)
    assert refusal(lambda: desk.records.undo(AUTHOR)) == "moves_closed"
    desk.records.undo(AUTHOR, correction=REASON)
    assert corrections(desk.register)[0].effect[MEN] == 1


@pytest.mark.parametrize("language", list(Language))
def test_the_workbook_of_a_closed_semester_never_changes(
    desk: RandomDesk, man: str, period: Period, tmp_path: Path, language: Language
) -> None:
    register = desk.register
    close(register, SUPERVISOR, period)
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    export_workbook(register, period, first, language)
    edit_birth(desk, man, "03/02/2010", correction=REASON)
    for _ in range(40):
        desk.step()
    export_workbook(register, period, second, language)
    assert first.read_bytes() == second.read_bytes()


def altered(register: Register, statement: str) -> tuple[Alteration, ...]:
    with register.database.writing() as connection:
        for name in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER change_is_append_only_{name}"))
        connection.execute(text(statement))
    return alterations(register)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE closing SET content = members",
        "UPDATE closing SET members = x'789c030000000001'",
        "UPDATE closing SET fingerprint = hex(randomblob(32))",
        "UPDATE closing SET actor_name = 'Nobody'",
        "UPDATE closing SET counted_on = '2024-01-01'",
        "DELETE FROM closing",
    ],
)
def test_an_altered_closing_is_reported(desk: RandomDesk, period: Period, statement: str) -> None:
    close(desk.register, SUPERVISOR, period)
    assert alterations(desk.register) == ()
    assert altered(desk.register, statement) == (Alteration(period="2023-S1"),)


def test_an_altered_line_of_the_journal_is_reported(desk: RandomDesk, period: Period) -> None:
    close(desk.register, SUPERVISOR, period)
    found = altered(desk.register, "UPDATE change SET actor_name = 'X' WHERE sequence = 5")
    assert found == (Alteration(fault=Fault(FaultKind.ALTERED, 5)),)
