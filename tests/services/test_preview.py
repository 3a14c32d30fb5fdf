"""What a save would move is counted by the save itself, and nothing of it is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.preview import preview
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import CellKey

S1 = parse_period("2023-S1")
RETURN = Draft(
    "return_from_morocco",
    {"person_id": "a" * 32, "office": "RBA", "country": "CI", "departed_on": date(2023, 5, 24)},
)


def test_preview_equals_what_the_save_moves(
    register: Register, records: Records, actor: Actor
) -> None:
    records.save(actor, person_draft(), registration_draft())
    before = preview(register, actor, (RETURN,), S1)
    assert before is not None
    assert before[CellKey("returns_from_morocco", "persons", None, "women")] == 1
    assert records.save(actor, RETURN, watch=S1).delta == before


def test_preview_keeps_nothing(register: Register, records: Records, actor: Actor) -> None:
    records.save(actor, person_draft(), registration_draft())
    last = records.undoable(actor)
    preview(register, actor, (RETURN,), S1)
    preview(register, actor, (person_draft("b" * 32),), S1)
    assert records.undoable(actor) == last
    with register.database.reading() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM person").scalar()
    assert count == 1


def test_what_was_saved_while_the_preview_waited_for_the_register_is_not_entered_twice(
    register: Register, records: Records, actor: Actor
) -> None:
    drafts = (person_draft("b" * 32),)
    done, answers = Event(), list[object]()
    with ThreadPoolExecutor(1) as worker:
        with register.database.writing():  # somebody else is at it
            asked = worker.submit(preview, register, actor, drafts, S1, lambda: not done.is_set())
            done.set()  # the form is being saved: nobody looks at the preview any more
        answers.append(asked.result())
    records.save(actor, *drafts)
    with ThreadPoolExecutor(1) as worker:
        answers.append(worker.submit(preview, register, actor, drafts, S1, lambda: False).result())
    assert answers == [None, None]


def test_preview_of_what_cannot_be_saved_is_none(register: Register, actor: Actor) -> None:
    assert preview(register, actor, (RETURN,), S1) is None
