from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest
from tests.services.conftest import person_draft
from tests.services.test_chain import PERSON, alter, found

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.services.chain import Fault, FaultKind
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.erased import erase_payloads, erased_on
from avrr_desktop.services.history import history_of
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.past import past
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

DAY = date(2030, 3, 12)
CREATED, CHANGED = 1, 3  # lines: the person, their consent, the person's other name


@pytest.fixture
def register(register: Register, records: Records, actor: Actor) -> Register:
    records.save(actor, person_draft())
    records.save(actor, Draft("person", {"given_name": "Awa"}, id=PERSON))
    return register


def erase(register: Register, which: Iterable[int]) -> int:
    with register.database.writing() as connection:
        journal = Journal(connection, register.actor, register.clock, action="retention")
        return erase_payloads(connection, which, DAY, journal=journal)


def test_erasing_leaves_the_chain_whole_and_no_name(register: Register) -> None:
    assert erase(register, [CREATED, CHANGED]) == 2
    assert found(register) == ()
    with register.database.reading() as connection:
        rows = connection.exec_driver_sql(
            "SELECT before, after FROM change WHERE sequence IN (1, 3)"
        )
        kept = [tuple(row) for row in rows]
    mark = '{"erased_on": "2030-03-12"}'
    assert kept == [(None, mark), (mark, mark)]


def test_the_journal_stays_append_only(register: Register) -> None:
    erase(register, [CREATED])
    with (
        pytest.raises(Exception, match="append-only"),
        register.database.writing() as connection,
    ):
        connection.exec_driver_sql("UPDATE change SET reason = 'x'")


@pytest.mark.parametrize(
    "image",
    [
        '{"erased_on": "2030-03-12", "given_name": "X"}',
        '{"erased_on": "yesterday"}',
        '{"erased_on": "2031-01-01"}',
    ],
)
def test_no_other_shape_or_day_passes(register: Register, image: str) -> None:
    erase(register, [CHANGED])
    alter(register, f"UPDATE change SET before = '{image}', after = '{image}' WHERE sequence = 3")
    assert found(register) == (Fault(FaultKind.ALTERED, 3),)


def test_what_the_journal_does_not_say_was_erased_was_altered(register: Register) -> None:
    erase(register, [CREATED])
    mark = '{"erased_on": "2030-03-12"}'
    alter(register, f"UPDATE change SET before = '{mark}', after = '{mark}' WHERE sequence = 3")
    assert found(register) == (Fault(FaultKind.ALTERED, 3),)


def test_undo_and_the_time_machine_say_so(
    register: Register, records: Records, actor: Actor
) -> None:
    erase(register, [CHANGED])
    with pytest.raises(UserError) as refused:
        records.undo(actor)
    assert (refused.value.code, refused.value.values["on"]) == ("payload_erased", DAY)
    with pytest.raises(UserError) as refused, past(register, CHANGED - 1):
        pass
    assert (refused.value.code, refused.value.values["on"]) == ("past_erased", DAY)
    with past(register, CHANGED) as view:
        assert view.at == datetime(2023, 7, 5, 10, tzinfo=UTC)


def test_the_history_says_when(register: Register) -> None:
    erase(register, [CHANGED])
    told = {change.sequence: change for change in history_of(register, PERSON)}
    assert told[CHANGED].erased_on == DAY
    assert told[CHANGED].fields == ()
    assert told[CREATED].erased_on is None
    assert told[CREATED].fields


def test_shapes() -> None:
    mark = {"erased_on": "2030-03-12"}
    assert erased_on(None, mark) == erased_on(mark, mark) == DAY
    assert erased_on(None, None) is None
    assert erased_on(mark, {"erased_on": "2030-03-13"}) is None
    assert erased_on({}, mark) is None
