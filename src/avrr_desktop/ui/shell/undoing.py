"""Ctrl+Z over the whole register: what it takes back, said in a sentence."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.translation import ntr, screen_language, tr
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.undoing import Undoable
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.correction import corrected

_ACTS: dict[str, Callable[[], str]] = {
    "merge": lambda: tr("Merger undone: the two files are apart again."),
    "unmerge": lambda: tr("Separation undone: the two files are one again."),
    "different": lambda: tr("Undone: the two files may be of one person again."),
}


def undo(context: Context, parent: QWidget) -> tuple[Changed | None, str]:
    """Take back the last transaction; what changed, and what to say of it.

    Over ``parent`` the reason is asked when a semester closed since would move.

    Raises:
        UserError: ``changed_since``, or a failure of the disk.
    """
    last = context.records.undoable(context.actor)
    if last is None:
        return None, tr("There is nothing to undo.")
    changed = corrected(
        parent,
        lambda reason: context.records.undo(
            context.actor, watch=watched(context), correction=reason
        ),
    )
    if changed is None:
        return None, tr("Nothing was undone.")
    sentence = _sentence(last)
    if last.action == "delete":
        from avrr_desktop.ui.shell.shared import with_shared

        sentence = with_shared(context, sentence, changed.persons)
    return changed, sentence


def watched(context: Context) -> Period:
    """The period whose figures are on screen, or were last."""
    today = context.register.clock.today()
    return parse_period(context.period) if context.period else semester_of(today)


def _sentence(last: Undoable) -> str:
    if last.action in _ACTS:
        return _ACTS[last.action]()
    record = RECORD_BY_KEY.get(last.table)
    label = record.label.text(screen_language()) if record else ""
    if last.action == "delete":
        return tr("Deletion undone ({record}).", record=label)
    if last.action == "restore":
        return tr("Restoring undone ({record}).", record=label)
    if last.action == "import":
        return ntr("Import undone: {count} record.", "Import undone: {count} records.", last.count)
    return tr("Save undone ({record}).", record=label)
