"""Users and backups in the settings, driven."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from tests.access.conftest import AMINA, CHEAP
from tests.backups.conftest import add_person
from tests.ui.conftest import RecordingShell

from avrr_desktop.core.actors import Actor, Role
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.paths import paths_in
from avrr_desktop.services.access.entering import enter
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.backups import backups
from avrr_desktop.services.backups.second_place import second_place
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.changes import Changes
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.settings.backups import BackupsSection
from avrr_desktop.ui.settings.users import UsersSection
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.widgets.buttons import Button

PASSWORD = "un mot bien long"


@pytest.fixture
def register(tmp_path: Path, clock: FixedClock) -> Iterator[Register]:
    made = create_protected(paths_in(tmp_path / "data"), clock, AMINA, CHEAP).register
    yield made
    made.close()


@pytest.fixture
def context(register: Register, shell: RecordingShell, tasks: Tasks) -> Context:
    return Context(register, Records(register), register.actor, Changes(), tasks, shell)


def press(widget: QWidget, name: str) -> None:
    button = widget.findChild(Button, name)
    assert button is not None
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def answering(
    typed: dict[str, str], go: str = "ask-go", then: Callable[[], None] | None = None
) -> None:
    """Fill in the dialog that is about to open, and accept it; one that refuses is left."""

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QDialog)
        for name, text in typed.items():
            field = dialog.findChild(QLineEdit, name)
            assert field is not None
            field.clear()
            QTest.keyClicks(field, text)
        press(dialog, go)
        if then is not None:
            then()
        if dialog.isVisible():
            dialog.reject()

    QTimer.singleShot(0, answer)


def added(qtbot: QtBot, context: Context) -> UsersSection:
    section = UsersSection(context, CHEAP)
    qtbot.addWidget(section)
    section.show()
    answering(
        {
            "user-name": "Karim Essai",
            "user-login": "karim",
            "user-password": PASSWORD,
            "user-password-again": PASSWORD,
        }
    )
    press(section, "user-add")
    return section


def test_a_user_is_added_changed_and_kept_out(qtbot: QtBot, context: Context) -> None:
    section = added(qtbot, context)
    register = context.register
    access = enter(register.paths, register.clock, "karim", PASSWORD)
    assert access.user_id != register.actor.id
    assert section.card is not None
    names = [user.name for user in section._users]
    section.card.table.selectRow(names.index("Karim Essai"))
    answering({"user-name": "Karim Nouveau"})
    press(section, "user-change")
    assert "Karim Nouveau" in [user.name for user in section._users]
    section.card.table.selectRow([u.login for u in section._users].index("karim"))
    answering({})
    press(section, "user-revoke")
    with pytest.raises(UserError, match="wrong_password"):
        enter(register.paths, register.clock, "karim", PASSWORD)


def test_two_passwords_that_differ_are_said(qtbot: QtBot, context: Context) -> None:
    section = UsersSection(context, CHEAP)
    qtbot.addWidget(section)
    section.show()
    said: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QWidget)
        fault = dialog.findChild(QWidget, "ask-error")
        assert fault is not None
        said.append(str(fault.isVisible()))

    typed = {"old-password": AMINA.password, "user-password": PASSWORD, "user-password-again": "x"}
    answering(typed, then=look)
    press(section, "users-own-password")
    assert said == ["True"]
    enter(context.register.paths, context.register.clock, "amina", AMINA.password)


def test_a_caseworker_changes_only_their_own_password(
    qtbot: QtBot, context: Context, register: Register
) -> None:
    context.actor = register.actor = Actor("c", "Salma", Role.CASEWORKER)
    section = UsersSection(context, CHEAP)
    qtbot.addWidget(section)
    assert section.card is None
    assert section.findChild(Button, "users-own-password") is not None
    assert section.findChild(Button, "users-rotate") is None


def test_changing_the_key_opens_another_window(
    qtbot: QtBot, context: Context, shell: RecordingShell
) -> None:
    section = UsersSection(context, CHEAP)
    qtbot.addWidget(section)
    section.show()
    answering({})
    press(section, "users-rotate")
    qtbot.waitUntil(lambda: len(shell.reopened) == 1)
    again = shell.reopened[0]
    assert again.access is not None
    assert again.access.keys[0].number == 2
    again.close()


def test_a_backup_is_made_and_restored(
    qtbot: QtBot, context: Context, shell: RecordingShell, register: Register
) -> None:
    add_person(register, 1)
    section = BackupsSection(context)
    qtbot.addWidget(section)
    section.show()
    press(section, "backup-now")
    qtbot.waitUntil(lambda: len(backups(register.paths)) == 1 and section.said.text() != "")
    qtbot.waitUntil(section.now.isEnabled)
    add_person(register, 2)
    section.card.table.selectRow(0)
    answering({})
    press(section, "backup-restore")
    qtbot.waitUntil(lambda: len(shell.reopened) == 1)
    restored = shell.reopened[0]
    assert len(backups(restored.paths)) == 2
    restored.close()


def test_the_second_place_is_chosen_and_filled(
    qtbot: QtBot, context: Context, register: Register, tmp_path: Path
) -> None:
    section = BackupsSection(context)
    qtbot.addWidget(section)
    section.show()
    press(section, "backup-now")
    qtbot.waitUntil(lambda: section.now.isEnabled() and len(backups(register.paths)) == 1)
    stick = tmp_path / "stick"
    stick.mkdir()
    section.choose(stick)
    qtbot.waitUntil(lambda: second_place(register).copied_at is not None)
    qtbot.waitUntil(section.now.isEnabled)
    assert str(stick) in section.place.text().replace("\u200b", "")
    press(section, "backups-try")
    qtbot.waitUntil(lambda: section.now.isEnabled() and "—" in section.drill.text())
