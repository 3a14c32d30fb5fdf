"""One transaction: its journal, the figures it moves, and the closed semesters among them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.periods import Period
from avrr_desktop.db import search_index
from avrr_desktop.people.base import table_of
from avrr_desktop.people.case import CaseFile, Membership
from avrr_desktop.services.closing.guard import Guard
from avrr_desktop.services.drafts import Changed
from avrr_desktop.services.effect import EffectWatch
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register


class Writing:
    """What every change of records goes through: ``before``, the rows and the journal, ``finish``.

    ``watch`` asks for what moves in the figures of a period; ``correction`` is why figures of a
    closed semester may move.
    """

    def __init__(
        self,
        register: Register,
        connection: Connection,
        actor: Actor,
        action: str,
        *,
        reason: str = "",
        undoes: int | None = None,
        watch: Period | None = None,
        correction: str = "",
    ) -> None:
        self._connection = connection
        self.journal = Journal(
            connection, actor, register.clock, action=action, reason=reason, undoes=undoes
        )
        self._effect = EffectWatch(register, connection, watch)
        self._guard = Guard(register, connection, self.journal, actor, correction)

    def before(
        self, persons: Iterable[str], cases: Iterable[str] = (), *, everyone: bool = False
    ) -> None:
        """Count those about to be touched; ``everyone`` when a balance is about to change."""
        persons, cases = set(persons), set(cases)
        self._effect.before(persons, cases)
        self._guard.before(persons, cases, everyone=everyone)

    def finish(
        self,
        ids: tuple[str, ...] = (),
        *,
        settled: frozenset[str] = frozenset(),
        ages_may_move: bool = False,
    ) -> Changed:
        """Once the journal has written: search index and figures up to date, and what changed.

        Corrections are not asked for the closings ``settled``, nor for mean ages that may move.

        Raises:
            UserError: ``moves_closed``; the transaction must end.
        """
        persons = self._persons()
        search_index.refresh(self._connection, persons)
        delta = self._effect.after(persons)
        self._guard.after(persons, settled=settled, ages_may_move=ages_may_move)
        journal = self.journal
        return Changed(journal.batch, ids, frozenset(journal.touched), frozenset(persons), delta)

    def _persons(self) -> set[str]:
        """Persons whose page or search text the transaction may have changed."""
        touched = self.journal.touched
        persons = set(self.journal.persons)
        cases = [record_id for table, record_id in touched if table == CaseFile.__tablename__]
        if cases:
            member = table_of(Membership)
            query = select(member.c.person_id).where(member.c.case_id.in_(cases))
            persons.update(self._connection.execute(query).scalars())
        return persons
