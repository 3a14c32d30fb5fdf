"""The end of an anonymisation: nothing of what was erased is left in freed pages, nor in a form.

What is to be done is noted in the transaction that erases, so that a program killed before it was
done does it at its next start.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection

from avrr_desktop.core.permissions import Permission
from avrr_desktop.db import search_index
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.register import Register, read_setting, write_setting
from avrr_desktop.services.unsaved import UnsavedForms

_UNFINISHED: Final = "erasure_unfinished"


def note_unfinished(connection: Connection) -> None:
    """Something is being erased in this transaction."""
    write_setting(connection, _UNFINISHED, value=True)


@needs(Permission.FIGURES)
def finish_erasure(register: Register) -> bool:
    """Finish what was begun; whether there was anything to finish.

    Raises:
        UserError: a failure of the disk; the next start tries again.
    """
    with register.database.reading() as connection:
        if not read_setting(connection, _UNFINISHED):
            return False
    UnsavedForms(register).erase_anonymised()
    with register.database.writing() as connection:
        search_index.forget_removed(connection)
    register.database.overwrite_freed()
    with register.database.writing() as connection:
        write_setting(connection, _UNFINISHED, value=False)
    return True
