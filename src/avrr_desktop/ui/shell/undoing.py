"""Ctrl+Z and Ctrl+Y over the whole register: what they take and bring back, said in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from avrr_desktop.activities import RECORD_BY_KEY
from avrr_desktop.core.actors import Actor
from avrr_desktop.core.periods import Period, parse_period, semester_of
from avrr_desktop.core.permissions import Permission, allows
from avrr_desktop.core.translation import ntr, tr
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.records import Records
from avrr_desktop.services.undoing import Undoable
from avrr_desktop.ui.page import Context
from avrr_desktop.ui.shell.correction import corrected
from avrr_desktop.ui.widgets.formats import code_text, ltr

_Sentences = Mapping[str, Callable[[Context, Undoable], str]]


@dataclass(frozen=True, slots=True)
class Way:
    """Undo or redo: its key, what it does in the register, and everything that is said of it."""

    key: str
    label: Callable[[], str]
    half_typed: Callable[[], str]  # why it waits
    nothing: Callable[[], str]  # there is none
    kept: Callable[[], str]  # given up
    look: Callable[[Records, Actor], Undoable | None]
    act: Callable[..., Changed | None]
    brings_back: frozenset[str]  # acts whose records come out of the bin
    sentences: _Sentences


def turn(way: Way, context: Context, parent: QWidget) -> tuple[Changed | None, str]:
    """Take back the last transaction, or bring it again; what changed, and what to say of it.

    Over ``parent`` the reason is asked when a semester closed since would move.

    Raises:
        UserError: ``changed_since``, or a failure of the disk.
    """
    last = way.look(context.records, context.actor)
    if last is None:
        return None, way.nothing()
    changed = corrected(
        parent,
        lambda reason: way.act(
            context.records, context.actor, watch=watched(context), correction=reason
        ),
    )
    if changed is None:
        return None, way.kept()
    said = way.sentences.get(last.action, way.sentences["save"])(context, last)
    return changed, _with_shared(context, said, changed) if last.action in way.brings_back else said


def watched(context: Context) -> Period:
    """The period whose figures are on screen, or were last."""
    today = context.register.clock.today()
    return parse_period(context.period) if context.period else semester_of(today)


def _with_shared(context: Context, sentence: str, changed: Changed) -> str:
    from avrr_desktop.ui.shell.shared import with_shared

    return with_shared(context, sentence, changed.persons)


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
UNDO = Way(
    "Ctrl+Z",
    lambda: tr("Undo"),
    lambda: tr("Save or leave this entry first; then Ctrl+Z undoes what was saved before."),
    lambda: tr("There is nothing to undo."),
    lambda: tr("Nothing was undone."),
    Records.undoable,
    Records.undo,
    frozenset({"delete"}),
    _UNDONE,
)
REDO = Way(
    "Ctrl+Y",
    lambda: tr("Redo"),
    lambda: tr("Save or leave this entry first; then Ctrl+Y redoes what was undone."),
    lambda: tr("There is nothing to redo."),
    lambda: tr("Nothing was redone."),
    Records.redoable,
    Records.redo,
    frozenset({"save", "restore"}),
    _REDONE,
)


def other(way: Way) -> Way:
    """What reverses it again."""
    return REDO if way is UNDO else UNDO
