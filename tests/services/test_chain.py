import sqlite3
from datetime import date

import pytest
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.services.chain import first_broken
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

PERSON = "a" * 32
TRIGGERS = "DROP TRIGGER change_is_append_only_update; DROP TRIGGER change_is_append_only_delete;"


@pytest.fixture
def lines(register: Register, records: Records, actor: Actor) -> Register:
    """A journal of five lines: two saves and a deletion."""
    records.save(actor, person_draft(), registration_draft(registered_on=date(2023, 2, 14)))
    records.save(actor, Draft("person", {"given_name": "Awa"}, id=PERSON))
    return register


def broken(register: Register) -> int | None:
    with register.database.reading() as connection:
        return first_broken(connection)


def alter(register: Register, statement: str) -> None:
    """Another SQLite tool, which knows how to drop a trigger."""
    other = sqlite3.connect(register.paths.register)
    other.executescript(f"{TRIGGERS} {statement};")
    other.commit()
    other.close()


def test_an_untouched_journal_holds(lines: Register) -> None:
    assert broken(lines) is None


@pytest.mark.parametrize(
    ("statement", "sequence"),
    [
        ("UPDATE change SET actor_name = 'nobody' WHERE sequence = 2", 2),
        ("UPDATE change SET reason = 'because' WHERE sequence = 3", 3),
        ("UPDATE change SET at = '2020-01-01 00:00:00' WHERE sequence = 1", 1),
        ("UPDATE change SET after = json_set(after, '$.given_name', 'X') WHERE sequence = 4", 4),
        ("UPDATE change SET chain = NULL WHERE sequence = 2", 2),
        ("DELETE FROM change WHERE sequence = 2", 3),
        (
            """UPDATE change SET sequence = 99 WHERE sequence = 2;
            UPDATE change SET sequence = 2 WHERE sequence = 3;
            UPDATE change SET sequence = 3 WHERE sequence = 99""",
            2,
        ),
    ],
)
def test_an_altered_line_is_found(lines: Register, statement: str, sequence: int) -> None:
    alter(lines, statement)
    assert broken(lines) == sequence
