"""One window for each register: a second start shows the first one, wherever it runs.

The lock is a file beside the register that names its holder's PC and process; Qt clears one whose
process is gone. A lock held on another PC is never taken to be old: only its users know.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QEventLoop, QLockFile, QObject, QSysInfo, QThread, QTimer, Signal

from avrr_desktop.log import logger
from avrr_desktop.paths import Paths

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE_MS: Final = 1000
_HEARD_MS: Final = 5000  # a window may be at something long
_TRIES, _PAUSE_MS = 60, 100  # a window that is just starting does not listen yet


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the register open: a PC's name, and whether it is this one."""

    host: str
    is_here: bool


def _own_names() -> frozenset[str]:
    """What this PC may be called in a lock: Windows has a short name and a full one, in any case.

    Qt writes the short one there (``COMPUTERNAME``) and calls the PC by the other everywhere else.
    """
    names = QSysInfo.machineHostName(), os.environ.get("COMPUTERNAME", "")
    return frozenset(name.casefold() for name in names if name)


def _was_hung_up(socket: QLocalSocket) -> bool:
    """Wait for it: Windows forgets what was not yet read once either end has closed."""
    loop = QEventLoop()
    socket.disconnected.connect(loop.quit)
    QTimer.singleShot(_HEARD_MS, loop, loop.quit)
    if socket.state() is socket.LocalSocketState.ConnectedState:
        loop.exec()
    was_heard = socket.state() is socket.LocalSocketState.UnconnectedState
    socket.abort()
    return was_heard


class Alone(QObject):
    """``called`` follows a second start on this PC, with the file it was given or nothing."""

    called = Signal(str)

    def __init__(self, paths: Paths, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = paths.data_dir / "window.lock"
        folder = str(paths.data_dir.resolve()).encode()
        self._name = f"avrr-{sha256(folder).hexdigest()[:24]}"
        self._lock = self._new_lock()
        self._server: QLocalServer | None = None

    def take(self) -> Holder | None:
        """Take the lock; who has it when it is not ours.

        A folder where no lock can be written keeps nobody out: the register says what is wrong.
        """
        if self._lock.tryLock(0):
            return None
        if self._lock.error() is not QLockFile.LockError.LockFailedError:
            logger.warning("no lock can be written beside the register")
            return None
        _pid, host, _program = self._lock.getLockInfo()
        return Holder(host, host.casefold() in _own_names())

    def take_anyway(self) -> Holder | None:
        """Somebody knows that the holder is gone: clear the lock, and take it; see ``take``."""
        with suppress(OSError):  # it may be open on this PC after all
            self._path.unlink(missing_ok=True)
        self._lock = self._new_lock()
        return self.take()

    def listen(self) -> None:
        """Be called by second starts from now on."""
        from PySide6.QtNetwork import QLocalServer  # no start waits for it

        if not self._lock.isLocked():
            return
        QLocalServer.removeServer(self._name)  # left by a killed program
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_called)
        if server.listen(self._name):
            self._server = server

    def call(self, tries: int = _TRIES, file: str = "") -> bool:
        """Ask the first window to show itself, and a file; whether it heard."""
        from PySide6.QtNetwork import QLocalSocket

        socket = QLocalSocket(self)
        for _ in range(tries):
            socket.connectToServer(self._name)
            if socket.waitForConnected(_PATIENCE_MS):
                socket.write(f"{file}\n".encode())
                return _was_hung_up(socket)
            QThread.msleep(_PAUSE_MS)
        return False

    def release(self) -> None:
        """Let others have the register."""
        if self._server is not None:
            self._server.close()
        self._lock.unlock()

    def _on_called(self) -> None:
        assert self._server is not None
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._on_said)
            self._listen_to(socket)

    def _on_said(self) -> None:
        self._listen_to(cast("QLocalSocket", self.sender()))

    def _listen_to(self, socket: QLocalSocket) -> None:
        """A line is the whole call, and is hung up on."""
        if not socket.canReadLine():
            return
        said = bytes(socket.readLine().data()).decode(errors="replace").rstrip("\n")
        socket.disconnectFromServer()
        self.called.emit(said)

    def _new_lock(self) -> QLockFile:
        lock = QLockFile(str(self._path))
        lock.setStaleLockTime(0)
        return lock
