"""The system's lock locks the register: real messages on a bus, made-up ones of Windows."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
from collections.abc import Iterator
from ctypes import wintypes
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from tests.access.conftest import AMINA, CHEAP

from avrr_desktop.app import Session
from avrr_desktop.core.clock import FixedClock
from avrr_desktop.paths import Paths, paths_in
from avrr_desktop.services.access.protecting import create_protected
from avrr_desktop.ui.shell import lock_on_mac, lock_on_windows, system_lock
from avrr_desktop.ui.shell.lock_on_bus import SAVERS, BusLock, is_own_session
from avrr_desktop.ui.shell.lock_on_windows import SessionFilter

LOGIND = "org.freedesktop.login1"
SESSIONS = "/org/freedesktop/login1/session/"


@pytest.fixture
def address() -> Iterator[str]:
    """A message bus of the test's own."""
    daemon = shutil.which("dbus-daemon")
    if daemon is None:
        pytest.skip("no dbus-daemon here")
    command = [daemon, "--session", "--print-address", "--nofork"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as bus:
        assert bus.stdout is not None
        yield bus.stdout.readline().strip()
        bus.terminate()


class Speaker:
    """Says on the bus what a desktop would."""

    def __init__(self, address: str) -> None:
        self._bus = QDBusConnection.connectToBus(address, uuid4().hex)
        for service in (LOGIND, *SAVERS):
            assert self._bus.registerService(service)

    def say(self, path: str, interface: str, name: str, *values: object) -> None:
        signal = QDBusMessage.createSignal(path, interface, name)
        signal.setArguments(list(values))
        assert self._bus.send(signal)


@pytest.fixture
def speaker(qapp: QApplication, address: str) -> Speaker:
    return Speaker(address)


@pytest.fixture
def heard(address: str, speaker: Speaker, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the register hears of the bus."""
    monkeypatch.setenv("XDG_SESSION_ID", "2")
    ear = BusLock(QApplication.instance())
    said: list[str] = []
    ear.locked.connect(lambda: said.append("locked"))
    bus = QDBusConnection.connectToBus(address, uuid4().hex)
    ear.listen(bus, bus)
    return said


def test_the_lock_of_this_session_is_heard(
    qtbot: QtBot, speaker: Speaker, heard: list[str]
) -> None:
    speaker.say(f"{SESSIONS}_33", f"{LOGIND}.Session", "Lock")  # another user's
    speaker.say(f"{SESSIONS}_32", f"{LOGIND}.Session", "Unlock")
    speaker.say(f"{SESSIONS}_32", f"{LOGIND}.Session", "Lock")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["locked"]


def test_sleep_is_heard_when_it_begins(qtbot: QtBot, speaker: Speaker, heard: list[str]) -> None:
    for is_begun in (False, True):
        speaker.say("/org/freedesktop/login1", f"{LOGIND}.Manager", "PrepareForSleep", is_begun)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["locked"]


@pytest.mark.parametrize("saver", SAVERS)
def test_a_screen_saver_is_heard_when_it_begins(
    qtbot: QtBot, speaker: Speaker, heard: list[str], saver: str
) -> None:
    for is_active in (False, True):
        speaker.say("/ScreenSaver", saver, "ActiveChanged", is_active)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["locked"]


@pytest.mark.parametrize(
    ("session", "label", "is_own"),
    [("2", "_32", True), ("c1", "c1", True), ("12", "_312", True), ("a-b", "a_2db", True),
     ("2", "_33", False), ("", "_33", True)],
)  # fmt: skip
def test_a_session_is_known_by_its_path(session: str, label: str, is_own: bool) -> None:
    assert is_own_session(SESSIONS + label, session) is is_own


def test_no_bus_at_all_is_no_fault(qapp: QApplication) -> None:
    gone = QDBusConnection.connectToBus("unix:path=/nowhere/at/all", uuid4().hex)
    BusLock(qapp).listen(gone, gone)


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    return paths_in(tmp_path / "data")


@pytest.fixture
def desktop(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Linux desktop whose buses are the test's."""
    monkeypatch.setattr(sys, "platform", "linux")
    for bus in ("systemBus", "sessionBus"):
        connection = QDBusConnection.connectToBus(address, uuid4().hex)
        monkeypatch.setattr(QDBusConnection, bus, lambda at=connection: at)


@pytest.fixture
def session(
    qtbot: QtBot, qapp: QApplication, paths: Paths, clock: FixedClock, desktop: None
) -> Iterator[Session]:
    """The program at work on a protected register."""
    made = Session(qapp, paths, clock)
    made._work_on(create_protected(paths, clock, AMINA, CHEAP).register)
    yield made
    made.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_the_register_is_locked_with_the_screen(
    qtbot: QtBot, session: Session, speaker: Speaker
) -> None:
    window = session.window
    assert window is not None
    qtbot.waitUntil(lambda: window.findChild(BusLock) is not None)
    ear = window.findChild(BusLock)
    assert ear is not None
    with qtbot.waitSignal(ear.locked):
        speaker.say("/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", True)
    qtbot.waitUntil(lambda: session.window is None)
    assert session.entry is not None
    assert session.entry.isVisible()


def message(number: int, what: int) -> wintypes.MSG:
    told = wintypes.MSG()
    told.message, told.wParam = number, what
    return told


@pytest.mark.parametrize(
    ("number", "what", "locks"),
    [
        (lock_on_windows.WM_WTSSESSION_CHANGE, lock_on_windows.WTS_SESSION_LOCK, True),
        (lock_on_windows.WM_WTSSESSION_CHANGE, lock_on_windows.WTS_CONSOLE_DISCONNECT, True),
        (lock_on_windows.WM_WTSSESSION_CHANGE, lock_on_windows.WTS_REMOTE_DISCONNECT, True),
        (lock_on_windows.WM_WTSSESSION_CHANGE, 8, False),  # unlocked
        (lock_on_windows.WM_POWERBROADCAST, lock_on_windows.PBT_APMSUSPEND, True),
        (lock_on_windows.WM_POWERBROADCAST, 7, False),  # awake again
        (0x0100, lock_on_windows.WTS_SESSION_LOCK, False),  # a key
    ],
)
def test_windows_tells_its_windows(number: int, what: int, locks: bool) -> None:
    said: list[str] = []
    told = message(number, what)
    ear = SessionFilter(lambda: said.append("locked"))
    for kind in (lock_on_windows.MESSAGE_KIND, b"windows_dispatcher_MSG"):
        assert ear.nativeEventFilter(kind, ctypes.addressof(told)) == (False, 0)
    assert bool(said) is locks
    assert len(said) <= 1


def test_mac_is_asked_for_its_notice() -> None:
    said: list[str] = []
    foundation = Foundation()
    ear = lock_on_mac.ScreenEar(foundation, lambda: said.append("locked"))
    foundation.observer(None, None, None, None, None)
    assert said == ["locked"]
    assert foundation.name == lock_on_mac.NOTICE
    del ear
    assert foundation.is_forgotten


class Function:
    """A function of a library, which takes its types as ctypes' do."""

    def __init__(self, act: Any) -> None:
        self._act = act

    def __call__(self, *values: object) -> object:
        return self._act(*values)


class Foundation:
    """What is asked of CoreFoundation."""

    def __init__(self) -> None:
        self.observer: Any = None
        self.name = b""
        self.is_forgotten = False
        self.CFNotificationCenterGetDistributedCenter = Function(lambda: 7)
        self.CFStringCreateWithCString = Function(self._text)
        self.CFNotificationCenterAddObserver = Function(self._observe)
        self.CFNotificationCenterRemoveEveryObserver = Function(self._forget)

    def _text(self, _allocator: object, name: bytes, _encoding: int) -> int:
        self.name = name
        return 9

    def _observe(self, center: int, _who: int, call: Any, name: int, *_rest: object) -> None:
        assert (center, name) == (7, 9)
        self.observer = call

    def _forget(self, center: int, _who: int) -> None:
        assert center == 7
        self.is_forgotten = True


def test_a_system_without_such_a_library_is_no_fault(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    monkeypatch.setattr(sys, "platform", "darwin")
    system_lock.SystemLock(window).listen()
