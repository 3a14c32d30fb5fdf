"""Ctrl+Z over the whole register: what it takes back, said in a sentence."""

from __future__ import annotations

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.undoing import Undoable
from avrr_desktop.ui.page import Context


def undo(context: Context) -> tuple[Changed | None, str]:
    """Take back the last transaction; what changed, and what to say of it.

    Raises:
        UserError: ``changed_since``, or a failure of the disk.
    """
    last = context.records.undoable(context.actor)
    changed = context.records.undo(context.actor, watch=watched(context))
    if changed is None or last is None:
        return None, tr("There is nothing to undo.")
    return changed, _sentence(last)


def watched(context: Context) -> Period:
    """The period whose figures are on screen, or were last."""
    today = context.register.clock.today()
    return parse_period(context.period) if context.period else semester_of(today)


def _sentence(last: Undoable) -> str:
    record = RECORD_BY_KEY.get(last.table)
    label = record.label.text(screen_language()) if record else ""
    if last.action == "delete":
        return tr("Deletion undone: {record}.", record=label)
    if last.action == "restore":
        return tr("Restoring undone: {record}.", record=label)
    if last.action == "import":
        return ntr("Import undone: {count} record.", "Import undone: {count} records.", last.count)
    return tr("Save undone: {record}.", record=label)
