"""A list of names on its way out: a workbook in a zip that a password opens (AES-256)."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import Final

from openpyxl import Workbook

from avrr_desktop.core.errors import UserError
from avrr_desktop.services.access.passwords import check_password
from avrr_desktop.services.atomic import give_out
from avrr_desktop.services.register import Register
from avrr_desktop.services.workbook.saving import save_book, write_book

SUFFIX: Final = ".zip"


def check_list_password(register: Register, password: str) -> None:
    """Refuse a list that would leave a protected register in clear.

    Raises:
        UserError: ``list_needs_password``, or the password's faults.
    """
    if password:
        check_password(password)
    elif register.access is not None:
        raise UserError("list_needs_password")


def save_list(book: Workbook, path: Path, password: str) -> Path:
    """Write the workbook, in a zip beside that name when there is a password; gives the file.

    Raises:
        UserError: see ``give_out``.
    """
    if not password:
        save_book(book, path)
        return path
    content = BytesIO()
    write_book(book, content)
    return write_sealed(content.getvalue(), path.with_suffix(".xlsx"), password)


def write_sealed(content: bytes, path: Path, password: str) -> Path:
    """Write a file, in a zip beside that name when there is a password; gives what was written.

    Raises:
        UserError: see ``give_out``.
    """
    if password:
        content, path = _sealed(content, path.name, password), path.with_suffix(SUFFIX)
    with give_out(path) as file:
        file.write(content)
    return path


def _sealed(content: bytes, name: str, password: str) -> bytes:
    """The zip, made in memory: on a disk that fails pyzipper trips over its own closing."""
    # It has no types, and only a list with a password needs it.
    pyzipper = import_module("pyzipper")
    file = BytesIO()
    with pyzipper.AESZipFile(file, "w", encryption=pyzipper.WZ_AES) as archive:
        archive.setpassword(password.encode())
        archive.writestr(name, content)
    return file.getvalue()
