"""The command line's way into a register: asks for what opens it, closes it after the command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from getpass import getpass
from typing import TYPE_CHECKING

from avrr_desktop.core.clock import Clock
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.translation import tr
from avrr_desktop.paths import Paths

if TYPE_CHECKING:
    from avrr_desktop.arguments import Parser
    from avrr_desktop.services.access.entering import Access
    from avrr_desktop.services.register import Register


def add_entry(parser: Parser) -> None:
    """The options of a command that opens a register. A password is never one of them."""
    login = tr("whose name opens a protected register")
    parser.options.add_argument("--user", metavar=tr("NAME"), default="", help=login)
    asked = tr("read the password from the first line given instead of asking for it")
    parser.options.add_argument("--password-stdin", action="store_true", help=asked)


@contextmanager
def opened(options: argparse.Namespace, paths: Paths, clock: Clock) -> Iterator[Register]:
    """The register of a folder, opened as who the options name.

    Raises:
        UserError: ``register_unprotected`` for a real register nobody protected yet,
            ``user_needed``, ``password_needed``, or as ``open_register`` and ``enter``.
    """
    from avrr_desktop.services.access.entries import note_entry
    from avrr_desktop.services.access.header_file import is_protected
    from avrr_desktop.services.register import open_register

    access = _access(options, paths, clock) if is_protected(paths) else None
    register = open_register(paths, clock, access)
    try:
        if access is None and not register.info.is_demo:
            raise UserError("register_unprotected")
        note_entry(register)
        yield register
    finally:
        register.close()


def list_password(options: argparse.Namespace, register: Register) -> str:
    """The password of a list of names: asked after that of the register; none for an open one.

    Raises:
        UserError: ``password_needed``.
    """
    if register.access is None:
        return ""
    return typed_password(options, tr("Password of the file: "))


def typed_password(options: argparse.Namespace, question: str) -> str:
    """A password from the terminal, where it is not shown, or from what is piped in.

    Raises:
        UserError: ``password_needed``: nobody is there to type it; ``password_not_utf8``.
    """
    if options.password_stdin:
        try:
            return sys.stdin.readline().rstrip("\r\n")
        except UnicodeDecodeError as error:  # another encoding would make another password
            raise UserError("password_not_utf8") from error
    if not sys.stdin.isatty():
        raise UserError("password_needed")
    return getpass(question)


def _access(options: argparse.Namespace, paths: Paths, clock: Clock) -> Access:
    from avrr_desktop.services.access.entering import enter, logins

    login = options.user
    if not login:
        known = logins(paths)
        if len(known) != 1:
            raise UserError("user_needed")
        login = known[0]
    return enter(
        paths, clock, login, typed_password(options, tr("Password of {login}: ", login=login))
    )
