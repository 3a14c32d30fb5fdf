"""Saving, deleting, restoring and undoing: one call is one transaction, journal included."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from sqlalchemy import Connection

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import Finding, UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.core.permissions import Permission, require
from avrr_desktop.db.database import PATIENCE
from avrr_desktop.people.opening_balance import OPENING_BALANCE
from avrr_desktop.services import deletion, stored, undoing
from avrr_desktop.services.access.needs import needs
from avrr_desktop.services.audit import note_view
from avrr_desktop.services.batch import Batch
from avrr_desktop.services.closing.corrections import (
    refuse_all,
    take_corrections_back,
    waiting,
)
from avrr_desktop.services.different_persons import Different, keep_different
from avrr_desktop.services.drafts import Changed, Draft, Stored
from avrr_desktop.services.register import Register
from avrr_desktop.services.restricted import shown_to, written_by
from avrr_desktop.services.writing import Writing

ReportProgress = Callable[[int, int], None]
_STEP = 50  # drafts between two reports


class Records:
    """Reads and writes every declared record."""

    def __init__(self, register: Register) -> None:
        self._register = register

    @needs(Permission.NAMES)
    def read(self, key: str, record_id: str) -> Stored:
        """A record with its children, without what its reader may not see.

        The journal notes who was shown restricted notes.

        Raises:
            UserError: ``no_such_record``, or a failure of the disk.
        """
        register = self._register
        with register.database.reading() as connection:
            shown = shown_to(register.actor, stored.read(connection, key, record_id))
        note_view(register, register.actor, shown)
        return shown

    @needs(Permission.RECORD)
    def check(self, *drafts: Draft, patience: int = PATIENCE) -> tuple[tuple[Finding, ...], ...]:
        """The faults each draft has now, just as a save of them all would find them.

        Raises:
            UserError: ``register_locked`` after ``patience`` milliseconds, or the disk's.
        """
        drafts = tuple(written_by(self._register.actor, draft) for draft in drafts)
        with self._register.database.reading(patience) as connection:
            batch = Batch(self._register, connection, drafts)
            return tuple(batch.findings(draft) for draft in drafts)

    @needs(Permission.RECORD)
    def save(
        self,
        actor: Actor,
        *drafts: Draft,
        action: str = "save",
        reason: str = "",
        confirm_all: str = "",
        watch: Period | None = None,
        correction: str = "",
        patience: int = PATIENCE,
        progress: ReportProgress | None = None,
        different: Sequence[Different] = (),
    ) -> Changed:
        """Save drafts in their order, all or nothing.

        ``confirm_all`` is the one reason given for every unlikely value (an import, a batch).
        ``correction`` is why figures of a closed semester may move.
        ``watch`` asks for what the save moves in the figures of a period. ``patience`` is how
        many milliseconds it waits for another writer. ``progress`` is told how many drafts are
        done; what it raises, until everything is written, leaves nothing saved. ``different``
        are files of the register said to be of other persons than those saved.

        Raises:
            Refused: a draft has faults; ``values["draft"]`` is its place.
            UserError: ``changed_meanwhile``, ``no_such_record``, ``moves_closed`` without a
                ``correction``, or a failure of the disk.
        """
        drafts = tuple(written_by(actor, draft) for draft in drafts)
        has_balance = any(draft.record == OPENING_BALANCE.key for draft in drafts)
        if has_balance:
            require(actor, Permission.CLOSE)
        with self._register.database.writing(patience) as connection:
            writing = self._writing(
                connection, actor, action, reason=reason, watch=watch, correction=correction
            )
            batch = Batch(self._register, connection, drafts)
            writing.before(batch.persons(), batch.cases(), everyone=has_balance)
            ids = tuple(
                batch.take(writing.journal, draft, place, confirm_all)
                for place, draft in enumerate(_told(drafts, progress))
            )
            batch.write(writing.journal)
            for said in different:
                keep_different(connection, writing.journal, said)
            changed = writing.finish(ids)
            if progress is not None:
                progress(len(drafts), len(drafts))
            return changed

    @needs(Permission.RECORD)
    def delete(
        self,
        actor: Actor,
        key: str,
        record_id: str,
        reason: str,
        *,
        watch: Period | None = None,
        correction: str = "",
    ) -> Changed:
        """Put a record, and what belongs to it, in the bin.

        Raises:
            UserError: ``reason_required``, ``has_dependants``, ``no_such_record``,
                ``moves_closed`` without a ``correction``.
        """
        if not reason.strip():
            raise UserError("reason_required")
        with self._register.database.writing() as connection:
            writing = self._writing(
                connection, actor, "delete", reason=reason, watch=watch, correction=correction
            )
            targets = deletion.rows_to_delete(connection, key, record_id)
            return self._mark(connection, writing, key, targets, reason)

    @needs(Permission.RECORD)
    def restore(
        self,
        actor: Actor,
        key: str,
        record_id: str,
        *,
        watch: Period | None = None,
        correction: str = "",
    ) -> Changed:
        """Take a record, and what was deleted with it, out of the bin.

        Raises:
            UserError: ``no_such_record``, ``owner_deleted``, ``moves_closed`` without a
                ``correction``.
        """
        with self._register.database.writing() as connection:
            writing = self._writing(
                connection, actor, "restore", watch=watch, correction=correction
            )
            targets = deletion.rows_to_restore(connection, key, record_id)
            return self._mark(connection, writing, key, targets, None)

    @needs(Permission.RECORD)
    def undo(
        self, actor: Actor, *, watch: Period | None = None, correction: str = ""
    ) -> Changed | None:
        """Take back the actor's last save, deletion or import; None when there is none.

        Its corrections that wait are taken back with it.

        Raises:
            UserError: ``changed_since`` when one of its records was changed meanwhile,
                ``moves_closed`` when it moves a semester closed since.
        """
        return self._reverse(actor, undoing.UNDO, undoing.last_batch, watch, correction)

    @needs(Permission.RECORD)
    def redo(
        self, actor: Actor, *, watch: Period | None = None, correction: str = ""
    ) -> Changed | None:
        """Bring back what the actor's last undo took back; None when there is nothing.

        Raises:
            UserError: as ``undo``.
        """
        return self._reverse(actor, undoing.REDO, undoing.last_undo, watch, correction)

    @needs(Permission.CLOSE)
    def refuse_correction(self, actor: Actor, correction_id: str, reason: str) -> Changed:
        """Refuse a correction: what it changed is taken back, in every semester.

        Raises:
            UserError: ``reason_required``, ``no_such_record``, ``correction_decided``,
                ``own_correction``, ``changed_since``.
        """
        if not reason.strip():
            raise UserError("reason_required")
        with self._register.database.writing() as connection:
            batch = waiting(connection, actor, correction_id).batch
            writing = self._writing(connection, actor, "refuse", reason=reason, undoes=batch)
            self._take_back(connection, writing, batch)
            settled = refuse_all(connection, writing.journal, actor, batch, reason)
            return writing.finish(settled=settled)

    def undoable(self, actor: Actor) -> undoing.Undoable | None:
        """What ``undo`` would take back."""
        with self._register.database.reading() as connection:
            return undoing.last_batch(connection, actor)

    def redoable(self, actor: Actor) -> undoing.Undoable | None:
        """What ``redo`` would bring back."""
        with self._register.database.reading() as connection:
            return undoing.last_undo(connection, actor)

    def was_undone(self, batch: int) -> bool:
        """Whether a transaction was taken back."""
        with self._register.database.reading() as connection:
            return undoing.was_undone(connection, batch)

    def _writing(
        self,
        connection: Connection,
        actor: Actor,
        action: str,
        *,
        reason: str = "",
        undoes: int | None = None,
        watch: Period | None = None,
        correction: str = "",
    ) -> Writing:
        return Writing(
            self._register,
            connection,
            actor,
            action,
            reason=reason,
            undoes=undoes,
            watch=watch,
            correction=correction,
        )

    def _reverse(
        self,
        actor: Actor,
        action: str,
        look: Callable[[Connection, Actor], undoing.Undoable | None],
        watch: Period | None,
        correction: str,
    ) -> Changed | None:
        """Take back what ``look`` finds, with its corrections that wait."""
        with self._register.database.writing() as connection:
            found = look(connection, actor)
            if found is None:
                return None
            writing = self._writing(
                connection, actor, action, undoes=found.batch, watch=watch, correction=correction
            )
            self._take_back(connection, writing, found.batch)
            settled = take_corrections_back(connection, writing.journal, found.batch)
            return writing.finish(settled=settled)

    def _take_back(self, connection: Connection, writing: Writing, batch: int) -> None:
        persons, cases = undoing.persons_of(connection, batch)
        has_balance = undoing.touches(connection, batch, OPENING_BALANCE.key)
        writing.before(persons, cases, everyone=has_balance)
        today = self._register.clock.today()
        undoing.take_back(connection, writing.journal, batch, today)
        writing.journal.write()

    def _mark(
        self,
        connection: Connection,
        writing: Writing,
        key: str,
        targets: Sequence[deletion.Target],
        reason: str | None,
    ) -> Changed:
        has_balance = key == OPENING_BALANCE.key
        writing.before({t.person for t in targets} - {""}, everyone=has_balance)
        journal, today = writing.journal, self._register.clock.today()
        at = journal.at if reason else None
        deletion.mark(connection, journal, targets, deleted_at=at, reason=reason, today=today)
        journal.write()
        return writing.finish((str(targets[0].row["id"]),) if targets else ())


def _told(drafts: Sequence[Draft], progress: ReportProgress | None) -> Iterator[Draft]:
    for done, draft in enumerate(drafts):
        if progress is not None and done % _STEP == 0:
            progress(done, len(drafts))
        yield draft
