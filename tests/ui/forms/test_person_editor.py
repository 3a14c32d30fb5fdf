"""Searching for a person within a form: on the worker, the last word wins, Enter is not lost."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, get_ident

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.ui.forms.conftest import person_id

from avrr_desktop.services.register import Register
from avrr_desktop.services.subjects import Subject, find_subjects
from avrr_desktop.ui.forms import person_editor
from avrr_desktop.ui.forms.person_editor import PersonEditor


class Finding:
    """The real search, held up on the worker until it is let go."""

    def __init__(self) -> None:
        self.gui = get_ident()
        self.may_end = Event()
        self.words: list[str] = []
        self.threads: set[int] = set()

    def __call__(self, register: Register, typed: str, limit: int) -> tuple[Subject, ...]:
        self.words.append(typed)
        self.threads.add(get_ident())
        assert get_ident() == self.gui or self.may_end.wait(30)
        return find_subjects(register, typed, limit)


@pytest.fixture
def finding(monkeypatch: pytest.MonkeyPatch) -> Iterator[Finding]:
    found = Finding()
    monkeypatch.setattr(person_editor, "find_subjects", found)
    yield found
    found.may_end.set()


@pytest.fixture
def editor(register: Register, family: str, qtbot: QtBot) -> PersonEditor:
    made = PersonEditor("person_id", "Personne", register)
    qtbot.addWidget(made)
    made.resize(500, 300)
    made.show()
    made.line.setFocus()
    return made


def test_keys_go_on_while_it_searches_and_the_last_word_wins(
    editor: PersonEditor, finding: Finding, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor.line, "diallo")
    qtbot.waitUntil(lambda: finding.words == ["diallo"])
    QTest.keyClicks(editor.line, " fatoumata")  # the first search is still at it
    assert editor.line.text() == "diallo fatoumata"
    finding.may_end.set()
    qtbot.waitUntil(editor.hits.isVisible)
    assert finding.words == ["diallo", "diallo fatoumata"]
    assert editor.hits.model().rowCount() >= 1
    assert "Fatoumata" in str(editor.hits.model().index(0, 0).data())
    assert get_ident() not in finding.threads


def test_enter_before_the_hits_picks_the_first_at_once(
    editor: PersonEditor, finding: Finding, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor.line, "diallo")
    qtbot.waitUntil(lambda: finding.words == ["diallo"])
    QTest.keyClicks(editor.line, " fatoumata")
    with qtbot.waitSignal(editor.finished):
        QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert editor.value() == person_id("2")  # the keys that follow are of the next field
    finding.may_end.set()
    qtbot.waitUntil(lambda: editor._tasks.is_idle)
    assert editor.value() == person_id("2")
    assert not editor.hits.isVisible()


def test_what_is_found_after_a_choice_is_not_shown(
    editor: PersonEditor, finding: Finding, qtbot: QtBot
) -> None:
    QTest.keyClicks(editor.line, "diallo")
    qtbot.waitUntil(lambda: bool(finding.words))
    editor.set_value(person_id("3"))
    finding.may_end.set()
    qtbot.waitUntil(lambda: editor._tasks.is_idle)
    assert not editor.hits.isVisible()
    assert editor.value() == person_id("3")
