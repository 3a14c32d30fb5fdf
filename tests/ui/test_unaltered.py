from datetime import date

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from tests.ui.conftest import person_draft, registration_draft

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.periods import parse_period
from avrr_desktop.services.closing.closings import close
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.shell.unaltered import look_for_alterations

PERSON = "a" * 32


@pytest.fixture
def closed(register: Register, records: Records, actor: Actor) -> Register:
    records.save(actor, person_draft(PERSON))
    records.save(actor, registration_draft(PERSON, registered_on=date(2023, 2, 14)))
    close(register, actor, parse_period("2023-S1"))
    return register


def said(register: Register, qtbot: QtBot) -> list[str]:
    """What a start says of the register."""
    sentences: list[str] = []
    parent = QObject()
    tasks = look_for_alterations(register, parent, sentences.append, after_ms=0)
    qtbot.waitUntil(lambda: tasks.is_idle)
    tasks.finish()
    return sentences


def test_start_is_silent_when_all_holds(closed: Register, qtbot: QtBot) -> None:
    assert said(closed, qtbot) == []


@pytest.mark.parametrize(
    ("statement", "word"),
    [
        ("UPDATE closing SET actor_name = 'Nobody'", "2023-S1"),
        ("UPDATE change SET actor_name = 'Nobody' WHERE sequence = 2", "2"),
    ],
)
def test_start_says_what_another_program_altered(
    closed: Register, qtbot: QtBot, statement: str, word: str
) -> None:
    with closed.database.writing() as connection:
        connection.execute(text("DROP TRIGGER change_is_append_only_update"))
        connection.execute(text(statement))
    (sentence,) = said(closed, qtbot)
    assert word in sentence
