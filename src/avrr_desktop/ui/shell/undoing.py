"""Ctrl+Z and Ctrl+Y over the whole register: what they take and bring back, said in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QWidget

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.undoing import Undoable
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.widgets.formats import code_text, ltr

Act = Callable[[Context, QWidget], tuple[Changed | None, str]]  # ``undo`` or ``redo``
_Sentences = Mapping[str, Callable[[Context, Undoable], str]]


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
    sentence = _said(_UNDONE, context, last)
    brings_back = last.action == "delete"
    return changed, _with_shared(context, sentence, changed) if brings_back else sentence


def redo(context: Context, parent: QWidget) -> tuple[Changed | None, str]:
    """Bring back what was just taken back; what changed, and what to say of it.

    Raises:
        UserError: as ``undo``.
    """
    last = context.records.redoable(context.actor)
    if last is None:
        return None, tr("There is nothing to redo.")
    changed = corrected(
        parent,
        lambda reason: context.records.redo(
            context.actor, watch=watched(context), correction=reason
        ),
    )
    if changed is None:
        return None, tr("Nothing was redone.")
    sentence = _said(_REDONE, context, last)
    brings_back = last.action in {"save", "restore"}
    return changed, _with_shared(context, sentence, changed) if brings_back else sentence


def watched(context: Context) -> Period:
    """The period whose figures are on screen, or were last."""
    today = context.register.clock.today()
    return parse_period(context.period) if context.period else semester_of(today)


def _with_shared(context: Context, sentence: str, changed: Changed) -> str:
    from avrr_desktop.ui.shell.shared import with_shared

    return with_shared(context, sentence, changed.persons)


def _said(sentences: _Sentences, context: Context, last: Undoable) -> str:
    return sentences.get(last.action, sentences["save"])(context, last)


def _record(context: Context, last: Undoable) -> str:
    """« Personne (KONÉ Aïcha et 2 autres) », as the bin names it."""
    from avrr_desktop.ui.person.words import plain_name  # the first page needs no forms

    record = RECORD_BY_KEY.get(last.table)
    label = context.text(record.label) if record else ""
    about = ltr(plain_name(last.name)) if allows(context.actor, Permission.NAMES) else ""
    about = about or (code_text(last.number) if last.number else "")
    if not about:
        return label
    if last.alike:
        about = ntr("{name} and {count} other", "{name} and {count} others", last.alike, name=about)
    return tr("{record} ({name})", record=label, name=about)


_UNDONE: _Sentences = {
    "save": lambda context, last: tr("Save undone: {record}.", record=_record(context, last)),
    "delete": lambda context, last: tr("Deletion undone: {record}.", record=_record(context, last)),
    "restore": lambda context, last: tr(
        "Restoring undone: {record}.", record=_record(context, last)
    ),
    "import": lambda _context, last: ntr(
        "Import undone: {count} record.", "Import undone: {count} records.", last.count
    ),
    "merge": lambda _context, _last: tr("Merger undone: the two files are apart again."),
    "unmerge": lambda _context, _last: tr("Separation undone: the two files are one again."),
    "different": lambda _context, _last: tr("Undone: the two files may be of one person again."),
}
_REDONE: _Sentences = {
    "save": lambda context, last: tr("Save redone: {record}.", record=_record(context, last)),
    "delete": lambda context, last: tr("Deletion redone: {record}.", record=_record(context, last)),
    "restore": lambda context, last: tr(
        "Restoring redone: {record}.", record=_record(context, last)
    ),
    "import": lambda _context, last: ntr(
        "Import redone: {count} record.", "Import redone: {count} records.", last.count
    ),
    "merge": lambda _context, _last: tr("Merger redone: the two files are one again."),
    "unmerge": lambda _context, _last: tr("Separation redone: the two files are apart again."),
    "different": lambda _context, _last: tr("Redone: the two files are of two persons."),
}
