"""Which semesters have a padlock, for menus that offer periods."""

from __future__ import annotations

from collections.abc import Callable

from avrr_desktop.core.periods import Period
from avrr_desktop.services.closing.held import in_force
from avrr_desktop.services.register import Register


def closed_periods(register: Register) -> frozenset[Period]:
    """The semesters that are closed now."""
    with register.database.reading() as connection:
        return frozenset(closing.period for closing in in_force(connection))


def padlocks(register: Register) -> Callable[[], frozenset[Period]]:
    """The same, to be asked each time."""
    return lambda: closed_periods(register)
