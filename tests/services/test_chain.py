import json
import shutil
import sqlite3
from datetime import date

import pytest
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.services.audit import accept_head, note_restored
from avrr_desktop.services.chain import Fault, FaultKind, faults, first_broken
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register

PERSON = "a" * 32
TRIGGERS = "".join(
    f"DROP TRIGGER IF EXISTS change_is_append_only_{e};" for e in ("update", "delete")
)


@pytest.fixture
def lines(register: Register, records: Records, actor: Actor) -> Register:
    """A journal of five lines: two saves and a deletion."""
    records.save(actor, person_draft(), registration_draft(registered_on=date(2023, 2, 14)))
    records.save(actor, Draft("person", {"given_name": "Awa"}, id=PERSON))
    return register


def broken(register: Register) -> int | None:
    with register.database.reading() as connection:
        return first_broken(connection)


def found(register: Register) -> tuple[Fault, ...]:
    """What the chain and the head show."""
    head = register.head.read()
    with register.database.reading() as connection:
        return (*faults(connection), *register.head.faults(connection, head))


def alter(register: Register, statement: str) -> None:
    """Another SQLite tool, which knows how to drop a trigger."""
    other = sqlite3.connect(register.paths.register)
    other.executescript(f"{TRIGGERS} {statement};")
    other.commit()
    other.close()


def last(register: Register) -> int:
    with register.database.reading() as connection:
        found = connection.exec_driver_sql("SELECT max(sequence) FROM change").scalar()
    assert isinstance(found, int)
    return found


def test_an_untouched_journal_holds(lines: Register) -> None:
    assert found(lines) == ()


SWAP = """UPDATE change SET sequence = 99 WHERE sequence = 2;
UPDATE change SET sequence = 2 WHERE sequence = 3;
UPDATE change SET sequence = 3 WHERE sequence = 99"""
ALTERED, MISSING, MOVED = FaultKind.ALTERED, FaultKind.MISSING, FaultKind.MOVED


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE change SET actor_name = 'nobody' WHERE sequence = 2", Fault(ALTERED, 2)),
        ("UPDATE change SET reason = 'because' WHERE sequence = 3", Fault(ALTERED, 3)),
        ("UPDATE change SET at = '2020-01-01 00:00:00' WHERE sequence = 1", Fault(ALTERED, 1)),
        (
            "UPDATE change SET after = json_set(after, '$.given_name', 'X') WHERE sequence = 4",
            Fault(ALTERED, 4),
        ),
        ("UPDATE change SET chain = NULL WHERE sequence = 2", Fault(ALTERED, 2)),
        ("DELETE FROM change WHERE sequence = 2", Fault(MISSING, 2, 2)),
        ("DELETE FROM change WHERE sequence < 3", Fault(MISSING, 1, 2)),
        (SWAP, Fault(MOVED, 2, 3)),
    ],
)
def test_an_altered_line_is_found_and_no_other(
    lines: Register, statement: str, expected: Fault
) -> None:
    alter(lines, statement)
    assert found(lines) == (expected,)
    assert broken(lines) == expected.sequence


def test_each_altered_line_is_told(lines: Register) -> None:
    alter(
        lines,
        "UPDATE change SET reason = 'x' WHERE sequence = 1; DELETE FROM change WHERE sequence = 3",
    )
    assert found(lines) == (Fault(ALTERED, 1), Fault(MISSING, 3, 3))


def test_a_payload_and_its_digest_cannot_be_forged_together(lines: Register) -> None:
    """Who knows how the chain is made, but not the key, gets no digest that fits."""
    from hashlib import sha256

    from avrr_desktop.services.chain import canonical

    plain = sha256(canonical([None, {"id": "x"}])).hexdigest()
    image = """before = NULL, after = '{"id": "x"}'"""
    alter(lines, f"UPDATE change SET {image}, payload_digest = '{plain}' WHERE sequence = 4")
    assert Fault(ALTERED, 4) in found(lines)


def test_a_journal_sealed_before_keys_still_holds(lines: Register, records: Records) -> None:
    """Lines of the version before: SHA-256 of the payload, no head."""
    from hashlib import sha256

    from sqlalchemy import select

    from avrr_desktop.db.tables import CHANGE
    from avrr_desktop.services.chain import START, canonical, seal

    with lines.database.reading() as connection:
        rows = [dict(row) for row in connection.execute(select(CHANGE)).mappings()]
    previous, statements = START, ["DELETE FROM setting WHERE key = 'journal.keys'"]
    for row in rows:
        plain = sha256(canonical([row["before"], row["after"]])).hexdigest()
        row["payload_digest"] = plain
        previous = seal(previous, row)
        statements.append(
            f"UPDATE change SET payload_digest = '{plain}', chain = '{previous}'"
            f" WHERE sequence = {row['sequence']}"
        )
    alter(lines, "; ".join(statements))
    lines.paths.journal_head.unlink()
    assert found(lines) == ()
    records.save(lines.actor, Draft("person", {"given_name": "Awa Marie"}, id=PERSON))
    assert lines.paths.journal_head.exists()
    assert found(lines) == ()
    alter(lines, "UPDATE change SET after = NULL WHERE sequence = 2")
    assert found(lines) == (Fault(ALTERED, 2),)


def test_a_cut_end_is_told_by_the_head(lines: Register) -> None:
    end = last(lines)
    alter(lines, f"DELETE FROM change WHERE sequence >= {end - 1}")
    assert found(lines) == (Fault(FaultKind.CUT, end - 1, end),)


def test_a_save_after_the_cut_does_not_hide_it(lines: Register, records: Records) -> None:
    end = last(lines)
    alter(lines, f"DELETE FROM change WHERE sequence = {end}")
    for name in ("Mariam", "Fatou", "Aminata"):
        records.save(lines.actor, Draft("person", {"given_name": name}, id=PERSON))
    assert found(lines) == (Fault(FaultKind.REWRITTEN, end),)


def test_lines_beyond_the_head_are_accepted(lines: Register, records: Records) -> None:
    """Killed between the commit and the head."""
    kept = lines.paths.journal_head.read_bytes()
    records.save(lines.actor, Draft("person", {"given_name": "Mariam"}, id=PERSON))
    lines.paths.journal_head.write_bytes(kept)
    assert found(lines) == ()
    records.save(lines.actor, Draft("person", {"given_name": "Fatou"}, id=PERSON))
    assert found(lines) == ()
    assert json.loads(lines.paths.journal_head.read_bytes())["sequence"] == last(lines)


def test_a_head_written_by_hand_is_told(lines: Register) -> None:
    head = json.loads(lines.paths.journal_head.read_bytes())
    head["sequence"] -= 1
    lines.paths.journal_head.write_text(json.dumps(head))
    assert [fault.kind for fault in found(lines)] == [FaultKind.HEAD_ALTERED]
    lines.paths.journal_head.write_text("nothing")
    assert [fault.kind for fault in found(lines)] == [FaultKind.HEAD_ALTERED]


def test_a_head_taken_away_with_the_end_of_the_journal_stays_told(
    lines: Register, records: Records, actor: Actor
) -> None:
    alter(lines, f"DELETE FROM change WHERE sequence = {last(lines)}")
    lines.paths.journal_head.unlink()
    assert [fault.kind for fault in found(lines)] == [FaultKind.HEAD_MISSING]
    records.save(actor, Draft("person", {"given_name": "Mariam"}, id=PERSON))
    assert [fault.kind for fault in found(lines)] == [FaultKind.HEAD_MISSING]
    accept_head(lines, actor, "The folder was moved to another computer.")
    assert found(lines) == ()
    records.save(actor, Draft("person", {"given_name": "Fatou"}, id=PERSON))
    assert found(lines) == ()


def test_a_save_does_not_fail_for_its_head(lines: Register, records: Records, actor: Actor) -> None:
    lines.paths.journal_head.unlink()
    lines.paths.journal_head.mkdir()
    records.save(actor, Draft("person", {"given_name": "Mariam"}, id=PERSON))
    assert records.read("person", PERSON).values["given_name"] == "Mariam"


def test_a_restored_backup_is_a_link(lines: Register, records: Records, actor: Actor) -> None:
    backup = lines.paths.data_dir / "backup.sqlite"
    lines.database.copy_to(backup)
    sequence = last(lines)
    records.save(actor, Draft("person", {"given_name": "Mariam"}, id=PERSON))
    lines.database.close()
    for log in lines.paths.data_dir.glob("register.sqlite-*"):
        log.unlink()
    shutil.copy(backup, lines.paths.register)
    assert [fault.kind for fault in found(lines)] == [FaultKind.CUT]
    note_restored(lines, actor, "2023-07-05", sequence)
    lines.head.settle(lines.database)
    assert found(lines) == ()
    records.save(actor, Draft("person", {"given_name": "Fatou"}, id=PERSON))
    assert found(lines) == ()
