"""What a save would move in the figures, computed by the save itself and then taken back."""

from __future__ import annotations

from collections.abc import Callable

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.batch import Batch
from avrr_desktop.services.drafts import Draft
from avrr_desktop.services.effect import EffectWatch
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import Cells


@needs(Permission.RECORD)
def preview(
    register: Register,
    actor: Actor,
    drafts: tuple[Draft, ...],
    period: Period,
    is_wanted: Callable[[], bool] = lambda: True,
) -> Cells | None:
    """The cells of ``period`` that saving the drafts would move; None when they cannot be saved.

    The same engine as a save's counts, in a transaction that is always rolled back. Unlikely
    values are taken as confirmed. ``is_wanted`` is asked once nobody else writes: the drafts may
    be saved by then, and are not to be entered twice.
    """
    delta: Cells | None = None
    try:
        with register.database.writing() as connection:
            if not is_wanted():
                return None
            journal = Journal(connection, actor, register.clock, action="preview")
            batch = Batch(register, connection, drafts)
            effect = EffectWatch(register, connection, period)
            effect.before(batch.persons(), batch.cases())
            for place, draft in enumerate(drafts):
                batch.take(journal, draft, place, "preview")
            batch.write(journal)
            delta = effect.after(journal.persons)
            connection.rollback()
    except UserError:
        return None
    return delta
