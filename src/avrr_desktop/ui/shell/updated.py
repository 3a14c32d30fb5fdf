"""The bar at the first start of a newer version, which leads to what changed; once."""

from __future__ import annotations

from avrr_desktop.services.identity import program_version
from avrr_desktop.services.what_changed import is_newer
from avrr_desktop.ui.shell.desk import Desk


def first_start_of_newer(desk: Desk) -> bool:
    """Whether this desk starts a version for the first time after an older one; noted at once.

    A desk that noted no version but had a window before is one of the versions that noted none.
    """
    now, before = program_version(), desk.version
    if before == now:
        return False
    is_updated = is_newer(now, before) if before else not desk.geometry.isEmpty()
    desk.version = now
    return is_updated
