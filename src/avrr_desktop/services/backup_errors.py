"""What a backup refuses, and what to do, for each code of an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from avrr_desktop.core.translation import Translator
from avrr_desktop.services.said_values import Said

BACKUP_ERRORS: Final[Mapping[str, Callable[[Translator, Said], str]]] = {
    "backup_damaged": lambda say, _: say.tr(
        "This backup is damaged: nothing was changed. Choose an older one."
    ),
    "backup_other_register": lambda say, _: say.tr(
        "This backup is another register's: it cannot take the place of this one."
    ),
    "backup_needs_password": lambda say, _: say.tr(
        "This backup was made under an older key: it opens with a password of that time."
    ),
    "backup_place_same": lambda say, _: say.tr(
        "This folder is beside the register: both would be lost together. Choose another disk."
    ),
    "rehearsal_figures": lambda say, of: say.tr(
        "The register was not updated: on a copy, the figures of {period} came out otherwise."
        " Nothing was changed in it. Install the version of before, which opens it, and call the"
        " administrator.",
        period=of.text("period"),
    ),
    "rehearsal_failed": lambda say, _: say.tr(
        "The register was not updated: tried on a copy, the update failed. Nothing was changed in"
        " it. Install the version of before, which opens it, and call the administrator."
    ),
    "register_moving": lambda say, _: say.tr(
        "A program is writing in the register at this moment. Close it, then start the update"
        " again."
    ),
    "register_in_use": lambda say, of: say.tr(
        "The register is open in a running program ({host}). Close it, then start the update"
        " again.",
        host=of.text("host"),
    ),
    "no_such_backup": lambda say, of: say.tr(
        "There is no backup “{backup}”. “avrr-desktop backups” lists them.",
        backup=of.text("backup"),
    ),
}
