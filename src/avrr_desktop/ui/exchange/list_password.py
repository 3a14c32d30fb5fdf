"""The password a list of names leaves a protected register with."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import tr
from avrr_desktop.services.exchange.sealed_list import check_list_password
from avrr_desktop.services.register import Register
from avrr_desktop.ui.access.lines import PasswordLine
from avrr_desktop.ui.settings.ask import Ask, ask


def ask_list_password(parent: QWidget, register: Register) -> str | None:
    """The password typed, empty for an open register; None when it was given up."""
    if register.access is None:
        return ""
    password = PasswordLine(tr("Password of the file"), "list-password")
    again = PasswordLine(tr("The same once more"), "list-password-again")

    def act() -> None:
        if password.text() != again.text():
            raise UserError("passwords_differ")
        check_list_password(register, password.text())

    text = tr(
        "A list of names leaves the register in an encrypted zip. Tell its password by another"
        " way than the file."
    )
    dialog = Ask(parent, tr("Protect the list"), text, tr("Go on"), act, (password, again))
    return password.text() if ask(dialog) else None
