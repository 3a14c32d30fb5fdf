"""The way in, driven: first start, recovery sheet, log-in, recovery, restore, lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.access.conftest import AMINA, CHEAP

from avrr_desktop.app import Session
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.protecting import Protected, create_protected
from avrr_desktop.services.backups import Reason, make_backup
from avrr_desktop.services.register import Register, create_register
from avrr_desktop.ui.access.entry_window import EntryWindow
from avrr_desktop.ui.access.recovery_sheet import RecoverySheet
from avrr_desktop.ui.access.restore_step import RestoreStep
from avrr_desktop.ui.routes import NewRegistration
from avrr_desktop.ui.widgets.buttons import Button

Open = Callable[[], EntryWindow]


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "data")


@pytest.fixture
def protected(paths: Paths, clock: FixedClock) -> Protected:
    return create_protected(paths, clock, AMINA, CHEAP)


@pytest.fixture
def entered() -> Iterator[list[Register]]:
    registers: list[Register] = []
    yield registers
    for register in registers:
        register.close()


@pytest.fixture
def entry(
    qtbot: QtBot, qapp: QApplication, paths: Paths, clock: FixedClock, entered: list[Register]
) -> Iterator[Open]:
    made: list[EntryWindow] = []

    def opening() -> EntryWindow:
        window = EntryWindow(qapp, paths, clock, CHEAP)
        window.entered.connect(entered.append)
        window.show()
        qtbot.waitExposed(window)
        made.append(window)
        return window

    yield opening
    for window in made:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def line(window: QWidget, name: str) -> QLineEdit:
    found = window.findChild(QLineEdit, name)
    assert found is not None
    return found


def type_in(window: QWidget, name: str, text: str) -> None:
    field = line(window, name)
    field.clear()
    QTest.keyClicks(field, text)


def press(window: QWidget, name: str) -> None:
    button = window.findChild(Button, name)
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def said(window: QWidget, name: str) -> str:
    return line(window, name).accessibleDescription()


def test_the_first_start_ends_in_a_protected_register(
    qtbot: QtBot, entry: Open, entered: list[Register], paths: Paths, clock: FixedClock
) -> None:
    window = entry()
    qtbot.waitUntil(lambda: line(window, "first-name").hasFocus())
    QTest.keyClicks(line(window, "first-name"), "Amina Testeuse")
    assert line(window, "first-login").text() == "amina"
    type_in(window, "first-password", "court")
    press(window, "first-user-go")
    assert said(window, "first-password")
    type_in(window, "first-password", "phrase de passe")
    type_in(window, "first-password-again", "autre")
    QTest.keyClick(line(window, "first-password-again"), Qt.Key.Key_Return)
    assert said(window, "first-password-again")
    assert not paths.register.exists()
    type_in(window, "first-password-again", "phrase de passe")
    QTest.keyClick(line(window, "first-password-again"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: isinstance(window.step, RecoverySheet))
    sheet = window.step
    assert isinstance(sheet, RecoverySheet)
    first, second = sheet.asked.values()
    QTest.keyClicks(first.line, "ABCD")
    press(window, "recovery-sheet-go")
    assert first.error()
    assert not entered
    for place, asked in sheet.asked.items():
        asked.line.clear()
        QTest.keyClicks(asked.line, sheet._groups[place].lower())
    QTest.keyClick(second.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(entered) == 1)
    assert entered[0].actor.name == "Amina Testeuse"
    enter(paths, clock, "amina", "phrase de passe")


def test_the_sheet_is_printed_with_its_key_and_never_beside_the_register(
    qtbot: QtBot, entry: Open, paths: Paths, tmp_path: Path
) -> None:
    window = entry()
    for name, text in (
        ("first-name", "Amina Testeuse"),
        ("first-password", "phrase de passe"),
        ("first-password-again", "phrase de passe"),
    ):
        type_in(window, name, text)
    press(window, "first-user-go")
    qtbot.waitUntil(lambda: isinstance(window.step, RecoverySheet))
    sheet = window.step
    assert isinstance(sheet, RecoverySheet)
    with pytest.raises(UserError, match="backup_place_same"):
        sheet.save(paths.data_dir / "sheet.pdf")
    sheet.save(tmp_path / "sheet.pdf")
    printed = "".join(page.extract_text() for page in PdfReader(tmp_path / "sheet.pdf").pages)
    assert all(group in printed for group in sheet._groups)


def test_a_register_made_before_is_protected_in_its_place(
    qtbot: QtBot, entry: Open, paths: Paths, clock: FixedClock
) -> None:
    create_register(paths, clock, is_demo=False).close()
    window = entry()
    for name, text in (
        ("first-name", "Amina Testeuse"),
        ("first-password", "phrase de passe"),
        ("first-password-again", "phrase de passe"),
    ):
        type_in(window, name, text)
    press(window, "first-user-go")
    qtbot.waitUntil(lambda: isinstance(window.step, RecoverySheet))
    assert b"SQLite" not in paths.register.read_bytes()


def test_a_wrong_password_is_said_and_the_right_one_opens(
    qtbot: QtBot, entry: Open, entered: list[Register], paths: Paths, clock: FixedClock
) -> None:
    create_protected(paths, clock, AMINA, CHEAP).register.close()
    window = entry()
    assert line(window, "login").text() == "amina"
    qtbot.waitUntil(lambda: line(window, "password").hasFocus())
    assert line(window, "password").echoMode() is QLineEdit.EchoMode.Password
    type_in(window, "password", "pas celle-ci")
    QTest.keyClick(line(window, "password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(said(window, "password")))
    assert not entered
    type_in(window, "password", AMINA.password)
    QTest.keyClick(line(window, "password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(entered) == 1)
    assert not paths.attempts.exists()


def test_the_recovery_key_gives_another_password(
    qtbot: QtBot, entry: Open, entered: list[Register], paths: Paths, clock: FixedClock
) -> None:
    made = create_protected(paths, clock, AMINA, CHEAP)
    made.register.close()
    window = entry()
    press(window, "forgot")
    type_in(window, "recovery-key", made.recovery_key[:-1])
    type_in(window, "new-password", "phrase nouvelle")
    type_in(window, "new-password-again", "phrase nouvelle")
    press(window, "recover-go")
    qtbot.waitUntil(lambda: bool(said(window, "recovery-key")))
    type_in(window, "recovery-key", made.recovery_key.lower())
    press(window, "recover-go")
    qtbot.waitUntil(lambda: len(entered) == 1)
    enter(paths, clock, "amina", "phrase nouvelle")


@pytest.mark.parametrize("broken", ["header", "register"])
def test_a_register_that_does_not_open_offers_its_last_backup(
    qtbot: QtBot, entry: Open, entered: list[Register], protected: Protected, broken: str
) -> None:
    register = protected.register
    paths = register.paths
    make_backup(register, Reason.ASKED)
    register.close()
    damaged = (paths.header, paths.header_copy) if broken == "header" else (paths.register,)
    for path in damaged:
        path.write_bytes(b"garbage" * 2000)
    window = entry()
    if broken == "register":
        type_in(window, "password", AMINA.password)
        press(window, "log-in-go")
    qtbot.waitUntil(lambda: isinstance(window.step, RestoreStep))
    type_in(window, "restore-login", "amina")
    type_in(window, "restore-password", AMINA.password)
    press(window, "restore-go")
    qtbot.waitUntil(lambda: len(entered) == 1)
    assert entered[0].actor.name == "Amina Testeuse"


def test_a_locked_window_shows_nothing_and_gives_the_form_back_to_its_author(
    qtbot: QtBot, qapp: QApplication, paths: Paths, clock: FixedClock
) -> None:
    create_protected(paths, clock, AMINA, CHEAP).register.close()
    session = Session(qapp, paths, clock)
    session.begin()
    _log_in(qtbot, session)
    window = session.window
    assert window is not None
    qtbot.waitUntil(lambda: window.context.tasks.is_idle)
    window.open(NewRegistration())
    name = next(
        field for field in window.findChildren(QLineEdit) if "family_name" in field.objectName()
    )
    QTest.keyClicks(name, "Camara")
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert session.window is None
    assert session.entry is not None
    assert session.entry.isVisible()
    assert "Camara" not in session.entry.windowTitle()
    # Another process could open it now: nothing is held.
    enter(paths, clock, "amina", AMINA.password)
    assert b"Camara" not in b"".join(p.read_bytes() for p in paths.drafts_dir.iterdir())
    _log_in(qtbot, session)
    back = session.window
    assert back is not None
    qtbot.waitUntil(lambda: len(back.offering.waiting()) == 1)
    qtbot.waitUntil(lambda: back.context.tasks.is_idle)
    for dialog in [w for w in qapp.topLevelWidgets() if w.objectName() == "drafts-dialog"]:
        dialog.close()
    session.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _log_in(qtbot: QtBot, session: Session) -> None:
    entry = session.entry
    assert entry is not None
    type_in(entry, "login", "amina")
    type_in(entry, "password", AMINA.password)
    QTest.keyClick(line(entry, "password"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None)


def test_an_open_register_that_is_damaged_is_said_on_the_screen(
    qtbot: QtBot, qapp: QApplication, paths: Paths, clock: FixedClock
) -> None:
    register = create_register(paths, clock, is_demo=True)
    make_backup(register, Reason.ASKED)
    register.close()
    paths.register.write_bytes(b"garbage" * 2000)
    session = Session(qapp, paths, clock)
    session.begin()
    assert session.entry is not None
    assert isinstance(session.entry.step, RestoreStep)
    press(session.entry, "restore-go")
    qtbot.waitUntil(lambda: session.window is not None)
    assert session.window is not None
    qtbot.waitUntil(lambda: session.window is not None and session.window.context.tasks.is_idle)
    session.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_without_a_backup_the_fault_is_said_and_left(
    qtbot: QtBot, qapp: QApplication, paths: Paths, clock: FixedClock
) -> None:
    paths.data_dir.mkdir(parents=True)
    paths.register.write_bytes(b"")
    session = Session(qapp, paths, clock)
    session.begin()
    entry = session.entry
    assert entry is not None
    assert entry.isVisible()
    assert paths.register.stat().st_size == 0
    press(entry, "entry-fault-action")
    assert not entry.isVisible()
    session.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
