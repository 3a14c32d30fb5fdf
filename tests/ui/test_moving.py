"""The move, driven: the file prepared in the settings, the register gone on with on another PC."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.access.conftest import AMINA
from tests.backups.conftest import add_person
from tests.moving.conftest import KARIM, Filled, clock, continued, filled, moved, new, paths
from tests.moving.test_moving import cells, persons
from tests.ui.clipping import cuts

from avrr_desktop.app import Session
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.labels import Language
from avrr_desktop.core.translation import load_catalogues, screen_language, set_screen_language, tr
from avrr_desktop.paths import Paths, resources_dir
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.moving.moved_away import moved_away
from avrr_desktop.services.moving.opening import look_at
from avrr_desktop.services.register import create_register, open_register
from avrr_desktop.ui.access.continue_steps import (
    ContinueHereStep,
    FilePasswordStep,
    FileRecoverStep,
)
from avrr_desktop.ui.access.entry_window import EntryWindow
from avrr_desktop.ui.access.first_start import FirstUserStep
from avrr_desktop.ui.access.log_in import LogInStep
from avrr_desktop.ui.moving.page import MovePage
from avrr_desktop.ui.routes import MoveRegister, NewRegistration, Settings
from avrr_desktop.ui.shell.alone import Alone
from avrr_desktop.ui.shell.desk import Desk
from avrr_desktop.ui.shell.gates import RefusedPage
from avrr_desktop.ui.shell.main_window import MainWindow
from avrr_desktop.ui.shell.ribbon import Ribbon
from avrr_desktop.ui.theme.tokens import Scheme
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.buttons import Button

__all__ = ["clock", "filled", "moved", "new", "paths"]

SMALLEST = (1000, 640)
NEWS = {Language.FR: "Le registre", Language.AR: "يُتابَع", Language.EN: "The register"}


@pytest.fixture(autouse=True)
def _spoken(themed: QApplication) -> None:
    """The sentences as they are shown in each language."""
    load_catalogues(resources_dir() / "i18n")


@pytest.fixture
def sessions(qapp: QApplication, clock: FixedClock) -> Iterator[Callable[[Paths], Session]]:
    made: list[Session] = []

    def make(where: Paths) -> Session:
        made.append(Session(qapp, where, clock))
        return made[-1]

    yield make
    for session in made:
        session.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def type_in(widget: QWidget, name: str, text: str) -> None:
    line = widget.findChild(QLineEdit, name)
    assert line is not None
    line.clear()
    if text:
        QTest.keyClicks(line, text)


def press(widget: QWidget, name: str) -> None:
    button = widget.findChild(Button, name)
    assert button is not None
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answering(typed: dict[str, str]) -> None:
    """Fill in the dialog that is about to open, and accept it."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        assert not cuts(dialog)
        for name, text in typed.items():
            type_in(dialog, name, text)
        press(dialog, "ask-go")
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, answer)


def entry_of(session: Session) -> EntryWindow:
    assert session.entry is not None
    return session.entry


def window_of(session: Session) -> MainWindow:
    assert session.window is not None
    return session.window


def at_work(qtbot: QtBot, session: Session, where: Paths, language: Language) -> MainWindow:
    """The window of the administrator, in a language."""
    Desk(where.settings).language = language
    Desk(where.settings).scheme = Scheme.LIGHT
    clock = session._clock
    session._work_on(open_register(where, clock, enter(where, clock, "amina", AMINA.password)))
    window = window_of(session)
    qtbot.waitUntil(lambda: window.context.tasks.is_idle)
    close_drafts()
    return window


def close_drafts() -> None:
    for widget in QApplication.topLevelWidgets():
        if widget.objectName() == "drafts-dialog":
            widget.close()


def open_file(qtbot: QtBot, session: Session, user: str = "amina") -> ContinueHereStep:
    """Log in to the file on screen, and wait for the preview."""
    entry = entry_of(session)
    assert isinstance(entry.step, FilePasswordStep)
    type_in(entry, "continue-login", user)
    type_in(entry, "continue-password", AMINA.password if user == "amina" else KARIM[1])
    QTest.keyClick(entry.step.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(entry.step, ContinueHereStep), timeout=20_000)
    assert isinstance(entry.step, ContinueHereStep)
    return entry.step


def move_page(window: MainWindow) -> MovePage:
    """By the settings, as one gets there."""
    window.open(Settings("backups"))
    assert window.page is not None
    press(window.page, "backups-move")
    assert isinstance(window.page, MovePage)
    assert not cuts(window)
    return window.page


def written(qtbot: QtBot, page: MovePage, file: Path) -> None:
    page.write(file)
    assert not page.prepare.isEnabled()
    qtbot.waitUntil(page.prepare.isEnabled, timeout=20_000)


def left_behind(qtbot: QtBot, session: Session, page: MovePage) -> MainWindow:
    """The window that only shows, after the one of the page."""
    before = window_of(session)
    answering({})
    press(page, "move-leave")
    qtbot.waitUntil(lambda: session.window not in (None, before))
    return window_of(session)


@pytest.mark.parametrize("language", list(Language))
def test_from_the_settings_to_the_other_pc(
    qtbot: QtBot,
    sessions: Callable[[Paths], Session],
    filled: Filled,
    new: Paths,
    language: Language,
) -> None:
    figures, where = cells(filled.register), filled.register.paths
    filled.register.close()
    here = sessions(where)
    window = at_work(qtbot, here, where, language)
    window.resize(*SMALLEST)
    page = move_page(window)
    assert not page.leave.isEnabled()
    page.with_backups.setChecked(True)
    file = where.data_dir.parent / "AVRR Rabat.avrr"
    written(qtbot, page, file)
    assert file.name in page.busy.news.accessibleName()
    qtbot.waitUntil(lambda: not cuts(window))
    shows_only(left_behind(qtbot, here, page))
    there = sessions(new)
    there.begin(file=file)
    step = open_file(qtbot, there)
    assert not cuts(entry_of(there))
    assert not step.accept_loss.isVisible()
    press(step, "continue-here-go")
    qtbot.waitUntil(lambda: there.window is not None, timeout=20_000)
    close_drafts()
    goes_on(window_of(there), language)
    assert cells(window_of(there).context.register) == figures


def shows_only(window: MainWindow) -> None:
    assert window.context.actor.is_moved
    ribbon = window.findChild(Ribbon)
    assert ribbon is not None
    assert tr("Moved") in ribbon.accessibleName()
    window.open(NewRegistration())
    assert window.findChild(RefusedPage) is not None
    window.open(MoveRegister())
    assert not cuts(window)


def goes_on(window: MainWindow, language: Language) -> None:
    """As the desk of the other PC looked, and with the news."""
    assert window.desk.language is language
    assert screen_language() is language
    assert window.desk.scheme is Scheme.LIGHT
    assert window.desk.login == "amina"
    assert window.said().startswith(NEWS[language])
    assert not window.context.actor.is_looking


def test_taken_back_with_a_reason(
    qtbot: QtBot, sessions: Callable[[Paths], Session], filled: Filled, tmp_path: Path
) -> None:
    where = filled.register.paths
    filled.register.close()
    session = sessions(where)
    window = at_work(qtbot, session, where, Language.FR)
    page = move_page(window)
    written(qtbot, page, tmp_path / "f.avrr")
    shown = left_behind(qtbot, session, page)
    page = move_page(shown)
    answering({"move-reason": ""})
    press(page, "move-back")
    assert window_of(session) is shown
    answering({"move-reason": "Support perdu"})
    press(page, "move-back")
    qtbot.waitUntil(lambda: window_of(session) is not shown)
    close_drafts()
    back = window_of(session).context.register
    assert moved_away(back) is None
    add_person(back, 5)


def test_entries_made_since_ask_for_the_file_again(
    qtbot: QtBot, sessions: Callable[[Paths], Session], filled: Filled, moved: Path
) -> None:
    where = filled.register.paths
    add_person(filled.register, 5)
    filled.register.close()
    session = sessions(where)
    window = at_work(qtbot, session, where, Language.FR)
    window.open(MoveRegister())
    page = window.page
    assert isinstance(page, MovePage)
    assert not page.leave.isEnabled()
    assert moved.name in page.why_not.text()


def test_given_up_there_is_no_file_and_it_may_be_begun_again(
    qtbot: QtBot, sessions: Callable[[Paths], Session], filled: Filled, tmp_path: Path
) -> None:
    where = filled.register.paths
    filled.register.close()
    session = sessions(where)
    window = at_work(qtbot, session, where, Language.FR)
    window.open(MoveRegister())
    page = window.page
    assert isinstance(page, MovePage)
    page.write(tmp_path / "f.avrr")
    press(page, "move-busy-cancel")
    qtbot.waitUntil(page.prepare.isEnabled, timeout=20_000)
    assert not page.leave.isEnabled() or (tmp_path / "f.avrr").exists()
    page.write(tmp_path / "missing" / "f.avrr")
    qtbot.waitUntil(page.prepare.isEnabled, timeout=20_000)
    assert str(tmp_path / "missing") in window._frame.news.text()


def test_who_is_no_administrator_is_not_offered_it(
    qtbot: QtBot, sessions: Callable[[Paths], Session], filled: Filled, clock: FixedClock
) -> None:
    where = filled.register.paths
    filled.register.close()
    session = sessions(where)
    session._work_on(open_register(where, clock, enter(where, clock, *KARIM)))
    window = window_of(session)
    window.open(Settings("backups"))
    assert window.page is not None
    assert window.page.findChild(Button, "backups-move") is None
    window.open(MoveRegister())
    assert window.findChild(RefusedPage) is not None


def test_an_open_register_has_nothing_to_move(
    qtbot: QtBot, sessions: Callable[[Paths], Session], new: Paths, clock: FixedClock
) -> None:
    create_register(new, clock, is_demo=True).close()
    session = sessions(new)
    session.begin()
    window = window_of(session)
    window.open(MoveRegister())
    assert isinstance(window.page, MovePage)
    assert window.page.findChild(Button, "move-prepare") is None


@pytest.mark.parametrize("language", list(Language))
def test_the_first_start_offers_it(
    sessions: Callable[[Paths], Session],
    moved: Path,
    new: Paths,
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    new.data_dir.mkdir()
    Desk(new.settings).language = language
    session = sessions(new)
    session.begin()
    entry = entry_of(session)
    assert isinstance(entry.step, FirstUserStep)
    assert not cuts(entry)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(moved), ""))
    press(entry, "first-continue-action")
    assert isinstance(entry.step, FilePasswordStep)
    assert not cuts(entry)
    # In another language the file is still the one chosen.
    entry._on_language(0)
    assert isinstance(entry.step, FilePasswordStep)
    press(entry, "continue-back")
    assert isinstance(entry.step, FirstUserStep)


def test_a_wrong_password_is_said_beside_it_and_the_key_opens_too(
    qtbot: QtBot,
    sessions: Callable[[Paths], Session],
    filled: Filled,
    moved: Path,
    new: Paths,
) -> None:
    session = sessions(new)
    session.begin(file=moved)
    entry = entry_of(session)
    step = entry.step
    assert isinstance(step, FilePasswordStep)
    type_in(entry, "continue-login", "amina")
    type_in(entry, "continue-password", "pas celle-ci")
    press(entry, "continue-go")
    qtbot.waitUntil(lambda: bool(step.password.error()), timeout=20_000)
    assert step.password.line.text() == "pas celle-ci"
    assert step.go.isEnabled()
    press(entry, "continue-forgot")
    recovering = entry.step
    assert isinstance(recovering, FileRecoverStep)
    type_in(recovering, "continue-key", filled.recovery_key)
    type_in(recovering, "continue-new", "phrase nouvelle")
    type_in(recovering, "continue-again", "phrase nouvelle")
    press(recovering, "continue-go")
    qtbot.waitUntil(lambda: isinstance(entry.step, ContinueHereStep), timeout=20_000)
    press(entry, "continue-here-go")
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    close_drafts()
    enter(new, session._clock, "amina", "phrase nouvelle")


def test_cancelled_nothing_is_left(
    qtbot: QtBot, sessions: Callable[[Paths], Session], moved: Path, new: Paths
) -> None:
    session = sessions(new)
    session.begin(file=moved)
    open_file(qtbot, session)
    assert new.incoming.exists()
    press(entry_of(session), "continue-here-back")
    assert not new.incoming.exists()
    assert isinstance(entry_of(session).step, FirstUserStep)


def test_closing_the_window_leaves_nothing_either(
    qtbot: QtBot, sessions: Callable[[Paths], Session], moved: Path, new: Paths
) -> None:
    session = sessions(new)
    session.begin(file=moved)
    open_file(qtbot, session)
    entry_of(session).close()
    assert not new.incoming.exists()


def test_what_is_lost_must_be_accepted(
    qtbot: QtBot,
    sessions: Callable[[Paths], Session],
    moved: Path,
    new: Paths,
    clock: FixedClock,
) -> None:
    register = continued(new, clock, moved)
    add_person(register, 9)
    register.close()
    Desk(new.settings).language = Language.FR
    set_screen_language(Language.FR)
    session = sessions(new)
    session.begin(file=moved)
    step = open_file(qtbot, session)
    assert not cuts(entry_of(session))
    assert not step.go.isEnabled()
    box = step.findChild(QCheckBox, "continue-accept")
    assert box is not None
    box.setChecked(True)
    assert step.go.isEnabled()
    press(step, "continue-here-go")
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    close_drafts()
    assert "PERSONNE9" not in persons(window_of(session).context.register)


def test_who_may_not_replace_is_told_and_may_only_leave(
    qtbot: QtBot,
    sessions: Callable[[Paths], Session],
    moved: Path,
    new: Paths,
    clock: FixedClock,
) -> None:
    continued(new, clock, moved).close()
    session = sessions(new)
    session.begin(file=moved)
    step = open_file(qtbot, session, "karim")
    assert not step.go.isEnabled()
    press(step, "continue-here-back")
    assert isinstance(entry_of(session).step, LogInStep)


@pytest.mark.parametrize("wrong", ["damaged", "missing", "other"])
def test_a_file_that_is_none_is_said_and_one_goes_on(
    wrong: str, qtbot: QtBot, sessions: Callable[[Paths], Session], moved: Path, new: Paths
) -> None:
    if wrong == "damaged":
        moved.write_bytes(moved.read_bytes()[:100])
    elif wrong == "missing":
        moved = moved.with_name("none.avrr")
    else:
        moved.write_bytes(b"PK\x03\x04" * 100)
    session = sessions(new)
    session.begin(file=moved)
    entry = entry_of(session)
    fault = entry.findChild(Banner, "continue-fault")
    assert fault is not None
    assert moved.name in fault.accessibleName()
    press(entry, "continue-fault-action")
    assert isinstance(entry.step, FirstUserStep)


def test_with_an_open_register_here_one_goes_back_to_it(
    qtbot: QtBot,
    sessions: Callable[[Paths], Session],
    moved: Path,
    new: Paths,
    clock: FixedClock,
) -> None:
    create_register(new, clock, is_demo=True).close()
    session = sessions(new)
    session.begin(file=moved)
    press(entry_of(session), "continue-back")
    qtbot.waitUntil(lambda: session.window is not None)
    assert window_of(session).context.register.info.is_demo


def test_a_file_opened_while_the_program_runs_reaches_its_window(
    qtbot: QtBot,
    qapp: QApplication,
    filled: Filled,
    moved: Path,
    clock: FixedClock,
) -> None:
    where = filled.register.paths
    filled.register.close()
    alone = Alone(where)
    assert alone.take() is None
    alone.listen()
    session = Session(qapp, where, clock, alone)
    session.begin()
    with qtbot.waitSignal(alone.called) as heard:
        assert Alone(where).call(file=str(moved))
    assert heard.args == [str(moved)]
    assert isinstance(entry_of(session).step, FilePasswordStep)
    press(entry_of(session), "continue-back")
    session._work_on(open_register(where, clock, enter(where, clock, "amina", AMINA.password)))
    with qtbot.waitSignal(alone.called):
        Alone(where).call(file=str(moved))
    assert "Ctrl+L" in window_of(session)._frame.news.text()
    close_drafts()
    session.end()
    alone.release()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_file_taken_in_may_be_removed_afterwards(
    qtbot: QtBot, sessions: Callable[[Paths], Session], moved: Path, new: Paths
) -> None:
    """Nothing holds the stick once the register is here."""
    stick = moved.parent / "stick"
    stick.mkdir()
    file = Path(shutil.move(moved, stick / moved.name))
    session = sessions(new)
    session.begin(file=file)
    QTest.keyClick(open_file(qtbot, session).go, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None, timeout=20_000)
    close_drafts()
    assert look_at(file).logins == ("amina", "karim")
    shutil.rmtree(stick)
