"""Continuing a register from a file: who opens it, what it holds and replaces, then it is here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QCompleter

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import ntr, screen_language, tr, translator
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.entering import Access, Recovery
from avrr_desktop.services.messages import word_error
from avrr_desktop.services.moving.opening import MoveFile, enter_file, recover_file
from avrr_desktop.services.moving.taking_in import Here, Incoming, lay_ready, take_in
from avrr_desktop.services.moving.words import counts_text, lost_lines_text, lost_place_text
from avrr_desktop.services.register import Register
from avrr_desktop.ui.access.lines import LabelledLine, PasswordLine
from avrr_desktop.ui.access.long_step import LongStep
from avrr_desktop.ui.tasks import Progress, Tasks
from avrr_desktop.ui.widgets.buttons import Button, Variant
from avrr_desktop.ui.widgets.formats import ltr, moment_text, path_text
from avrr_desktop.ui.widgets.icon_label import IconText
from avrr_desktop.ui.widgets.text import Text

_PASSWORDS = ("password_short", "password_long", "password_plain", "password_is_name")


class _FileStep(LongStep):
    """Asks for what opens the file, then lays all of it ready. ``ready`` gives the ``Incoming``."""

    ready = Signal(object)
    left = Signal()

    def __init__(self, tasks: Tasks, paths: Paths, clock: Clock, file: MoveFile, text: str) -> None:
        super().__init__(
            tasks, "continue", tr("Continue a register here"), text, tr("Open this file")
        )
        self._paths, self._clock, self._file = paths, clock, file
        self.column.addWidget(IconText("file-text", _about(file), wrap=True, name="continue-about"))

    def add_back(self, name: str) -> Button:
        """The way back, beside the primary button."""
        back = Button(tr("Back"), Variant.SECONDARY, name=name)
        back.clicked.connect(self.left)
        self.buttons.insertWidget(self.buttons.count() - 1, back)
        self.free_while_idle(back)
        return back

    def open_by(self, entered: Callable[[], Access]) -> None:
        """Open the file on the worker."""
        paths, clock, file = self._paths, self._clock, self._file

        def act(progress: Progress) -> Incoming:
            return lay_ready(paths, clock, file, entered(), progress)

        self.work(act, self.ready.emit, tr("Opening the file, and looking at all of it…"))


class FilePasswordStep(_FileStep):
    """A user's own password, as at the log-in. ``forgot`` asks for the recovery key."""

    forgot = Signal()

    def __init__(
        self, tasks: Tasks, paths: Paths, clock: Clock, file: MoveFile, login: str = ""
    ) -> None:
        text = tr("The file is encrypted. Your usual name and password open it.")
        super().__init__(tasks, paths, clock, file, text)
        known = file.logins
        self.login = self.add_line(LabelledLine(tr("Name to log in with"), "continue-login"))
        completer = QCompleter(list(known), self.login.line)
        completer.setCaseSensitivity(completer.caseSensitivity().CaseInsensitive)
        self.login.line.setCompleter(completer)
        self.login.line.setText(login or (known[0] if len(known) == 1 else ""))
        self.password = self.add_line(PasswordLine(tr("Password"), "continue-password"))
        forgot = Button(tr("Password forgotten"), Variant.LINK, name="continue-forgot")
        forgot.clicked.connect(self.forgot)
        self.buttons.insertWidget(0, forgot)
        self.free_while_idle(forgot)
        self.add_back("continue-back")
        self.close_with_buttons()
        self.setFocusProxy(self.password.line if self.login.text() else self.login.line)

    def submit(self) -> None:
        """Open the file by the password."""
        login, password = self.login.text(), self.password.text()
        if not (login and password):
            (self.password if login else self.login).line.setFocus()
            return
        self.open_by(lambda: enter_file(self._paths, self._clock, self._file, login, password))

    def lines_at_fault(self) -> Mapping[str, LabelledLine]:
        """Both faults are the password's."""
        return {"wrong_password": self.password, "wait_before_retry": self.password}


class FileRecoverStep(_FileStep):
    """The recovery key of the printed sheet, and another password for one of the users."""

    def __init__(
        self, tasks: Tasks, paths: Paths, clock: Clock, file: MoveFile, login: str = ""
    ) -> None:
        text = tr("The sheet printed when the register was created holds its recovery key.")
        super().__init__(tasks, paths, clock, file, text)
        self.key = self.add_line(LabelledLine(tr("Recovery key"), "continue-key"))
        self.login = self.add_line(LabelledLine(tr("Name to log in with"), "continue-login"))
        self.login.line.setText(login)
        self.password = self.add_line(PasswordLine(tr("New password"), "continue-new"))
        self.again = self.add_line(PasswordLine(tr("The same once more"), "continue-again"))
        self.add_back("continue-back")
        self.close_with_buttons()
        self.setFocusProxy(self.key.line)

    def submit(self) -> None:
        """Open the file by the key."""
        if self.again.text() != self.password.text():
            self.again.show_error(tr("This is not the same password."))
            return
        given = Recovery(self.key.text(), self.login.text(), self.password.text())
        self.open_by(lambda: recover_file(self._paths, self._clock, self._file, given))

    def lines_at_fault(self) -> Mapping[str, LabelledLine]:
        """Whose line each fault is."""
        return {
            **dict.fromkeys(_PASSWORDS, self.password),
            "recovery_key_mistyped": self.key,
            "recovery_key_wrong": self.key,
            "wait_before_retry": self.key,
            "unknown_login": self.login,
        }


class ContinueHereStep(LongStep):
    """What was laid ready, and what it takes the place of. ``taken`` gives the open register."""

    taken = Signal(object)
    left = Signal()

    def __init__(self, tasks: Tasks, clock: Clock, incoming: Incoming) -> None:
        super().__init__(
            tasks,
            "continue-here",
            tr("Continue a register here"),
            tr("The whole file was read: nothing in it is damaged."),
            tr("Continue here"),
        )
        self._clock, self._incoming = clock, incoming
        for sentence in _held(incoming):
            self.column.addWidget(Text(sentence, wrap=True, name="continue-held"))
        for sentence in _replaced(incoming):
            mark = IconText("triangle-alert", sentence, tone="warning", wrap=True)
            mark.setObjectName("continue-replaced")
            self.column.addWidget(mark)
        self.accept_loss = QCheckBox(tr("I know that these entries will not be in the register"))
        self.accept_loss.setObjectName("continue-accept")
        self.accept_loss.setVisible(False)
        if incoming.present.lost_lines:
            self.column.addWidget(self.accept_loss)
            self.accept_loss.setVisible(True)
            self.free_while_idle(self.accept_loss)
        else:
            self.accept_loss.setParent(self)
            self.accept_loss.hide()
        self.accept_loss.toggled.connect(lambda _on: self._set_idle(idle=True))
        back = Button(tr("Cancel"), Variant.SECONDARY, name="continue-here-back")
        back.clicked.connect(self.left)
        self.buttons.insertWidget(self.buttons.count() - 1, back)
        self.free_while_idle(back)
        self._back = back
        self.close_with_buttons()
        self._set_idle(idle=True)
        self.setFocusProxy(self.go if self.go.isEnabled() else back)

    def submit(self) -> None:
        """Let the register go on here."""
        incoming, clock = self._incoming, self._clock
        accepted = self.accept_loss.isChecked()

        def act(progress: Progress) -> Register:
            return take_in(incoming, clock, accept_loss=accepted, tell=progress)

        self.work(act, self.taken.emit, tr("Putting the register in its place…"), self.left.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button one is on, else the primary one: there is no line to end."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self._back.hasFocus():
            self._back.click()
        else:
            self.go.click()

    def _set_idle(self, *, idle: bool) -> None:
        super()._set_idle(idle=idle)
        lost = self._incoming.present.lost_lines
        may = self._incoming.may_take_in and (not lost or self.accept_loss.isChecked())
        self.go.setEnabled(idle and may)


def _about(file: MoveFile) -> str:
    return tr(
        "{file}, prepared on {when}", file=ltr(file.path.name), when=moment_text(file.made_at)
    )


def _held(incoming: Incoming) -> Iterator[str]:
    """What the file holds, and what does not come along."""
    told = incoming.told
    say = translator(screen_language())
    yield tr(
        "Prepared on {when} on the PC {pc}: {counts}.",
        when=moment_text(told.made_at),
        pc=ltr(told.pc or "?"),
        counts=counts_text(told.persons, told.events, say),
    )
    parts = []
    if told.last_at is not None:
        parts.append(tr("Last entry: {when}.", when=moment_text(told.last_at)))
    if told.drafts:
        parts.append(
            ntr(
                "{count} half-typed form comes along.",
                "{count} half-typed forms come along.",
                told.drafts,
            )
        )
    if told.backups:
        parts.append(
            ntr("{count} backup comes along.", "{count} backups come along.", told.backups)
        )
    if parts:
        yield " ".join(parts)
    if incoming.lost_place:
        yield lost_place_text(incoming, say)


def _replaced(incoming: Incoming) -> Iterator[str]:
    """What is here, and what becomes of it."""
    present, held = incoming.present, incoming.present.held
    say = translator(screen_language())
    if present.here is Here.NOTHING:
        return
    if held is not None:
        yield tr(
            "This PC holds the same register: {counts}. It is set aside as a backup first.",
            counts=counts_text(held.persons, held.events, say),
        )
    elif present.here is Here.CLOSED:
        yield tr(
            "This PC holds the same register, which this password does not open. It is set aside"
            " in {folder}, not deleted.",
            folder=path_text(incoming.paths.set_aside_dir),
        )
    else:
        yield tr(
            "This PC holds another register. It is set aside in {folder} with its backups, not"
            " deleted.",
            folder=path_text(incoming.paths.set_aside_dir),
        )
    if lost := lost_lines_text(incoming, say):
        yield lost
    if not incoming.may_take_in:
        refused = UserError("move_needs_administrator")
        yield word_error(refused, say)
