"""The journal read through on demand: its chain, then its head."""

from __future__ import annotations

from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.chain import Fault, FaultKind, Tell, faults
from avrr_desktop.services.register import Register

# What ``audit.accept_head`` settles: the chain may be whole.
OF_HEAD = frozenset(
    {FaultKind.CUT, FaultKind.REWRITTEN, FaultKind.HEAD_MISSING, FaultKind.HEAD_ALTERED}
)


@needs(Permission.FIGURES)
def check_journal(register: Register, tell: Tell = lambda _done, _total: None) -> tuple[Fault, ...]:
    """What does not hold, in the order of the lines; empty when all does.

    ``tell`` is given lines read and lines in all, and may raise to stop.
    """
    head = register.head.read()
    with register.database.reading() as connection:
        return (*faults(connection, tell), *register.head.faults(connection, head))
