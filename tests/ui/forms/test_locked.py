"""Saving while a second process holds the register's lock."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.conftest import RecordingShell
from tests.ui.forms.hands import box_of, click, enter, focused_key, pick, press, save, show

from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.forms.page import FormPage
from avrr_desktop.ui.forms.waiting import TRY
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.routes import FormOf

_HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
connection.execute("ROLLBACK")
connection.close()
print("free", flush=True)
"""


class Holder:
    """Another program in the middle of a write."""

    def __init__(self, path: Path) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _HOLD, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._expect("held")

    def let_go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        self._expect("free")

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _expect(self, word: str) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == word


@pytest.fixture
def holder(register: Register, person: str) -> Iterator[Holder]:
    held = Holder(register.paths.register)
    yield held
    held.end()


@pytest.fixture
def page(context: Context, person: str, records: Records, holder: Holder, qtbot: QtBot) -> FormPage:
    """An assistance typed and saved once, while the register is locked."""
    form = FormPage(context, FormOf("direct_assistance", person_ids=(person,)))
    show(qtbot, form)
    qtbot.waitUntil(lambda: focused_key(form) == "given_on")
    enter(form, "010323")
    pick(form, "bon d")
    save(form)
    return form


def wait_for_words(qtbot: QtBot, page: FormPage) -> None:
    qtbot.waitUntil(page.frame.notice.isVisible)


def action(page: FormPage) -> QPushButton:
    found = page.findChild(QPushButton, "form-notice-action")
    assert found is not None
    return found


def test_form_waits_and_saves_once_the_other_program_has_finished(
    page: FormPage, holder: Holder, shell: RecordingShell, records: Records, qtbot: QtBot
) -> None:
    wait_for_words(qtbot, page)
    assert not page.body.isEnabled()
    assert "is writing in the register" in page.frame.notice.accessibleName()
    assert action(page).hasFocus()
    assert not shell.saved
    holder.let_go()
    qtbot.waitUntil(lambda: bool(shell.saved))
    stored = records.read("direct_assistance", shell.saved[0][0].ids[0])
    assert str(stored.values["given_on"]) == "2023-03-01"
    assert page.body.isEnabled()
    assert not page.frame.notice.isVisible()
    assert len(shell.saved) == 1


@pytest.mark.parametrize("by_key", [False, True])
def test_waiting_is_given_up_with_everything_typed_in_place(
    page: FormPage, holder: Holder, shell: RecordingShell, qtbot: QtBot, *, by_key: bool
) -> None:
    wait_for_words(qtbot, page)
    if by_key:
        press(page, Qt.Key.Key_Escape)
    else:
        click(action(page))
    assert not page.saving.waiting.is_on
    assert shell.backs == 0
    assert page.body.isEnabled()
    assert not page.frame.notice.isVisible()
    assert str(box_of(page, "given_on").value()) == "2023-03-01"
    assert page.has_changes()
    holder.let_go()
    save(page)
    assert len(shell.saved) == 1


def test_lock_that_stays_is_said_and_may_be_tried_again(
    page: FormPage, holder: Holder, shell: RecordingShell, qtbot: QtBot
) -> None:
    page.saving.waiting.most = 3
    qtbot.waitUntil(lambda: not page.saving.waiting.is_on)
    assert not shell.saved
    assert "then try again" in page.frame.notice.accessibleName()
    assert page.body.isEnabled()
    assert str(box_of(page, "given_on").value()) == "2023-03-01"
    holder.let_go()
    click(action(page))
    assert len(shell.saved) == 1


def test_page_that_is_left_saves_nothing_later(
    page: FormPage, holder: Holder, shell: RecordingShell, qtbot: QtBot
) -> None:
    wait_for_words(qtbot, page)
    QApplication.sendEvent(page, QHideEvent())
    assert not page.saving.waiting.is_on
    holder.let_go()
    assert not shell.saved


def test_one_try_holds_the_window_up_for_a_moment_only(
    register: Register, page: FormPage, records: Records
) -> None:
    assert TRY <= 50
    with register.database.reading(TRY) as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == TRY
    with register.database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 3000
    page.saving.give_up_waiting()
