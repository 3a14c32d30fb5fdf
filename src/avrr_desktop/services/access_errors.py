"""What keeps somebody out, or a password refused, for each code of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from avrr_desktop.core.labels import Label
from avrr_desktop.core.translation import Translator
from avrr_desktop.services.access.words import PERMISSION_LABELS
from avrr_desktop.services.said_values import Said

_PERMISSIONS: Final = {asked.value: label for asked, label in PERMISSION_LABELS.items()}
_UNSAID: Final = Label("—", "—", "—")


def _wrong_password(say: Translator, said: Said) -> str:
    seconds = said.count("seconds")
    if not seconds:
        return say.tr("This name and this password do not go together.")
    return say.ntr(
        "This name and this password do not go together. Try again in {count} second.",
        "This name and this password do not go together. Try again in {count} seconds.",
        seconds,
    )


def _wait(say: Translator, said: Said) -> str:
    return say.ntr(
        "Too many wrong passwords. Try again in {count} second.",
        "Too many wrong passwords. Try again in {count} seconds.",
        said.count("seconds"),
    )


def _not_allowed(say: Translator, said: Said) -> str:
    return say.tr(
        "Your role does not allow this: {what}. An administrator can change it.",
        what=said.label(_PERMISSIONS.get(said.code("permission"), _UNSAID)),
    )


ACCESS_ERRORS: Final[Mapping[str, Callable[[Translator, Said], str]]] = {
    "not_allowed": _not_allowed,
    "copy_shown": lambda say, _: say.tr(
        "This is a copy to look at: nothing can be written in it. Open the register itself."
    ),
    "snapshot_moving": lambda say, _: say.tr(
        "The other PC is writing in the register just now. Try again in a moment."
    ),
    "wrong_password": _wrong_password,
    "wait_before_retry": _wait,
    "password_needed": lambda say, _: say.tr(
        "This register is protected: it opens with a user's name and password."
    ),
    "password_not_utf8": lambda say, _: say.tr(
        "The password was not given in UTF-8: nothing was done."
    ),
    "register_unprotected": lambda say, _: say.tr(
        "This register is not protected yet: open the window once, or run “avrr-desktop protect”."
    ),
    "user_needed": lambda say, _: say.tr(
        "Several users open this register: say whose name with --user."
    ),
    "user_revoked": lambda say, _: say.tr("This user may no longer open the register."),
    "unknown_login": lambda say, of: say.tr(
        "No user logs in as “{login}”.", login=of.text("login")
    ),
    "wrong_key": lambda say, _: say.tr(
        "The register does not open with its key: the file is damaged, or is another register's."
        " Restore the last good backup."
    ),
    "header_broken": lambda say, _: say.tr(
        "The file of keys beside the register is damaged, and so is its copy. Restore the last"
        " good backup: each carries its own keys."
    ),
    "header_altered": lambda say, _: say.tr(
        "The file of keys beside the register was altered with another program. Restore the last"
        " good backup: each carries its own keys."
    ),
    "sealed_broken": lambda say, _: say.tr("This file was altered, or is another register's."),
    "recovery_key_mistyped": lambda say, _: say.tr(
        "This is no recovery key: it has nine groups of four letters and digits. Compare it with"
        " the sheet."
    ),
    "recovery_key_wrong": lambda say, _: say.tr(
        "This recovery key does not open this register. A newer sheet may have been printed."
    ),
    "password_short": lambda say, of: say.ntr(
        "A password has at least {count} sign.",
        "A password has at least {count} signs. A few words in a row are easy to remember.",
        of.count("shortest"),
    ),
    "password_long": lambda say, of: say.ntr(
        "A password has at most {count} sign.",
        "A password has at most {count} signs.",
        of.count("longest"),
    ),
    "list_needs_password": lambda say, _: say.tr(
        "A list of names leaves a protected register only with a password of its own."
    ),
    "passwords_differ": lambda say, _: say.tr("This is not the same password."),
    "password_plain": lambda say, _: say.tr("This password is too easy to guess."),
    "password_is_name": lambda say, _: say.tr(
        "This password is the user's name with little added: it is guessed first."
    ),
    "name_missing": lambda say, _: say.tr("Type a name."),
    "login_missing": lambda say, _: say.tr("Type the name to log in with."),
    "login_taken": lambda say, of: say.tr(
        "“{login}” is another user's name to log in with.", login=of.text("login")
    ),
    "last_administrator": lambda say, _: say.tr(
        "The register needs an administrator: make somebody else one first."
    ),
    "own_slot": lambda say, _: say.tr("Another administrator must keep you out."),
    "not_protected": lambda say, _: say.tr(
        "This register is open: it has neither users nor passwords."
    ),
    "already_protected": lambda say, _: say.tr("This register is protected already."),
    "demo_stays_open": lambda say, _: say.tr(
        "A register of invented people stays open. Create a register of your own."
    ),
    "copy_differs": lambda say, _: say.tr(
        "The copy was not the same as the register: nothing was changed. Check the disk, then try"
        " again."
    ),
}
