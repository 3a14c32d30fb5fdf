"""The first administrator of a register: of a new one, or of one that is not protected yet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import tr
from avrr_desktop.paths import Paths
from avrr_desktop.services.access.passwords import SHORTEST
from avrr_desktop.services.access.protecting import (
    FirstUser,
    Protected,
    create_protected,
    protect,
)
from avrr_desktop.services.access.users import own_cost
from avrr_desktop.ui.access.lines import LabelledLine, PasswordLine
from avrr_desktop.ui.access.step import Step
from avrr_desktop.ui.tasks import Progress, Tasks
from avrr_desktop.ui.widgets.banners import Banner
from avrr_desktop.ui.widgets.formats import path_text
from avrr_desktop.vault import Cost


class FirstUserStep(Step):
    """``made`` gives the ``Protected`` register. ``cost`` is this machine's unless it is given.

    ``continue_asked``: there is one already, in a file of another PC.
    """

    made = Signal(object)
    continue_asked = Signal()

    def __init__(self, tasks: Tasks, paths: Paths, clock: Clock, cost: Cost | None = None) -> None:
        self._is_new = not paths.register.exists()
        folder = path_text(paths.data_dir)
        title = tr("A new register") if self._is_new else tr("Protect this register")
        text = (
            tr("It will be encrypted, in {folder}. You will be its first administrator.")
            if self._is_new
            else tr("The register in {folder} will be encrypted. You will be its administrator.")
        ).format(folder=folder)
        go = tr("Create the register") if self._is_new else tr("Encrypt the register")
        super().__init__(tasks, "first-user", title, text, go)
        self._paths, self._clock, self._cost = paths, clock, cost
        if self._is_new:
            other = Banner(
                tr("Is there a register on another PC already?"),
                action=tr("Continue it here…"),
                name="first-continue",
            )
            other.action_requested.connect(self.continue_asked)
            self.column.addWidget(other)
        self.name = self.add_line(LabelledLine(tr("Your name"), "first-name"))
        self.login = self.add_line(LabelledLine(tr("Name to log in with"), "first-login"))
        hint = tr("At least {count} signs: a few words in a row.", count=SHORTEST)
        self.password = self.add_line(PasswordLine(tr("Password"), "first-password", hint=hint))
        self.again = self.add_line(PasswordLine(tr("The same once more"), "first-password-again"))
        self.name.edited.connect(self._propose_login)
        self._proposed = ""
        self.close_with_buttons()
        self.setFocusProxy(self.name.line)

    def submit(self) -> None:
        """Create or encrypt the register."""
        user = FirstUser(self.name.text(), self.login.text(), self.password.text())
        try:
            user.check()
        except UserError as error:
            self.refuse(error)
            return
        if self.again.text() != user.password:
            self.again.show_error(tr("This is not the same password."))
            self.again.line.setFocus()
            return

        def act(progress: Progress) -> Protected:
            cost = self._cost or own_cost()
            if self._is_new:
                return create_protected(self._paths, self._clock, user, cost)
            return protect(self._paths, self._clock, user, cost, progress)

        self.work(act, self.made.emit, tr("Encrypting…"))

    def lines_at_fault(self) -> Mapping[str, LabelledLine]:
        """Whose line each fault is."""
        passwords = ("password_short", "password_long", "password_plain", "password_is_name")
        return {
            **dict.fromkeys(passwords, self.password),
            "name_missing": self.name,
            "login_missing": self.login,
        }

    def _propose_login(self) -> None:
        """The first word of the name, until something else is typed."""
        if self.login.text() == self._proposed:
            self._proposed = self.name.text().partition(" ")[0].casefold()
            self.login.line.setText(self._proposed)
