"""Log-in: who, and their password; the recovery key when it is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import enter, recover
from avrr_desktop.ui.access.lines import LabelledLine, PasswordLine
from avrr_desktop.ui.access.step import Step
from avrr_desktop.ui.tasks import Tasks
from avrr_desktop.ui.widgets.buttons import Button, Variant

_TICK = 1000  # milliseconds


class LogInStep(Step):
    """``entered`` gives the ``Access``; ``forgot`` asks for the recovery key.

    ``continue_asked``: the register came back in a file of another PC.
    """

    entered = Signal(object)
    forgot = Signal()
    continue_asked = Signal()

    def __init__(
        self, tasks: Tasks, paths: Paths, clock: Clock, logins: Sequence[str], login: str
    ) -> None:
        text = tr("The register is encrypted. Your password opens it.")
        super().__init__(tasks, "log-in", tr("Log in"), text, tr("Open"))
        self._paths, self._clock = paths, clock
        self.login = self.add_line(LabelledLine(tr("Name to log in with"), "login"))
        completer = QCompleter(list(logins), self.login.line)
        completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
        self.login.line.setCompleter(completer)
        self.login.line.setText(login or (logins[0] if len(logins) == 1 else ""))
        self.password = self.add_line(PasswordLine(tr("Password"), "password"))
        forgot = Button(tr("Password forgotten"), Variant.LINK, name="forgot")
        forgot.clicked.connect(self.forgot)
        self.buttons.insertWidget(0, forgot)
        self.close_with_buttons()
        other = Button(tr("Continue a register from a file…"), Variant.LINK, name="log-in-continue")
        other.clicked.connect(self.continue_asked)
        self.column.addWidget(other, 0, Qt.AlignmentFlag.AlignLeft)
        self._left = 0
        self._waiting = QTimer(self)
        self._waiting.setInterval(_TICK)
        self._waiting.timeout.connect(self._on_tick)
        self.setFocusProxy(self.password.line if self.login.text() else self.login.line)

    def submit(self) -> None:
        """Try the password."""
        login, password = self.login.text(), self.password.text()
        if self._left or not (login and password):
            (self.password if login else self.login).line.setFocus()
            return
        self.work(
            lambda _progress: enter(self._paths, self._clock, login, password),
            self.entered.emit,
            tr("Opening…"),
        )

    def refuse(self, error: UserError) -> None:
        """A wrong password may have to be waited for."""
        super().refuse(error)
        seconds = error.values.get("seconds")
        if isinstance(seconds, int) and seconds:
            self._left = seconds
            self._waiting.start()

    def lines_at_fault(self) -> Mapping[str, LabelledLine]:
        """Both faults are the password's."""
        return {"wrong_password": self.password, "wait_before_retry": self.password}

    def _on_tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            said = ntr("Try again in {count} second.", "Try again in {count} seconds.", self._left)
            self.password.show_error(said)
            return
        self._waiting.stop()
        self.password.show_error("")


class RecoverStep(Step):
    """The recovery key of the printed sheet, and another password. ``entered`` as at log-in."""

    entered = Signal(object)
    back = Signal()

    def __init__(self, tasks: Tasks, paths: Paths, clock: Clock, login: str) -> None:
        text = tr("The sheet printed when the register was created holds its recovery key.")
        super().__init__(tasks, "recover", tr("Password forgotten"), text, tr("Open"))
        self._paths, self._clock = paths, clock
        self.key = self.add_line(LabelledLine(tr("Recovery key"), "recovery-key"))
        self.login = self.add_line(LabelledLine(tr("Name to log in with"), "recover-login"))
        self.login.line.setText(login)
        self.password = self.add_line(PasswordLine(tr("New password"), "new-password"))
        self.again = self.add_line(PasswordLine(tr("The same once more"), "new-password-again"))
        back = Button(tr("Back"), Variant.SECONDARY, name="recover-back")
        back.clicked.connect(self.back)
        self.buttons.insertWidget(1, back)
        self.close_with_buttons()
        self.setFocusProxy(self.key.line)

    def submit(self) -> None:
        """Set the password and come in."""
        if self.again.text() != self.password.text():
            self.again.show_error(tr("This is not the same password."))
            return
        typed, login, password = self.key.text(), self.login.text(), self.password.text()
        self.work(
            lambda _progress: recover(self._paths, self._clock, typed, login, password),
            self.entered.emit,
            tr("Opening…"),
        )

    def lines_at_fault(self) -> Mapping[str, LabelledLine]:
        """Whose line each fault is."""
        passwords = ("password_short", "password_long", "password_plain", "password_is_name")
        return {
            **dict.fromkeys(passwords, self.password),
            "recovery_key_mistyped": self.key,
            "recovery_key_wrong": self.key,
            "wait_before_retry": self.key,
            "unknown_login": self.login,
        }
