import csv
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select
from tests.services.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.labels import Language
from avrr_desktop.core.periods import parse_period
from avrr_desktop.core.translation import translator
from avrr_desktop.db.tables import CHANGE
from avrr_desktop.services.audit import Action, Subject, note
from avrr_desktop.services.audit_export import export_journal
from avrr_desktop.services.audit_lines import (
    AuditQuery,
    choices,
    line_shown,
    lines,
    sequences,
)
from avrr_desktop.services.audit_words import action_text, record_text, summary_text
from avrr_desktop.services.chain import first_broken
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.exchange import export_nominal, write_template
from avrr_desktop.services.past import past
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.restoring import can_be_restored, restore_value
from avrr_desktop.services.settings import OfficeSettings, save_office
from avrr_desktop.services.summary import summary_of
from avrr_desktop.services.workbook import export_workbook

PERSON = "a" * 32
PERIOD = parse_period("2023-S1")
SAY = translator(Language.EN)


@pytest.fixture
def register(register: Register, records: Records, actor: Actor) -> Register:
    records.save(
        actor,
        person_draft(medical_notes="asthma"),
        registration_draft(registered_on=date(2023, 2, 14)),
    )
    records.save(actor, Draft("person", {"given_name": "Awa"}, id=PERSON), reason="passport seen")
    return register


def actions(register: Register) -> list[str]:
    with register.database.reading() as connection:
        query = select(CHANGE.c.action).order_by(CHANGE.c.sequence)
        return list(connection.execute(query).scalars())


def latest(register: Register, action: str) -> tuple[str, str, object]:
    with register.database.reading() as connection:
        query = select(CHANGE).where(CHANGE.c.action == action).order_by(CHANGE.c.sequence.desc())
        row = connection.execute(query).first()
    assert row is not None
    return row.table_name, row.record_id, row.after


def test_exports_are_noted_without_names(register: Register, tmp_path: Path) -> None:
    export_workbook(register, PERIOD, tmp_path / "figures.xlsx", Language.FR)
    assert latest(register, "export") == (
        "file",
        "figures.xlsx",
        {"what": "workbook", "period": "2023-S1", "language": "fr"},
    )
    export_nominal(register, "registration", tmp_path / "list.xlsx", Language.FR, period=PERIOD)
    table, name, details = latest(register, "export")
    assert (table, name) == ("file", "list.xlsx")
    assert isinstance(details, dict)
    assert (details["what"], details["lines"]) == ("registration", 1)
    assert "KON" not in str(details)
    before = actions(register)
    write_template(register, tmp_path / "template.xlsx", Language.FR)
    assert actions(register) == before


def test_a_restricted_note_seen_is_noted_once_a_session(
    register: Register, records: Records
) -> None:
    for _ in range(3):
        assert records.read("person", PERSON).values["medical_notes"] == "asthma"
    assert actions(register).count("view") == 1
    assert latest(register, "view") == ("view", f"person/{PERSON}", {"fields": ["medical_notes"]})


def test_what_nobody_was_shown_is_not_noted(register: Register, records: Records) -> None:
    register.actor = Actor("b", "Badia Testeuse", register.actor.role, restricted=False)
    assert records.read("person", PERSON).values["medical_notes"] is None
    assert "view" not in actions(register)


def test_lines_that_are_no_change_leave_everything_else_alone(
    register: Register, records: Records, actor: Actor, tmp_path: Path
) -> None:
    """Undo, the time machine and the counts pass them over, whatever id they bear."""
    last = records.undoable(actor)
    assert last is not None
    with past(register, last.batch - 1) as view:
        before = summary_of(view.connection, view.vocabularies, register.clock, PERIOD)
    for action in Action:
        note(register, actor, action, Subject("view", PERSON), {"lines": 1})
        note(register, actor, action, Subject("file", f"person/{PERSON}"))
    records.read("person", PERSON)
    export_workbook(register, PERIOD, tmp_path / "figures.xlsx", Language.FR)
    assert records.undoable(actor) == last
    with past(register, last.batch - 1) as view:
        after = summary_of(view.connection, view.vocabularies, register.clock, PERIOD)
        name = view.connection.exec_driver_sql("SELECT given_name FROM person").scalar()
    assert list(before.iter_cells()) == list(after.iter_cells())
    assert name == "Aïcha"
    assert records.undo(actor) is not None
    assert records.read("person", PERSON).values["given_name"] == "Aïcha"
    with register.database.reading() as connection:
        assert first_broken(connection) is None


def test_a_line_can_never_pass_for_one_of_a_record() -> None:
    with pytest.raises(ValueError, match="person"):
        Subject("person", PERSON)


def test_settings_are_noted_before_and_after(register: Register, actor: Actor) -> None:
    save_office(register, actor, OfficeSettings(name="Bureau de Rabat"))
    (line,) = lines(register, [len(actions(register))])
    assert action_text(line.action, SAY) == "Setting"
    assert summary_text(line, register.vocabularies, SAY) == "OIM Maroc → Bureau de Rabat"


def test_lines_are_read_and_filtered(register: Register, records: Records, actor: Actor) -> None:
    count = len(actions(register))
    assert list(sequences(register, AuditQuery())) == list(range(count, 0, -1))
    note(register, Actor("z", "Zineb Testeuse", actor.role), Action.PRINT, Subject("file", "p.pdf"))
    assert list(sequences(register, AuditQuery(actors=("z",)))) == [count + 1]
    assert list(sequences(register, AuditQuery(actions=("print",)))) == [count + 1]
    assert list(sequences(register, AuditQuery(text="p.pd"))) == [count + 1]
    assert list(sequences(register, AuditQuery(first=date(2023, 7, 6)))) == []
    everything = sequences(register, AuditQuery(first=date(2023, 7, 5), last=date(2023, 7, 5)))
    assert len(everything) == count + 1
    number = str(records.read("person", PERSON).values["number"])
    of_person = set(sequences(register, AuditQuery(text=number)))
    assert of_person == set(sequences(register, AuditQuery(person=PERSON)))
    assert count + 1 not in of_person
    assert len(of_person) == count + 1  # and the line that says who saw the note
    assert dict(choices(register).actors) == {actor.id: actor.name, "z": "Zineb Testeuse"}


def test_a_line_tells_field_before_after_and_reason(register: Register) -> None:
    sequence = len(actions(register))
    (line,) = lines(register, [sequence])
    assert summary_text(line, register.vocabularies, SAY) == "Given name: Aïcha → Awa"
    assert line.reason == "passport seen"
    assert record_text(line, SAY) == f"Person {line.number}"
    assert line.number


def test_restricted_values_are_shown_in_the_details_only_and_noted(register: Register) -> None:
    (line,) = lines(register, [1])
    assert "asthma" not in summary_text(line, register.vocabularies, SAY)
    assert "view" not in actions(register)
    assert "asthma" in summary_text(line_shown(register, 1), register.vocabularies, SAY)
    assert actions(register).count("view") == 1


def test_a_value_is_restored_with_its_reason(register: Register, records: Records) -> None:
    sequence = len(actions(register))
    (line,) = lines(register, [sequence])
    assert line.change is not None
    assert can_be_restored(line.change, line.change.fields[0])
    with pytest.raises(UserError, match="reason_required"):
        restore_value(register, register.actor, sequence, "given_name", " ")
    restore_value(register, register.actor, sequence, "given_name", "typing error")
    assert records.read("person", PERSON).values["given_name"] == "Aïcha"
    (made,) = lines(register, [sequence + 1])
    assert (made.reason, made.action) == ("typing error", "save")


def document(records: Records) -> dict[str, object]:
    """The one paper of the person."""
    kept = records.read("person", PERSON).values["document"]
    assert isinstance(kept, tuple)
    return dict(kept[0])


def test_a_value_of_a_paper_is_restored(register: Register, records: Records) -> None:
    paper = {"kind": "passport", "number": "R0123456", "country": "CI"}
    records.save(register.actor, Draft("person", {"document": (paper,)}, id=PERSON))
    changed = {**document(records), "number": "R0123457"}
    records.save(register.actor, Draft("person", {"document": (changed,)}, id=PERSON))
    sequence = len(actions(register))
    restore_value(register, register.actor, sequence, "number", "paper seen again")
    assert document(records)["number"] == "R0123456"


def test_nothing_is_restored_in_a_record_of_the_bin(register: Register, records: Records) -> None:
    sequence = len(actions(register))
    records.delete(register.actor, "person", PERSON, "test")
    with pytest.raises(UserError, match="value_gone"):
        restore_value(register, register.actor, sequence, "given_name", "typing error")


def test_the_journal_is_exported_and_that_is_noted(register: Register, tmp_path: Path) -> None:
    shown = tuple(sequences(register, AuditQuery()))
    export_journal(register, shown, tmp_path / "journal.csv", Language.EN)
    with (tmp_path / "journal.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    assert len(rows) == len(shown) + 1
    assert rows[1][5] == "Given name: Aïcha → Awa"
    assert "asthma" not in str(rows)
    table, name, details = latest(register, "export")
    assert (table, name) == ("file", "journal.csv")
    assert isinstance(details, dict)
    assert details["lines"] == len(shown)
    export_journal(register, shown, tmp_path / "journal.xlsx", Language.FR)
    sheet = load_workbook(tmp_path / "journal.xlsx").worksheets[0]
    assert sheet.max_row == len(shown) + 1
    assert sheet.cell(2, 1).value == shown[0]


def test_every_action_of_the_program_has_its_word() -> None:
    """A line with no word would be shown by its code."""
    root = Path(__file__).parents[2] / "src" / "avrr_desktop" / "services"
    said = set()
    for path in root.rglob("*.py"):
        said |= set(re.findall(r'\baction="(\w+)"', path.read_text(encoding="utf-8")))
    said |= {action.value for action in Action}
    said.remove("preview")  # never committed
    assert not {each for each in said if action_text(each, SAY) == each.replace("_", " ")}


def test_an_altered_line_of_an_open_register_is_told(register: Register) -> None:
    other = sqlite3.connect(register.paths.register)
    other.executescript(
        "DROP TRIGGER change_is_append_only_update;"
        "UPDATE change SET reason = 'x' WHERE sequence = 2;"
    )
    other.commit()
    other.close()
    with register.database.reading() as connection:
        assert first_broken(connection) == 2
