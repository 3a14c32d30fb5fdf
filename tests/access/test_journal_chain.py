"""The journal of a protected register: altered with another tool, and kept through its keys."""

from contextlib import closing

import pytest
from sqlalchemy import select
from tests.access.conftest import AMINA, CHEAP
from tests.services.conftest import person_draft

from avrr_desktop.core.clock import FixedClock
from avrr_desktop.db.database import connect
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.protecting import protect
from avrr_desktop.services.access.rotation import rotate_key
from avrr_desktop.services.audit_check import check_journal
from avrr_desktop.services.chain import Fault, FaultKind
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register, create_register

PERSON = "a" * 32


@pytest.fixture
def register(register: Register) -> Register:
    records = Records(register)
    records.save(register.actor, person_draft())
    records.save(register.actor, Draft("person", {"given_name": "Awa"}, id=PERSON))
    return register


def digests(register: Register) -> list[str]:
    with register.database.reading() as connection:
        query = select(CHANGE.c.payload_digest).order_by(CHANGE.c.sequence)
        return list(connection.execute(query).scalars())


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE change SET actor_name = 'nobody' WHERE sequence = 2", [FaultKind.ALTERED]),
        ("DELETE FROM change WHERE sequence = 1", [FaultKind.MISSING]),
        ("DELETE FROM change WHERE sequence = 3", [FaultKind.CUT]),
    ],
)
def test_an_alteration_with_the_key_is_told(
    register: Register, statement: str, expected: list[FaultKind]
) -> None:
    assert check_journal(register) == ()
    assert register.access is not None
    with closing(connect(register.paths.register, register.access.keys[0].secret)) as other:
        other.execute("DROP TRIGGER change_is_append_only_update")
        other.execute("DROP TRIGGER change_is_append_only_delete")
        other.execute(statement)
    assert [fault.kind for fault in check_journal(register)] == expected


def test_the_chain_outlives_a_rotation_of_the_key(register: Register) -> None:
    again = rotate_key(register, register.actor)
    try:
        assert check_journal(again) == ()
        Records(again).save(again.actor, Draft("person", {"given_name": "Mariam"}, id=PERSON))
        assert check_journal(again) == ()
    finally:
        again.close()


def test_protecting_begins_another_key_and_says_so(paths: Paths, clock: FixedClock) -> None:
    plain = create_register(paths, clock, is_demo=False)
    Records(plain).save(plain.actor, person_draft())
    plain.close()
    register = protect(paths, clock, AMINA, CHEAP).register
    try:
        assert check_journal(register) == ()
        kinds = [digest.partition(":")[0] for digest in digests(register)]
        assert kinds == ["k1"] * (len(kinds) - 1) + ["k2"]
        with register.database.reading() as connection:
            actions = list(
                connection.execute(select(CHANGE.c.action).order_by(CHANGE.c.sequence)).scalars()
            )
        assert actions[-1] == "protect"
    finally:
        register.close()


def test_the_head_holds_no_name(register: Register) -> None:
    kept = register.paths.journal_head.read_bytes()
    assert b"KON" not in kept
    assert b"Amina" not in kept


def test_a_missing_line_is_told_once(register: Register) -> None:
    assert register.access is not None
    with closing(connect(register.paths.register, register.access.keys[0].secret)) as other:
        other.execute("DROP TRIGGER change_is_append_only_delete")
        other.execute("DELETE FROM change WHERE sequence = 2")
    assert check_journal(register) == (Fault(FaultKind.MISSING, 2, 2),)
