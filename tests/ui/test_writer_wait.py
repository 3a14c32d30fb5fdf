"""Another process holds the register's lock, and the window goes on: outside of forms too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.forms.test_locked import Holder

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.services.settings import read_office, save_office
from avrr_desktop.ui.person.page import PersonPageView
from avrr_desktop.ui.records.deletion import DeletionBar
from avrr_desktop.ui.routes import PersonPage
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.writer_wait import WaitingWords
from avrr_desktop.ui.tasks import Tasks

BEATS = 40  # of the window's thread; SQLite's own wait, of three seconds, would leave it none


@pytest.fixture
def window(
    qapp: QApplication, register: Register, person: str, tasks: Tasks, qtbot: QtBot
) -> Iterator[MainWindow]:
    load_catalogues(register.paths.catalogues)
    made = MainWindow(qapp, register, tasks)
    made.start(PersonPage(person))
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(lambda: tasks.is_idle)
    yield made
    made.leave()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(lambda: tasks.is_idle)


@pytest.fixture
def asked(window: MainWindow) -> DeletionBar:
    """The reason of a deletion is typed already."""
    page = window.page
    assert isinstance(page, PersonPageView)
    assert page.view is not None
    page.deletion.ask("person", page.view.id, "KONÉ")
    page.deletion.reason.setText("deux fois")
    return page.deletion


@pytest.fixture
def holder(register: Register, asked: DeletionBar) -> Iterator[Holder]:
    held = Holder(register.paths.register)
    yield held
    held.end()


def words_of(window: MainWindow) -> WaitingWords | None:
    return next((w for w in window.findChildren(WaitingWords) if w.isVisible()), None)


def when_said(window: MainWindow, act: object) -> QTimer:
    """Do ``act`` once the words are on screen."""
    timer = QTimer(window)
    timer.setInterval(20)

    def look() -> None:
        if words_of(window) is not None:
            timer.stop()
            assert callable(act)
            act()

    timer.timeout.connect(look)
    timer.start()
    return timer


def test_a_deletion_waits_with_words_and_is_done(
    window: MainWindow, asked: DeletionBar, holder: Holder, records: Records, person: str
) -> None:
    said: list[str] = []

    def look() -> None:
        words = words_of(window)
        assert words is not None
        said.append(words.accessibleName())
        QTimer.singleShot(600, window, holder.let_go)

    when_said(window, look)
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    assert said == ["Un autre programme écrit dans le registre"]
    assert words_of(window) is None
    assert records.read("person", person).is_deleted


def test_waiting_is_stopped_and_nothing_is_written(
    window: MainWindow, asked: DeletionBar, holder: Holder, records: Records, person: str
) -> None:
    def stop() -> None:
        words = words_of(window)
        assert words is not None
        QTest.keyClick(words, Qt.Key.Key_Escape)

    when_said(window, stop)
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    assert words_of(window) is None
    holder.let_go()
    assert not records.read("person", person).is_deleted
    assert asked.isVisible()
    assert asked.reason.text() == "deux fois"  # to be tried again


def test_the_settings_wait_too_and_the_window_goes_on(
    window: MainWindow, holder: Holder, register: Register
) -> None:
    beats: list[bool] = []
    beat = QTimer(window)
    beat.setInterval(5)

    def on_beat() -> None:
        beats.append(words_of(window) is not None)
        if beats.count(True) == BEATS:
            beat.stop()
            holder.let_go()

    beat.timeout.connect(on_beat)
    beat.start()
    save_office(register, register.actor, read_office(register))
    assert beats.count(True) == BEATS  # only a window that serves its timers gets the lock freed


def test_what_the_wait_itself_starts_does_not_wait(
    window: MainWindow, holder: Holder, register: Register
) -> None:
    refused: list[str] = []

    def nested() -> None:
        try:
            save_office(register, register.actor, read_office(register))
        except UserError as error:
            refused.append(error.code)
        holder.let_go()

    when_said(window, nested)
    save_office(register, register.actor, read_office(register))
    assert refused == ["register_locked"]


def test_a_short_write_of_another_is_waited_for_without_a_word(
    window: MainWindow, holder: Holder, register: Register
) -> None:
    shown = when_said(window, lambda: pytest.fail("said"))
    QTimer.singleShot(20, window, holder.let_go)
    save_office(register, register.actor, read_office(register))
    shown.stop()
