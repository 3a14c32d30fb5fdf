"""The guard every change passes: what it moves in closed semesters needs a reason (rule 13)."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from avrr_desktop.core.actors import Actor
from avrr_desktop.core.errors import UserError
from avrr_desktop.services.closing.corrections import note_corrections
from avrr_desktop.services.closing.watch import ClosedWatch, Moved
from avrr_desktop.services.journal import Journal
from avrr_desktop.services.register import Register
from avrr_desktop.services.summary.cells import is_of_ages


class Guard:
    """Watches one transaction: ``before`` its rows change, ``after`` the journal wrote them."""

    def __init__(
        self,
        register: Register,
        connection: Connection,
        journal: Journal,
        actor: Actor,
        correction: str,
    ) -> None:
        self._connection = connection
        self._journal = journal
        self._actor = actor
        self._correction = correction.strip()
        self._watch = ClosedWatch(register, connection)

    def before(
        self, persons: Iterable[str], cases: Iterable[str] = (), *, everyone: bool = False
    ) -> None:
        """Count those about to be touched; ``everyone`` when a balance is about to change."""
        self._watch.before(persons, cases, everyone=everyone)

    def after(
        self,
        persons: Iterable[str],
        *,
        settled: frozenset[str] = frozenset(),
        ages_may_move: bool = False,
    ) -> tuple[Moved, ...]:
        """Keep a correction for each closed semester that moved, but those ``settled`` already.

        With ``ages_may_move`` a semester of which only mean ages move needs none.

        Raises:
            UserError: ``moves_closed`` when no reason was given: the transaction must end, so
                that nothing is written. ``moved`` holds what would move.
        """
        moved = tuple(m for m in self._watch.after(persons) if m.closing.id not in settled)
        if ages_may_move:
            moved = tuple(one for one in moved if not all(map(is_of_ages, one.cells)))
        if moved and not self._correction:
            periods = ", ".join(one.closing.period.code for one in moved)
            raise UserError("moves_closed", moved=moved, periods=periods)
        note_corrections(self._connection, self._journal, self._actor, moved, self._correction)
        self._journal.write()
        return moved
