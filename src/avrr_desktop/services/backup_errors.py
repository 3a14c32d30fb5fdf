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
    "no_such_backup": lambda say, of: say.tr(
        "There is no backup “{backup}”. “avrr-desktop backups” lists them.",
        backup=of.text("backup"),
    ),
}
