"""Where a series of figures breaks: a list whose terms changed, other rules of counting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sqlalchemy import Connection, select

from avrr_desktop.activities import SECTIONS
from avrr_desktop.core.periods import Period
from avrr_desktop.core.vocabularies import Vocabularies
from avrr_desktop.db.tables import CHANGE, TERM

_VULNERABILITY = "vulnerability"  # cuts every section


class Turn(StrEnum):
    """What happened to a term of a list."""

    ADDED = "added"
    RETIRED = "retired"
    TAKEN_BACK = "taken_back"
    TAGGED = "tagged"  # its tag says what counts where


@dataclass(frozen=True, slots=True)
class ListBreak:
    """Terms of a list that turned the same way on the same day."""

    turn: Turn
    vocabulary: str
    codes: tuple[str, ...]
    day: date
    period: Period  # the first of the series it may move


@dataclass(frozen=True, slots=True)
class RulesBreak:
    """Other rules of counting from a period on than in the one before it."""

    before: str
    after: str
    period: Period


_Change = tuple[date, str, str, Turn]  # day, list, code


def list_breaks(
    connection: Connection,
    vocabularies: Vocabularies,
    periods: Sequence[Period],
    known_at: datetime | None = None,
) -> tuple[ListBreak, ...]:
    """Terms added, retired, taken back or tagged otherwise after the first period began.

    ``periods`` are those with figures, the oldest first. Only lists that cut a figure count.
    """
    wanted = cutting_lists()
    found: defaultdict[tuple[date, str, Turn], list[str]] = defaultdict(list)
    changes = (*_journaled(connection, known_at), *_dated(vocabularies, wanted))
    for day, vocabulary, code, turn in sorted(set(changes)):
        if vocabulary in wanted:
            found[day, vocabulary, turn].append(code)
    return tuple(
        ListBreak(turn, vocabulary, tuple(codes), day, period)
        for (day, vocabulary, turn), codes in found.items()
        if (period := _place_of(day, periods)) is not None
    )


def rules_breaks(versions: Sequence[tuple[Period, str]]) -> tuple[RulesBreak, ...]:
    """Periods counted by other rules than the one before them."""
    pairs = pairwise(versions)
    return tuple(
        RulesBreak(before, after, period)
        for (_, before), (period, after) in pairs
        if before != after
    )


def cutting_lists() -> frozenset[str]:
    """The lists by which a section is cut, or that say what counts in it."""
    sections = [section for _, section in SECTIONS.values()]
    cut = {breakdown.vocabulary for section in sections for breakdown in section.breakdowns}
    said = {
        str(getattr(condition, "vocabulary", ""))
        for section in sections
        for condition in (*section.conditions, *(each.where for each in section.populations))
    }
    return frozenset((cut | said | {_VULNERABILITY}) - {""})


def _journaled(connection: Connection, known_at: datetime | None) -> Iterator[_Change]:
    """What the administrator did to the lists."""
    query = select(CHANGE.c.record_id, CHANGE.c.at, CHANGE.c.before, CHANGE.c.after)
    query = query.where(CHANGE.c.table_name == TERM.name)
    if known_at is not None:
        query = query.where(CHANGE.c.at <= known_at)
    for record_id, at, before, after in connection.execute(query.order_by(CHANGE.c.sequence)):
        vocabulary, _, code = str(record_id).partition("/")
        turn = _turn(before, after)
        if turn is not None:
            yield at.astimezone().date(), vocabulary, code, turn


def _dated(vocabularies: Vocabularies, wanted: Iterable[str]) -> Iterator[_Change]:
    """Terms whose list says from when, or until when, they are offered."""
    for vocabulary in wanted:
        for term in vocabularies.terms(vocabulary):
            if term.valid_from is not None:
                yield term.valid_from, vocabulary, term.code, Turn.ADDED
            if term.valid_to is not None:
                yield term.valid_to + timedelta(days=1), vocabulary, term.code, Turn.RETIRED


def _turn(before: Mapping[str, object] | None, after: Mapping[str, object] | None) -> Turn | None:
    """What a change of a term does to a series; nothing for another label or place."""
    if after is None:
        return Turn.RETIRED
    if before is None:
        return Turn.ADDED
    if before.get("active") != after.get("active"):
        return Turn.TAKEN_BACK if after.get("active") else Turn.RETIRED
    return Turn.TAGGED if before.get("tag") != after.get("tag") else None


def _place_of(day: date, periods: Sequence[Period]) -> Period | None:
    """The first period that a change may set apart from the one before it.

    A change before the first period began, or after the last one ended, breaks nothing.
    """
    if not periods or day <= periods[0].start:
        return None
    return next((period for period in periods[1:] if day <= period.end), None)
