"""The end of a session: a backup that lasts is said, can be left, and loses nothing saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from tests.access.conftest import AMINA, CHEAP
from tests.survival.works import person_drafts

from avrr_desktop.app import Session
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import load_catalogues
from avrr_desktop.db.database import Database
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.services.backups import backups, make_backup
from avrr_desktop.services.backups.copies import Reason
from avrr_desktop.services.records import Records
from avrr_desktop.services.register import Register
from avrr_desktop.ui.shell.parting import Parting

Tell = Callable[[int, int], None]


@pytest.fixture
def protected(tmp_path: Path, clock: FixedClock) -> Iterator[Register]:
    register = create_protected(paths_in(tmp_path / "data"), clock, AMINA, CHEAP).register
    load_catalogues(register.paths.catalogues)
    drafts = person_drafts("SAVED", "a" * 32)
    Records(register).save(register.actor, *drafts, confirm_all="test")
    yield register
    register.close()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Copying goes on, page by page, until the event is set."""
    enough = Event()
    copy_to = Database.copy_to

    def slowly(self: Database, target: Path, tell: Tell | None = None) -> None:
        pages = 0
        while not enough.wait(0.01):
            pages += 1
            if tell is not None:
                tell(min(pages, 99), 100)
        copy_to(self, target, tell)

    monkeypatch.setattr(Database, "copy_to", slowly)
    yield enough
    enough.set()


def parts_of(register: Register, act: Callable[[Parting], bool]) -> Parting:
    """See a session out; ``act`` is asked every moment until it has done what it wants."""
    parting = Parting(register)
    timer = QTimer(parting)
    timer.setInterval(20)
    timer.timeout.connect(lambda: timer.stop() if act(parting) else None)
    timer.start()
    parting.see_out()
    timer.stop()
    return parting


def gone(parting: Parting) -> None:
    parting.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_short_backup_is_made_without_a_word(
    qapp: QApplication, protected: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("avrr_desktop.ui.shell.parting.SEEN_AFTER", 60_000)  # on any machine
    shown: list[bool] = []

    def look(parting: Parting) -> bool:
        shown.append(parting.isVisible())
        return False

    parting = parts_of(protected, look)
    assert not any(shown)
    assert [backup.reason for backup in backups(protected.paths)] == [Reason.SESSION]
    gone(parting)


def test_a_long_backup_is_said_and_ends(
    qapp: QApplication, protected: Register, slow: Event
) -> None:
    seen: list[str] = []

    def look(parting: Parting) -> bool:
        if not parting.isVisible():
            return False
        seen.extend((parting.accessibleName(), parting.accessibleDescription()))
        slow.set()
        return True

    parting = parts_of(protected, look)
    assert seen[0] == "Fermeture du registre"
    assert "sauvegarde de fin de session" in seen[1]
    assert not parting.isVisible()
    assert len(backups(protected.paths)) == 1
    gone(parting)


@pytest.mark.parametrize("way", ["button", "escape", "cross"])
def test_a_long_backup_can_be_left(
    qapp: QApplication, protected: Register, slow: Event, way: str
) -> None:
    def leave(parting: Parting) -> bool:
        if not parting.isVisible():
            return False
        if way == "button":
            QTest.mouseClick(parting.leave, Qt.MouseButton.LeftButton)
        elif way == "escape":
            QTest.keyClick(parting, Qt.Key.Key_Escape)
        else:
            parting.close()
        assert not parting.isVisible()
        return True

    parting = parts_of(protected, leave)
    assert not slow.is_set()
    assert not list(protected.paths.backups_dir.glob("*"))  # nothing half written is left
    assert Records(protected).read("person", "a" * 32).values["family_name"] == "SAVED"
    # The next one finds that there is something to back up.
    slow.set()
    gone(parting)
    parting = parts_of(protected, lambda _parting: True)
    assert len(backups(protected.paths)) == 1
    gone(parting)


def test_a_disk_that_refuses_is_said_and_keeps_nobody_in(
    qapp: QApplication, protected: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails = [UserError("disk_full"), UserError("disk_full")]
    copy_to = Database.copy_to

    def refuse(self: Database, target: Path, tell: Tell | None = None) -> None:
        if fails:
            raise fails.pop()
        copy_to(self, target, tell)

    monkeypatch.setattr(Database, "copy_to", refuse)
    said: list[str] = []

    def leave(parting: Parting) -> bool:
        if not parting.isVisible():
            return False
        said.append(parting.accessibleDescription())
        parting.leave.click()
        return True

    gone(parts_of(protected, leave))
    assert "plein" in said[0]
    assert not backups(protected.paths)

    def again(parting: Parting) -> bool:
        if not parting.isVisible():
            return False
        parting.again.click()
        return True

    gone(parts_of(protected, again))
    assert len(backups(protected.paths)) == 1


def test_giving_up_is_heard_while_the_copy_is_looked_at(
    protected: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("avrr_desktop.db.database._OPCODES", 10)
    told: list[tuple[int, int]] = []

    class Enough(Exception):
        pass

    def tell(done: int, total: int) -> None:
        told.append((done, total))
        if total == 0:
            raise Enough

    with pytest.raises(Enough):
        make_backup(protected, Reason.SESSION, tell)
    assert told[-1] == (0, 0)
    assert not list(protected.paths.backups_dir.glob("*"))


def test_a_session_ends_with_its_backup(
    qtbot: QtBot, qapp: QApplication, protected: Register, clock: FixedClock
) -> None:
    paths: Paths = protected.paths
    protected.close()
    session = Session(qapp, paths, clock)
    session.begin()
    entry = session.entry
    assert entry is not None
    password = entry.findChild(QLineEdit, "password")
    assert password is not None
    QTest.keyClicks(password, AMINA.password)
    QTest.keyClick(password, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.window is not None)
    session.end()
    assert [backup.reason for backup in backups(paths)] == [Reason.SESSION]
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
