"""What a deletion would move in the figures: done by the deletion itself, then taken back."""

from __future__ import annotations

from dataclasses import dataclass

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.core.specs import Activity
from avrr_desktop.services import deletion
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.effect import EffectWatch
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import Cells
from avrr_desktop.services.taken_back import taken_back


@dataclass(frozen=True, slots=True)
class DeletionEffect:
    """What goes with a record: how many events, and the cells of a period it moves."""

    events: int
    cells: Cells


@needs(Permission.NAMES)
def deletion_effect(
    register: Register, actor: Actor, key: str, record_id: str, period: Period
) -> DeletionEffect:
    """The effect of deleting a record.

    Raises:
        UserError: what the deletion itself would raise.
    """
    today = register.clock.today()
    with taken_back(register) as connection:
        targets = deletion.rows_to_delete(connection, key, record_id)
        persons = {target.person for target in targets} - {""}
        watch = EffectWatch(register, connection, period)
        watch.before(persons)
        journal = Journal(connection, actor, register.clock, action="preview")
        deletion.mark(
            connection, journal, targets, deleted_at=journal.at, reason="preview", today=today
        )
        journal.write()
        events = sum(isinstance(target.record, Activity) for target in targets)
        return DeletionEffect(events, watch.after(persons) or {})
