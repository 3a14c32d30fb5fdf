"""Saving, deleting, restoring and undoing: one call is one transaction, journal included."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import Finding, UserError
from avrr_desktop.core.periods import Period
from avrr_desktop.db import search_index
from avrr_desktop.db.database import PATIENCE
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.services import deletion, stored, undoing
from avrr_desktop.services.batch import Batch
from avrr_desktop.services.drafts import Changed, Draft, Stored
from avrr_desktop.services.effect import EffectWatch
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register


class Records:
    """Reads and writes every declared record."""

    def __init__(self, register: Register) -> None:
        self._register = register

    def read(self, key: str, record_id: str) -> Stored:
        """A record with its children.

        Raises:
            UserError: ``no_such_record``.
        """
        with self._register.database.reading() as connection:
            return stored.read(connection, key, record_id)

    def check(self, *drafts: Draft, patience: int = PATIENCE) -> tuple[tuple[Finding, ...], ...]:
        """The faults each draft has now, without saving anything.

        Raises:
            UserError: ``register_locked`` after ``patience`` milliseconds, or the disk's.
        """
        with self._register.database.reading(patience) as connection:
            batch = Batch(self._register, connection, drafts)
            return tuple(batch.findings(draft) for draft in drafts)

    def save(
        self,
        actor: Actor,
        *drafts: Draft,
        action: str = "save",
        reason: str = "",
        confirm_all: str = "",
        watch: Period | None = None,
        patience: int = PATIENCE,
    ) -> Changed:
        """Save drafts in their order, all or nothing.

        ``confirm_all`` is the one reason given for every unlikely value (an import, a batch).
        ``watch`` asks for what the save moves in the figures of a period. ``patience`` is how
        many milliseconds it waits for another writer.

        Raises:
            Refused: a draft has faults; ``values["draft"]`` is its place.
            UserError: ``changed_meanwhile``, ``no_such_record``, or a failure of the disk.
        """
        with self._register.database.writing(patience) as connection:
            journal = self._journal(connection, actor, action, reason)
            batch = Batch(self._register, connection, drafts)
            effect = EffectWatch(self._register, connection, watch)
            effect.before(batch.persons(), batch.cases())
            ids = tuple(
                batch.take(journal, draft, place, confirm_all) for place, draft in enumerate(drafts)
            )
            batch.write(journal)
            return _finish(connection, journal, ids, effect)

    def delete(
        self, actor: Actor, key: str, record_id: str, reason: str, *, watch: Period | None = None
    ) -> Changed:
        """Put a record, and what belongs to it, in the bin.

        Raises:
            UserError: ``reason_required``, ``has_dependants``, ``no_such_record``.
        """
        if not reason.strip():
            raise UserError("reason_required")
        with self._register.database.writing() as connection:
            journal = self._journal(connection, actor, "delete", reason)
            targets = deletion.rows_to_delete(connection, key, record_id)
            return self._mark(connection, journal, targets, reason, watch)

    def restore(
        self, actor: Actor, key: str, record_id: str, *, watch: Period | None = None
    ) -> Changed:
        """Take a record, and what was deleted with it, out of the bin.

        Raises:
            UserError: ``no_such_record``, ``owner_deleted``.
        """
        with self._register.database.writing() as connection:
            journal = self._journal(connection, actor, "restore", "")
            targets = deletion.rows_to_restore(connection, key, record_id)
            return self._mark(connection, journal, targets, None, watch)

    def undo(self, actor: Actor, *, watch: Period | None = None) -> Changed | None:
        """Take back the actor's last save, deletion or import; None when there is none.

        Raises:
            UserError: ``changed_since`` when one of its records was changed meanwhile.
        """
        with self._register.database.writing() as connection:
            last = undoing.last_batch(connection, actor)
            if last is None:
                return None
            journal = self._journal(connection, actor, "undo", "", undoes=last.batch)
            effect = EffectWatch(self._register, connection, watch)
            effect.before(*undoing.persons_of(connection, last))
            undoing.take_back(connection, journal, last, self._register.clock.today())
            journal.write()
            return _finish(connection, journal, (), effect)

    def undoable(self, actor: Actor) -> undoing.Undoable | None:
        """What ``undo`` would take back."""
        with self._register.database.reading() as connection:
            return undoing.last_batch(connection, actor)

    def _journal(
        self,
        connection: Connection,
        actor: Actor,
        action: str,
        reason: str,
        undoes: int | None = None,
    ) -> Journal:
        clock = self._register.clock
        return Journal(connection, actor, clock, action=action, reason=reason, undoes=undoes)

    def _mark(
        self,
        connection: Connection,
        journal: Journal,
        targets: Sequence[deletion.Target],
        reason: str | None,
        watch: Period | None,
    ) -> Changed:
        effect = EffectWatch(self._register, connection, watch)
        effect.before({t.person for t in targets} - {""})
        at = journal.at if reason else None
        today = self._register.clock.today()
        deletion.mark(connection, journal, targets, deleted_at=at, reason=reason, today=today)
        journal.write()
        ids = (str(targets[0].row["id"]),) if targets else ()
        return _finish(connection, journal, ids, effect)


def _finish(
    connection: Connection, journal: Journal, ids: tuple[str, ...], effect: EffectWatch
) -> Changed:
    """Bring the search index and the watched figures up to date, and tell what changed."""
    persons = _persons_of(connection, journal)
    search_index.refresh(connection, persons)
    delta = effect.after(persons)
    return Changed(journal.batch, ids, frozenset(journal.touched), frozenset(persons), delta)


def _persons_of(connection: Connection, journal: Journal) -> set[str]:
    """Persons whose page or search text a transaction may have changed."""
    persons = set(journal.persons)
    cases = [record_id for table, record_id in journal.touched if table == CaseFile.__tablename__]
    if cases:
        member = table_of(Membership)
        query = select(member.c.person_id).where(member.c.case_id.in_(cases))
        persons.update(connection.execute(query).scalars())
    return persons
